"""What each outlet printed: its own voice, copies of others, what it alone reports."""

from __future__ import annotations

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import ask, clauses, source
from foreigndesk.ledger.desk import Desk


def sources(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """One row for each outlet, by its name; articles without an outlet stand under null.

    Columns: outlet; articles; copies (articles that are a copy of another in the desk, or say
    that they are republished); stories; reports; events; alone (events that no other outlet
    reports). The filters choose among articles: outlet, text, as_of, limit.
    """
    condition, _, limit = clauses("articles", filters or Filters(), "sources")
    sql = f"""
        WITH chosen AS (SELECT * FROM {source("articles")} WHERE {condition[0]}),
        told AS (SELECT r.report_id, r.event_id, r.outlet FROM reports r
                 JOIN chosen USING (document_id)),
        tellers AS (SELECT event_id, count(DISTINCT coalesce(outlet, document_id)) AS n
                    FROM reports WHERE event_id IS NOT NULL GROUP BY event_id),
        counted AS (SELECT outlet, count(*) AS reports, count(DISTINCT event_id) AS events,
                    count(DISTINCT CASE WHEN n = 1 THEN event_id END) AS alone
                    FROM told LEFT JOIN tellers USING (event_id) GROUP BY outlet)
        SELECT a.outlet, count(*) AS articles,
               count(*) FILTER (a.is_copy OR a.republished_from IS NOT NULL) AS copies,
               count(DISTINCT a.story_id) AS stories,
               coalesce(any_value(c.reports), 0) AS reports,
               coalesce(any_value(c.events), 0) AS events,
               coalesce(any_value(c.alone), 0) AS alone
        FROM chosen a LEFT JOIN counted c ON a.outlet IS NOT DISTINCT FROM c.outlet
        GROUP BY a.outlet ORDER BY a.outlet NULLS LAST {limit}"""
    return ask(desk, sql, condition[1])
