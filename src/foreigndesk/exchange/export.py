"""Export a desk's records: one row for each, in a stable order, whatever files they came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import clauses, opened, source
from foreigndesk.errors import UsageError
from foreigndesk.exchange.field import FIELD, Wanted, Write
from foreigndesk.exchange.shapes import columns, flat, schema
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.store import write_whole
from foreigndesk.model import Article, Claim, Discrepancy, Event, Report, Story

WHAT: dict[str, type] = {
    "reports": Report,
    "events": Event,
    "claims": Claim,
    "discrepancies": Discrepancy,
    "articles": Article,
    "stories": Story,
}
"""What can be exported, and the record of which the rows are."""
BATCH = 2000
"""Rows that are held in memory at once."""

Lines = Iterator[list[str]]


def export(
    desk: Desk,
    what: str,
    format: str,
    out: BinaryIO | str | Path,
    filters: Filters | None = None,
    everything: bool = False,
) -> int:
    """Write the records and return their number. A file is written whole or not at all.

    `what` is a key of WHAT, `format` one of FORMATS; or a format of FIELD with what it holds: of
    events then only those that happened, unless `everything`. Raises UsageError on others,
    DeskError if the desk has no ledger or `out` cannot be written.
    """
    write = _writer(what, format)
    wanted = Wanted(desk, filters, everything)
    if not isinstance(out, str | Path):
        return write(wanted, out)
    counts = [0]

    def fill(path: Path) -> None:
        with path.open("wb") as file:
            counts[0] = write(wanted, file)

    write_whole(Path(out), fill)
    return counts[0]


def _writer(what: str, format: str) -> Write:
    """How `what` is written in `format`."""
    if format in FIELD:
        found: Write = _chosen(f"--format {format} --what", what, FIELD[format])
        return found
    write = _chosen("--format", format, {**FORMATS, **FIELD})
    record = _chosen("--what", what, WHAT)

    def plain(wanted: Wanted, out: BinaryIO) -> int:
        counts = [0]
        write(_counted(batches(wanted.desk, what, wanted.filters), counts), record, out)
        return counts[0]

    return plain


def batches(desk: Desk, what: str, filters: Filters | None = None) -> Lines:
    """The records as JSON texts, in their stable order, some at a time."""
    condition, order, limit = clauses(what, filters or Filters(), f"export --what {what}")
    sql = f"SELECT json FROM {source(what)} WHERE {condition[0]} ORDER BY {order} {limit}"
    with opened(desk) as connection:
        connection.execute(sql, list(condition[1]))
        while rows := connection.fetchmany(BATCH):
            yield [row[0] for row in rows]


def _counted(lines: Lines, counts: list[int]) -> Lines:
    for batch in lines:
        counts[0] += len(batch)
        yield batch


def _jsonl(lines: Lines, record: type, out: BinaryIO) -> None:
    for batch in lines:
        out.write("".join(line + "\n" for line in batch).encode())


def _csv(lines: Lines, record: type, out: BinaryIO) -> None:
    names = columns(record)
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    for batch in lines:
        writer.writerows(flat(row, names) for row in _decoded(batch))
        out.write(buffer.getvalue().encode())
        buffer.seek(0)
        buffer.truncate()
    out.write(buffer.getvalue().encode())


def _parquet(lines: Lines, record: type, out: BinaryIO) -> None:
    shape = schema(record)
    with pq.ParquetWriter(out, shape, compression="zstd") as writer:
        for batch in lines:
            writer.write_table(pa.Table.from_pylist(list(_decoded(batch)), schema=shape))


def _decoded(batch: list[str]) -> Iterator[dict[str, Any]]:
    for line in batch:
        yield msgspec.json.decode(line)


FORMATS: dict[str, Callable[[Lines, type, BinaryIO], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
"""The formats: how rows of a record are written."""


def _chosen(option: str, name: str, table: dict[str, Any]) -> Any:
    if name not in table:
        raise UsageError(option, repr(name), f"one of {', '.join(table)}", "Name one of these.")
    return table[name]
