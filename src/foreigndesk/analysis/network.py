"""Dyads by month, and the signed network of states: counts of events, not of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import select
from foreigndesk.ledger.desk import Desk

NOT_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes in the country field that are no country (manual, draft 2.0)."""
_COLUMNS = (
    'event_id, earliest, quad, intensity, standing, "symmetric", actor_codes, recipient_codes'
)

DYADS = pa.schema(
    [
        *(("month", pa.string()), ("source", pa.string()), ("target", pa.string())),
        *((f"quad{n}", pa.int64()) for n in (1, 2, 3, 4)),
        *(("events", pa.int64()), ("mean_intensity", pa.float64())),
    ]
)
NETWORK = pa.schema(
    [
        *(("one", pa.string()), ("other", pa.string()), ("events", pa.int64())),
        *(("positive", pa.int64()), ("negative", pa.int64()), ("mean_intensity", pa.float64())),
        ("sign", pa.int64()),
    ]
)


def dyads(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """Events by dyad and month: counts by quad class, mean intensity (PLOVER's scale, -10 to 10).

    What is only planned is left out unless `standing` asks for it. A month is null where the
    event's month is not known. A symmetric event counts once, the codes in the alphabet's order.
    """
    table: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _events(desk, filters or Filters()):
        for source, target in _pairs(row):
            table[(row["earliest"] or "9999")[:7], source, target].append(row)
    rows = [_dyad_row(key, events) for key, events in sorted(table.items())]
    return pa.Table.from_pylist(rows[: limit_of(filters)], schema=DYADS)


def network(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """Ties between states, without direction: events of quad 1 and 2 against 3 and 4.

    `sign` is that of the mean intensity: 1, 0 or -1. What is only planned is left out unless
    `standing` asks for it.
    """
    table: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in _events(desk, filters or Filters()):
        for pair in _pairs(row):
            one, other = sorted(pair)
            if _is_state(one) and _is_state(other):
                table[one, other][row["event_id"]] = row
    rows = [_tie_row(pair, list(events.values())) for pair, events in sorted(table.items())]
    return pa.Table.from_pylist(rows[: limit_of(filters)], schema=NETWORK)


def limit_of(filters: Filters | None) -> int | None:
    """How many rows of the answer are asked for; the limit is none of the events counted."""
    return filters.limit if filters else None


def _events(desk: Desk, filters: Filters) -> Iterator[dict[str, Any]]:
    """The events that count, all that the filters let through."""
    for row in select(desk, "events", replace(filters, limit=None), _COLUMNS).to_pylist():
        if filters.standing is not None or row["standing"] != "planned":
            yield row


def _pairs(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Source and target codes of an event, each pair once; an event within a state has none."""
    actors, recipients = row["actor_codes"], row["recipient_codes"]
    if row["symmetric"] and not recipients:
        recipients = actors
    pairs = {(a, r) for a in actors for r in recipients if a != r}
    if row["symmetric"]:
        pairs = {(min(pair), max(pair)) for pair in pairs}
    return sorted(pairs)


def _dyad_row(key: tuple[str, str, str], events: list[dict[str, Any]]) -> dict[str, Any]:
    month, source, target = key
    return {
        "month": None if month == "9999" else month,
        "source": source,
        "target": target,
        **{f"quad{n}": sum(e["quad"] == n for e in events) for n in (1, 2, 3, 4)},
        "events": len(events),
        "mean_intensity": _mean(events),
    }


def _tie_row(pair: tuple[str, str], events: list[dict[str, Any]]) -> dict[str, Any]:
    mean = _mean(events)
    return {
        "one": pair[0],
        "other": pair[1],
        "events": len(events),
        "positive": sum(e["quad"] <= 2 for e in events),
        "negative": sum(e["quad"] > 2 for e in events),
        "mean_intensity": mean,
        "sign": (mean > 0) - (mean < 0),
    }


def _mean(events: list[dict[str, Any]]) -> float:
    """Rounded, so that the order of adding does not show."""
    values: list[float] = sorted(e["intensity"] for e in events)
    return round(sum(values) / len(values), 6)


def _is_state(code: str) -> bool:
    return len(code) == 3 and code not in NOT_STATES
