"""What reports of something to come say together: the leading promise, its days, its due time."""

from __future__ import annotations

from collections.abc import Iterable

from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.times import Interval, iso
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import EventType, Stance, Status

_WORDS = (EventType.ACCUSE,)
"""Types that nobody promises and nobody is asked for."""


def is_pledge(cluster: Cluster) -> bool:
    """Whether somebody who can keep it promises, announces, threatens or is asked for it.

    A meeting may be announced by the page itself, and so may anything that has its day.
    """
    pledge = pledge_of(cluster)
    report = pledge.report
    if not pledge.doers or report.event_type in _WORDS:
        return False
    if report.event_mode == "visit" and _to_own_state(pledge):
        return False
    told = any(a.stance is not Stance.DENIES for m in cluster.members for a in m.report.attribution)
    announced = report.status is Status.PLANNED and (is_occasion(cluster) or due_of(cluster).known)
    return told or announced


def _to_own_state(pledge: View) -> bool:
    """Whether a visit would be paid by a state's own people to it."""
    return bool(pledge.others) and {p.code for p in pledge.doers} == {p.code for p in pledge.others}


def pledge_of(cluster: Cluster) -> View:
    """The first report that promises; before one that only asks, or that names nobody."""
    pledges = [m for m in cluster.members if m.realm is Realm.PROMISE]
    return min(pledges, key=_pledge_rank)


def _pledge_rank(member: View) -> tuple[bool, bool, int, str]:
    unnamed = all(p.vague for p in member.doers)
    told = member.told.earliest or member.told.latest or 9999999
    return (member.report.status is not Status.PLANNED, unnamed, told, member.report_id)


def made(promise: Cluster) -> int | None:
    """The first day on which the promise may have been told; None if no text of it is dated."""
    return first_day([m for m in promise.members if m.realm is Realm.PROMISE])


def first_day(members: Iterable[View]) -> int | None:
    """The day of the first dated text; of one with a time of publication its first day."""
    days = [m.told.earliest or m.told.latest for m in members]
    return min((d for d in days if d is not None), default=None)


def due_of(promise: Cluster) -> Interval:
    """The narrowest time that was named for it."""
    windows = [m.when for m in promise.members if m.realm is Realm.PROMISE and _is_ahead(m)]
    return min(
        windows,
        key=lambda w: (w.days or 99999, w.earliest or 0, w.latest or 0),
        default=Interval(None, None),
    )


def _is_ahead(member: View) -> bool:
    """Whether it names a time to come: the day on which it was promised is none."""
    last, told = member.when.latest, member.told.earliest
    return member.when.known and (last is None or told is None or last > told)


def day_of(happening: Cluster) -> int | None:
    """The first day by which it had surely happened; None if no report is dated."""
    days = [m.when.latest for m in happening.members if m.when.latest is not None]
    return min(days, default=None)


def is_occasion(promise: Cluster) -> bool:
    """Whether it is a meeting or a visit."""
    return pledge_of(promise).family.name == "consult"


def first_denial(members: Iterable[View]) -> str | None:
    """The day of the first text that denies it, "" if undated; None if none does."""
    days = [iso(m.told.latest) or "" for m in members if m.report.status is Status.DENIED]
    return min(days, default=None)
