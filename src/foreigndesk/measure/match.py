"""Which coded event answers which gold event of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foreigndesk.measure.found import Coded, Party
from foreigndesk.measure.gold import NAMED, SECTORS, GoldEvent, GoldText

# Weights of the agreement of a pair of events of one type; only their order matters.
_SIDE, _TRIGGER, _REQUIRED = 2.0, 1.5, 0.5
Ranked = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and the coded one that answers it, of one type.

    `whole`: actor and recipient are right too. `close`: a side or the trigger is right, so that
    mode, status, attribution, date and place can be compared.
    """

    gold: GoldEvent
    coded: Coded
    whole: bool
    close: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """A text's gold events with their answers, those missed and those coded wrongly."""

    text: GoldText
    pairs: tuple[Pair, ...]
    missed: tuple[GoldEvent, ...]
    false: tuple[Coded, ...]


def match(text: GoldText, coded: Sequence[Coded]) -> Matched:
    """Pair events of one type one to one, those that agree most first."""
    pairs = one_to_one(_candidates(text, coded))
    golds, used = {i for i, _ in pairs}, {j for _, j in pairs}
    return Matched(
        text=text,
        pairs=tuple(_pair(text, text.events[i], coded[j]) for i, j in pairs),
        missed=tuple(g for i, g in enumerate(text.events) if i not in golds and not g.optional),
        false=tuple(c for j, c in enumerate(coded) if j not in used),
    )


def confused(found: Matched) -> list[tuple[GoldEvent, Coded]]:
    """The missed events of a text that were coded as another type, with what they were coded as.

    That is: at the same trigger, or with both sides right and one of them named.
    """
    ranked = (
        (value, i, j)
        for i, gold in enumerate(found.missed)
        for j, coded in enumerate(found.false)
        if (value := _near(found.text, gold, coded))
    )
    return [(found.missed[i], found.false[j]) for i, j in one_to_one(ranked)]


def one_to_one(candidates: Iterable[Ranked]) -> list[tuple[int, int]]:
    """Of (worth, one, other) the pairs in which each stands once, the worthiest first taken."""
    golds: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if i not in golds and j not in used:
            golds.add(i)
            used.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _candidates(text: GoldText, coded: Sequence[Coded]) -> Iterator[Ranked]:
    for i, gold in enumerate(text.events):
        for j, found in enumerate(coded):
            if gold.event_type.value == found.event_type:
                value = _SIDE * sum(_sides(gold, found))
                value += _TRIGGER * _same_trigger(text, gold, found)
                yield value + _REQUIRED * (not gold.optional), i, j


def _near(text: GoldText, gold: GoldEvent, found: Coded) -> float:
    """How much events of two types are one happening coded twice; 0 if they are not."""
    sides = _sides(gold, found)
    named = bool(gold.actor) or bool(gold.recipient)
    same = _same_trigger(text, gold, found)
    if not same and not (named and all(sides)):
        return 0.0
    return _TRIGGER * same + _SIDE * sum(sides)


def _pair(text: GoldText, gold: GoldEvent, found: Coded) -> Pair:
    sides = _sides(gold, found)
    named = (bool(gold.actor) and sides[0]) or (bool(gold.recipient) and sides[1])
    return Pair(gold, found, all(sides), named or _same_trigger(text, gold, found))


def _sides(gold: GoldEvent, found: Coded) -> tuple[bool, bool]:
    straight = (agree(gold.actor, found.actor), agree(gold.recipient, found.recipient))
    if not (gold.symmetric or found.symmetric):
        return straight
    both = (*found.actor, *found.recipient)
    if gold.symmetric and len(both) > 1 and found.symmetric:
        together = (agree(gold.actor, both), agree(gold.recipient, both))
        return max(straight, together, key=sum)
    swapped = (agree(gold.actor, found.recipient), agree(gold.recipient, found.actor))
    return max(straight, swapped, key=sum)


def agree(gold: Sequence[str] | None, found: Sequence[Party]) -> bool:
    """Whether one side is right: a party in common, or nobody where the gold names nobody.

    A side that the gold does not judge (None) is right.
    """
    if gold is None:
        return True
    return _overlap(gold, found) if gold else not found


def _overlap(gold: Sequence[str], found: Sequence[Party]) -> bool:
    return any(same_party(g, f) for g in gold for f in found)


def same_party(gold: str, found: Party) -> bool:
    """Whether the codes agree; where the gold has only a sector, the sectors; or the names.

    Any bloc or international organisation answers IGO.
    """
    return any(_same(name.strip(), found) for name in gold.split("|"))


def _same(gold: str, found: Party) -> bool:
    if gold.startswith(NAMED):
        return gold[len(NAMED) :].strip().casefold() in map(str.casefold, found.names)
    head = gold.split()[0]
    if head in SECTORS:
        return found.sector == head
    if head == "IGO" and found.sector == "IGO":
        return True
    return found.code == head


def _same_trigger(text: GoldText, gold: GoldEvent, found: Coded) -> bool:
    if not gold.trigger:
        return False
    start = text.text.find(gold.trigger)
    while start >= 0:
        if found.start < start + len(gold.trigger) and found.end > start:
            return True
        start = text.text.find(gold.trigger, start + 1)
    return False
