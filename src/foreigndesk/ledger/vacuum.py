"""Many small files of a desk made into few: the same articles and reports, quicker to read.

New files are written whole before an old one is removed, reports before the articles that name
them, so a kill at any moment leaves a desk with the same content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from foreigndesk.ledger import store
from foreigndesk.ledger.desk import ARTICLES, REPORTS, Desk, content_name
from foreigndesk.ledger.held import Held

ROWS = 20_000
"""Articles that a file should hold; one with half as many is left as it is."""


@dataclass(frozen=True, slots=True)
class Vacuumed:
    """How many files of articles and reports there were, and how many there are."""

    before: int
    after: int


def vacuum(desk: Desk) -> Vacuumed:
    """Merge a desk's small files. No run may write to the desk meanwhile.

    Raises DamagedDeskError where a file cannot be read, DeskError where none can be written.
    """
    before = _count(desk)
    for files in _groups(desk):
        _merge(desk, files)
    return Vacuumed(before, _count(desk))


def _count(desk: Desk) -> int:
    folders = (desk.articles_folder, desk.reports_folder)
    return sum(len(store.files(folder, "*.parquet")) for folder in folders)


def _groups(desk: Desk) -> list[list[Path]]:
    """Small files of articles, by name, as many together as make a large one."""
    groups: list[list[Path]] = []
    rows = ROWS
    for file in store.files(desk.articles_folder, "*.parquet"):
        size = store.read_parquet(file, ["document_id"]).num_rows
        if size >= ROWS // 2:
            continue
        if rows + size > ROWS:
            groups.append([])
            rows = 0
        groups[-1].append(file)
        rows += size
    return [group for group in groups if len(group) > 1]


def _merge(desk: Desk, files: list[Path]) -> None:
    held = Held(desk.articles_folder, desk.reports_folder)
    articles = pa.concat_tables(held.article_rows(files)).sort_by("document_id")
    named = [store.read_parquet(file, ["reports_file"])["reports_file"] for file in files]
    old = sorted({name for column in named for name in column.drop_null().to_pylist()})
    name = _write_reports(desk, held, articles, old)
    has = pc.is_valid(articles["reports_file"])
    new = pc.if_else(has, pa.scalar(name, pa.string()), pa.scalar(None, pa.string()))
    place = articles.schema.get_field_index("reports_file")
    articles = articles.set_column(place, "reports_file", new).cast(ARTICLES)
    target = content_name(articles["article"].to_pylist(), name)
    store.write_parquet(desk.articles_folder / target, articles)
    for file in files:
        if file.name != target:
            file.unlink(missing_ok=True)
    still = set(Held(desk.articles_folder, desk.reports_folder).reports_files())
    for file_name in old:
        if file_name not in still:
            (desk.reports_folder / file_name).unlink(missing_ok=True)


def _write_reports(desk: Desk, held: Held, articles: pa.Table, old: list[str]) -> str | None:
    """Write the reports of these articles as one file; its name."""
    tables = list(_reports(held, articles, old))
    if not tables:
        return None
    table = pa.concat_tables(tables).select(REPORTS.names).cast(REPORTS)
    table = table.sort_by([("document_id", "ascending"), ("report_id", "ascending")])
    name = content_name(table["report"].to_pylist())
    store.write_parquet(desk.reports_folder / name, table)
    return name


def _reports(held: Held, articles: pa.Table, old: list[str]) -> Iterator[pa.Table]:
    for name in old:
        rows = articles.filter(pc.equal(articles["reports_file"], name))
        if rows.num_rows:
            yield held.report_rows(name, rows)
