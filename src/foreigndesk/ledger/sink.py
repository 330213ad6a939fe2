"""Where derived rows go: to Parquet files beside the desk, then, sorted, into a new ledger.

So no more than a batch of rows is in memory at a time; DuckDB sorts what does not fit on disk.
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


class Sink:
    """Rows on their way into a ledger."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, list[Row]] = {name: [] for name in ALL_TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._copied: dict[str, list[str]] = {name: [] for name in ALL_TABLES}

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
        self._copied[table].append(condition)

    def _flush(self, table: str) -> None:
        schema = ALL_TABLES[table]
        if table not in self._writers:
            self._writers[table] = pq.ParquetWriter(self._file(table), schema, compression="zstd")
        self._writers[table].write_table(pa.Table.from_pylist(self._waiting[table], schema=schema))
        self._waiting[table].clear()

    def _file(self, table: str) -> Path:
        return self._folder / f"{table}.parquet"

    def store(self, target: Path, last: Path | None, chosen: dict[str, pa.Table]) -> None:
        """Write the ledger. `last` is the ledger from which rows are copied; the conditions may
        name the tables in `chosen`."""
        for table in ALL_TABLES:
            self._flush(table)
            self._writers.pop(table).close()
        target.unlink(missing_ok=True)
        with duckdb.connect(str(target), config={"memory_limit": MEMORY}) as connection:
            connection.execute(f"SET temp_directory = '{_quoted(self._folder / 'sorting')}'")
            if last is not None:
                connection.execute(f"ATTACH '{_quoted(last)}' AS before (READ_ONLY)")
            for name, table in chosen.items():
                connection.register(name, table)
            for table, order in STORED.items():
                connection.execute(
                    f"CREATE TABLE {table} AS {self._rows(table, last)} ORDER BY {order}"
                )
            if last is not None:
                connection.execute("DETACH before")
            connection.execute("CHECKPOINT")

    def _rows(self, table: str, last: Path | None) -> str:
        new = f"SELECT * FROM read_parquet('{_quoted(self._file(table))}')"
        old = [
            f"SELECT * FROM before.{table} WHERE {where}" for where in self._copied[table] if last
        ]
        return f"SELECT * FROM ({' UNION ALL '.join([new, *old])}) AS {table}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
