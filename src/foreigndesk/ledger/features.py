"""The table by which two Reports are judged to speak of one happening.

Each feature is a small function of two views that returns a value in -1 to 1 and its reason, or
VETO. The score is the sum of weight times value; each event type's family says what score links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foreigndesk.ledger.parties import OTHER, side_likeness
from foreigndesk.ledger.sameness import done_once, exact, places_agree, recalls, same_deed
from foreigndesk.ledger.times import gap
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import EventType, Place, Status


@dataclass(frozen=True, slots=True)
class Hit:
    """A feature's value, -1 to 1, and why; `veto`: the two cannot be one happening."""

    value: float
    reason: str | None = None
    veto: bool = False


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


NONE = Hit(0.0)
LEAD = 400
"""Code points from the headline within which the article's first sentence begins."""
WIDE = 93
"""Days from which a told date is too wide to be that of an undated report."""


def realm(one: View, other: View) -> Hit:
    """A happening and a promise of it are two events, joined by `fulfils`."""
    realms = {one.realm, other.realm}
    if Realm.IF in realms and len(realms) > 1 and Realm.PROMISE not in realms:
        return Hit(-1, "a condition is no happening", veto=True)
    if realms == {Realm.ACTUAL, Realm.PROMISE}:
        return Hit(-1, "one has happened, one is to come", veto=True)
    return NONE


def event_type(one: View, other: View) -> Hit:
    """The same type, or one of the same family."""
    a, b = one.report.event_type, other.report.event_type
    if a == b:
        return Hit(1.0, f"type {a}")
    if one.family is other.family:
        return Hit(0.7, f"types {a} and {b}")
    return Hit(-1, "types differ", veto=True)


def event_mode(one: View, other: View) -> Hit:
    """The same mode; a visit is no telephone call."""
    a, b = one.report.event_mode, other.report.event_mode
    if a is None or b is None:
        return NONE
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
    if OTHER in sides or sides[0] is None:
        return Hit(-1, "other actors", veto=not _same_blow(one, other))
    values = [0.3 if side is None else side for side in sides]
    names = ", ".join(sorted({p.name for p in one.parties} & {p.name for p in other.parties}))
    return Hit(sum(values) / len(values), f"actors {names or 'of the same states'}")


def _same_blow(one: View, other: View) -> bool:
    """One day, one place, one number of victims: who did it may be what they disagree on."""
    if not one.others or side_likeness(one.others, other.others) in (None, OTHER):
        return False
    dated = one.when.days == other.when.days == 1 and one.when == other.when
    return dated and numbers(one, other).value > 0 and place(one, other).value >= 1


def time(one: View, other: View) -> Hit:
    """Told dates that may share a day; for want of them, how near the two texts lie."""
    if one.when.known and other.when.known:
        return _dated(one, other)
    if one.when.known or other.when.known:
        return _one_dated(*((one, other) if one.when.known else (other, one)))
    if one.report.document.id == other.report.document.id:
        return Hit(0.6 if one.family.memory <= 60 else 0.4, "same article, no date")
    apart = gap(one.told, other.told)
    memory = min(one.memory, other.memory)
    if apart > memory:
        early, late = sorted((one, other), key=lambda v: v.told.earliest or 0)
        if not early.afloat and recalls(early, late, apart):
            return Hit(0.5 - 0.2 * apart / late.reach, "recalled")
        return _long_after(late, apart, f"no date, texts {apart} days apart")
    return Hit(_near(one, other, apart, memory), "no date, texts near each other")


def _dated(one: View, other: View) -> Hit:
    apart = gap(one.when, other.when)
    if apart > one.family.tolerance:
        if apart <= min(one.slack, other.slack) and done_once(one, other):
            return Hit(0.5, f"done once, dates {apart} days apart")
        return Hit(-1, f"dates {apart} days apart", veto=True)
    width = max(one.when.days or 9999, other.when.days or 9999)
    value = 1.0 if width <= 7 else 0.7 if width <= 31 else 0.35
    return Hit(value * (1.0 if apart <= 0 else 0.8), "dates agree")


def _one_dated(dated: View, undated: View) -> Hit:
    """An undated report speaks of the recent past of its text, or of its future."""
    if (dated.when.days or WIDE) >= WIDE and not undated.told.known:
        return Hit(-0.5, "no date against a wide one")
    start, end, told = dated.when.earliest, dated.when.latest, undated.told
    if undated.realm in (Realm.PROMISE, Realm.IF):
        late = end is not None and told.earliest is not None and told.earliest > end
        return Hit(-1, "told after its day", veto=True) if late else Hit(0.3, "one date, to come")
    if start is not None and told.latest is not None and start > told.latest + 1:
        return Hit(-1, "told before its day", veto=True)
    if end is None or told.earliest is None:
        same = dated.report.document.id == undated.report.document.id
        return Hit(0.4, "same article, one date") if same else Hit(0.1, "one date")
    apart = max(0, told.earliest - end)
    if apart > undated.memory:
        if recalls(dated, undated, apart):
            return Hit(0.5 - 0.2 * apart / undated.reach, "recalled")
        return _long_after(undated, apart, f"told {apart} days after")
    if apart <= 1 and undated.report.date.basis == "published" and undated.told.days == 1:
        return Hit(0.85, "news of the day")
    return Hit(_near(dated, undated, apart, undated.memory), "told soon after the day")


def _long_after(late: View, apart: int, reason: str) -> Hit:
    """Too late; unless another member of the cluster shows that it is recalled."""
    return Hit(-2, reason, veto=not late.afloat or apart > late.reach)


def _near(one: View, other: View, apart: int, memory: int) -> float:
    if not (one.told.known and other.told.known):
        return 0.1
    return 0.6 - 0.4 * max(0, apart) / memory


def place(one: View, other: View) -> Hit:
    """The same place, or another."""
    a, b = one.report.place, other.report.place
    if a is None or b is None:
        return NONE
    agree = places_agree(one, other)
    if agree > 0:
        return Hit(agree, f"place {a.name or a.text}" + ("" if agree == 1 else f", {b.name}"))
    if a.country is not None and b.country is not None and a.country != b.country:
        apart = {a.country, b.country} <= {p.code for p in one.parties}
        return Hit(-1.0, "places in two countries", veto=apart or _needs_place(one))
    return Hit(-0.5, "places differ", veto=one.family.name == "assault" and _both_narrow(a, b))


def _needs_place(one: View) -> bool:
    return one.family.name in ("consult", "assault", "protest")


def _both_narrow(a: Place, b: Place) -> bool:
    return a.lat is not None and b.lat is not None and a.name != b.name


def content(one: View, other: View) -> Hit:
    """The share of content words that the two sentences have in common."""
    if one.report.document.id == other.report.document.id and _one_sentence(one, other):
        return NONE
    smaller = min(len(one.words), len(other.words))
    shared = one.words & other.words
    if not shared:
        return Hit(-0.3, "no word in common") if smaller >= 3 else NONE
    return Hit(len(shared) / max(smaller, 4), "words " + " ".join(sorted(shared)[:5]))


def _one_sentence(one: View, other: View) -> bool:
    """One sentence, two different words for what happened."""
    a, b = one.report, other.report
    return a.evidence.start == b.evidence.start and a.trigger.start != b.trigger.start


def trigger(one: View, other: View) -> Hit:
    """The same word for what happened, or another that the codebook has under the same entry."""
    a, b = one.report.trigger.lemma.casefold(), other.report.trigger.lemma.casefold()
    if a == b:
        return Hit(1.0, f"both say {a}")
    if one.report.rule == other.report.rule:
        return Hit(0.8, f"{a} and {b}")
    return Hit(-2, f"{a} is not {b}") if one.report.event_type in _MANIFOLD else NONE


def numbers(one: View, other: View) -> Hit:
    """The same number of dead, injured or arrested."""
    a, b = one.report.quantities, other.report.quantities
    pairs = ((a.dead, b.dead), (a.injured, b.injured), (a.arrested, b.arrested))
    told = [(x, y) for x, y in pairs if x is not None and y is not None]
    if any(x == y for x, y in told):
        return Hit(1.0, "same numbers")
    return Hit(-0.3, "numbers differ") if told else NONE


def story(one: View, other: View) -> Hit:
    """The same sentence in copies of one article."""
    if one.story == other.story and one.report.document.id != other.report.document.id:
        same = one.report.evidence.text == other.report.evidence.text
        return Hit(1.0, "copies of one story") if same else Hit(0.3, "one story")
    return NONE


def dispute(one: View, other: View) -> Hit:
    """What one alleges and the other denies, or both allege, is one matter in dispute."""
    if one.report.event_type is not other.report.event_type:
        return NONE
    unsure = (Status.POSSIBLE, Status.DENIED)
    if one.report.status in unsure and other.report.status in unsure:
        return Hit(1.0, "one matter in dispute")
    if Status.DENIED in (one.report.status, other.report.status) and trigger(one, other).value > 0:
        return Hit(0.5, "one says it, one denies it")
    return NONE


def headline(one: View, other: View) -> Hit:
    """An article's headline tells the same as the article."""
    a, b = one.report, other.report
    if a.document.id != b.document.id or a.document.title is None:
        return NONE
    titles = (a.evidence.text == a.document.title) + (b.evidence.text == a.document.title)
    lead = abs(a.evidence.start - b.evidence.start) <= LEAD
    if titles != 1 or not (same_deed(one, other) or (lead and exact(one, other))):
        return NONE
    return Hit(1.0, "the article and its headline")


def deed(one: View, other: View) -> Hit:
    """A promise of the very same deed, or one that is done once."""
    promised = one.realm is other.realm is Realm.PROMISE
    if promised and one.report.rule == other.report.rule and exact(one, other):
        return Hit(0.5, "the same promise")
    if one.afloat != other.afloat and _same_persons(one, other):
        return Hit(0.5, "the same persons")
    told_twice = one.slack > one.family.tolerance and headline(one, other).value > 0
    if done_once(one, other) or (told_twice and exact(one, other)):
        return Hit(1.0, "done once")
    return NONE


def _same_persons(one: View, other: View) -> bool:
    """One deed of one person to another."""
    persons = all(any(p.person for p in side) for side in (one.doers, one.others))
    return persons and one.report.rule == other.report.rule and exact(one, other)


_MANIFOLD = (EventType.SUPPORT,)
"""Types under which deeds of many kinds stand: to thank is not to sign a treaty."""
TABLE: tuple[Feature, ...] = (
    Feature("realm", 0.0, realm),
    Feature("type", 1.0, event_type),
    Feature("mode", 0.5, event_mode),
    Feature("actors", 2.0, actors),
    Feature("time", 2.0, time),
    Feature("place", 0.7, place),
    Feature("content", 2.0, content),
    Feature("trigger", 0.3, trigger),
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
            return Score(-1.0, (f"{feature.name}: {hit.reason}",), veto=True)
        total += feature.weight * hit.value
        if hit.reason is not None:
            reasons.append(f"{feature.name}: {hit.reason}")
    return Score(round(total, 6), tuple(reasons))
