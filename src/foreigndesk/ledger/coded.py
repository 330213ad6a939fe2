"""What a desk's articles were coded with, and their reports: what a new coding begins from.

A new coding that changes nothing adds no article: that it was made is noted in `codings/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from foreigndesk.ledger import store
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.ledger.held import Held
from foreigndesk.model import Article, Document, Report

SLICE = 500
"""Articles that are held in memory at a time, with their texts."""
NOTES = pa.schema(
    [("document_id", pa.string()), ("revision", pa.int64()), ("coded_with", pa.string())]
)


@dataclass(frozen=True, slots=True)
class Codings:
    """The standing coding of each article, by document id: its revision and all that gave it."""

    revisions: dict[str, int]
    given_by: dict[str, frozenset[str]]

    def current(self, stamp: str) -> set[str]:
        """The documents for which the program and codebook of `stamp` have given what stands."""
        return {document for document, stamps in self.given_by.items() if stamp in stamps}


def codings(desk: Desk) -> Codings:
    """What the desk's articles were coded with. Raises DamagedDeskError."""
    table = _held(desk).articles
    columns = (table[name].to_pylist() for name in NOTES.names)
    rows = list(zip(*columns, strict=True))
    revisions = {document: revision for document, revision, _ in rows}
    stamps = {document: {stamp} for document, _, stamp in rows if stamp is not None}
    for file in store.files(_folder(desk), "*.parquet"):
        for note in store.read_parquet(file).to_pylist():
            document = note["document_id"]
            if revisions.get(document) == note["revision"]:
                stamps.setdefault(document, set()).add(note["coded_with"])
    return Codings(revisions, {document: frozenset(given) for document, given in stamps.items()})


def note(desk: Desk, records: Iterable[ArticleRecord]) -> None:
    """Note of articles that `coded_with` has given what stood already. Raises DeskError."""
    rows = [(r.article.document_id, r.revision, r.coded_with) for r in records]
    if not rows:
        return
    folder = _folder(desk)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise store.unwritable(folder, error) from error
    named = [dict(zip(NOTES.names, row, strict=True)) for row in rows]
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()[:24]
    table = pa.Table.from_pylist(named, schema=NOTES)
    store.write_parquet(folder / f"{digest}.parquet", table)


def articles_with_reports(desk: Desk, but: Collection[str] = ()) -> Iterator[ArticleRecord]:
    """Every article with its text and reports, but for these documents, in the files' order."""
    held = _held(desk)
    left_out = pa.array(sorted(but), pa.string())
    files = set(store.files(desk.articles_folder, "*.parquet"))
    for table in held.article_rows(files):
        rows = table.filter(pc.invert(pc.is_in(table["document_id"], value_set=left_out)))
        for start in range(0, rows.num_rows, SLICE):
            yield from _records(held, rows.slice(start, SLICE))


def _held(desk: Desk) -> Held:
    desk.complete()
    return Held(desk.articles_folder, desk.reports_folder)


def _records(held: Held, rows: pa.Table) -> Iterator[ArticleRecord]:
    reports: dict[str, list[Report]] = {}
    for name in sorted(set(rows["reports_file"].drop_null().to_pylist())):
        wanted = rows.filter(pc.equal(rows["reports_file"], name))
        for text in held.report_rows(name, wanted)["report"].to_pylist():
            report = msgspec.json.decode(text, type=Report)
            reports.setdefault(report.document.id or "", []).append(report)
    for row in rows.to_pylist():
        key = row["document_id"]
        article = msgspec.json.decode(row["article"], type=Article)
        document = Document(
            key, article.path, row["media_type"], row["document_text"], url=article.url
        )
        found = sorted(reports.get(key, ()), key=lambda r: (r.trigger.start, r.report_id))
        yield ArticleRecord(document, article, tuple(found), row["coded_with"], row["revision"])


def _folder(desk: Desk) -> Path:
    return desk.path / "codings"
