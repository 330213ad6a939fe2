"""The day before which a page cannot have been written, for pages whose date is not known.

A page is no older than the happenings it tells; and one that tells of a happening is younger than
one in which the same thing is still a promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.promises import Promise
from foreigndesk.ledger.standing import HAPPENED


def not_before(clusters: Sequence[Cluster], promises: Iterable[Promise]) -> dict[str, int]:
    """For each document id the first day on which it may have been written, where one is known."""
    days: dict[str, int] = {}
    for cluster in clusters:
        _told_there(cluster, days)
    events = {c.event_id: c for c in clusters}
    for promise in sorted(promises, key=lambda p: (p.made or "", p.promise_id)):
        if promise.kept_by is not None:
            _kept_there(events[promise.event_id], events[promise.kept_by], days)
    return days


def _told_there(cluster: Cluster, days: dict[str, int]) -> None:
    """The day of publication, and the latest day of what a page tells as happened."""
    known = [m.when.earliest for m in cluster.members if m.when.earliest is not None]
    for member in cluster.members:
        happened = member.report.status in HAPPENED and bool(known)
        own = member.when.earliest if member.when.known else min(known, default=None)
        _raise(days, member.report.document.id, own if happened else None)
        _raise(days, member.report.document.id, member.told.earliest)


def _kept_there(promise: Cluster, keeper: Cluster, days: dict[str, int]) -> None:
    told = [days.get(m.report.document.id or "") for m in promise.members]
    first = min((day for day in told if day is not None), default=None)
    own = {m.report.document.id for m in promise.members}
    for member in keeper.members:
        if member.report.document.id not in own:
            _raise(days, member.report.document.id, first)


def _raise(days: dict[str, int], document: str | None, day: int | None) -> None:
    if document is not None and day is not None:
        days[document] = max(day, days.get(document, day))
