"""The derived records as rows of the ledger's tables (schema.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import msgspec

from foreigndesk.ledger.parties import fold
from foreigndesk.ledger.promises import Promise
from foreigndesk.ledger.times import bounds, iso
from foreigndesk.model import (
    Article,
    Claim,
    Discrepancy,
    Event,
    Mention,
    Report,
    Standing,
    Status,
    Story,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Derived:
    """What is derived from some of a desk's reports, as records.

    `known`: all reports that these may speak of, by id.
    """

    reports: Sequence[Report]
    events: Sequence[Event]
    promises: Sequence[Promise]
    story_of: Mapping[str, str]
    known: Mapping[str, Report]


def tables(derived: Derived) -> dict[str, list[Row]]:
    """The rows of every table but articles and stories."""
    events = {e.event_id: e for e in derived.events}
    reports = derived.known
    shown = {e.event_id: event_row(e, [reports[r] for r in e.reports]) for e in derived.events}
    claims = [c for e in derived.events for c in e.claims]
    speakers = {
        (r.report_id, a.speaker.name or a.speaker.text): a.speaker
        for r in derived.reports
        for a in r.attribution
        if a.speaker is not None
    }
    return {
        "reports": [report_row(r, derived.story_of) for r in derived.reports],
        "events": list(shown.values()),
        "claims": [
            _claim_row(c, shown[c.event_id], speakers.get((c.report_id, c.speaker or "")))
            | {"story_id": derived.story_of.get(c.document_id or "")}
            for c in claims
        ],
        "discrepancies": [
            _discrepancy_row(d, shown[d.event_id], reports)
            for e in events.values()
            for d in e.discrepancies
        ],
        "promises": [_promise_row(p, shown[p.event_id]) for p in derived.promises],
    }


def keys(mentions: Iterable[Mention]) -> list[str]:
    """What a filter may name these actors by: code, id, name, each word of the name."""
    found: set[str] = set()
    for m in mentions:
        found |= _keys(m.name or m.text, m.text, m.code, m.actor_id)
    return sorted(found)


@lru_cache(maxsize=20_000)
def _keys(named: str, text: str, code: str | None, actor_id: str | None) -> frozenset[str]:
    name = fold(named)
    known = (k.casefold() for k in (code, actor_id) if k is not None)
    return frozenset([name, fold(text), *re.findall(r"\w{3,}", name), *known])


def names(mentions: Iterable[Mention]) -> str:
    """The actors' names, for reading."""
    return "; ".join(m.name or m.text for m in mentions)


def json(record: object) -> str:
    """A record as JSON text."""
    return msgspec.json.encode(record).decode()


def article_row(article: Article, is_copy: bool, file: str) -> Row:
    """A row of `articles`; `file` is the file that holds its document."""
    told = bounds(article.published.edtf)
    return {
        "document_id": article.document_id,
        "story_id": article.story_id,
        "path": article.path,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.edtf,
        "earliest": iso(told.earliest),
        "latest": iso(told.latest),
        "republished_from": article.republished_from,
        "text": article.text,
        "is_copy": is_copy,
        "json": json(article),
        "file": file,
    }


def story_row(story: Story) -> Row:
    """A row of `stories`."""
    return {
        "story_id": story.story_id,
        "lead": story.lead,
        "articles": list(story.articles),
        "outlets": story.outlets,
        "json": json(story),
    }


def report_row(report: Report, story_of: Mapping[str, str]) -> Row:
    """A row of `reports`."""
    speakers = [a.speaker for a in report.attribution if a.speaker is not None]
    return {
        "report_id": report.report_id,
        "event_id": report.event_id,
        "document_id": report.document.id,
        "story_id": story_of.get(report.document.id or ""),
        "outlet": report.document.outlet,
        "told": told_day(report),
        "event_type": report.event_type.value,
        "event_mode": report.event_mode,
        "status": report.status.value,
        "earliest": report.date.earliest,
        "latest": report.date.latest,
        "place": None if report.place is None else report.place.name,
        "country": None if report.place is None else report.place.country,
        "actor_keys": keys(report.actor),
        "recipient_keys": keys(report.recipient),
        "speaker_keys": keys(speakers),
        "stances": sorted({a.stance.value for a in report.attribution}),
        "confidence": report.confidence,
        "start": report.trigger.start,
        "text": report.evidence.text,
        "json": json(report),
    }


def told_day(report: Report) -> str | None:
    """The first day on which a report's article may have been published."""
    told = bounds(report.document.published)
    return iso(told.earliest or told.latest)


def event_row(event: Event, reports: Sequence[Report]) -> Row:
    """A row of `events`; the evidence is the sentence that tells it best."""
    surest = _telling(event, reports)
    chosen = [r for r in reports if r.event_type is event.event_type] or list(reports)
    lead = min(chosen, key=lambda r: (r.event_mode != event.event_mode, -r.confidence, r.report_id))
    told = [day for r in reports if (day := told_day(r)) is not None]
    outlets = {r.document.outlet for r in reports if r.document.outlet is not None}
    return {
        "event_id": event.event_id,
        "event_type": event.event_type.value,
        "event_mode": event.event_mode,
        "quad": lead.quad,
        "intensity": lead.intensity,
        "standing": event.standing.value,
        "statuses": sorted({r.status.value for r in reports}),
        "edtf": event.date.edtf,
        "earliest": event.date.earliest,
        "latest": event.date.latest,
        "told": min(told, default=None),
        "place": None if event.place is None else event.place.name,
        "country": None if event.place is None else event.place.country,
        "actors": names(event.actors),
        "recipients": names(event.recipients),
        "actor_codes": _codes(event.actors),
        "recipient_codes": _codes(event.recipients),
        "actor_keys": keys(m for r in reports for m in r.actor) or keys(event.actors),
        "recipient_keys": keys(m for r in reports for m in r.recipient),
        "symmetric": event.symmetric,
        "reports": len(event.reports),
        "stories": event.stories,
        "outlets": event.outlets,
        "outlet_keys": sorted(o.lower() for o in outlets),
        "fulfils": event.fulfils,
        "evidence": surest.evidence.text,
        "text": "\n".join(sorted({r.evidence.text for r in reports})),
        "json": json(event),
    }


def _telling(event: Event, reports: Sequence[Report]) -> Report:
    """The surest report that does not deny it; of a contested event one with most who speak."""
    contested = event.standing is Standing.CONTESTED

    def rank(report: Report) -> tuple[object, ...]:
        speakers = sum(a.speaker is not None for a in report.attribution)
        denied = report.status is Status.DENIED and not contested
        first = told_day(report) or "9999"
        return (denied, -speakers if contested else 0, -report.confidence, first, report.report_id)

    return min(reports, key=rank)


def _codes(mentions: Iterable[Mention]) -> list[str]:
    return sorted({m.code for m in mentions if m.code is not None})


def title(row: Mapping[str, Any]) -> str:
    """An event in a few words: type, mode, who, whom."""
    mode = f" ({row['event_mode']})" if row["event_mode"] else ""
    whom = f" - {row['recipients']}" if row["recipients"] else ""
    return f"{row['event_type']}{mode}: {row['actors'] or '?'}{whom}"


_OF_EVENT = ("event_type", "standing", "earliest", "latest", "actor_keys", "recipient_keys")
_SHARED = (*_OF_EVENT, "place", "country")


def _claim_row(claim: Claim, event: Row, speaker: Mention | None) -> Row:
    told = bounds(claim.published)
    own = {name: getattr(claim, name) for name in claim.__dataclass_fields__}
    return (
        {name: event[name] for name in _SHARED}
        | own
        | {
            "stance": claim.stance.value,
            "speaker_keys": [] if speaker is None else keys([speaker]),
            "told": iso(told.earliest or told.latest),
            "event": title(event),
            "text": claim.evidence,
            "json": json(claim),
        }
    )


def _discrepancy_row(each: Discrepancy, event: Row, reports: Mapping[str, Report]) -> Row:
    told = [told_day(reports[r]) for r in (each.first, each.second)]
    known = [day for day in told if day is not None]
    own = {name: getattr(each, name) for name in each.__dataclass_fields__}
    return (
        {name: event[name] for name in _SHARED}
        | own
        | {
            "told": max(known) if len(known) == len(told) else None,
            "event": title(event),
            "text": f"{each.evidence_first}\n{each.evidence_second}",
            "json": json(each),
        }
    )


def _promise_row(promise: Promise, event: Row) -> Row:
    return {
        "promise_id": promise.promise_id,
        "event_id": promise.event_id,
        "event_type": promise.event_type.value,
        "event_mode": promise.event_mode,
        "made": promise.made,
        "told": promise.made,
        "earliest": promise.due_earliest,
        "latest": promise.due_latest,
        "kept_by": promise.kept_by,
        "actor_keys": event["actor_keys"],
        "recipient_keys": event["recipient_keys"],
        "place": event["place"],
        "country": event["country"],
        "event": title(event),
        "text": promise.evidence,
        "json": json(promise),
    }


def with_events(reports: Iterable[Report], events: Iterable[Event]) -> tuple[Report, ...]:
    """The reports with the ids of their events filled in, by report id."""
    owner = {r: e.event_id for e in events for r in e.reports}
    filled = [replace(r, event_id=owner.get(r.report_id)) for r in reports]
    return tuple(sorted(filled, key=lambda r: r.report_id))
