"""Invitations as promises asked for: who invites another asks for a visit, told or untold.

Where the sentence itself speaks of the visit ("invited him to visit Moscow"), its report is the
promise; "invited him to Moscow" leaves the visit unsaid, and it is made here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from foreigndesk.ledger.families import FAMILIES, PROMISE_MEMORY
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import PART, codes, side_likeness
from foreigndesk.ledger.standing import HAPPENED
from foreigndesk.ledger.times import UNKNOWN, gap
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import EventType, Status


def invitations(clusters: Sequence[Cluster]) -> list[Cluster]:
    """The visits that invitations ask for and that no promise among the clusters speaks of."""
    known: dict[str, list[View]] = defaultdict(list)
    for cluster in clusters:
        for member in cluster.members:
            if _is_visit(member):
                _file(known, member)
    found: list[Cluster] = []
    inviting = [c for c in clusters if any(_invites(m) for m in c.members)]
    for cluster in sorted(inviting, key=_first):
        asked = [_visit(m) for m in cluster.members if _invites(m)]
        if not any(_same(a, v) for a in asked for c in codes(a.doers) for v in known[c]):
            found.append(Cluster(asked))
            for each in asked:
                _file(known, each)
    return found


def _file(known: dict[str, list[View]], visit: View) -> None:
    for code in codes(visit.doers):
        known[code].append(visit)


def _first(cluster: Cluster) -> tuple[int, str]:
    days: Iterator[int | None] = (m.told.earliest or m.told.latest for m in cluster.members)
    return min((d for d in days if d is not None), default=9999999), cluster.event_id


def _is_visit(member: View) -> bool:
    return member.realm is Realm.PROMISE and member.family is FAMILIES[EventType.CONSULT]


def _invites(member: View) -> bool:
    """Whether one side has asked the other to come: both are told, and are of two states."""
    report = member.report
    if report.event_type is not EventType.REQUEST or report.event_mode != "meet":
        return False
    apart = {p.code for p in member.doers}.isdisjoint(p.code for p in member.others)
    return report.status in HAPPENED and bool(member.doers and member.others) and apart


def _visit(invited: View) -> View:
    """The visit that is asked for: the guest is its actor, the host its recipient."""
    report = replace(
        invited.report,
        event_type=EventType.CONSULT,
        event_mode="visit",
        cameo="042",
        actor=invited.report.recipient,
        recipient=invited.report.actor,
        symmetric=False,
        status=Status.REQUESTED,
    )
    return replace(
        invited,
        report=report,
        realm=Realm.PROMISE,
        family=FAMILIES[EventType.CONSULT],
        doers=invited.others,
        others=invited.doers,
        directed=True,
        when=UNKNOWN,
    )


def _same(asked: View, known: View) -> bool:
    """Whether a promise of this visit is known: told of the same guest and host in those months."""
    if gap(asked.told, known.told) > PROMISE_MEMORY:
        return False
    guests = side_likeness(asked.doers, known.doers) or 0.0
    hosts = side_likeness(asked.others, known.others)
    near = asked.report.document.id == known.report.document.id
    return guests >= PART and (hosts >= PART if hosts is not None else near)
