"""The table by which two Reports are judged to speak of one happening.

Each feature is a small function of two views that returns a value in -1 to 1 and its reason, or
VETO. The score is the sum of weight times value; each event type's family says what score links.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

from foreigndesk.ledger.families import KIN
from foreigndesk.ledger.hits import NONE, Hit
from foreigndesk.ledger.parties import OTHER, side_likeness
from foreigndesk.ledger.sameness import exact, kilometres, places_agree
from foreigndesk.ledger.views import Realm, View
from foreigndesk.ledger.when import time
from foreigndesk.ledger.wording import (
    affair,
    content,
    deed,
    dispute,
    headline,
    in_one_sentence,
    numbers,
    story,
    thin,
    trigger,
)
from foreigndesk.model import EventType, Place

NEAR = 60.0
"""Kilometres from which two places on the map are two."""
_LOCAL = ("assault", "protest")
"""Families of which two places tell two happenings."""
_NO_HAPPENING = Hit(-1, "a condition is no happening", veto=True)
_TO_COME = Hit(-1, "one has happened, one is to come", veto=True)
_TYPES_DIFFER = Hit(-1, "types differ", veto=True)
_BLOW = Hit(-1, "other actors")
_OTHERS = Hit(-1, "other actors", veto=True)
_OTHERS_UNSURE = Hit(-1, "other actors", veto=True, soft=True)
_HALVES = Hit(-0.2, "one tells who did it, one to whom")


class Feature(NamedTuple):
    """A row of the table."""

    name: str
    weight: float
    judge: Callable[[View, View], Hit]


class Score(NamedTuple):
    """How well two reports go together, and what speaks for and against it."""

    value: float
    hits: Sequence[tuple[str, Hit]]
    veto: bool = False
    soft: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in words, each with the name of its feature."""
        return tuple(f"{name}: {hit.told}" for name, hit in self.hits)


def realm(one: View, other: View) -> Hit:
    """A happening and a promise of it are two events, joined by `fulfils`."""
    if one.realm is other.realm:
        return NONE
    realms = (one.realm, other.realm)
    if Realm.IF in realms and Realm.PROMISE not in realms:
        return _NO_HAPPENING
    if Realm.ACTUAL in realms and Realm.PROMISE in realms:
        return _TO_COME
    if Realm.EITHER in realms:
        apart = one.document != other.document
        return Hit(-1.0 if apart else -0.3, "one leaves open whether it happened")
    return NONE


def event_type(one: View, other: View) -> Hit:
    """The same type, or one of the same family."""
    a, b = one.report.event_type, other.report.event_type
    if a is b:
        return _typed(a)
    if one.family is other.family:
        alike = one.report.symmetric == other.report.symmetric
        return _types(0.7 if alike else -1.0, a, b)
    if other.family.name in KIN.get(one.family.name, ()) and _one_deed(one, other):
        return _types(0.3, a, b)
    return _TYPES_DIFFER


@cache
def _typed(both: EventType) -> Hit:
    return Hit(1.0, f"type {both}")


@cache
def _types(value: float, one: EventType, other: EventType) -> Hit:
    return Hit(value, f"types {one} and {other}")


def _one_deed(one: View, other: View) -> bool:
    """Told by one word, or of the very same actors on one day in the same words."""
    if one.lemma == other.lemma:
        return True
    one_day = one.when.days == 1 and one.when == other.when
    return one_day and exact(one, other) and len(one.words & other.words) > 1


def event_mode(one: View, other: View) -> Hit:
    """The same mode; a visit is no telephone call."""
    a, b = one.report.event_mode, other.report.event_mode
    if a is None or b is None:
        promised = one.realm is other.realm is Realm.PROMISE and "visit" in (a, b)
        promised = promised and not in_one_sentence(one, other)
        return Hit(-2.0, "a visit is no meeting to come") if promised else NONE
    return _modes(a, b)


@cache
def _modes(one: str, other: str) -> Hit:
    if one == other:
        return Hit(1.0, f"mode {one}")
    return Hit(-1.0, f"modes {one} and {other}", veto="phone" in (one, other))


def actors(one: View, other: View) -> Hit:
    """The same actors on the same sides; on either side where the event has no direction."""
    sides: list[float | None]
    if one.directed and other.directed:
        sides = [side_likeness(one.doers, other.doers), side_likeness(one.others, other.others)]
    else:
        sides = [side_likeness(one.parties, other.parties)]
        if min(len(one.parties), len(other.parties)) < 2:
            sides.append(None)
    if OTHER in sides:
        if _same_blow(one, other):
            return _BLOW
        return _OTHERS_UNSURE if one.unsure or other.unsure else _OTHERS
    if not any(sides):
        return _HALVES
    values = [0.3 if side is None else side for side in sides]
    return Hit(sum(values) / len(values), partial(_both_named, one, other))


def _both_named(one: View, other: View) -> str:
    names = {p.name for p in one.parties} & {p.name for p in other.parties}
    return f"actors {', '.join(sorted(names)) or 'of the same states'}"


def _same_blow(one: View, other: View) -> bool:
    """One day, one place, one number of victims: who did it may be what they disagree on."""
    if not one.others or one.when.days != 1 or one.when != other.when:
        return False
    if side_likeness(one.others, other.others) in (None, OTHER):
        return False
    return numbers(one, other).value > 0 and place(one, other).value >= 1


def place(one: View, other: View) -> Hit:
    """The same place, or another."""
    a, b = one.report.place, other.report.place
    if a is None or b is None:
        return NONE
    agree = places_agree(one, other)
    if agree > 0:
        return Hit(agree, partial(_shared_place, a, b, agree))
    if a.country is not None and b.country is not None and a.country != b.country:
        if one.when.days == 1 and one.when == other.when and exact(one, other):
            return Hit(-1.0, "places in two countries, one day")
        apart = {a.country, b.country} <= {p.code for p in one.parties}
        veto = apart or _needs_place(one)
        return Hit(-1.0, "places in two countries", veto=veto, soft=exact(one, other))
    return Hit(-0.5, "places differ", veto=one.family.name in _LOCAL and _both_narrow(a, b))


def _shared_place(one: Place, other: Place, agree: float) -> str:
    return f"place {one.name or one.text}" + ("" if agree == 1 else f", {other.name}")


def _needs_place(one: View) -> bool:
    return one.family.name in ("consult", "assault", "protest")


def _both_narrow(a: Place, b: Place) -> bool:
    """Whether both are places on the map, too far from each other to be one."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.name == b.name:
        return False
    return kilometres((a.lat, a.lon), (b.lat, b.lon)) > NEAR


TABLE: tuple[Feature, ...] = (
    Feature("realm", 1.0, realm),
    Feature("type", 1.0, event_type),
    Feature("mode", 0.5, event_mode),
    Feature("actors", 2.0, actors),
    Feature("time", 2.0, time),
    Feature("place", 0.7, place),
    Feature("content", 2.0, content),
    Feature("affair", 2.0, affair),
    Feature("trigger", 0.3, trigger),
    Feature("thin", 1.0, thin),
    Feature("numbers", 0.7, numbers),
    Feature("story", 1.0, story),
    Feature("dispute", 1.5, dispute),
    Feature("headline", 1.2, headline),
    Feature("deed", 2.0, deed),
)

_ROWS = tuple((feature.weight, feature.judge) for feature in TABLE)
SOFTLY_VETOED, VETOED = -1e6, -1e9
"""Less than the table can give."""


def score(one: View, other: View) -> Score:
    """Judge two reports by every row of the table; the first veto ends it."""
    total = 0.0
    hits: list[tuple[str, Hit]] = []
    for name, weight, judge in TABLE:
        hit = judge(one, other)
        if hit.veto:
            return Score(-1.0, ((name, hit),), True, hit.soft)
        total += weight * hit.value
        if hit.reason is not None:
            hits.append((name, hit))
    return Score(round(total, 6), hits)


def weigh(one: View, other: View) -> float:
    """The value of `score` before it is rounded to six places, or else VETOED or SOFTLY_VETOED."""
    total = 0.0
    for weight, judge in _ROWS:
        hit = judge(one, other)
        if hit is NONE:
            continue
        value, _, veto, soft = hit
        if veto:
            return SOFTLY_VETOED if soft else VETOED
        total += weight * value
    return total
