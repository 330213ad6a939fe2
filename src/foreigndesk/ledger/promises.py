"""Promises: what was announced, agreed, threatened or asked for, and what became of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foreigndesk.ledger.families import PROMISE_MEMORY
from foreigndesk.ledger.features import event_mode, same_deed
from foreigndesk.ledger.invitations import invitations
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import OTHER, PART, side_likeness
from foreigndesk.ledger.parties import likeness as party_likeness
from foreigndesk.ledger.standing import HAPPENED
from foreigndesk.ledger.times import Interval, iso
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import EventType, Stance, Status

_WORDS = (EventType.ACCUSE,)
"""Types that nobody promises and nobody is asked for."""
FOLLOWED = 730
"""Days for which a promise without a due time is looked for among later events."""
GRACE = 14
"""Days by which a promise may be early or late and still be kept."""
TOLD_LATE = 90
"""Days after its due time within which a text that tells no day may tell that it was kept."""


class Outcome(StrEnum):
    """What became of a promise, as of a day."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    OVERDUE = "overdue"
    CALLED_OFF = "called off"


@dataclass(frozen=True, slots=True)
class Promise:
    """An event to come, as promised or asked for. All days are ISO days, None if unknown.

    `by` is who promised (or asked); `made` when it was first told; `kept_by` the event that keeps
    it, `kept_on` its day or, for want of one, the day on which it was told; `called_off_on` and
    `broken_on` the days on which that was told, "" if undated, None if never.
    """

    promise_id: str
    event_id: str
    event_type: EventType
    event_mode: str | None
    asked: bool
    by: tuple[str, ...]
    to: tuple[str, ...]
    made: str | None
    due_earliest: str | None
    due_latest: str | None
    kept_by: str | None
    kept_on: str | None
    called_off_on: str | None
    broken_on: str | None
    reports: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Ends:
    """How promises end badly: what is told not to have happened, and meetings cancelled."""

    denials: Sequence[Cluster]
    cancelled: Sequence[Cluster]


def promises(clusters: Sequence[Cluster]) -> tuple[Promise, ...]:
    """Every promise among the clusters, by id, each with the event that keeps it, if any."""
    pledged = [c for c in clusters if c.is_promise and is_pledge(c)] + invitations(clusters)
    happened: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if _happened(cluster):
            happened[cluster.founder.family.name].append(cluster)
    ends = Ends(
        [c for c in clusters if not c.is_promise and _only_denied(c)],
        [c for c in clusters if _calls_off(c)],
    )
    found = [_promise(c, _keeper(c, happened), ends) for c in pledged]
    return tuple(sorted(found, key=lambda p: p.promise_id))


def outcome(promise: Promise, as_of: str | None) -> Outcome:
    """What had become of a promise by the day `as_of` (None: by all that the desk holds)."""
    if promise.kept_by is not None and _by(promise.kept_on, as_of):
        kept = promise.broken_on is None or promise.broken_on < (promise.kept_on or "")
        if kept or not _by(promise.broken_on, as_of):
            return Outcome.KEPT
    if promise.called_off_on is not None and _by(promise.called_off_on, as_of):
        return Outcome.CALLED_OFF
    if promise.broken_on is not None and _by(promise.broken_on, as_of):
        return Outcome.BROKEN
    if as_of is not None and promise.due_latest is not None and promise.due_latest < as_of:
        return Outcome.OVERDUE
    return Outcome.OPEN


def is_pledge(cluster: Cluster) -> bool:
    """Whether somebody who can keep it promises, announces, threatens or is asked for it.

    A meeting may be announced by the page itself, and so may anything that has its day.
    """
    pledge = _pledge(cluster)
    report = pledge.report
    if not pledge.doers or report.event_type in _WORDS:
        return False
    if report.event_mode == "visit" and _to_own_state(pledge):
        return False
    told = any(a.stance is not Stance.DENIES for m in cluster.members for a in m.report.attribution)
    announced = report.status is Status.PLANNED and (_is_occasion(cluster) or _due(cluster).known)
    return told or announced


def _to_own_state(pledge: View) -> bool:
    """Whether a visit would be paid by a state's own people to it."""
    return bool(pledge.others) and {p.code for p in pledge.doers} == {p.code for p in pledge.others}


def _calls_off(cluster: Cluster) -> bool:
    report = cluster.founder.report
    return report.event_type is EventType.REJECT and report.event_mode == "meet"


def _by(day: str | None, as_of: str | None) -> bool:
    return not day or as_of is None or day <= as_of


def _keeper(promise: Cluster, happened: Mapping[str, Sequence[Cluster]]) -> Cluster | None:
    """The first happening that keeps a promise, one told by the same words before another; of one
    day that whose actors agree best.
    """
    pledge = _pledge(promise)
    options = [h for h in happened.get(pledge.family.name, ()) if keeps(promise, h)]
    return min(
        options,
        key=lambda h: (
            not any(same_deed(pledge, m) for m in h.members) and not _is_occasion(promise),
            _day(h) or 9999999,
            -likeness(pledge, h),
            h.event_id,
        ),
        default=None,
    )


def keeps(promise: Cluster, happening: Cluster) -> bool:
    """Whether a happening is what was promised: same family and dyad, after it was promised."""
    one, other = _pledge(promise), happening.founder
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
    pledge = _pledge(promise)
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
    told, day, due = made(promise), _day(happening), _due(promise)
    first = _first_tellers(promise, told)
    elsewhere = [m for m in happening.members if m.report.document.id not in first]
    reached = day if day is not None else _first_day(elsewhere)
    if due.known and reached is not None:
        return _within(due, reached if day is not None else None, told, reached)
    if reached is None or told is None:
        alone = bool(elsewhere) and len(elsewhere) == len(happening.members)
        return alone and not due.known and _is_occasion(promise)
    return told <= reached <= told + FOLLOWED


def _first_tellers(promise: Cluster, told: int | None) -> set[str | None]:
    """The documents that told the promise first; all that tell it, if none is dated."""
    return {
        m.report.document.id
        for m in promise.members
        if told is None or (m.told.earliest or m.told.latest) in (None, told)
    }


def _is_occasion(promise: Cluster) -> bool:
    return _pledge(promise).family.name == "consult"


def _same_matter(promise: Cluster, happening: Cluster) -> bool:
    """A meeting is known by who meets; of other types the words must have something in common."""
    if _is_occasion(promise):
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


def _promise(cluster: Cluster, keeper: Cluster | None, ends: Ends) -> Promise:
    pledge, due, told = _pledge(cluster), _due(cluster), made(cluster)
    event_id = cluster.event_id
    return Promise(
        promise_id=hashlib.sha256(f"promise {event_id}".encode()).hexdigest()[:16],
        event_id=event_id,
        event_type=pledge.report.event_type,
        event_mode=pledge.report.event_mode,
        asked=all(m.report.status is not Status.PLANNED for m in cluster.members),
        by=_names(pledge),
        to=_to(pledge),
        made=iso(told),
        due_earliest=iso(due.earliest),
        due_latest=iso(due.latest),
        kept_by=None if keeper is None else keeper.event_id,
        kept_on=None if keeper is None else _kept_on(keeper),
        called_off_on=_called_off_on(cluster, ends.cancelled),
        broken_on=_broken_on(cluster, ends.denials),
        reports=tuple(sorted(m.report_id for m in cluster.members)),
        evidence=pledge.report.evidence.text,
    )


def _pledge(cluster: Cluster) -> View:
    """The first report that promises; before one that only asks."""
    pledges = [m for m in cluster.members if m.realm is Realm.PROMISE]
    return min(pledges, key=_pledge_rank)


def _pledge_rank(member: View) -> tuple[bool, int, str]:
    told = member.told.earliest or member.told.latest or 9999999
    return (member.report.status is not Status.PLANNED, told, member.report_id)


def _names(pledge: View) -> tuple[str, ...]:
    """Who is bound: the doers of what is promised; of what is asked for, who asks if told."""
    if pledge.report.status is Status.REQUESTED:
        said = [a for a in pledge.report.attribution if a.stance is Stance.ASSERTS]
        speakers = [a.speaker for a in said if a.speaker is not None]
        if speakers:
            return (speakers[-1].name or speakers[-1].text,)
        if pledge.report.event_type is EventType.CONSULT and pledge.report.recipient:
            return tuple(m.name or m.text for m in pledge.report.recipient)
    return tuple(m.name or m.text for m in pledge.report.actor)


def _to(pledge: View) -> tuple[str, ...]:
    """To whom it is promised; of what is asked for, who is asked."""
    asked = pledge.report.status is Status.REQUESTED
    mentions = pledge.report.actor if asked else pledge.report.recipient
    return tuple(m.name or m.text for m in mentions)


def made(promise: Cluster) -> int | None:
    """The first day on which the promise may have been told; None if no text of it is dated."""
    return _first_day([m for m in promise.members if m.realm is Realm.PROMISE])


def _first_day(members: Iterable[View]) -> int | None:
    """The day of the first dated text; of one with a time of publication its first day."""
    days = [m.told.earliest or m.told.latest for m in members]
    return min((d for d in days if d is not None), default=None)


def _due(promise: Cluster) -> Interval:
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


def _day(happening: Cluster) -> int | None:
    days = [m.when.latest for m in happening.members if m.when.latest is not None]
    return min(days, default=None)


def _kept_on(keeper: Cluster) -> str | None:
    day = _day(keeper)
    return iso(day if day is not None else _first_day(keeper.members))


def _first_denial(members: Iterable[View]) -> str | None:
    days = [iso(m.told.latest) or "" for m in members if m.report.status is Status.DENIED]
    return min(days, default=None)


def _called_off_on(promise: Cluster, cancelled: Iterable[Cluster]) -> str | None:
    """When it was told that it would not happen, or that one of them had cancelled the meeting."""
    days = [_first_denial(promise.members)]
    if _is_occasion(promise):
        days += [iso(_first_day(c.members)) or "" for c in cancelled if _cancels(c, promise)]
    return min((d for d in days if d is not None), default=None)


def _cancels(cancelled: Cluster, promise: Cluster) -> bool:
    """Whether one party of a meeting cancelled it: after it was planned, before it was due."""
    pledge, told, due = _pledge(promise), made(promise), _due(promise)
    if {_sentence(m) for m in cancelled.members} & {_sentence(m) for m in promise.members}:
        return True
    parties = max(
        (side_likeness(pledge.parties, m.parties) or OTHER for m in cancelled.members),
        default=OTHER,
    )
    day = _first_day(cancelled.members)
    if parties == OTHER or min(len(pledge.parties), len(cancelled.founder.parties)) < 2:
        return False
    if day is None or told is None:
        return bool({m.story for m in cancelled.members} & {m.story for m in promise.members})
    until = due.latest if due.latest is not None else told + PROMISE_MEMORY
    return told - GRACE <= day <= until + GRACE


def _sentence(member: View) -> tuple[str | None, int]:
    return (member.report.document.id, member.report.evidence.start)


def _broken_on(promise: Cluster, denials: Iterable[Cluster]) -> str | None:
    """When it was told that it had not happened, for a promise that named its time."""
    if not _due(promise).known:
        return None
    days = [_first_denial(c.members) for c in denials if keeps(promise, c)]
    return min((d for d in days if d is not None), default=None)


def _happened(cluster: Cluster) -> bool:
    return not cluster.is_promise and any(m.report.status in HAPPENED for m in cluster.members)


def _only_denied(cluster: Cluster) -> bool:
    return all(m.report.status is Status.DENIED for m in cluster.members)
