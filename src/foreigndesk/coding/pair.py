"""The one relation that a text states between two marked actors."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.coding.reading import Reading
from foreigndesk.model import EventType, Mention, PairRelation, Report, Status

# PLOVER's manual: what its own actor will do in these types is, today, an agreement to do it;
# what an actor did not or will not do is a refusal of it.
_COOPERATIVE = (EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID)
_AHEAD = (Status.PLANNED,)
_FALLBACK = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """The marked actor and recipient, as half-open character ranges of the text."""

    actor: tuple[int, int]
    recipient: tuple[int, int]


def relation(reading: Reading, found: tuple[Report, ...], pair: Pair) -> PairRelation:
    """The relation of a pair: the best-fitting Report's, else a guess of low confidence."""
    ranked = sorted(found, key=lambda r: (-_fit(r, pair), r.trigger.start, r.report_id))
    if ranked:
        return _from_report(ranked[0], _fit(ranked[0], pair))
    return PairRelation(EventType.CONSULT, None, Status.POSSIBLE, _FALLBACK, "pair.no-report")


def _fit(report: Report, pair: Pair) -> float:
    """How well a Report's sides cover the pair, 0 to 1, times its confidence."""
    actor, recipient = _covers(report.actor, pair.actor), _covers(report.recipient, pair.recipient)
    value = 0.15 + 0.4 * actor + 0.4 * recipient
    if report.symmetric or not (actor or recipient):
        swapped = _covers(report.actor, pair.recipient) + _covers(report.recipient, pair.actor)
        value = max(value, 0.15 + (0.4 if report.symmetric else 0.15) * swapped)
    return value * report.confidence


def _covers(mentions: tuple[Mention, ...], span: tuple[int, int]) -> bool:
    return any(m.start < span[1] and m.end > span[0] for m in mentions)


def _from_report(report: Report, fit: float) -> PairRelation:
    event, mode = report.event_type, report.event_mode
    if event in _COOPERATIVE and report.status in _AHEAD:
        event, mode = EventType.AGREE, None
    elif event in (*_COOPERATIVE, EventType.AGREE) and report.status is Status.DENIED:
        event, mode = EventType.REJECT, None
    return PairRelation(event, mode, report.status, round(fit, 3), report.rule)
