"""Judgements obeyed: found again where articles were coded anew, and what they put right.

A judgement names reports by id, and in `evidence` by the words that it judges: document, offsets
of the trigger, and a hash of trigger and sentence. Where no report has the id any more, it is about
the report on the very same words, if there is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.judgements import Decisions
from foreigndesk.model import EventType, Judgement, Mention, Report

VERDICTS = ("right", "wrong", "type", "actor", "same", "different", "undo")


class TypeValue(msgspec.Struct, frozen=True, omit_defaults=True):
    """The value of a "type" judgement, as JSON: the type it should have, with what goes with it."""

    event_type: EventType
    event_mode: str | None = None
    quad: int = 1
    intensity: float = 0.0
    cameo: str | None = None


class ActorValue(msgspec.Struct, frozen=True, omit_defaults=True):
    """The value of an "actor" judgement, as JSON: who stands on one side."""

    side: str
    name: str
    code: str | None = None
    sector: str | None = None
    actor_id: str | None = None


def anchor(report: Report) -> str:
    """The words that a report rests on: `document:start-end:hash`."""
    trigger = report.trigger
    words = f"{trigger.text}\0{report.evidence.text}".encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(words).hexdigest()[:12]
    return f"{report.document.id}:{trigger.start}-{trigger.end}:{digest}"


def judgement(
    verdict: str, reports: Sequence[Report], value: str | None, by: str, at: str
) -> Judgement:
    """A judgement on one report, or on two; `at` is an ISO time, `by` who judges."""
    ids = [r.report_id for r in reports]
    name = "\0".join((verdict, *ids, value or "", by, at))
    return Judgement(
        judgement_id=hashlib.sha256(name.encode()).hexdigest()[:16],
        subject=ids[0],
        verdict=verdict,
        other=ids[1] if len(ids) > 1 else None,
        value=value,
        by=by,
        at=at,
        evidence=" ".join(map(anchor, reports)),
    )


def resolved(desk: Desk, judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements with the ids that the reports on their words have now."""
    named = {i for j in judgements for i in (j.subject, j.other) if i is not None}
    here = desk.which_reports(named) if named else set()
    lost = {
        old: words
        for j in judgements
        for old, words in zip((j.subject, j.other), (j.evidence or "").split(), strict=False)
        if old is not None and old not in here
    }
    if not lost:
        return list(judgements)
    now = _on_words(desk, set(lost.values()))
    new = {old: now[words] for old, words in lost.items() if words in now}
    return [
        replace(j, subject=new.get(j.subject, j.subject), other=new.get(j.other or "", j.other))
        for j in judgements
    ]


def _on_words(desk: Desk, words: set[str]) -> dict[str, str]:
    """The least id of the reports on each of these words."""
    documents = {each.partition(":")[0] for each in words}
    found: dict[str, str] = {}
    for batch in desk.report_texts(documents=documents):
        for key, text in batch:
            each = anchor(msgspec.json.decode(text, type=Report))
            if each in words:
                found[each] = min(found.get(each, key), key)
    return found


def corrected(report: Report, decisions: Decisions) -> Report:
    """A report as people put it right."""
    for verdict, value in decisions.changes.get(report.report_id, ()):
        report = _CHANGES[verdict](report, value)
    return report


def _of_type(report: Report, value: str) -> Report:
    put = msgspec.json.decode(value, type=TypeValue)
    return replace(
        report,
        event_type=put.event_type,
        event_mode=put.event_mode,
        quad=put.quad,
        intensity=put.intensity,
        cameo=put.cameo,
    )


def _of_actor(report: Report, value: str) -> Report:
    put = msgspec.json.decode(value, type=ActorValue)
    old: Iterable[Mention] = report.actor if put.side == "actor" else report.recipient
    at = next(iter(old), None)
    start, end, text = (at.start, at.end, at.text) if at else _trigger(report)
    mention = Mention(start, end, text, put.name, put.code, put.sector, put.actor_id)
    if put.side == "actor":
        return replace(report, actor=(mention,))
    return replace(report, recipient=(mention,))


def _trigger(report: Report) -> tuple[int, int, str]:
    return report.trigger.start, report.trigger.end, report.trigger.text


_CHANGES = {"type": _of_type, "actor": _of_actor}
