"""Many small files of a desk made into few: the same articles and reports, quicker to read.

New files are written whole before an old one is removed, reports before the articles that name
them, so a kill at any moment leaves a desk with the same content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from foreigndesk.ledger import store
from foreigndesk.ledger.build import is_current, refile
from foreigndesk.ledger.desk import ARTICLES, REPORTS, Desk, content_name
from foreigndesk.ledger.held import Held

ROWS = 20_000
"""Articles that a file should hold; one with half as many is left as it is."""
BYTES = 48_000_000
"""Bytes (compressed) that a file of articles should hold, so that memory stays bounded."""
AT_ONCE = 1000
"""Articles whose texts are held as words at a time."""


@dataclass(frozen=True, slots=True)
class Vacuumed:
    """How many files of articles and reports there were, and how many there are."""

    before: int
    after: int


def vacuum(desk: Desk) -> Vacuumed:
    """Merge a desk's small files. No run may write to the desk meanwhile; readers go on.

    A ledger that was made of the desk's files is one of the merged files after it.

    Raises DamagedDeskError where a file cannot be read, DeskError where none can be written.
    """
    before, groups, current = _count(desk), _groups(desk), is_current(desk)
    merging = _Merging(desk)
    for files in groups:
        merging.merge(files)
    if groups and current:
        refile(desk)
    return Vacuumed(before, _count(desk))


def _count(desk: Desk) -> int:
    folders = (desk.articles_folder, desk.reports_folder)
    return sum(len(store.files(folder, "*.parquet")) for folder in folders)


def _groups(desk: Desk) -> list[list[Path]]:
    """Small files of articles, by name, as many together as make a large one."""
    groups: list[list[Path]] = []
    rows, size = ROWS, 0
    for file in store.files(desk.articles_folder, "*.parquet"):
        count, stored = store.count_rows(file), file.stat().st_size
        if count >= ROWS // 2 or stored >= BYTES // 2:
            continue
        if rows + count > ROWS or size + stored > BYTES:
            groups.append([])
            rows = size = 0
        groups[-1].append(file)
        rows, size = rows + count, size + stored
    return [group for group in groups if len(group) > 1]


class _Merging:
    """What the desk held before, and which files of articles still name each file of reports."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held = Held(desk.articles_folder, desk.reports_folder)
        self._naming = self._held.naming()

    def merge(self, files: list[Path]) -> None:
        """Make one file of articles and one of reports of these; the old ones go last."""
        standing = list(self._held.article_rows(files))
        if not standing:
            return  # their articles stand in other files
        articles = pa.concat_tables(standing).sort_by("document_id")
        named = articles["reports_file"].drop_null().unique().to_pylist()
        name = self._write_reports(articles, sorted(named))
        has = pc.is_valid(articles["reports_file"])
        new = pc.if_else(has, pa.scalar(name, pa.string()), pa.scalar(None, pa.string()))
        place = articles.schema.get_field_index("reports_file")
        articles = articles.set_column(place, "reports_file", new)
        articles = articles.select(ARTICLES.names).cast(ARTICLES)
        target = content_name(_identities(articles), name)
        store.write_parquet(self._desk.articles_folder / target, articles)
        old = {name for file in files for name in _named(file)} - {name}
        for file in files:
            if file.name != target:
                file.unlink(missing_ok=True)
        self._drop(old, {file.name for file in files})

    def _drop(self, reports: set[str], gone: set[str]) -> None:
        """Remove those files of reports that only files of articles which are gone named."""
        for name in sorted(reports):
            by = self._naming.setdefault(name, set())
            by -= gone
            if not by:
                (self._desk.reports_folder / name).unlink(missing_ok=True)

    def _write_reports(self, articles: pa.Table, old: list[str]) -> str | None:
        """Write the reports of these articles as one file; its name."""
        tables = list(self._reports(articles, old))
        if not tables:
            return None
        table = pa.concat_tables(tables).select(REPORTS.names).cast(REPORTS)
        table = table.sort_by([("document_id", "ascending"), ("report_id", "ascending")])
        name = content_name(_texts(table["report"]))
        store.write_parquet(self._desk.reports_folder / name, table)
        return name

    def _reports(self, articles: pa.Table, old: list[str]) -> Iterator[pa.Table]:
        for name in old:
            rows = articles.filter(pc.equal(articles["reports_file"], name))
            if rows.num_rows:
                yield self._held.report_rows(name, rows)


def _named(file: Path) -> list[str]:
    """The files of reports that rows of a file name, be they standing or not."""
    names = store.read_parquet(file, ["reports_file"])["reports_file"]
    return [name for name in names.unique().to_pylist() if name is not None]


def _identities(articles: pa.Table) -> Iterator[str]:
    """What makes each article's row another one: of a later coding also which it is."""
    columns = (_texts(articles[name]) for name in ("article", "revision", "coded_with"))
    for text, revision, by in zip(*columns, strict=True):
        yield f"{text}\n{revision} {by}" if revision else str(text)


def _texts(column: pa.ChunkedArray) -> Iterator[Any]:
    for start in range(0, len(column), AT_ONCE):
        yield from column.slice(start, AT_ONCE).to_pylist()
