"""Events taken from other data sets, beside a desk's own and never among them.

They stand in `imported/*.parquet`, one file for each file that was imported, with where each came
from: the source's name, the format, the file, the line, the format's own id of the event and the
address of the page. Nothing of the desk is derived from them; `compare` asks for them by source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from foreigndesk.errors import DamagedDeskError
from foreigndesk.ledger import store
from foreigndesk.ledger.desk import Desk

TEXT, MANY, WHOLE, REAL = pa.string(), pa.list_(pa.string()), pa.int64(), pa.float64()
EVENTS = pa.schema(
    [
        *(("imported_id", TEXT), ("source", TEXT), ("format", TEXT), ("file", TEXT)),
        *(("line", WHOLE), ("their_id", TEXT), ("url", TEXT), ("outlet", TEXT), ("told", TEXT)),
        *(("earliest", TEXT), ("latest", TEXT), ("event_type", TEXT), ("event_mode", TEXT)),
        *(("contexts", MANY), ("cameo", TEXT), ("quad", WHOLE), ("intensity", REAL)),
        *(("their_quad", WHOLE), ("their_intensity", REAL), ("actor", TEXT)),
        *(("actor_code", TEXT), ("actor_sectors", MANY), ("actor_given", TEXT)),
        *(("recipient", TEXT), ("recipient_code", TEXT), ("recipient_sectors", MANY)),
        *(("recipient_given", TEXT), ("place", TEXT), ("country", TEXT), ("lat", REAL)),
        *(("lon", REAL), ("geonameid", WHOLE), ("mentions", WHOLE), ("outlets", WHOLE)),
        *(("articles", WHOLE), ("text", TEXT), ("actor_keys", MANY), ("recipient_keys", MANY)),
        ("outlet_keys", MANY),
    ]
)
"""An imported event: `their_*` as the file has it; `quad` and `intensity` are PLOVER's, of the
type (the file's own where it has no PLOVER type); days are ISO days, `told` when it was reported;
`mentions`, `outlets`, `articles` are counts; `*_given` the actor's code as the file has it."""
MENTIONS = pa.schema(
    [
        *(("mention_id", TEXT), ("source", TEXT), ("format", TEXT), ("file", TEXT)),
        *(("line", WHOLE), ("their_id", TEXT), ("day", TEXT), ("told", TEXT), ("kind", TEXT)),
        *(("outlet", TEXT), ("url", TEXT), ("sentence", WHOLE), ("confidence", REAL)),
    ]
)
"""A mention of an imported event in a page (GDELT 2.0): `confidence` in 0 to 1."""
KINDS: dict[str, pa.Schema] = {"events": EVENTS, "mentions": MENTIONS}
BATCH = 5_000
"""Rows that are held in memory at once."""
_MADE_BY = b"foreigndesk.tables"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What one imported file holds: `kind` is events or mentions."""

    kind: str
    source: str
    format: str
    key: str
    tables: str

    @property
    def name(self) -> str:
        """The file's name in the desk: `key` is a hash of source, format and content."""
        return f"{self.kind}-{self.key}.parquet"


def folder(desk: Desk) -> Path:
    """Where imported events are."""
    return desk.path / "imported"


def files(desk: Desk, kind: str = "events", source: str | None = None) -> list[Path]:
    """The files of imported rows of a kind, of one source if it is named, by name."""
    found = store.files(folder(desk), f"{kind}-*.parquet") if folder(desk).is_dir() else []
    return [f for f in found if source is None or _metadata(f).get(b"source") == source.encode()]


def is_there(desk: Desk, part: Part) -> bool:
    """Whether this file has been imported, by tables of codes that still are the same."""
    path = folder(desk) / part.name
    return path.is_file() and _metadata(path).get(_MADE_BY) == part.tables.encode()


def count(desk: Desk, part: Part) -> int:
    """How many rows of a file are in the desk."""
    return int(pq.read_metadata(folder(desk) / part.name).num_rows)


def write(desk: Desk, part: Part, rows: Iterable[Row]) -> int:
    """Put one file's rows on disk, whole or not at all; how many. No row writes no file.

    Raises DeskError where the desk cannot be written.
    """
    target = folder(desk) / part.name
    target.parent.mkdir(exist_ok=True)
    store.clean(target.parent)
    counts = [0]
    batches = _batches(rows)
    first = next(batches, None)
    if first is None:
        return 0

    def fill(path: Path) -> None:
        schema = KINDS[part.kind].with_metadata(
            {b"source": part.source, b"format": part.format, _MADE_BY: part.tables}
        )
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in _after(first, batches):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                counts[0] += len(batch)

    store.write_whole(target, fill)
    return counts[0]


def forget(desk: Desk, source: str) -> int:
    """Remove what was imported under a source's name; how many files that were."""
    found = [file for kind in KINDS for file in files(desk, kind, source)]
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)


def rows_of(desk: Desk, kind: str = "events", source: str | None = None) -> str:
    """SQL for the imported rows of a kind, each once, for a FROM clause of any DuckDB connection.

    Of an event that stands in several files the row stands that was told last.
    """
    found = files(desk, kind, source)
    if not found:
        return f"(SELECT {_nothing(kind)} WHERE false) AS imported"
    names = ", ".join(map(_quoted, found))
    rows, same = f"read_parquet([{names}])", KINDS[kind].names[0]
    last = f"PARTITION BY {same} ORDER BY told DESC NULLS LAST, file, line"
    return f"""(
        WITH twice AS MATERIALIZED (
            SELECT {same} FROM {rows} GROUP BY {same} HAVING count(*) > 1)
        SELECT * FROM {rows} ANTI JOIN twice USING ({same})
        UNION ALL
        SELECT * FROM {rows} SEMI JOIN twice USING ({same})
        QUALIFY row_number() OVER ({last}) = 1) AS imported"""


def names(desk: Desk, kind: str = "events") -> list[str]:
    """The names of the sources of which rows of a kind were imported, sorted."""
    return sorted(
        {_metadata(file).get(b"source", b"unknown").decode() for file in files(desk, kind)}
    )


def sources(desk: Desk) -> pa.Table:
    """What was imported, by source and file.

    Columns: source, format, kind, file, rows, first, last (days of events; of mentions, days on
    which they were told).
    """
    parts = [
        f"SELECT source, format, '{kind}' AS kind, file, count(*) AS rows, min({day}) AS first, "
        f"max({day}) AS last FROM read_parquet([{', '.join(map(_quoted, found))}]) GROUP BY ALL"
        for kind, day in (("events", "earliest"), ("mentions", "told"))
        if (found := files(desk, kind))
    ]
    if not parts:
        return pa.table({n: pa.array([], TEXT) for n in ("source", "format", "kind", "file")})
    with duckdb.connect() as connection:
        return _asked(connection, " UNION ALL ".join(parts) + " ORDER BY ALL")


def _asked(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    try:
        return connection.sql(sql).to_arrow_table()
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise DamagedDeskError(
            "imported/*.parquet",
            f"a file that cannot be read ({str(error).splitlines()[0]})",
            "Parquet files as written by `foreigndesk import`",
            "Remove the file that is named and import its source again.",
        ) from error


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"


def _nothing(kind: str) -> str:
    types = {TEXT: "VARCHAR", MANY: "VARCHAR[]", WHOLE: "BIGINT", REAL: "DOUBLE"}
    return ", ".join(f"NULL::{types[f.type]} AS {f.name}" for f in KINDS[kind])


def _metadata(file: Path) -> dict[bytes, bytes]:
    try:
        return pq.read_schema(file).metadata or {}
    except (pa.ArrowException, OSError) as error:
        raise DamagedDeskError(
            str(file),
            f"a file that cannot be read ({str(error).splitlines()[0]})",
            "a Parquet file as written by `foreigndesk import`",
            "Remove this file and import its source again.",
        ) from error


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _after(first: list[Row], others: Iterator[list[Row]]) -> Iterator[list[Row]]:
    yield first
    yield from others
