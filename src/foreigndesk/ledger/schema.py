"""The tables of `ledger.duckdb`. Nested records stand as JSON; plain columns are for filters.

`keys` columns hold what a filter may name an actor by, in lower case: code, id, name, and each
word of the name. Days are ISO days as text, null if unknown.
"""

from __future__ import annotations

import pyarrow as pa

TEXT, MANY, WHOLE, REAL = pa.string(), pa.list_(pa.string()), pa.int64(), pa.float64()

TABLES: dict[str, pa.Schema] = {
    "articles": pa.schema(
        [
            *(("document_id", TEXT), ("story_id", TEXT), ("path", TEXT), ("title", TEXT)),
            *(("outlet", TEXT), ("published", TEXT), ("earliest", TEXT), ("latest", TEXT)),
            *(("republished_from", TEXT), ("text", TEXT), ("is_copy", pa.bool_()), ("json", TEXT)),
            ("file", TEXT),
        ]
    ),
    "stories": pa.schema(
        [("story_id", TEXT), ("lead", TEXT), ("articles", MANY), ("outlets", WHOLE), ("json", TEXT)]
    ),
    "reports": pa.schema(
        [
            *(("report_id", TEXT), ("event_id", TEXT), ("document_id", TEXT), ("story_id", TEXT)),
            *(("outlet", TEXT), ("told", TEXT), ("event_type", TEXT), ("event_mode", TEXT)),
            *(("status", TEXT), ("earliest", TEXT), ("latest", TEXT), ("place", TEXT)),
            *(("country", TEXT), ("actor_keys", MANY), ("recipient_keys", MANY)),
            *(("speaker_keys", MANY), ("stances", MANY), ("confidence", REAL), ("start", WHOLE)),
            *(("text", TEXT), ("json", TEXT)),
        ]
    ),
    "events": pa.schema(
        [
            *(("event_id", TEXT), ("event_type", TEXT), ("event_mode", TEXT), ("quad", WHOLE)),
            *(("intensity", REAL), ("standing", TEXT), ("statuses", MANY), ("edtf", TEXT)),
            *(("earliest", TEXT), ("latest", TEXT), ("told", TEXT), ("place", TEXT)),
            *(("country", TEXT), ("actors", TEXT), ("recipients", TEXT), ("actor_codes", MANY)),
            *(("recipient_codes", MANY), ("actor_keys", MANY), ("recipient_keys", MANY)),
            *(("symmetric", pa.bool_()), ("reports", WHOLE), ("stories", WHOLE)),
            *(("outlets", WHOLE), ("outlet_keys", MANY), ("fulfils", TEXT), ("evidence", TEXT)),
            *(("text", TEXT), ("json", TEXT)),
        ]
    ),
    "claims": pa.schema(
        [
            *(("claim_id", TEXT), ("event_id", TEXT), ("report_id", TEXT), ("speaker", TEXT)),
            *(("speaker_code", TEXT), ("speaker_keys", MANY), ("stance", TEXT), ("cue", TEXT)),
            *(("document_id", TEXT), ("story_id", TEXT), ("outlet", TEXT), ("published", TEXT)),
            *(("told", TEXT), ("event_type", TEXT), ("standing", TEXT), ("event", TEXT)),
            *(("earliest", TEXT), ("latest", TEXT), ("actor_keys", MANY)),
            *(("recipient_keys", MANY), ("place", TEXT), ("country", TEXT), ("text", TEXT)),
            ("json", TEXT),
        ]
    ),
    "discrepancies": pa.schema(
        [
            *(("discrepancy_id", TEXT), ("kind", TEXT), ("event_id", TEXT), ("first", TEXT)),
            *(("second", TEXT), ("says_first", TEXT), ("says_second", TEXT)),
            *(("evidence_first", TEXT), ("evidence_second", TEXT), ("settle", TEXT)),
            *(("event_type", TEXT), ("standing", TEXT), ("event", TEXT), ("told", TEXT)),
            *(("earliest", TEXT), ("latest", TEXT), ("actor_keys", MANY)),
            *(("recipient_keys", MANY), ("place", TEXT), ("country", TEXT), ("text", TEXT)),
            ("json", TEXT),
        ]
    ),
    "promises": pa.schema(
        [
            *(("promise_id", TEXT), ("event_id", TEXT), ("event_type", TEXT)),
            *(("event_mode", TEXT), ("made", TEXT), ("told", TEXT), ("earliest", TEXT)),
            *(("latest", TEXT), ("kept_by", TEXT), ("actor_keys", MANY)),
            *(("recipient_keys", MANY), ("place", TEXT), ("country", TEXT), ("event", TEXT)),
            *(("text", TEXT), ("json", TEXT)),
        ]
    ),
}
ORDER: dict[str, tuple[str, ...]] = {
    "articles": ("document_id",),
    "stories": ("story_id",),
    "reports": ("document_id", "start", "report_id"),
    "events": ("coalesce(earliest, told)", "-stories", "-reports", "event_id"),
    "claims": (
        "coalesce(earliest, min(told) OVER (PARTITION BY event_id))",
        "event_id",
        "told",
        "claim_id",
    ),
    "discrepancies": ("kind", "event_id", "discrepancy_id"),
    "promises": ("made", "promise_id"),
}
"""The stable order in which each table is shown and exported (NULLS LAST)."""
KEPT: dict[str, pa.Schema] = {
    "places": pa.schema(
        [
            *(("report_id", TEXT), ("event_type", TEXT), ("mark", WHOLE), ("founder", TEXT)),
            *(("why", TEXT), ("joined", TEXT), ("because", TEXT)),
        ]
    ),
    "basis": pa.schema([("made_of", TEXT), ("program", TEXT), ("plan", TEXT), ("judged", TEXT)]),
}
"""Tables that no question is asked of: what the next ledger is made from (replay.py)."""
ALL_TABLES: dict[str, pa.Schema] = TABLES | KEPT
STORED: dict[str, str] = {
    "articles": "document_id",
    "stories": "story_id",
    "reports": "event_id, report_id",
    "events": "coalesce(earliest, told) NULLS LAST, event_id",
    "claims": "event_id, claim_id",
    "discrepancies": "kind, event_id, discrepancy_id",
    "promises": "made NULLS LAST, promise_id",
    "places": "event_type, report_id",
    "basis": "made_of",
}
"""The order in which each table is stored, so that what is asked for lies together."""
