"""A desk on disk: articles and reports in whole Parquet files, and what is derived from them.

An article counts as read when its row is on disk and the file that the row names as holding its
reports is there too. Reports are written first, so a kill between the two leaves reports that no
article names, which nobody reads. File names are hashes of the content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from foreigndesk.errors import DeskError
from foreigndesk.ledger import judgements, store
from foreigndesk.ledger.manifest import NAME, Manifest, Run, read_manifest, write_manifest
from foreigndesk.model import Article, Document, Judgement, Report

ARTICLES = pa.schema(
    [
        (name, pa.string())
        for name in (
            *("document_id", "path", "media_type", "title", "outlet", "language"),
            *("published", "published_basis", "url", "reports_file", "document_text", "article"),
        )
    ]
)
KEYS = ("document_id", "reports_file", "path")
REPORTS = pa.schema([(name, pa.string()) for name in ("report_id", "document_id", "report")])


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article as read: where it came from, what it is, what it reports."""

    document: Document
    article: Article
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder that holds the record of one body of news."""

    path: Path

    @classmethod
    def create_or_open(cls, path: str | Path) -> Desk:
        """The desk in `path`, made if there is none; leftovers of killed runs are removed.

        Raises DeskError if `path` is a file, holds other things or cannot be written,
        NewerDeskError or DamagedDeskError as `open` does.
        """
        folder = Path(path)
        if not (folder / NAME).exists():
            _check_empty(folder)
            _make(folder)
            write_manifest(folder / NAME, Manifest())
        desk = cls.open(folder)
        for place in (desk.path, desk.articles_folder, desk.reports_folder):
            _make(place)
            store.clean(place)
        return desk

    @classmethod
    def open(cls, path: str | Path) -> Desk:
        """The desk in `path`. Raises DeskError if there is none, NewerDeskError if it was made by
        a newer version, DamagedDeskError if its `desk.toml` cannot be read."""
        folder = Path(path)
        if not (folder / NAME).is_file():
            found = "no such folder" if not folder.exists() else f"no {NAME} in it"
            raise DeskError(
                str(folder), found, "a desk", f"Make one: foreigndesk read PATH --desk {folder}"
            )
        read_manifest(folder / NAME)
        return cls(folder)

    @property
    def articles_folder(self) -> Path:
        """Where the articles' files are."""
        return self.path / "articles"

    @property
    def reports_folder(self) -> Path:
        """Where the reports' files are."""
        return self.path / "reports"

    @property
    def ledger(self) -> Path:
        """The derived ledger's file."""
        return self.path / "ledger.duckdb"

    @property
    def runs(self) -> tuple[Run, ...]:
        """What every run was made with, the first run first."""
        return read_manifest(self.path / NAME).runs

    def record_run(self, run: Run) -> None:
        """Add a run to `desk.toml`. Raises DeskError where it cannot be written."""
        file = self.path / NAME
        manifest = read_manifest(file)
        write_manifest(file, Manifest(manifest.format, (*manifest.runs, run)))

    def append(self, batch: Sequence[ArticleRecord]) -> None:
        """Put articles and their reports on disk, reports first. An empty batch writes nothing.

        Raises DeskError where the desk cannot be written.
        """
        if not batch:
            return
        reports = [r for record in batch for r in record.reports]
        name = self._write_reports(reports) if reports else None
        rows = [_article_row(record, name if record.reports else None) for record in batch]
        table = pa.Table.from_pylist(rows, schema=ARTICLES)
        file = _hash(row["article"] or "" for row in rows) + f"-{name or 'none'}"[:9] + ".parquet"
        store.write_parquet(self.articles_folder / file, table)

    def known(self) -> set[str]:
        """The ids of the documents that need not be read again."""
        return {row["document_id"] for row in self._rows([])}

    def articles(self) -> Iterator[Article]:
        """Every article once, by document id."""
        for row in self._rows(["article"]):
            yield msgspec.json.decode(row["article"], type=Article)

    def reports(self) -> Iterator[Report]:
        """Every report once, by report id; event ids are not filled in."""
        owner = {row["document_id"]: row["reports_file"] for row in self._rows([])}
        found: dict[str, str] = {}
        for name in sorted({file for file in owner.values() if file is not None}):
            table = store.read_parquet(self.reports_folder / name)
            for row in table.to_pylist():
                if owner.get(row["document_id"]) == name:
                    found[row["report_id"]] = row["report"]
        for report_id in sorted(found):
            yield msgspec.json.decode(found[report_id], type=Report)

    def document_text(self, document_id: str) -> str | None:
        """The text in which the offsets of a document's reports count; None if not in the desk."""
        for row in self._rows([]):
            if row["document_id"] == document_id:
                table = store.read_parquet(row["file"], ["document_id", "document_text"])
                texts = dict(zip(*(column.to_pylist() for column in table.columns), strict=True))
                return str(texts[document_id])
        return None

    def judgements(self) -> list[Judgement]:
        """People's decisions, in the order in which they were taken."""
        return judgements.read_judgements(self.path / "judgements.jsonl")

    def judge(self, decisions: Iterable[Judgement]) -> None:
        """Append people's decisions; the next rebuild follows them."""
        judgements.append_judgements(self.path / "judgements.jsonl", decisions)

    def _write_reports(self, reports: Sequence[Report]) -> str:
        encoded = [msgspec.json.encode(r).decode() for r in reports]
        rows = [
            {"report_id": r.report_id, "document_id": r.document.id, "report": text}
            for r, text in zip(reports, encoded, strict=True)
        ]
        name = _hash(encoded) + ".parquet"
        table = pa.Table.from_pylist(rows, schema=REPORTS)
        store.write_parquet(self.reports_folder / name, table)
        return name

    def _rows(self, columns: list[str]) -> list[dict[str, Any]]:
        """The articles' rows, one for each document, by document id."""
        there = {None} | {p.name for p in store.files(self.reports_folder, "*.parquet")}
        rows: dict[str, dict[str, Any]] = {}
        for file in store.files(self.articles_folder, "*.parquet"):
            for row in store.read_parquet(file, [*KEYS, *columns]).to_pylist():
                row["file"] = file
                if row["reports_file"] in there:
                    other = rows.setdefault(row["document_id"], row)
                    rows[row["document_id"]] = min(row, other, key=_rank)
        return [rows[key] for key in sorted(rows)]


def _article_row(record: ArticleRecord, reports_file: str | None) -> dict[str, str | None]:
    document, article = record.document, record.article
    return {
        "document_id": article.document_id,
        "path": article.path,
        "media_type": document.media_type,
        "title": article.title,
        "outlet": article.outlet,
        "language": article.language,
        "published": article.published.edtf,
        "published_basis": article.published.basis,
        "url": article.url,
        "reports_file": reports_file,
        "document_text": document.text,
        "article": msgspec.json.encode(article).decode(),
    }


def _rank(row: dict[str, Any]) -> tuple[str, str]:
    """Of two rows on the same document the lesser stands, whichever was written first."""
    return (row["path"] or "", row["reports_file"] or "")


def _hash(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()[:24]


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DeskError(str(folder), "a file", "a folder", "Name another folder with --desk.")
    ours = {"articles", "reports"}
    others = [p.name for p in _entries(folder) if p.name not in ours]
    others = [name for name in others if not name.startswith(store.TEMPORARY)]
    if others:
        raise DeskError(
            str(folder),
            f"a folder with other things in it ({sorted(others)[0]})",
            "a desk, an empty folder or a new one",
            "Name another folder with --desk.",
        )


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise store.unwritable(folder, error) from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise store.unwritable(folder, error) from error
