"""The cases to look at first: what was coded with confidence and is wrong, and what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foreigndesk.measure.found import Coded, Party
from foreigndesk.measure.gold import NAMED, GoldEvent
from foreigndesk.measure.match import Matched, Pair, confused
from foreigndesk.measure.score import (
    attribution_score,
    date_right,
    mode_right,
    place_right,
    status_right,
)


@dataclass(frozen=True, slots=True)
class Case:
    """An error: what the gold says and what was found, each in words, None for nothing.

    `kind`: "type" (coded as another type), "sides" (actor or recipient wrong), "false" (no such
    event), "details" (the event is right, but not all of it) or "missed". `differs` names what is
    wrong. `confidence` is in 0 to 1 and `rule` what decided, both None where nothing was found.
    """

    kind: str
    text_id: str
    evidence: str
    gold: str | None
    found: str | None
    differs: tuple[str, ...]
    confidence: float | None = None
    rule: str | None = None


def cases(results: Sequence[Matched]) -> list[Case]:
    """All errors: wrong ones, the most confident first, then missed ones in the gold's order."""
    found = [case for matched in results for case in _cases(matched)]
    wrong = [case for case in found if case.kind != "missed"]
    wrong.sort(key=lambda c: -(c.confidence or 0.0))
    return wrong + [case for case in found if case.kind == "missed"]


def _cases(found: Matched) -> Iterator[Case]:
    for pair in found.pairs:
        differs = tuple(_differences(pair))
        if differs:
            yield _case(found, "details" if pair.whole else "sides", pair.gold, pair.coded, differs)
    other = confused(found)
    for gold, coded in other:
        yield _case(found, "type", gold, coded, ("event type",))
    for coded in found.false:
        if not any(coded is each for _, each in other):
            yield _case(found, "false", None, coded, ("no such event",))
    for gold in found.missed:
        if not any(gold is each for each, _ in other):
            yield _case(found, "missed", gold, None, ("missed",))


def _case(
    found: Matched, kind: str, gold: GoldEvent | None, coded: Coded | None, differs: tuple[str, ...]
) -> Case:
    return Case(
        kind=kind,
        text_id=found.text.id,
        evidence=(coded.evidence if coded else "") or sentence(found.text.text, gold),
        gold=told(gold) if gold else None,
        found=shown(coded) if coded else None,
        differs=differs,
        confidence=coded.confidence if coded else None,
        rule=coded.rule or None if coded else None,
    )


def sentence(text: str, gold: GoldEvent | None) -> str:
    """The paragraph of the text in which the gold's trigger stands; else all of it."""
    at = text.find(gold.trigger) if gold and gold.trigger else -1
    if at < 0:
        return text
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def _differences(pair: Pair) -> Iterator[str]:
    gold = pair.gold
    if not pair.whole:
        yield "actor or recipient"
    if not pair.close:
        return
    if gold.event_mode and not mode_right(pair):
        yield "mode"
    if gold.status is not None and not status_right(pair):
        yield "status"
    if gold.attribution is not None:
        score = attribution_score(pair)
        if score.right < max(score.given, score.asked):
            yield "attribution"
    if gold.date and not date_right(pair):
        yield "date"
    if gold.place and not place_right(pair):
        yield "place"


def told(gold: GoldEvent) -> str:
    """A gold event in words."""
    kind = " ".join(part for part in (gold.event_type.value, gold.event_mode) if part)
    sides = f"{_gold_side(gold.actor)} > {_gold_side(gold.recipient)}"
    said = [f"{s.speaker or 'unnamed'} {s.stance}" for s in gold.attribution or ()]
    return _line(kind, sides, (gold.status, gold.date, gold.place, *said))


def shown(coded: Coded) -> str:
    """A coded event in the same words."""
    kind = " ".join(part for part in (coded.event_type, coded.event_mode) if part)
    sides = f"{_found_side(coded.actor)} > {_found_side(coded.recipient)}"
    said = [f"{named(who) if who else 'unnamed'} {stance}" for who, stance in coded.attribution]
    return _line(kind, sides, (coded.status, coded.date, coded.place, *said))


def _line(kind: str, sides: str, details: tuple[str | None, ...]) -> str:
    return ", ".join([f"{kind}: {sides}", *(str(each) for each in details if each)])


def _gold_side(parties: tuple[str, ...] | None) -> str:
    if parties is None:
        return "any"
    return ", ".join(p.replace(NAMED, "").replace("|", " or ") for p in parties) or "nobody"


def _found_side(parties: tuple[Party, ...]) -> str:
    return ", ".join(map(named, parties)) or "nobody"


def named(party: Party) -> str:
    """A party by name with its code and sector: "Kim Jong Un (PRK GOV)"."""
    code = str(party)
    if not party.names:
        return code
    return party.names[0] if code == "?" else f"{party.names[0]} ({code})"
