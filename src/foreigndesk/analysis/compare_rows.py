"""The two sides of a comparison as rows of one shape: an event and a directed pair of its codes.

Columns: id, pair (a hash of both; the same for both directions of a mutual event), a, r
(codes), event_type, event_mode, quad, intensity, day and last (the bounds of when it happened),
month (of the first). An event that is dated no nearer than to VAGUE days is left out, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from foreigndesk.analysis.filters import Filters, where
from foreigndesk.analysis.happened import THAT_HAPPENED
from foreigndesk.analysis.query import clauses, opened, source
from foreigndesk.ledger import imported
from foreigndesk.ledger.desk import Desk

VAGUE = 31
"""Days of a span of time (a month) above which it says too little to be compared."""
_ROW = "id, event_type, event_mode, quad, intensity, day, last"
_DATED = f"day IS NOT NULL AND date_diff('day', CAST(day AS DATE), CAST(last AS DATE)) < {VAGUE}"


@dataclass(frozen=True, slots=True)
class Other:
    """What a desk is compared with: a source that was imported into it, or another desk."""

    name: str
    desk: Desk
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """One side: its rows, and how many events were left out: dated vaguely or not at all, of no
    pair, of one country."""

    rows: pa.Table
    undated: int
    unpaired: int
    within: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a side is compared: days `first` to `last` (ISO, None: open), filters, switches."""

    filters: Filters
    first: str | None = None
    last: str | None = None
    everything: bool = False
    domestic: bool = False
    undirected: bool = False


def of_desk(desk: Desk, wanted: Wanted) -> Loaded:
    """The events of a desk. Raises DeskError, UsageError as `analysis.query` does."""
    asked = replace(wanted.filters, limit=None, mode=None)
    condition, _, _ = clauses("events", asked, "compare")
    mode, modes = _mode(wanted.filters)
    happened = "true" if wanted.everything or wanted.filters.standing else THAT_HAPPENED
    events = f"""
        SELECT event_id AS id, event_type, event_mode, quad, intensity,
            coalesce(earliest, told) AS day, coalesce(latest, earliest, told) AS last,
            "symmetric" AS mutual, actor_codes AS codes,
            CASE WHEN "symmetric" AND len(recipient_codes) = 0 THEN actor_codes
                 ELSE recipient_codes END AS others
        FROM {source("events")} WHERE {condition[0]} AND {happened} AND {mode}"""
    with opened(desk) as connection:
        return _loaded(connection, events, [*condition[1], *modes], wanted)


def of_source(desk: Desk, name: str, wanted: Wanted) -> Loaded:
    """The events of a source that was imported into a desk."""
    asked = wanted.filters
    filters = replace(asked, limit=None, standing=None, mode=None, context=None)
    condition = where(filters, imported.EVENTS.names, "compare")
    mode, modes = _mode(asked)
    context = "true" if asked.context is None else "list_contains(contexts, ?)"
    values = [*condition.values, *modes, *([asked.context.casefold()] if asked.context else [])]
    events = f"""
        SELECT imported_id AS id, event_type, event_mode, quad, intensity,
            coalesce(earliest, told) AS day, coalesce(latest, earliest, told) AS last,
            false AS mutual,
            CASE WHEN actor_code IS NULL THEN [] ELSE [actor_code] END AS codes,
            CASE WHEN recipient_code IS NULL THEN [] ELSE [recipient_code] END AS others
        FROM {imported.rows_of(desk, "events", name)}
        WHERE {condition.sql} AND {mode} AND {context}"""
    with duckdb.connect() as connection:
        return _loaded(connection, events, values, wanted)


def _mode(filters: Filters) -> tuple[str, list[str]]:
    """The condition that an event has a mode, and its values: of both sides the event's own."""
    if filters.mode is None:
        return "true", []
    mode = filters.mode.casefold()
    return "(event_mode = ? OR starts_with(event_mode, ?))", [mode, f"{mode}/"]


def coverage(other: Other) -> tuple[str | None, str | None]:
    """The first and the last day on which the events of a side were told, all of them."""
    told = "SELECT min(coalesce(told, earliest)), max(coalesce(told, earliest)) FROM "
    if other.source is None:
        with opened(other.desk) as connection:
            (row,) = connection.execute(told + "events").fetchall()
    else:
        rows = imported.rows_of(other.desk, "events", other.source)
        with duckdb.connect() as connection:
            (row,) = connection.execute(told + rows).fetchall()
    return row[0], row[1]


def _loaded(
    connection: duckdb.DuckDBPyConnection, events: str, values: list[str], wanted: Wanted
) -> Loaded:
    """The rows of each pair of different codes of the events within the days that are wanted."""
    bounds, limits = [], []
    for condition, bound in (("last >= ?", wanted.first), ("day <= ?", wanted.last)):
        if bound is not None:
            bounds.append(condition)
            limits.append(bound)
    within = " AND ".join(bounds) or "true"
    chosen = f"SELECT * FROM ({events}) WHERE day IS NULL OR ({within})"
    connection.execute(f"CREATE TEMP TABLE chosen AS {chosen}", [*values, *limits])
    connection.execute(f"CREATE TEMP TABLE sides AS {_sides(wanted)}")
    condition, codes = _pair_condition(wanted)
    (counts,) = connection.execute(
        f"SELECT count(*) FILTER (NOT ({_DATED})), "
        f"count(*) FILTER ({_DATED} AND (len(codes) = 0 OR len(others) = 0)), "
        f"count(*) FILTER ({_DATED} AND len(codes) > 0 AND len(others) > 0) FROM chosen"
    ).fetchall()
    (paired,) = connection.execute("SELECT count(DISTINCT id) FROM sides").fetchall()
    connection.execute("DROP TABLE chosen")
    connection.execute(f"DELETE FROM sides WHERE NOT ({condition})", codes)
    rows = connection.sql("SELECT * FROM sides").to_arrow_table()
    return Loaded(rows, counts[0], counts[1], counts[2] - paired[0])


def _pair_condition(wanted: Wanted) -> tuple[str, list[str]]:
    """Which pairs of an event are asked for, where `actor` or `dyad` name codes, in SQL.

    An event of several actors has pairs besides the one that is asked for; a name, of which the
    pairs say nothing, leaves them all.
    """
    parts, codes = ["true"], []
    if wanted.filters.actor:
        parts.append(f"({_is('a')} OR {_is('r')})")
        codes += [wanted.filters.actor.upper()] * 4
    if wanted.filters.dyad:
        named = where(Filters(dyad=wanted.filters.dyad), imported.EVENTS.names, "compare").values
        one, other = named[0].upper(), named[-1].upper()
        ahead = f"({_is('a')} AND {_is('r')})"
        parts.append(ahead if _one_way(wanted) else f"({ahead} OR {ahead})")
        codes += [one, one, other, other] + ([] if _one_way(wanted) else [other, other, one, one])
    return " AND ".join(parts), codes


def _one_way(wanted: Wanted) -> bool:
    return not wanted.undirected and ">" in (wanted.filters.dyad or "")


def _is(side: str) -> str:
    return f"({side} = ? OR ? NOT IN (SELECT a FROM sides UNION SELECT r FROM sides))"


def _sides(wanted: Wanted) -> str:
    """SQL for the pairs; a mutual event in both directions, as other data sets list it."""
    least, greatest = "least(a, r)", "greatest(a, r)"
    different = "true" if wanted.domestic else "a <> r"
    turned = "SELECT * FROM ahead" if wanted.undirected else _TURNED
    a, r = (least, greatest) if wanted.undirected else ("a", "r")
    whole = "true" if wanted.undirected else "mutual"
    return f"""
        WITH one AS (SELECT {_ROW}, mutual, others, unnest(codes) AS a FROM chosen
            WHERE {_DATED}),
        ahead AS (SELECT {_ROW}, mutual, a, unnest(others) AS r FROM one),
        turned AS ({turned})
        SELECT DISTINCT id, hash(id, CASE WHEN {whole} THEN {least} || '|' || {greatest}
                ELSE a || '|' || r END) AS pair,
            {a} AS a, {r} AS r, event_type, event_mode, quad, intensity, CAST(day AS DATE) AS day,
            CAST(last AS DATE) AS last, left(day, 7) AS month
        FROM turned WHERE {different}"""


_TURNED = f"""SELECT * FROM ahead UNION ALL
    SELECT {_ROW}, mutual, r AS a, a AS r FROM ahead WHERE mutual"""
