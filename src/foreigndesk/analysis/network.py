"""Dyads over time and the signed network of states: counts of events, not of reports.

Counted in the ledger by SQL, so that a desk of any size answers. An event counts once for each
pair of codes on its two sides; a symmetric one once, without direction.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import ask, clauses, source
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk

NOT_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes in the country field that are no country (manual, draft 2.0)."""
PERIODS = ("day", "week", "month", "year")
"""Lengths of time that events are counted by; a week goes by its Monday."""
_COUNTS = """
    count(*) FILTER (quad = 1) AS quad1, count(*) FILTER (quad = 2) AS quad2,
    count(*) FILTER (quad = 3) AS quad3, count(*) FILTER (quad = 4) AS quad4,
    count(*) AS events, round(avg(intensity), 6) AS mean_intensity"""


def dyads(
    desk: Desk, filters: Filters | None = None, by: str = "month", undirected: bool = False
) -> pa.Table:
    """Events by dyad and period: counts by quad class, mean intensity (PLOVER's scale, -10 to 10).

    Columns: the period, named as `by` (one of PERIODS; null where the event's day is not known to
    it), source, target, quad1 to quad4, events, mean_intensity. What is only planned is left out
    unless `standing` asks for it. Raises UsageError on another period.
    """
    sides, values = pair_table(desk, filters, by)
    one, other = ("least(a, r)", "greatest(a, r)") if undirected else ("a", "r")
    sql = f"""
        WITH sides AS ({sides}),
        chosen AS (SELECT DISTINCT event_id, quad, intensity, period,
            CASE WHEN mutual THEN least(a, r) ELSE {one} END AS source,
            CASE WHEN mutual THEN greatest(a, r) ELSE {other} END AS target FROM sides)
        SELECT period AS "{by}", source, target, {_COUNTS} FROM chosen
        GROUP BY period, source, target
        ORDER BY period NULLS LAST, source, target {limit_of(filters)}"""
    return ask(desk, sql, values)


def network(desk: Desk, filters: Filters | None = None, by: str | None = None) -> pa.Table:
    """Ties between states, without direction: events of quad 1 and 2 against 3 and 4.

    Columns: the period if `by` names one, one, other, events, positive, negative, mean_intensity
    and `sign`, that of the mean intensity: 1, 0 or -1. What is only planned is left out unless
    `standing` asks for it. Raises UsageError on an unknown period.
    """
    sides, values = pair_table(desk, filters, by)
    named = f'period AS "{by}", ' if by else ""
    states = " AND ".join(
        f"length({s}) = 3 AND {s} NOT IN ({', '.join(repr(c) for c in sorted(NOT_STATES))})"
        for s in ("a", "r")
    )
    sql = f"""
        WITH sides AS ({sides}),
        chosen AS (SELECT DISTINCT event_id, quad, intensity, period, least(a, r) AS one,
            greatest(a, r) AS other FROM sides WHERE {states})
        SELECT {named}one, other, count(*) AS events,
            count(*) FILTER (quad <= 2) AS positive, count(*) FILTER (quad > 2) AS negative,
            round(avg(intensity), 6) AS mean_intensity,
            CAST(sign(round(avg(intensity), 6)) AS BIGINT) AS sign
        FROM chosen GROUP BY period, one, other
        ORDER BY period NULLS LAST, one, other {limit_of(filters)}"""
    return ask(desk, sql, values)


def pair_table(
    desk: Desk, filters: Filters | None, by: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """SQL for the events that count, a row for each pair of different codes, and its values.

    Columns: event_id, quad, intensity, earliest, period, mutual (symmetric), a, r.
    """
    filters = filters or Filters()
    condition, _, _ = clauses("events", replace(filters, limit=None))
    planned = "true" if filters.standing is not None else "standing <> 'planned'"
    sql = f"""
        SELECT event_id, quad, intensity, earliest, period, "symmetric" AS mutual, a, r FROM (
            SELECT event_id, quad, intensity, earliest, period, "symmetric", recipients, a,
                unnest(recipients) AS r FROM (
                SELECT event_id, quad, intensity, earliest, {_period(by)} AS period, "symmetric",
                    CASE WHEN "symmetric" AND len(recipient_codes) = 0 THEN actor_codes
                         ELSE recipient_codes END AS recipients, unnest(actor_codes) AS a
                FROM {source("events")} WHERE {condition[0]} AND {planned}))
        WHERE a <> r"""
    return sql, condition[1]


def limit_of(filters: Filters | None) -> str:
    """The LIMIT clause: so many rows of the answer, none of the events counted."""
    return f"LIMIT {int(filters.limit)}" if filters and filters.limit is not None else ""


def _period(by: str | None) -> str:
    """SQL for the period of an event, null where its date is less exact.

    One that spans two periods counts in the first.
    """
    if by is None:
        return "NULL"
    if by not in PERIODS:
        raise UsageError("--by", repr(by), f"one of {', '.join(PERIODS)}", "Name one of these.")
    known = "length(regexp_extract(edtf, '[0-9][0-9-]*'))"
    length = {"day": 10, "month": 7, "year": 4}.get(by)
    if length:
        return f"CASE WHEN {known} >= {length} THEN left(earliest, {length}) END"
    monday = "strftime(date_trunc('week', TRY_CAST(earliest AS DATE)), '%Y-%m-%d')"
    return f"CASE WHEN {known} >= 10 THEN {monday} END"
