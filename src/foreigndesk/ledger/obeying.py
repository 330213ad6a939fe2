"""Judgements obeyed: found again where articles were coded anew, and what they put right.

A judgement names reports by id, and in `evidence` by the words that it judges: document, offsets
of the trigger, a hash of trigger and sentence, and what was said of them. Where no report has the
id any more, it is about the report on the very same words, if there is one. That a report is right
or wrong is said of what it tells: where the words are told otherwise now, it holds no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    """The words that a report rests on and what it tells: `document:start-end:hash:TYPE.hash`."""
    trigger = report.trigger
    words = f"{trigger.text}\0{report.evidence.text}"
    return f"{report.document.id}:{trigger.start}-{trigger.end}:{_hash(words, 12)}:{_told(report)}"


def _told(report: Report) -> str:
    """What a report tells: its type, in plain, then mode, status and sides, hashed."""
    sides = [sorted(m.actor_id or m.name or m.text for m in s) for s in _sides(report)]
    told = f"{report.event_mode}\0{report.status}\0{sides}"
    return f"{report.event_type}.{_hash(told, 8)}"


def _sides(report: Report) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    return report.actor, report.recipient


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _words_of(anchored: str) -> str:
    """The part of an anchor that names the words; older anchors have no other."""
    return ":".join(anchored.split(":")[:3])


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
        words
        for j in judgements
        for old, words in zip((j.subject, j.other), (j.evidence or "").split(), strict=False)
        if old is not None and old not in here
    }
    if not lost:
        return list(judgements)
    documents = {each.partition(":")[0] for each in lost}
    batches = desk.report_texts(documents=documents)
    reports = (msgspec.json.decode(text, type=Report) for batch in batches for _, text in batch)
    on_words = by_words(reports)
    return [moved(j, here, on_words) for j in judgements]


def by_words(reports: Iterable[Report]) -> dict[str, dict[str, str]]:
    """The anchors of reports by id, by the words they are on."""
    found: dict[str, dict[str, str]] = {}
    for report in reports:
        anchored = anchor(report)
        found.setdefault(_words_of(anchored), {})[report.report_id] = anchored
    return found


def moved(
    judgement: Judgement, here: Collection[str], on_words: Mapping[str, Mapping[str, str]]
) -> Judgement:
    """A judgement with the ids that its reports have now; `here`: ids that are there as ever."""
    old = (judgement.subject, judgement.other)
    anchors: list[str | None] = [*(judgement.evidence or "").split(), None, None][:2]
    now = [
        key if key is None or key in here or words is None
        else _successor(judgement.verdict, words, on_words.get(_words_of(words), {})) or key
        for key, words in zip(old, anchors, strict=True)
    ]  # fmt: skip
    return judgement if (now[0], now[1]) == old else replace(
        judgement, subject=now[0] or judgement.subject, other=now[1]
    )  # fmt: skip


def _successor(verdict: str, anchored: str, options: Mapping[str, str]) -> str | None:
    """The report that a judgement is about now: one that tells the same, else one of its type.

    "right" and "wrong" are about no report that tells something else.
    """
    said = anchored.split(":")[3:]
    told = said[0] if said else None
    strict = told is not None and verdict in ("right", "wrong")

    def rank(key: str) -> tuple[bool, bool, str]:
        now = options[key].split(":")[3]
        of_type = told is not None and now.split(".")[0] == told.split(".")[0]
        return now != told, not of_type, key

    best = min(options, key=rank, default=None)
    return None if best is None or (strict and rank(best)[0]) else best


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
