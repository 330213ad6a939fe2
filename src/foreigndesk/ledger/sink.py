"""Where derived rows go: to Parquet files beside the desk, then, sorted, into a new ledger.

So no more than a batch of rows is in memory at a time; DuckDB sorts what does not fit on disk. The
last batch, of a small desk the only one, goes into the ledger without a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from foreigndesk.ledger.schema import ALL_TABLES, STORED

Row = dict[str, Any]
BATCH = 2000
"""Rows that are held in memory at once, of each table."""
MEMORY = "700MB"
"""How much DuckDB may take when it sorts."""
SORTING: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MEMORY, "threads": 1}
"""Several threads, each with rows in hand, took more than this of a desk of a million reports."""


class Sink:
    """Rows on their way into a ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copied: dict[str, list[str]] = {name: [] for name in ALL_TABLES}
        self._waiting: dict[str, list[Row]] = {name: [] for name in ALL_TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._taken: list[Path] = []

    def __enter__(self) -> Sink:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for writer in self._writers.values():
            writer.close()

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Take rows of a table."""
        waiting = self._waiting[table]
        for row in rows:
            waiting.append(row)
            if len(waiting) >= BATCH:
                self._flush(table)

    def copy(self, table: str, condition: str) -> None:
        """Take over the last ledger's rows that meet a condition in SQL."""
        if condition not in self.copied[table]:
            self.copied[table].append(condition)

    def take(self, folder: Path, copied: dict[str, list[str]]) -> None:
        """Take the rows that another sink has finished in its folder, and what it takes over."""
        self._taken.append(folder)
        for table, conditions in copied.items():
            for condition in conditions:
                self.copy(table, condition)

    def finish(self) -> None:
        """Write all rows that were taken; no more may come."""
        for table in ALL_TABLES:
            self._flush(table)
            self._writers.pop(table).close()

    def _flush(self, table: str) -> None:
        if table not in self._writers:
            file = _file(self.folder, table)
            self._writers[table] = pq.ParquetWriter(file, ALL_TABLES[table], compression="zstd")
        self._writers[table].write_table(self._held(table))

    def _held(self, table: str) -> pa.Table:
        """The rows that wait, as they leave."""
        rows = pa.Table.from_pylist(self._waiting[table], schema=ALL_TABLES[table])
        self._waiting[table].clear()
        return rows

    def store(self, target: Path, last: Path | None, chosen: dict[str, pa.Table]) -> None:
        """Write the ledger. `last` is the ledger from which rows are copied; the conditions may
        name the tables in `chosen`."""
        target.unlink(missing_ok=True)
        with duckdb.connect(str(target), config=SORTING) as connection:
            connection.execute(f"SET temp_directory = '{_quoted(self.folder / 'sorting')}'")
            if last is not None:
                connection.execute(f"ATTACH '{_quoted(last)}' AS before (READ_ONLY)")
            for name, table in chosen.items():
                connection.register(name, table)
            for table, order in STORED.items():
                connection.register("waiting", self._held(table))
                connection.execute(
                    f"CREATE TABLE {table} AS {self._rows(table, last)} ORDER BY {order}"
                )
            if last is not None:
                connection.execute("DETACH before")
            connection.execute("CHECKPOINT")

    def _rows(self, table: str, last: Path | None) -> str:
        found = ["SELECT * FROM waiting"]
        files = [_file(folder, table) for folder in self._taken]
        if table in self._writers:
            self._writers.pop(table).close()
            files.append(_file(self.folder, table))
        if files:
            named = ", ".join(f"'{_quoted(file)}'" for file in files)
            found.append(f"SELECT * FROM read_parquet([{named}])")
        if last is not None:
            found += [f"SELECT * FROM before.{table} WHERE {w}" for w in self.copied[table]]
        return f"SELECT * FROM ({' UNION ALL '.join(found)}) AS {table}"


def _file(folder: Path, table: str) -> Path:
    return folder / f"{table}.parquet"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
