"""Whether the times of two Reports allow one happening: told days, or how near the texts lie."""

from __future__ import annotations

from foreigndesk.ledger.hits import Hit
from foreigndesk.ledger.sameness import done_once, recalls
from foreigndesk.ledger.times import gap
from foreigndesk.ledger.views import Realm, View

_APART = Hit(-1, "dates too far apart", veto=True)
WIDE = 93
"""Days from which a told date is too wide to be that of an undated report."""


def time(one: View, other: View) -> Hit:
    """Told dates that may share a day; for want of them, how near the two texts lie."""
    if one.when.known and other.when.known:
        return _dated(one, other)
    if one.when.known or other.when.known:
        return _one_dated(*((one, other) if one.when.known else (other, one)))
    if one.document == other.document:
        return Hit(0.6 if one.family.memory <= 60 else 0.4, "same article, no date")
    apart = gap(one.told, other.told)
    memory = min(one.memory, other.memory)
    if apart > memory:
        early, late = sorted((one, other), key=lambda v: v.told.earliest or 0)
        if not early.afloat and recalls(early, late, apart):
            return Hit(0.5 - 0.2 * apart / late.reach, "recalled")
        return _long_after(late, apart, f"no date, texts {apart} days apart")
    if not (one.told.known and other.told.known):
        return Hit(-0.25, "no date, a text without a day")
    return Hit(_near(one, other, apart, memory), "no date, texts near each other")


def _dated(one: View, other: View) -> Hit:
    apart = gap(one.when, other.when)
    if apart > one.family.tolerance:
        if apart <= min(one.slack, other.slack) and done_once(one, other):
            return Hit(0.5, f"done once, dates {apart} days apart")
        return _APART
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
        same = dated.document == undated.document
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
