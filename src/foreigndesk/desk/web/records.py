"""The pages of one record: an event, an article, a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from foreigndesk.analysis.browse import EVENT_COLUMNS
from foreigndesk.analysis.coverage import coverage
from foreigndesk.analysis.find import KINDS, find
from foreigndesk.analysis.lists import latest_day
from foreigndesk.analysis.query import ask
from foreigndesk.desk.web import words
from foreigndesk.desk.web.answers import MissingError
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.marks import in_context, of_evidence, stretches
from foreigndesk.desk.web.texts import LONGEST, around, differs, text_of
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.promises import Promise, outcome
from foreigndesk.model import Article, Claim, Event, Report, Story

Kind = TypeVar("Kind", Event, Article, Report, Story)
COPIES = 12
"""Copies of an article that are compared with it on its page."""


def record(desk: Desk, record_id: str, kind: type[Kind]) -> Kind:
    """The record of that id, or with that beginning. Raises MissingError if there is none."""
    table, column = next((table, column) for table, column, each in KINDS if each is kind)
    rows = ask(
        desk, f"SELECT json FROM {table} WHERE {column} = ? LIMIT 1", [record_id]
    ).to_pylist()
    if rows:
        whole: Kind = msgspec.json.decode(rows[0]["json"], type=kind)
        return whole
    try:
        found = find(desk, record_id)
    except UsageError as error:
        raise MissingError(error.found) from error
    if not isinstance(found, kind):
        raise MissingError(f"no {kind.__name__.lower()} {record_id!r}")
    return found


def event(asked: Asked) -> dict[str, Any]:
    """An event with all that is said of it, each report's sentence in its context."""
    found = record(asked.desk, asked.names["id"], Event)
    cut = asked.cut()
    shown = _reports(asked.desk, found.event_id, cut.size, cut.start)
    row = _rows(asked.desk, [found.event_id])
    title = f"{found.event_type} {found.event_mode or ''}".strip()
    who = "; ".join(words.mention(m) for m in found.actors)
    return {
        "event": found,
        "reports": shown,
        "evidence": row[0]["evidence"] if row else None,
        **_pledge(asked.desk, found),
        "_title": f"{title}: {who or '?'}",
        "_reports": [_in_context(asked.desk, report) for report in shown],
        "outlets": coverage(asked.desk, None, found.event_id).to_pylist(),
        "_for": _voices([c for c in found.claims if c.stance in words.FOR]),
        "_against": _voices([c for c in found.claims if c.stance not in words.FOR]),
        "_codes": _codes(found),
        "_back": asked.address(page=cut.start // cut.size) if cut.start else None,
        "_next": asked.address(page=cut.start // cut.size + 2)
        if cut.start + cut.size < len(found.reports)
        else None,
    }


def article(asked: Asked) -> dict[str, Any]:
    """An article: the page as read with its coded words, its copies and what differs in them."""
    found = record(asked.desk, asked.names["id"], Article)
    text = text_of(asked.desk, found.document_id) or ""
    told = _decoded(
        asked.desk,
        "SELECT json FROM reports WHERE document_id = ? ORDER BY start, report_id",
        [found.document_id],
    )
    return {
        "article": found,
        "text": text,
        "reports": told,
        "copies": _copies(asked.desk, found),
        "_title": words.one_line(found.title) or "(no title)",
        "_stretches": stretches(text[:LONGEST], found, told),
        "_cut": len(text) > LONGEST,
    }


def report(asked: Asked) -> dict[str, Any]:
    """A report: its sentence in context and every coded value."""
    found = record(asked.desk, asked.names["id"], Report)
    return {
        "report": found,
        "_title": f"{found.event_type}: {words.one_line(found.evidence.text)[:80]}",
        "_context": _in_context(asked.desk, found),
    }


def _in_context(desk: Desk, found: Report) -> dict[str, Any]:
    context = around(desk, found)
    if context is None:
        before, pieces, after = "", of_evidence(found), ""
    else:
        before, pieces, after = in_context(found, context)
    return {"report": found, "before": before, "pieces": pieces, "after": after}


def _reports(desk: Desk, event_id: str, size: int, start: int) -> list[Report]:
    return _decoded(
        desk,
        "SELECT json FROM reports WHERE event_id = ? ORDER BY told NULLS LAST, document_id, "
        f"start, report_id LIMIT {int(size)} OFFSET {int(start)}",
        [event_id],
    )


def _decoded(desk: Desk, sql: str, values: Sequence[object]) -> list[Report]:
    rows = ask(desk, sql, values).to_pylist()
    return [msgspec.json.decode(row["json"], type=Report) for row in rows]


def _rows(desk: Desk, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Events as the lists show them."""
    if not ids:
        return []
    sql = f"SELECT {EVENT_COLUMNS} FROM events WHERE list_contains(?, event_id) ORDER BY event_id"
    rows: list[dict[str, Any]] = ask(desk, sql, [list(ids)]).to_pylist()
    return rows


def _pledge(desk: Desk, found: Event) -> dict[str, Any]:
    """What the event promises and what became of it; the promise that it keeps."""
    sql = "SELECT json FROM promises WHERE event_id = ?"
    promised = [
        msgspec.json.decode(row["json"], type=Promise)
        for row in ask(desk, sql, [found.event_id]).to_pylist()
    ]
    kept = [p.kept_by for p in promised if p.kept_by is not None]
    day = latest_day(desk) if promised else None
    return {
        "promises": [{"promise": p, "outcome": outcome(p, day).value} for p in promised],
        "kept_by": _rows(desk, kept),
        "fulfils": _rows(desk, [found.fulfils] if found.fulfils else []),
    }


def _voices(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims by speaker and stance, in the order in which each was first made."""
    voices: dict[tuple[str | None, str], list[Claim]] = {}
    for claim in claims:
        voices.setdefault((claim.speaker, claim.stance.value), []).append(claim)
    return list(voices.values())


def _codes(found: Event) -> tuple[str, str] | None:
    """The pair of codes whose page has this event."""
    one = [m.code for m in found.actors if m.code]
    other = [m.code for m in found.recipients if m.code] or one[1:]
    return (one[0], other[0]) if one and other and one[0] != other[0] else None


def _copies(desk: Desk, found: Article) -> list[dict[str, Any]]:
    """The other articles of the same story, and how each differs."""
    if found.story_id is None:
        return []
    sql = (
        "SELECT json FROM articles WHERE story_id = ? AND document_id <> ? "
        f"ORDER BY document_id LIMIT {COPIES}"
    )
    rows = ask(desk, sql, [found.story_id, found.document_id]).to_pylist()
    others = [msgspec.json.decode(row["json"], type=Article) for row in rows]
    return [
        {
            "document_id": other.document_id,
            "title": other.title,
            "outlet": other.outlet,
            "published": other.published.edtf,
            **differs(found, other),
        }
        for other in others
    ]
