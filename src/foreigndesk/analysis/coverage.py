"""Source comparison: what each outlet reports of an event, in which words, and what it omits."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.network import limit_of
from foreigndesk.analysis.query import ask, clauses, source
from foreigndesk.ledger.desk import Desk

AROUND = 3
"""Days before and after an event's telling in which an outlet that printed anything omits it."""


def coverage(desk: Desk, filters: Filters | None = None, event: str | None = None) -> pa.Table:
    """A row for each event and outlet that reports it, or that was printing then and does not.

    Columns: event_id, event (in words), date, outlet, tells (whether it reports the event),
    reports, words (the outlet's words for it, its triggers), statuses, stances (of those whom it
    quotes), first_told, evidence (its first sentence). `event` is an id or its beginning.
    """
    filters = filters or Filters()
    condition, _, _ = clauses("events", replace(filters, limit=None))
    chosen = f"SELECT * FROM {source('events')} WHERE {condition[0]}"
    values: list[str] = list(condition[1])
    if event is not None:
        chosen += " AND starts_with(event_id, ?)"
        values.append(event)
    sql = f"""
        WITH chosen AS ({chosen}),
        told AS (SELECT r.event_id, r.outlet, count(*) AS reports,
                list_sort(list_distinct(list(json_extract_string(r.json, '$.trigger.text'))))
                    AS words,
                list_sort(list_distinct(list(r.status))) AS statuses,
                list_sort(list_distinct(flatten(list(r.stances)))) AS stances,
                min(r.told) AS first_told,
                arg_min(json_extract_string(r.json, '$.evidence.text'),
                    (coalesce(r.told, '9999'), r.document_id, r.start)) AS evidence
            FROM reports r JOIN chosen USING (event_id)
            WHERE r.outlet IS NOT NULL GROUP BY r.event_id, r.outlet),
        spans AS (SELECT event_id, TRY_CAST(min(first_told) AS DATE) AS day FROM told GROUP BY 1),
        printing AS (SELECT DISTINCT s.event_id, a.outlet FROM spans s JOIN articles a
            ON a.outlet IS NOT NULL AND TRY_CAST(a.earliest AS DATE)
                BETWEEN s.day - {AROUND} AND s.day + {AROUND}),
        united AS (SELECT event_id, outlet FROM told UNION SELECT event_id, outlet FROM printing)
        SELECT e.event_id, e.event_type || coalesce(' ' || e.event_mode, '') || ': '
                || coalesce(e.actors, '?') || coalesce(' → ' || nullif(e.recipients, ''), '')
                AS event,
            e.edtf AS date, b.outlet, t.event_id IS NOT NULL AS tells,
            coalesce(t.reports, 0) AS reports, t.words, t.statuses, t.stances, t.first_told,
            t.evidence
        FROM united b JOIN chosen e USING (event_id) LEFT JOIN told t
            ON t.event_id = b.event_id AND t.outlet = b.outlet
        ORDER BY e.stories DESC, e.reports DESC, e.event_id, tells DESC, b.outlet
        {limit_of(filters)}"""
    return ask(desk, sql, values)
