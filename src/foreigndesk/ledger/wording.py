"""Whether two Reports tell of one happening in the same words, numbers, article or affair."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from foreigndesk.ledger.hits import NONE, Hit
from foreigndesk.ledger.sameness import done_once, exact, same_deed
from foreigndesk.ledger.times import gap
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import EventType, Status

LEAD = 400
"""Code points from the headline within which the article's first sentence begins."""
SEASON = 45
"""Days within which two articles on the same things are on one affair."""
_MANIFOLD = (EventType.SUPPORT,)
"""Types under which deeds of many kinds stand: to thank is not to sign a treaty."""
_UNSURE = (Status.POSSIBLE, Status.DENIED)
_SAME_NUMBERS, _NUMBERS_DIFFER = Hit(1.0, "same numbers"), Hit(-0.3, "numbers differ")
_COPIES, _ONE_STORY = Hit(1.0, "copies of one story"), Hit(0.3, "one story")


def content(one: View, other: View) -> Hit:
    """The share of content words that the two sentences have in common."""
    if one.document == other.document and _one_sentence(one, other):
        return NONE
    smaller = min(len(one.words), len(other.words))
    shared = one.words & other.words
    if not shared:
        value = -0.3 if same_deed(one, other) else -0.6
        return Hit(value, "no word in common") if smaller >= 3 else NONE
    return Hit(len(shared) / max(smaller, 4), partial(_some, "words", shared))


def _some(what: str, words: Iterable[str]) -> str:
    """The first of these words, to be shown."""
    return f"{what} {' '.join(sorted(words)[:5])}"


def affair(one: View, other: View) -> Hit:
    """Two articles that name the same people, places and things are on one affair.

    It counts for less where they were not written within SEASON days of each other.
    """
    if one.document == other.document:
        return NONE
    smaller = min(len(one.profile), len(other.profile))
    shared = one.profile & other.profile
    if not shared:
        return Hit(-0.5, "articles on other things") if smaller >= 4 else NONE
    near = one.told.known and other.told.known and gap(one.told, other.told) <= SEASON
    value = len(shared) / max(smaller, 5) * (1.0 if near else 0.3)
    return Hit(value, partial(_some, "articles on", shared))


def _one_sentence(one: View, other: View) -> bool:
    """One sentence, two different words for what happened."""
    apart = one.report.trigger.start != other.report.trigger.start
    return apart and one.report.evidence.start == other.report.evidence.start


def in_one_sentence(one: View, other: View) -> bool:
    a, b = one.report, other.report
    return a.document.id == b.document.id and a.evidence.start == b.evidence.start


def trigger(one: View, other: View) -> Hit:
    """The same word for what happened, or another that the codebook has under the same entry."""
    a, b = one.lemma, other.lemma
    if a == b:
        return Hit(1.0, partial("both say {}".format, a))
    if one.report.rule == other.report.rule:
        return Hit(0.8, partial("{} and {}".format, a, b))
    if one.report.event_type is other.report.event_type and one.report.event_type in _MANIFOLD:
        if one.when.days == 1 and one.when == other.when and exact(one, other):
            return NONE
        other_kind = (one.report.cameo or "")[:3] != (other.report.cameo or "")[:3]
        return Hit(-6 if other_kind else -2, f"{a} is not {b}")
    return NONE


def thin(one: View, other: View) -> Hit:
    """Neither the same actors nor the same words: little speaks for one happening."""
    words = one.words & other.words
    if len(words) > 1 or one.document == other.document:
        return NONE
    ids = {p.identity for p in one.parties if not p.vague}
    shared = ids & {p.identity for p in other.parties}
    if not shared:
        return Hit(-0.5 if words else -1.0, "no actor and no words in common")
    full = min(len(one.parties), len(other.parties)) > 1
    return Hit(-0.5, "one actor, no words in common") if full and len(shared) == 1 else NONE


def numbers(one: View, other: View) -> Hit:
    """The same number of dead, injured or arrested."""
    if not (one.counted and other.counted):
        return NONE
    a, b = one.report.quantities, other.report.quantities
    pairs = ((a.dead, b.dead), (a.injured, b.injured), (a.arrested, b.arrested))
    told = [(x, y) for x, y in pairs if x is not None and y is not None]
    if any(x == y for x, y in told):
        return _SAME_NUMBERS
    return _NUMBERS_DIFFER if told else NONE


def story(one: View, other: View) -> Hit:
    """The same sentence in copies of one article."""
    if one.story == other.story and one.document != other.document:
        same = one.report.evidence.text == other.report.evidence.text
        return _COPIES if same else _ONE_STORY
    return NONE


def dispute(one: View, other: View) -> Hit:
    """What one alleges and the other denies, or both allege, is one matter in dispute."""
    sure = one.report.status not in _UNSURE and other.report.status not in _UNSURE
    if sure or one.report.event_type is not other.report.event_type:
        return NONE
    if one.report.status in _UNSURE and other.report.status in _UNSURE:
        return Hit(1.0, "one matter in dispute")
    if Status.DENIED in (one.report.status, other.report.status) and trigger(one, other).value > 0:
        return Hit(0.5, "one says it, one denies it")
    return NONE


def headline(one: View, other: View) -> Hit:
    """An article's headline tells the same as the article."""
    a, b = one.report, other.report
    if one.document != other.document or a.document.title is None:
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
    if not one.once:
        return NONE
    told_twice = headline(one, other).value > 0
    if done_once(one, other) or (told_twice and exact(one, other)):
        return Hit(1.0, "done once")
    return NONE


def _same_persons(one: View, other: View) -> bool:
    """One deed of one person to another."""
    if one.report.rule != other.report.rule or not exact(one, other):
        return False
    return all(any(p.person for p in side) for side in (one.doers, one.others))
