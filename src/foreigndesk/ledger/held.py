"""What a desk's files hold: which row stands for each document, and its reports, as Arrow tables.

Of two rows on one document that of the higher revision stands (a later coding), else the lesser
by path and reports file, whichever was written first; a row whose reports are not there does not
count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from foreigndesk.ledger import store

KEYS = ("document_id", "reports_file", "path")
CODING: dict[str, tuple[int | None, pa.DataType]] = {
    "coded_with": (None, pa.string()),
    "revision": (0, pa.int64()),
}
"""Columns that files of older versions lack, with what holds there and its type.

No Arrow scalars: making one imports pandas, where that is installed, at every start.
"""
_TYPE = r'"event_type":"(?P<type>[A-Z]+)"'


class Held:
    """The standing rows of a desk's files, as they were when this was made."""

    def __init__(self, articles: Path, reports: Path) -> None:
        self._files = store.files(articles, "*.parquet")
        self._reports = reports

    @cached_property
    def articles(self) -> pa.Table:
        """One row for each document, by its id: document_id, reports_file, file (a number),
        revision, coded_with."""
        found = [self._keys(n, file) for n, file in enumerate(self._files)]
        if not found:
            return pa.table({name: pa.array([], pa.string()) for name in (*KEYS, "file", *CODING)})
        table = pa.concat_tables(found)
        there = pa.array([p.name for p in store.files(self._reports, "*.parquet")], pa.string())
        has = pc.is_in(table["reports_file"], value_set=there)
        table = table.filter(pc.or_(pc.is_null(table["reports_file"]), has))
        rank = [(name, "ascending") for name in ("document_id", "again", "path", "reports_file")]
        filled = {name: pc.fill_null(table[name], "") for name in KEYS}
        filled["again"] = pc.negate(table["revision"])
        table = table.take(pc.sort_indices(pa.table(filled), sort_keys=rank))
        return table.filter(_first_of_each(table["document_id"])).drop_columns(["path"])

    @cached_property
    def _of_file(self) -> dict[int, pa.Table]:
        """The standing rows of each file that has any, by its number."""
        table = self.articles.sort_by("file") if self.articles.num_rows else self.articles
        return {int(n): rows for n, rows in _runs(table, "file")}

    def article_texts(self) -> Iterator[tuple[str, list[str]]]:
        """The standing articles' JSON, file by file, with the file's name."""
        for number, wanted in self._of_file.items():
            file = self._files[number]
            table = store.read_parquet(file, ["document_id", "reports_file", "article"])
            table = _standing(table, wanted)
            if table.num_rows:
                yield file.name, table["article"].to_pylist()

    def article_rows(self, files: Collection[Path]) -> Iterator[pa.Table]:
        """The standing rows of these files, with all columns."""
        for number, wanted in self._of_file.items():
            if self._files[number] in files:
                yield with_coding(_standing(store.read_parquet(self._files[number]), wanted))

    def files_of_articles(self) -> pa.Table:
        """The name of the file in which each standing row lies: document_id, file."""
        names = pa.array([file.name for file in self._files], pa.string())
        files = names.take(self.articles["file"].combine_chunks()) if len(names) else names
        return pa.table({"document_id": self.articles["document_id"], "file": files})

    def naming(self) -> dict[str, set[str]]:
        """By reports file the files of articles in which standing rows name it."""
        table = self.articles.select(["reports_file", "file"]).group_by(["reports_file", "file"])
        found: dict[str, set[str]] = {}
        for row in table.aggregate([]).to_pylist():
            if row["reports_file"] is not None:
                found.setdefault(row["reports_file"], set()).add(self._files[row["file"]].name)
        return found

    def reports_files(self) -> list[str]:
        """The names of the files that hold the reports of standing rows."""
        return [file.name for file, _ in self._report_files()]

    def report_rows(self, name: str, wanted: pa.Table) -> pa.Table:
        """The reports of these articles in one file, each id once."""
        table = _standing(self._read(self._reports / name, ["report"]), wanted)
        first = dict(zip(reversed(table["report_id"].to_pylist()),
                         range(table.num_rows - 1, -1, -1), strict=True))  # fmt: skip
        return table.take(pa.array(sorted(first.values()), pa.int64()))

    def document_text(self, document_id: str) -> str | None:
        """The text of a document; None if it is not in the desk."""
        row = self.articles.filter(pc.equal(self.articles["document_id"], document_id))
        if not row.num_rows:
            return None
        return text_in(self._files[row["file"][0].as_py()], document_id)

    def report_indexes(self) -> Iterator[pa.Table]:
        """The standing reports' ids and event types, file by file."""
        for file, wanted in self._report_files():
            yield _standing(self._read(file, []), wanted)

    def report_texts(
        self, chosen: Mapping[str, Collection[str] | None]
    ) -> Iterator[list[tuple[str, str]]]:
        """The standing reports as (id, JSON), file by file, with one of the chosen values in each
        of the columns named; None: with any."""
        values = {
            name: pa.array(sorted(some), pa.string())
            for name, some in chosen.items()
            if some is not None
        }
        for file, wanted in self._report_files():
            table = _standing(self._read(file, ["report"]), wanted)
            for name, some in values.items():
                table = table.filter(pc.is_in(table[name], value_set=some))
            if table.num_rows:
                ids, texts = table["report_id"].to_pylist(), table["report"].to_pylist()
                yield list(dict(zip(ids, texts, strict=True)).items())

    def _report_files(self) -> Iterator[tuple[Path, pa.Table]]:
        """Each reports file with the rows of the documents that name it."""
        table = self.articles.filter(pc.is_valid(self.articles["reports_file"]))
        for name, rows in _runs(table.sort_by("reports_file"), "reports_file"):
            yield self._reports / name, rows

    def _read(self, file: Path, columns: list[str]) -> pa.Table:
        """Rows with their event type; files of older versions have it in the JSON only."""
        table = store.read_parquet(file, ["report_id", "document_id", "event_type", *columns])
        if "event_type" in table.column_names:
            return table
        table = store.read_parquet(file, ["report_id", "document_id", "report"])
        types = pc.struct_field(pc.extract_regex(table["report"], _TYPE), "type")
        return table.append_column("event_type", types)

    def _keys(self, number: int, file: Path) -> pa.Table:
        table = with_coding(store.read_parquet(file, [*KEYS, *CODING])).select([*KEYS, *CODING])
        numbers = pa.array([number] * table.num_rows, pa.int32())
        return table.append_column("file", numbers)


def with_coding(table: pa.Table) -> pa.Table:
    """The table with the columns that tell by what its rows were coded."""
    for name, (without, kind) in CODING.items():
        if name not in table.column_names:
            table = table.append_column(name, pa.repeat(pa.scalar(without, kind), table.num_rows))
    return table


def text_in(file: Path, document_id: str) -> str | None:
    """The text of a document that stands in this file."""
    table = store.read_parquet(file, ["document_id", "document_text"])
    texts = table.filter(pc.equal(table["document_id"], document_id))["document_text"]
    return str(texts[0].as_py()) if len(texts) else None


def ledger_file(ledger: Path, document_id: str) -> str | None:
    """The name of the file that holds a document, as the ledger has it; None if it does not."""
    if not ledger.exists():
        return None
    try:
        with duckdb.connect(str(ledger), read_only=True) as connection:
            sql = "SELECT file FROM articles WHERE document_id = ?"
            row = connection.execute(sql, [document_id]).fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None


def _standing(table: pa.Table, wanted: pa.Table) -> pa.Table:
    """The rows of the wanted documents; where a file has one twice, the one with its reports."""
    ids = wanted["document_id"].combine_chunks()
    table = table.filter(pc.is_in(table["document_id"], value_set=ids))
    if "reports_file" not in table.column_names or table.num_rows == wanted.num_rows:
        return table
    names = dict(zip(ids.to_pylist(), wanted["reports_file"].to_pylist(), strict=True))
    rows: dict[str, int] = {}
    found = zip(table["document_id"].to_pylist(), table["reports_file"].to_pylist(), strict=True)
    for row, (document, name) in enumerate(found):
        if names[document] == name:
            rows.setdefault(document, row)
    return table.take(pa.array(list(rows.values()), pa.int64()))


def _runs(table: pa.Table, column: str) -> Iterator[tuple[Any, pa.Table]]:
    """The rows of each value of a column by which the table is sorted."""
    start = 0
    runs = pc.run_end_encode(table[column].combine_chunks()) if table.num_rows else None
    for end in [] if runs is None else runs.run_ends.to_pylist():
        yield table[column][start].as_py(), table.slice(start, end - start)
        start = end


def _first_of_each(ids: pa.ChunkedArray) -> pa.Array:
    """A mask of the first of each run of equal ids."""
    flat = pa.chunked_array([ids.combine_chunks()]).chunk(0) if len(ids) else None
    if flat is None:
        return pa.array([], pa.bool_())
    new = pc.not_equal(flat.slice(1), flat.slice(0, len(flat) - 1))
    return pa.concat_arrays([pa.array([True]), new])
