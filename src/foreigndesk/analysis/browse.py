"""Pages of a table: some rows of many, how many there are, and how they fall into groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import DERIVED, ask, clauses, source
from foreigndesk.ledger.desk import Desk

Row = dict[str, Any]

SORTS: dict[str, str] = {
    "newest": "coalesce(earliest, told) DESC NULLS LAST, stories DESC, event_id",
    "oldest": "coalesce(earliest, told) NULLS LAST, stories DESC, event_id",
    "told": "told DESC NULLS LAST, stories DESC, event_id",
    "stories": "stories DESC, reports DESC, coalesce(earliest, told) DESC NULLS LAST, event_id",
    "type": "event_type, coalesce(earliest, told) DESC NULLS LAST, event_id",
}
"""The orders in which events can be shown; each ends in the id, so that it is the same always."""
EVENT_COLUMNS = (
    "event_id, edtf AS date, earliest, latest, told, event_type, event_mode, quad, intensity, "
    "actors, recipients, actor_codes, recipient_codes, place, country, standing, reports, "
    "stories, outlets, fulfils, evidence"
)
FACETS: dict[str, tuple[str, str]] = {
    "event_type": ("event_type", "[event_type]"),
    "standing": ("standing", "[standing]"),
    "actor": ("actor_codes, recipient_codes", "list_distinct(actor_codes || recipient_codes)"),
    "country": ("country", "[country]"),
    "outlet": ("outlet_keys", "outlet_keys"),
    "year": ("day", "[day]"),
}
"""What events are counted by: the columns in which they are alike, and the values these give."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of an answer, and how many the whole answer has."""

    rows: list[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Which rows of an answer: `size` of them from `start` (counted from 0), by `order`.

    `also` is a further condition in SQL, fixed by the program, never a user's words.
    """

    size: int = 50
    start: int = 0
    order: str | None = None
    also: str = "true"


def part(desk: Desk, table: str, filters: Filters, columns: str, cut: Cut) -> Part:
    """Some rows of a table and the number of all that the filters let through.

    The rows are chosen by what they are ordered by alone; the other columns are read of these only.
    """
    condition, order, _ = clauses(table, replace(filters, limit=None))
    extra = "".join(f", {sql} AS {name}" for name, sql in DERIVED.get(table, {}).items())
    sql = f"""
        SELECT {columns} FROM {table} WHERE rowid IN (SELECT place_ FROM
            (SELECT *, rowid AS place_{extra} FROM {table}) AS {table}
            WHERE {condition[0]} AND {cut.also} ORDER BY {cut.order or order}
            LIMIT {int(cut.size)} OFFSET {int(cut.start)})
        ORDER BY {cut.order or order}"""
    rows = ask(desk, sql, condition[1]).to_pylist()
    if 0 < len(rows) < cut.size or (not rows and cut.start == 0):
        return Part(rows, cut.start + len(rows))
    counted = f"SELECT count(*) AS n FROM {source(table)} WHERE {condition[0]} AND {cut.also}"
    return Part(rows, ask(desk, counted, condition[1]).to_pylist()[0]["n"])


def events(desk: Desk, filters: Filters, sort: str = "newest", cut: Cut = Cut()) -> Part:
    """Some events, sorted by one of SORTS."""
    return part(desk, "events", filters, EVENT_COLUMNS, replace(cut, order=SORTS[sort]))


def facets(
    desk: Desk, filters: Filters, names: Sequence[str] = tuple(FACETS), also: str = "true"
) -> dict[str, list[Row]]:
    """How many events there are of each value, the most frequent first, at most 12 of each.

    Each row: value, n. Years stand in their own order.
    """
    condition, _, _ = clauses("events", replace(filters, limit=None))
    one = " UNION ALL ".join(
        f"SELECT '{name}' AS facet, value, CAST(sum(n) AS BIGINT) AS n FROM ("
        f"SELECT unnest({values}) AS value, n FROM "
        f"(SELECT {alike}, count(*) AS n FROM chosen GROUP BY {alike})) "
        "WHERE value IS NOT NULL GROUP BY value"
        for name, (alike, values) in FACETS.items()
        if name in names
    )
    sql = (
        "WITH chosen AS MATERIALIZED (SELECT event_type, standing, actor_codes, recipient_codes, "
        f"country, outlet_keys, left(coalesce(earliest, told), 4) AS day FROM {source('events')} "
        f"WHERE {condition[0]} AND {also}), counted AS ({one}) "
        "SELECT * FROM counted QUALIFY row_number() OVER "
        "(PARTITION BY facet ORDER BY n DESC, value) <= 12 ORDER BY facet, n DESC, value"
    )
    grouped: dict[str, list[Row]] = {name: [] for name in names}
    for row in ask(desk, sql, condition[1]).to_pylist():
        grouped[row["facet"]].append({"value": row["value"], "n": row["n"]})
    grouped.get("year", []).sort(key=lambda row: row["value"])
    return grouped


def counts(desk: Desk) -> dict[str, int]:
    """How many rows each table of the ledger has."""
    names = ("articles", "stories", "reports", "events", "claims", "discrepancies", "promises")
    sql = "SELECT " + ", ".join(f"(SELECT count(*) FROM {n}) AS {n}" for n in names)
    found: dict[str, int] = ask(desk, sql).to_pylist()[0]
    return found
