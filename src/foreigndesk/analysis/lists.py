"""The lists of the ledger: events in their order of time, claims, promises, discrepancies."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pyarrow as pa

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import ask, clauses, select, source
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.promises import Outcome, Promise, outcome

_TIMELINE = (
    "event_id, edtf AS date, earliest, latest, told, event_type, event_mode, actors, recipients, "
    "place, country, standing, reports, stories, outlets, fulfils, evidence"
)
_DISCREPANCIES = (
    "discrepancy_id, kind, event_id, event, says_first, says_second, first, evidence_first, "
    "second, evidence_second, settle"
)


def timeline(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """Events by their day; one without a day stands at the day on which it was first told.

    Columns: event_id, date (EDTF), earliest, latest, told, event_type, event_mode, actors,
    recipients, place, country, standing, reports, stories, outlets (counts), fulfils, evidence.
    """
    return select(desk, "events", filters or Filters(), _TIMELINE)


def claims(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """Who says what of which event, in the events' order; each stance of a speaker once.

    A speaker who changes stance has a row for each. The row is the first that was told. Columns:
    claim_id, event_id, told, speaker, speaker_code, stance, cue, event, outlet, published,
    report_id, evidence, printed (in how many articles).
    """
    condition, order, limit = clauses("claims", filters or Filters())
    same = "PARTITION BY event_id, coalesce(speaker, ''), stance"
    once = (
        f"row_number() OVER ({same} ORDER BY coalesce(told, '9999'), claim_id) AS nth, "
        f"count(DISTINCT document_id) OVER ({same}) AS printed"
    )
    columns = (
        "claim_id, event_id, told, speaker, speaker_code, stance, cue, event, outlet, published, "
        "report_id, text AS evidence, printed"
    )
    return ask(
        desk,
        f"SELECT {columns} FROM (SELECT *, {once} FROM {source('claims')} WHERE {condition[0]}) "
        f"AS claims WHERE nth = 1 ORDER BY {order} {limit}",
        condition[1],
    )


def discrepancies(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """Pairs of reports that cannot both be right, with both sentences and what would settle it.

    Columns: discrepancy_id, kind, event_id, event, says_first, says_second, first, evidence_first,
    second, evidence_second, settle.
    """
    return select(desk, "discrepancies", filters or Filters(), _DISCREPANCIES)


def promises(desk: Desk, filters: Filters | None = None) -> pa.Table:
    """What was promised or asked for, and what had become of it as of `filters.as_of`.

    Without `as_of` the desk's latest day of publication counts; no clock is read. `status` is an
    outcome: kept, broken, open, overdue, called off. Columns: promise_id, event_id, outcome, by,
    to, event, event_type, made, due, kept_by, asked, evidence.
    """
    filters = filters or Filters()
    wanted = _outcome(filters.status)
    as_of = filters.as_of or latest_day(desk)
    found = select(desk, "promises", replace(filters, status=None, limit=None), "json, event")
    rows = []
    for row in found.to_pylist():
        promise = msgspec.json.decode(row["json"], type=Promise)
        became = outcome(promise, as_of)
        if wanted is None or became is wanted:
            rows.append(_promise_row(promise, became, row["event"]))
    return pa.Table.from_pylist(rows[: filters.limit], schema=PROMISES)


PROMISES = pa.schema(
    [
        *(("promise_id", pa.string()), ("event_id", pa.string()), ("outcome", pa.string())),
        *(("by", pa.string()), ("to", pa.string()), ("event", pa.string())),
        *(("event_type", pa.string()), ("made", pa.string()), ("due", pa.string())),
        *(("kept_by", pa.string()), ("asked", pa.bool_()), ("evidence", pa.string())),
    ]
)


def latest_day(desk: Desk) -> str | None:
    """The latest day on which an article of the desk may have been published."""
    day: str | None = ask(desk, "SELECT max(latest) AS day FROM articles").to_pylist()[0]["day"]
    return day


def _outcome(status: str | None) -> Outcome | None:
    if status is None:
        return None
    try:
        return Outcome(status.casefold().replace("-", " ").replace("_", " "))
    except ValueError:
        raise UsageError(
            f"--status {status}", "no outcome", ", ".join(Outcome), "Name one of these."
        ) from None


def _promise_row(promise: Promise, became: Outcome, event: str) -> dict[str, object]:
    due = [day for day in (promise.due_earliest, promise.due_latest) if day is not None]
    return {
        "promise_id": promise.promise_id,
        "event_id": promise.event_id,
        "outcome": became.value,
        "by": "; ".join(promise.by),
        "to": "; ".join(promise.to),
        "event": event,
        "event_type": promise.event_type.value,
        "made": promise.made,
        "due": "/".join(dict.fromkeys(due)) or None,
        "kept_by": promise.kept_by if became is Outcome.KEPT else None,
        "asked": promise.asked,
        "evidence": promise.evidence,
    }
