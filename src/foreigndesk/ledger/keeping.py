"""Whether a happening is what was promised."""

from __future__ import annotations

from collections.abc import Iterable

from foreigndesk.ledger.features import event_mode
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import OTHER, PART, side_likeness
from foreigndesk.ledger.parties import likeness as party_likeness
from foreigndesk.ledger.pledges import day_of, due_of, first_day, is_occasion, made, pledge_of
from foreigndesk.ledger.sameness import same_deed
from foreigndesk.ledger.times import Interval
from foreigndesk.ledger.views import View

FOLLOWED = 730
"""Days for which a promise without a due time is looked for among later events."""
GRACE = 14
"""Days by which a promise may be early or late and still be kept."""
TOLD_LATE = 90
"""Days after its due time within which a text that tells no day may tell that it was kept."""


def keeper_of(promise: Cluster, happened: Iterable[Cluster]) -> Cluster | None:
    """The first happening that keeps a promise, one told by the same words before another; of one
    day that whose actors agree best.
    """
    pledge = pledge_of(promise)
    options = [h for h in happened if keeps(promise, h)]
    return min(
        options,
        key=lambda h: (
            not any(same_deed(pledge, m) for m in h.members) and not is_occasion(promise),
            day_of(h) or 9999999,
            -likeness(pledge, h),
            h.event_id,
        ),
        default=None,
    )


def keeps(promise: Cluster, happening: Cluster) -> bool:
    """Whether a happening is what was promised: same family and dyad, after it was promised."""
    one, other = pledge_of(promise), happening.founder
    if one.family is not other.family or event_mode(one, other).value < 0:
        return False
    if not _comes(promise, happening) or not _by_the_promiser(one, happening):
        return False
    if likeness(one, happening) == OTHER or not _same_matter(promise, happening):
        return False
    return _after(promise, happening)


def _comes(promise: Cluster, happening: Cluster) -> bool:
    """A promised visit is kept by a visit, or by a meeting in the host's country; by what is told
    elsewhere than where it was promised, for there they met to promise it.
    """
    pledge = pledge_of(promise)
    if pledge.report.event_mode != "visit":
        return True
    first = _first_tellers(promise, made(promise))
    if all(m.report.document.id in first for m in happening.members):
        return False
    hosts = {p.code for p in pledge.others}
    return not hosts or any(
        m.report.event_mode == "visit"
        or (m.report.place is not None and m.report.place.country in hosts)
        for m in happening.members
    )


def _by_the_promiser(pledge: View, happening: Cluster) -> bool:
    """Whether one of those who are bound takes part, or their state: a minister binds no king."""
    parties = [p for m in happening.members for p in (m.doers if m.directed else m.parties)]
    return not pledge.doers or any(
        party_likeness(one, other) >= PART for one in pledge.doers for other in parties
    )


def likeness(pledge: View, happening: Cluster) -> float:
    """How well the actors agree (0: not at all); on their sides where reports tell these."""
    directed = [m for m in happening.members if m.directed] if pledge.directed else []
    return max((_sides(pledge, m) for m in directed or happening.members), default=OTHER)


def _sides(one: View, other: View) -> float:
    if one.directed and other.directed:
        doers = side_likeness(one.doers, other.doers) or OTHER
        others = side_likeness(one.others, other.others)
        return OTHER if OTHER in (doers, others) else doers + (others or 0.0)
    return side_likeness(one.parties, other.parties) or OTHER


def _after(promise: Cluster, happening: Cluster) -> bool:
    """Whether it happened after it was promised, and when it was due if that was told.

    A happening without a date counts as of the first article that tells it, other than those
    that told the promise first. Where no dates tell the order, a meeting that other articles
    tell as happened is taken to be the one still to come here.
    """
    told, day, due = made(promise), day_of(happening), due_of(promise)
    first = _first_tellers(promise, told)
    elsewhere = [m for m in happening.members if m.report.document.id not in first]
    reached = day if day is not None else first_day(elsewhere)
    if due.known and reached is not None:
        return _within(due, reached if day is not None else None, told, reached)
    if reached is None or told is None:
        alone = bool(elsewhere) and len(elsewhere) == len(happening.members)
        return alone and not due.known and is_occasion(promise)
    return told <= reached <= told + FOLLOWED


def _first_tellers(promise: Cluster, told: int | None) -> set[str | None]:
    """The documents that told the promise first; all that tell it, if none is dated."""
    return {
        m.report.document.id
        for m in promise.members
        if told is None or (m.told.earliest or m.told.latest) in (None, told)
    }


def _same_matter(promise: Cluster, happening: Cluster) -> bool:
    """A meeting is known by who meets; of other types the words must have something in common."""
    if is_occasion(promise):
        return True
    words = frozenset(w for m in promise.members for w in m.words)
    return any(len(words & m.words) > 1 for m in happening.members)


def _within(due: Interval, day: int | None, told: int | None, reached: int) -> bool:
    """In time; without a day of its own: told after the due time began, within a season of it."""
    if told is not None and reached < told:
        return False
    grace = GRACE if day is not None else TOLD_LATE
    early = due.earliest is None or reached >= due.earliest - GRACE
    return early and (due.latest is None or reached <= due.latest + grace)
