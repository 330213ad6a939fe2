"""What a comparison counts, in SQL, over `cells`: month, a, r, quad, intensity, mine, matched."""

from __future__ import annotations

MONTHS = 3
"""Months of which a correlation needs at least so many."""
COUNTS = """
    count(*) FILTER (mine) AS ours, count(*) FILTER (NOT mine) AS theirs,
    count(*) FILTER (mine AND matched) AS ours_in_both,
    count(*) FILTER (NOT mine AND matched) AS theirs_in_both,
    count(*) FILTER (mine AND NOT matched) AS only_ours,
    count(*) FILTER (NOT mine AND NOT matched) AS only_theirs"""


def grid(keys: str) -> str:
    """SQL for each dyad's counts in every month from the first to the last of the comparison."""
    return f"""
        months AS (SELECT strftime(m, '%Y-%m') AS month FROM (SELECT unnest(generate_series(
            (SELECT min(CAST(month || '-01' AS DATE)) FROM cells),
            (SELECT max(CAST(month || '-01' AS DATE)) FROM cells), INTERVAL 1 MONTH)) AS m)),
        per AS (SELECT {keys}, month,
            count(*) FILTER (mine AND quad <= 2) AS c1, count(*) FILTER (NOT mine AND quad <= 2)
            AS c2, count(*) FILTER (mine AND quad > 2) AS k1,
            count(*) FILTER (NOT mine AND quad > 2) AS k2,
            avg(intensity) FILTER (mine) AS i1, avg(intensity) FILTER (NOT mine) AS i2
            FROM cells GROUP BY {keys}, month),
        series AS (SELECT {keys}, month, coalesce(c1, 0) AS c1, coalesce(c2, 0) AS c2,
            coalesce(k1, 0) AS k1, coalesce(k2, 0) AS k2, i1, i2
            FROM (SELECT DISTINCT {keys} FROM cells) CROSS JOIN months
            LEFT JOIN per USING ({keys}, month))"""


def _r(one: str, other: str) -> str:
    enough = f"count(*) FILTER ({one} IS NOT NULL AND {other} IS NOT NULL) >= {MONTHS}"
    varies = f"var_pop({one}) > 1e-12 AND var_pop({other}) > 1e-12"
    return f"CASE WHEN {enough} AND {varies} THEN round(corr({one}, {other}), 4) END"


CORRELATIONS = (
    f"{_r('c1', 'c2')} AS r_cooperation, {_r('k1', 'k2')} AS r_conflict, "
    f"{_r('i1', 'i2')} AS r_intensity"
)


def limit_of(limit: int | None) -> str:
    return "" if limit is None else f"LIMIT {int(limit)}"
