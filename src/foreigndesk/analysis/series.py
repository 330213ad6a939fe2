"""Events counted over time, by pair and by place; counted in the ledger, for desks of any size."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.network import NOT_STATES
from foreigndesk.analysis.query import ask, clauses, source
from foreigndesk.ledger.desk import Desk

_STATES = ", ".join(f"'{code}'" for code in sorted(NOT_STATES))
_QUADS = ", ".join(f"count(*) FILTER (quad = {n}) AS quad{n}" for n in (1, 2, 3, 4))
_COUNTS = f"count(*) AS events, {_QUADS}, round(avg(intensity), 6) AS mean_intensity"


def by_month(desk: Desk, filters: Filters | None = None, also: str = "true") -> pa.Table:
    """Events by month and quad class; one without a day counts where it was told.

    Columns: month (YYYY-MM), events, quad1 to quad4, mean_intensity (PLOVER's scale). What is only
    planned is left out unless `standing` asks for it. `also` is a condition of the program's own.
    """
    chosen, values = _chosen(filters or Filters())
    sql = (
        f"SELECT left(coalesce(earliest, told), 7) AS month, {_COUNTS} FROM {chosen} AND {also} "
        "GROUP BY month HAVING month IS NOT NULL ORDER BY month"
    )
    return ask(desk, sql, values)


def pairs(desk: Desk, filters: Filters | None = None, limit: int = 100) -> pa.Table:
    """Pairs of codes with the most events, without direction.

    Columns: one, other, events, quad1 to quad4, mean_intensity. An event within one code has no
    pair. What is only planned is left out unless `standing` asks for it.
    """
    return _pairs(desk, filters or Filters(), "true", limit)


def ties(desk: Desk, filters: Filters | None = None, limit: int = 200) -> pa.Table:
    """As `pairs`, of states only."""
    states = " AND ".join(
        f"length({side}) = 3 AND {side} NOT IN ({_STATES})" for side in ("one", "other")
    )
    return _pairs(desk, filters or Filters(), states, limit)


def places(desk: Desk, filters: Filters | None = None, limit: int = 2000) -> pa.Table:
    """Places with coordinates, those with most events first.

    Columns: place, country, lat, lon (degrees, WGS 84), events, quad1 to quad4, mean_intensity.
    """
    chosen, values = _chosen(filters or Filters())
    where = "CAST(json_extract_string(json, '$.place.{}') AS DOUBLE) AS {}"
    sql = (
        f"SELECT place, country, lat, lon, {_COUNTS} FROM (SELECT *, {where.format('lat', 'lat')}, "
        f"{where.format('lon', 'lon')} FROM {chosen} AND place IS NOT NULL) "
        "WHERE lat IS NOT NULL AND lon IS NOT NULL GROUP BY place, country, lat, lon "
        f"ORDER BY events DESC, place, country, lat, lon LIMIT {int(limit)}"
    )
    return ask(desk, sql, values)


def _pairs(desk: Desk, filters: Filters, also: str, limit: int) -> pa.Table:
    chosen, values = _chosen(filters)
    sql = f"""
        WITH chosen AS (SELECT event_id, quad, intensity, actor_codes AS a,
            CASE WHEN "symmetric" AND len(recipient_codes) = 0 THEN actor_codes
                 ELSE recipient_codes END AS r FROM {chosen}),
        doers AS (SELECT event_id, quad, intensity, r, unnest(a) AS x FROM chosen),
        both AS (SELECT event_id, quad, intensity, x, unnest(r) AS y FROM doers),
        sides AS (SELECT DISTINCT event_id, quad, intensity, least(x, y) AS one,
                  greatest(x, y) AS other FROM both WHERE x <> y)
        SELECT one, other, {_COUNTS} FROM sides WHERE {also}
        GROUP BY one, other ORDER BY events DESC, one, other LIMIT {int(limit)}"""
    return ask(desk, sql, values)


def _chosen(filters: Filters) -> tuple[str, tuple[str, ...]]:
    """The events that count, as a FROM and WHERE clause, and its values."""
    condition, _, _ = clauses("events", replace(filters, limit=None))
    planned = "true" if filters.standing is not None else "standing <> 'planned'"
    return f"{source('events')} WHERE {condition[0]} AND {planned}", condition[1]
