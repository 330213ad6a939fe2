"""Promises: what was announced, agreed, threatened or asked for, and what became of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from foreigndesk.ledger.endings import Ends
from foreigndesk.ledger.filed import Filed
from foreigndesk.ledger.invitations import invitations
from foreigndesk.ledger.keeping import keeper_of
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.pledges import day_of, due_of, first_day, is_pledge, made, pledge_of
from foreigndesk.ledger.standing import HAPPENED
from foreigndesk.ledger.times import iso
from foreigndesk.ledger.views import View
from foreigndesk.model import EventType, Stance, Status


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


def promises(clusters: Sequence[Cluster]) -> tuple[Promise, ...]:
    """Every promise among the clusters, by id, each with the event that keeps it, if any."""
    pledged = [c for c in clusters if c.is_promise and is_pledge(c)] + invitations(clusters)
    happened: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in filter(_happened, clusters):
        happened[cluster.founder.family.name].append(cluster)
    filed = {family: Filed(rows) for family, rows in happened.items()}
    ends = Ends(clusters)
    home = {m.report_id: c.event_id for c in clusters for m in c.members}
    found = []
    for cluster in pledged:
        happenings = filed.get(pledge_of(cluster).family.name)
        options = [] if happenings is None else happenings.near(cluster)
        event_id = home[cluster.founder.report_id]
        found.append(_promise(cluster, event_id, keeper_of(cluster, options), ends))
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


def _by(day: str | None, as_of: str | None) -> bool:
    return not day or as_of is None or day <= as_of


def _promise(cluster: Cluster, event_id: str, keeper: Cluster | None, ends: Ends) -> Promise:
    pledge, due, told = pledge_of(cluster), due_of(cluster), made(cluster)
    return Promise(
        promise_id=hashlib.sha256(f"promise {cluster.event_id}".encode()).hexdigest()[:16],
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
        called_off_on=ends.called_off_on(cluster),
        broken_on=ends.broken_on(cluster),
        reports=tuple(sorted(m.report_id for m in cluster.members)),
        evidence=pledge.report.evidence.text,
    )


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


def _kept_on(keeper: Cluster) -> str | None:
    day = day_of(keeper)
    return iso(day if day is not None else first_day(keeper.members))


def _happened(cluster: Cluster) -> bool:
    return not cluster.is_promise and any(m.report.status in HAPPENED for m in cluster.members)
