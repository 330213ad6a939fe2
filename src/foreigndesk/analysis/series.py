"""Events counted over time, by pair and by place; counted in the ledger, for desks of any size."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.network import pair_table
from foreigndesk.analysis.query import ask, clauses
from foreigndesk.ledger.desk import Desk

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
    sides, values = pair_table(desk, filters)
    sql = f"""
        WITH sides AS ({sides}),
        chosen AS (SELECT DISTINCT event_id, quad, intensity, least(a, r) AS one,
            greatest(a, r) AS other FROM sides)
        SELECT one, other, {_COUNTS} FROM chosen
        GROUP BY one, other ORDER BY events DESC, one, other LIMIT {int(limit)}"""
    return ask(desk, sql, values)


def places(desk: Desk, filters: Filters | None = None, limit: int = 2000) -> pa.Table:
    """Places with coordinates, those with most events first.

    A place is one name in one country. Columns: place, country, lat, lon (degrees, WGS 84),
    events, quad1 to quad4, mean_intensity.
    """
    chosen, values = _chosen(filters or Filters())
    sql = f"""
        WITH alike AS (SELECT place, country, min(rowid) AS one, {_COUNTS}
            FROM {chosen} AND place IS NOT NULL GROUP BY place, country),
        found AS (SELECT alike.*, CAST(json_extract_string(json, '$.place.lat') AS DOUBLE) AS lat,
            CAST(json_extract_string(json, '$.place.lon') AS DOUBLE) AS lon
            FROM alike JOIN events ON events.rowid = alike.one)
        SELECT place, country, lat, lon, events, quad1, quad2, quad3, quad4, mean_intensity
        FROM found WHERE lat IS NOT NULL AND lon IS NOT NULL
        ORDER BY events DESC, place, country LIMIT {int(limit)}"""
    return ask(desk, sql, values)


def _chosen(filters: Filters) -> tuple[str, tuple[str, ...]]:
    """The events that count, as a FROM and WHERE clause, and its values."""
    condition, _, _ = clauses("events", replace(filters, limit=None))
    planned = "true" if filters.standing is not None else "standing <> 'planned'"
    return f"events WHERE {condition[0]} AND {planned}", condition[1]
