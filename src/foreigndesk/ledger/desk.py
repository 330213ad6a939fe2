"""A desk on disk: articles and reports in whole Parquet files, and what is derived from them.

An article counts as read when its row is on disk and the file that the row names as holding its
reports is there too. Reports are written first, so a kill between the two leaves reports that no
article names, which nobody reads. File names are hashes of the content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from foreigndesk.address import is_address, plain
from foreigndesk.errors import DeskError
from foreigndesk.ledger import judgements, store
from foreigndesk.ledger.held import Held, ledger_file, text_in
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
    + [("coded_with", pa.string()), ("revision", pa.int64())]
)
REPORTS = pa.schema(
    [(name, pa.string()) for name in ("report_id", "document_id", "report", "event_type")]
)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article as read: where it came from, what it is, what it reports.

    `coded_with`: by which program, codebook and settings, None if unknown; `revision`: how often
    it was coded anew, of which the last stands.
    """

    document: Document
    article: Article
    reports: tuple[Report, ...]
    coded_with: str | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder that holds the record of one body of news."""

    path: Path

    @classmethod
    def create_or_open(cls, path: str | Path) -> Desk:
        """The desk in `path`, made if there is none; leftovers of killed runs are removed. A
        desk may be at any address that fsspec knows (`s3://bucket/desk`): see `remote`.

        Raises DeskError if `path` is a file, holds other things or cannot be written,
        NewerDeskError or DamagedDeskError as `open` does.
        """
        if is_address(path):
            return _at(path, make=True)
        folder = Path(plain(path))
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
        if is_address(path):
            return _at(path, make=False)
        folder = Path(plain(path))
        if not (folder / NAME).is_file():
            found = "no such folder" if not folder.exists() else f"no {NAME} in it"
            raise DeskError(
                str(folder), found, "a desk", f"Make one: foreigndesk read PATH --desk {folder}"
            )
        read_manifest(folder / NAME)
        return cls(folder)

    @property
    def place(self) -> str:
        """Where the desk is, as a user would name it."""
        return str(self.path)

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

    def complete(self) -> bool:
        """Have all that the desk holds on this machine; whether something came. See `remote`."""
        return False

    def publish(self) -> None:
        """Let others have the ledger that was made here. See `remote`."""

    def replacing(self) -> AbstractContextManager[Desk]:
        """Within, whole files of the desk that is given may be merged into others with the same
        content."""
        return nullcontext(self)

    def append(self, batch: Sequence[ArticleRecord]) -> list[Path]:
        """Put articles and their reports on disk, reports first; the files, in that order. An
        empty batch writes nothing.

        Raises DeskError where the desk cannot be written.
        """
        if not batch:
            return []
        reports = [r for record in batch for r in record.reports]
        name = self._write_reports(reports) if reports else None
        rows = [_article_row(record, name if record.reports else None) for record in batch]
        table = pa.Table.from_pylist(rows, schema=ARTICLES)
        file = content_name((_identity(row) for row in rows), name)
        store.write_parquet(self.articles_folder / file, table)
        written = [self.articles_folder / file]
        return written if name is None else [self.reports_folder / name, *written]

    def known(self) -> set[str]:
        """The ids of the documents that need not be read again."""
        return set(self._held().articles["document_id"].to_pylist())

    def articles(self) -> Iterator[Article]:
        """Every article once, by document id."""
        found = [a for _, batch in self.article_batches() for a in batch]
        yield from sorted(found, key=lambda a: a.document_id)

    def article_batches(self) -> Iterator[tuple[str, list[Article]]]:
        """Every article once, file by file, with the file's name."""
        held = self._held()
        for file, texts in held.article_texts():
            yield file, [msgspec.json.decode(text, type=Article) for text in texts]

    def reports(self) -> Iterator[Report]:
        """Every report once, by report id; event ids are not filled in."""
        found = [r for batch in self.report_texts() for r in batch]
        for text in (text for _, text in sorted(found)):
            yield msgspec.json.decode(text, type=Report)

    def files_of_articles(self) -> pa.Table:
        """The name of the file that holds each document: document_id, file."""
        return self._held().files_of_articles()

    def report_indexes(self) -> Iterator[pa.Table]:
        """Every report's id, document and event type, file by file."""
        return self._held().report_indexes()

    def report_counts(self) -> dict[str, int]:
        """How many reports there are of each event type."""
        counts: dict[str, int] = {}
        for index in self._held().report_indexes():
            for row in index["event_type"].value_counts().to_pylist():
                counts[row["values"]] = counts.get(row["values"], 0) + row["counts"]
        return counts

    def which_reports(self, ids: Collection[str]) -> set[str]:
        """Those of these ids that a report of the desk has."""
        found: set[str] = set()
        for index in self._held().report_indexes():
            found.update(set(index["report_id"].to_pylist()).intersection(ids))
        return found

    def documents_of(self, ids: Collection[str]) -> frozenset[str]:
        """The documents whose reports have these ids."""
        found: set[str] = set()
        wanted = pa.array(sorted(ids), pa.string())
        for index in self._held().report_indexes() if ids else ():
            rows = index.filter(pc.is_in(index["report_id"], value_set=wanted))
            found.update(rows["document_id"].to_pylist())
        return frozenset(found)

    def report_texts(
        self, types: Collection[str] | None = None, documents: Collection[str] | None = None
    ) -> Iterator[list[tuple[str, str]]]:
        """Every report (of these event types, these documents) once: its id and its JSON."""
        return self._held().report_texts({"event_type": types, "document_id": documents})

    def document_text(self, document_id: str) -> str | None:
        """The text in which the offsets of a document's reports count; None if not in the desk."""
        file = ledger_file(self.ledger, document_id)
        if file is not None and (self.articles_folder / file).is_file():
            return text_in(self.articles_folder / file, document_id)
        return self._held().document_text(document_id)

    def judgements(self) -> list[Judgement]:
        """People's decisions, in the order in which they were taken."""
        return judgements.read_judgements(self.path / "judgements.jsonl")

    def judge(self, decisions: Iterable[Judgement]) -> None:
        """Append people's decisions; the next rebuild follows them."""
        judgements.append_judgements(self.path / "judgements.jsonl", decisions)

    def _write_reports(self, reports: Sequence[Report]) -> str:
        encoded = [msgspec.json.encode(r).decode() for r in reports]
        rows = [
            (r.report_id, r.document.id, text, r.event_type.value)
            for r, text in zip(reports, encoded, strict=True)
        ]
        name = content_name(encoded)
        named = [dict(zip(REPORTS.names, row, strict=True)) for row in rows]
        table = pa.Table.from_pylist(named, schema=REPORTS)
        store.write_parquet(self.reports_folder / name, table)
        return name

    def _held(self) -> Held:
        return Held(self.articles_folder, self.reports_folder)


def _article_row(record: ArticleRecord, reports_file: str | None) -> dict[str, str | int | None]:
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
        "coded_with": record.coded_with,
        "revision": record.revision,
    }


def _identity(row: Mapping[str, str | int | None]) -> str:
    """What makes an article's row another one: of a later coding also which it is."""
    told = str(row["article"] or "")
    return f"{told}\n{row['revision']} {row['coded_with']}" if row["revision"] else told


def content_name(texts: Iterable[str], reports: str | None = "") -> str:
    """A file's name: a hash of its texts; of articles also the begin of their reports' file."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\n")
    ending = "" if reports == "" else f"-{reports or 'none'}"[:9]
    return f"{digest.hexdigest()[:24]}{ending}.parquet"


def _at(address: str | Path, make: bool) -> Desk:
    from foreigndesk.ledger.remote import RemoteDesk

    return RemoteDesk.at(str(address), make)


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
