"""What stands behind the events of a comparison: sentences and pages, or addresses and lines."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from foreigndesk.analysis.compare_rows import Other
from foreigndesk.analysis.query import opened
from foreigndesk.ledger import imported

EVIDENCE = ("actors", "recipients", "text", "url", "outlet", "place_of")
"""Who, the sentence (of an imported event its label), and where it was read: a desk's page, or an
imported event's file, line and id."""
_NOTHING = (None,) * len(EVIDENCE)


def with_evidence(rows: pa.Table, side: Other, key: str = "id", prefix: str = "") -> pa.Table:
    """The rows with the columns EVIDENCE of the events whose ids stand in the column `key`.

    An imported event without address has that of its first mention.
    """
    ids = rows[key].to_pylist()
    found = _imported(side, ids) if side.source is not None else _of_desk(side, ids)
    columns = zip(*(found.get(each, _NOTHING) for each in ids), strict=True) if ids else ()
    for name, column in zip(EVIDENCE, columns or ((),) * len(EVIDENCE), strict=False):
        rows = rows.append_column(f"{prefix}{name}", pa.array(column, pa.string()))
    return rows


def _of_desk(side: Other, ids: Iterable[str]) -> dict[str, tuple[str | None, ...]]:
    sql = """
        WITH told AS (SELECT r.event_id, json_extract_string(a.json, '$.url') AS url, a.outlet,
            a.path, row_number() OVER (
                PARTITION BY r.event_id ORDER BY r.told NULLS LAST, r.document_id) AS n
            FROM reports r JOIN events e USING (event_id) JOIN articles a USING (document_id)
            WHERE r.event_id IN (SELECT unnest(?)) AND r.text = e.evidence)
        SELECT e.event_id, e.actors, e.recipients, e.evidence, url, outlet, path
        FROM events e LEFT JOIN (SELECT * FROM told WHERE n = 1) USING (event_id)
        WHERE e.event_id IN (SELECT unnest(?))"""
    wanted = sorted(set(ids))
    with opened(side.desk) as connection:
        return {row[0]: row[1:] for row in connection.execute(sql, [wanted, wanted]).fetchall()}


def _imported(side: Other, ids: Iterable[str]) -> dict[str, tuple[str | None, ...]]:
    events = imported.rows_of(side.desk, "events", side.source)
    mentions = imported.rows_of(side.desk, "mentions", side.source)
    sql = f"""
        WITH listed AS (SELECT * FROM {events} WHERE imported_id IN (SELECT unnest(?))),
        told AS (SELECT their_id, arg_min(url, (told, url)) AS first
            FROM {mentions} WHERE their_id IN (SELECT their_id FROM listed) GROUP BY their_id)
        SELECT imported_id, actor, recipient, text, coalesce(url, first), outlet,
            file || ':' || line || ', event ' || their_id
        FROM listed LEFT JOIN told USING (their_id)"""
    with duckdb.connect() as connection:
        found = connection.execute(sql, [sorted(set(ids))]).fetchall()
    return {row[0]: row[1:] for row in found}
