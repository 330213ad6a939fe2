"""Action and response: what one side does within so many days of what the other did."""

from __future__ import annotations

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.network import limit_of, pair_table
from foreigndesk.analysis.query import ask
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk


def responses(desk: Desk, filters: Filters | None = None, within: int = 14) -> pa.Table:
    """For each dyad and quad class of an action, what came back within `within` days after it.

    Columns: source, target, quad (of the action), actions, answered (actions that some event from
    target to source followed), then_quad1 to then_quad4 (actions that an event of that class
    followed), median_days to the first answer, and usual: the share of windows of that length
    in the dyad's span of time in which such an answer happens anyway; `answered / actions` well
    above it is a response, not the usual run of things. Only events whose day is known count, and
    those without direction not at all. Raises UsageError for a window under one day.
    """
    if within < 1:
        raise UsageError("--within", repr(within), "one day or more", "Give a larger number.")
    sides, values = pair_table(desk, filters, "day")
    then = ", ".join(
        f"count(DISTINCT CASE WHEN answer_quad = {n} THEN event_id END) AS then_quad{n}"
        for n in (1, 2, 3, 4)
    )
    sql = f"""
        WITH sides AS ({sides}),
        dated AS (SELECT DISTINCT event_id, quad, TRY_CAST(earliest AS DATE) AS day, a, r
            FROM sides WHERE NOT mutual AND earliest IS NOT NULL AND length(period) = 10),
        told AS (SELECT * FROM dated WHERE day IS NOT NULL),
        answers AS (SELECT x.event_id, x.quad, x.a, x.r, y.quad AS answer_quad,
                y.day - x.day AS days
            FROM told x LEFT JOIN told y ON y.a = x.r AND y.r = x.a
                AND y.day > x.day AND y.day <= x.day + {int(within)}),
        firsts AS (SELECT event_id, quad, a, r, min(days) AS days FROM answers GROUP BY ALL),
        spans AS (SELECT a, r, count(DISTINCT day) AS days, max(day) - min(day) + 1 AS span
            FROM told GROUP BY a, r)
        SELECT answers.a AS source, answers.r AS target, answers.quad AS quad,
            count(DISTINCT event_id) AS actions,
            count(DISTINCT CASE WHEN answer_quad IS NOT NULL THEN event_id END) AS answered,
            {then}, any_value(f.middle) AS median_days,
            any_value(round(1 - pow(1 - least(1, s.days / s.span), {int(within)}), 4)) AS usual
        FROM answers
        LEFT JOIN (SELECT quad, a, r, median(days) AS middle FROM firsts GROUP BY ALL) f
            ON f.quad = answers.quad AND f.a = answers.a AND f.r = answers.r
        LEFT JOIN spans s ON s.a = answers.r AND s.r = answers.a
        GROUP BY answers.a, answers.r, answers.quad
        ORDER BY source, target, quad {limit_of(filters)}"""
    return ask(desk, sql, values)
