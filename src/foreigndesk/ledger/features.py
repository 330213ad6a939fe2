"""The table by which two Reports are judged to speak of one happening.

Each feature is a small function of two views that returns a value in -1 to 1 and its reason, or
VETO. The score is the sum of weight times value; each event type's family says what score links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
from foreigndesk.model import Place

NEAR = 60.0
"""Kilometres from which two places on the map are two."""
_LOCAL = ("assault", "protest")
"""Families of which two places tell two happenings."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A row of the table."""

    name: str
    weight: float
    judge: Callable[[View, View], Hit]


@dataclass(frozen=True, slots=True)
class Score:
    """How well two reports go together, and the reasons that speak for and against it."""

    value: float
    reasons: tuple[str, ...]
    veto: bool = False
    soft: bool = False


def realm(one: View, other: View) -> Hit:
    """A happening and a promise of it are two events, joined by `fulfils`."""
    realms = {one.realm, other.realm}
    if Realm.IF in realms and len(realms) > 1 and Realm.PROMISE not in realms:
        return Hit(-1, "a condition is no happening", veto=True)
    if realms == {Realm.ACTUAL, Realm.PROMISE}:
        return Hit(-1, "one has happened, one is to come", veto=True)
    if Realm.EITHER in realms and len(realms) > 1:
        apart = one.report.document.id != other.report.document.id
        return Hit(-1.0 if apart else -0.3, "one leaves open whether it happened")
    return NONE


def event_type(one: View, other: View) -> Hit:
    """The same type, or one of the same family."""
    a, b = one.report.event_type, other.report.event_type
    if a == b:
        return Hit(1.0, f"type {a}")
    if one.family is other.family:
        alike = one.report.symmetric == other.report.symmetric
        return Hit(0.7 if alike else -1.0, f"types {a} and {b}")
    if other.family.name in KIN.get(one.family.name, ()) and _one_deed(one, other):
        return Hit(0.3, f"types {a} and {b}")
    return Hit(-1, "types differ", veto=True)


def _one_deed(one: View, other: View) -> bool:
    """Told by one word, or of the very same actors on one day in the same words."""
    if one.report.trigger.lemma.casefold() == other.report.trigger.lemma.casefold():
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
    if a == b:
        return Hit(1.0, f"mode {a}")
    return Hit(-1.0, f"modes {a} and {b}", veto="phone" in (a, b))


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
        unsure = any(p.vague or p.code is None for p in (*one.parties, *other.parties))
        return Hit(-1, "other actors", veto=not _same_blow(one, other), soft=unsure)
    if all(side is None for side in sides):
        return Hit(-0.2, "one tells who did it, one to whom")
    values = [0.3 if side is None else side for side in sides]
    names = ", ".join(sorted({p.name for p in one.parties} & {p.name for p in other.parties}))
    return Hit(sum(values) / len(values), f"actors {names or 'of the same states'}")


def _same_blow(one: View, other: View) -> bool:
    """One day, one place, one number of victims: who did it may be what they disagree on."""
    if not one.others or side_likeness(one.others, other.others) in (None, OTHER):
        return False
    dated = one.when.days == other.when.days == 1 and one.when == other.when
    return dated and numbers(one, other).value > 0 and place(one, other).value >= 1


def place(one: View, other: View) -> Hit:
    """The same place, or another."""
    a, b = one.report.place, other.report.place
    if a is None or b is None:
        return NONE
    agree = places_agree(one, other)
    if agree > 0:
        return Hit(agree, f"place {a.name or a.text}" + ("" if agree == 1 else f", {b.name}"))
    if a.country is not None and b.country is not None and a.country != b.country:
        if one.when.days == 1 and one.when == other.when and exact(one, other):
            return Hit(-1.0, "places in two countries, one day")
        apart = {a.country, b.country} <= {p.code for p in one.parties}
        veto = apart or _needs_place(one)
        return Hit(-1.0, "places in two countries", veto=veto, soft=exact(one, other))
    return Hit(-0.5, "places differ", veto=one.family.name in _LOCAL and _both_narrow(a, b))


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


def score(one: View, other: View) -> Score:
    """Judge two reports by every row of the table; the first veto ends it."""
    total = 0.0
    reasons: list[str] = []
    for feature in TABLE:
        hit = feature.judge(one, other)
        if hit.veto:
            return Score(-1.0, (f"{feature.name}: {hit.reason}",), veto=True, soft=hit.soft)
        total += feature.weight * hit.value
        if hit.reason is not None:
            reasons.append(f"{feature.name}: {hit.reason}")
    return Score(round(total, 6), tuple(reasons))
