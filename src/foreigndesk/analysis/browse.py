"""Pages of a table: some rows of many, how many there are, and how they fall into groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import ask, clauses, source
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
FACETS: dict[str, str] = {
    "event_type": "unnest([event_type])",
    "standing": "unnest([standing])",
    "actor": "unnest(list_distinct(list_concat(actor_codes, recipient_codes)))",
    "country": "unnest([country])",
    "outlet": "unnest(outlet_keys)",
    "year": "unnest([left(coalesce(earliest, told), 4)])",
}
"""What events are counted by, and the expression that gives an event's values."""


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
    """Some rows of a table and the number of all that the filters let through."""
    condition, order, _ = clauses(table, replace(filters, limit=None))
    inner = f"FROM {source(table)} WHERE {condition[0]} AND {cut.also}"
    found = ask(
        desk,
        f"SELECT {columns} {inner} ORDER BY {cut.order or order} "
        f"LIMIT {int(cut.size)} OFFSET {int(cut.start)}",
        condition[1],
    )
    counted = ask(desk, f"SELECT count(*) AS n {inner}", condition[1]).to_pylist()
    return Part(found.to_pylist(), counted[0]["n"])


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
        f"SELECT '{name}' AS facet, value, count(*) AS n FROM "
        f"(SELECT {FACETS[name]} AS value FROM chosen) WHERE value IS NOT NULL GROUP BY value"
        for name in names
    )
    sql = (
        f"WITH chosen AS MATERIALIZED (SELECT event_type, standing, actor_codes, recipient_codes, "
        f"country, outlet_keys, earliest, told FROM {source('events')} "
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
