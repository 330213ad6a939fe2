"""How promises end badly: what was cancelled, and what is told not to have happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foreigndesk.ledger.families import PROMISE_MEMORY
from foreigndesk.ledger.filed import Filed
from foreigndesk.ledger.keeping import GRACE, keeps
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import OTHER, side_likeness
from foreigndesk.ledger.pledges import due_of, first_day, first_denial, is_occasion, made, pledge_of
from foreigndesk.ledger.times import iso
from foreigndesk.ledger.views import View
from foreigndesk.model import EventType, Status


class Ends:
    """What is told not to have happened and meetings cancelled, filed by the actors' codes."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self.denials = Filed(c for c in clusters if not c.is_promise and _only_denied(c))
        self.cancelled = Filed(c for c in clusters if _calls_off(c))

    def called_off_on(self, promise: Cluster) -> str | None:
        """When it was told that the promise was called off, "" if undated, None if never."""
        return _called_off_on(promise, self.cancelled.of_any(promise))

    def broken_on(self, promise: Cluster) -> str | None:
        """When it was told that the promise had not been kept, "" if undated, None if never."""
        return _broken_on(promise, self.denials.near(promise))


def _called_off_on(promise: Cluster, cancelled: Iterable[Cluster]) -> str | None:
    """When it was told that it would not happen, or that one of them had cancelled the meeting."""
    days = [first_denial(promise.members)]
    if is_occasion(promise):
        days += [iso(first_day(c.members)) or "" for c in cancelled if _cancels(c, promise)]
    return min((d for d in days if d is not None), default=None)


def _cancels(cancelled: Cluster, promise: Cluster) -> bool:
    """Whether one party of a meeting cancelled it: after it was planned, before it was due."""
    pledge, told, due = pledge_of(promise), made(promise), due_of(promise)
    if {sentence_of(m) for m in cancelled.members} & {sentence_of(m) for m in promise.members}:
        return True
    parties = max(
        (side_likeness(pledge.parties, m.parties) or OTHER for m in cancelled.members),
        default=OTHER,
    )
    day = first_day(cancelled.members)
    if parties == OTHER or min(len(pledge.parties), len(cancelled.founder.parties)) < 2:
        return False
    if day is None or told is None:
        return bool({m.story for m in cancelled.members} & {m.story for m in promise.members})
    until = due.latest if due.latest is not None else told + PROMISE_MEMORY
    return told - GRACE <= day <= until + GRACE


def sentence_of(member: View) -> tuple[str | None, int]:
    """The sentence in which a report stands."""
    return (member.report.document.id, member.report.evidence.start)


def _broken_on(promise: Cluster, denials: Iterable[Cluster]) -> str | None:
    """When it was told that it had not happened, for a promise that named its time."""
    if not due_of(promise).known:
        return None
    days = [first_denial(c.members) for c in denials if keeps(promise, c)]
    return min((d for d in days if d is not None), default=None)


def _only_denied(cluster: Cluster) -> bool:
    return all(m.report.status is Status.DENIED for m in cluster.members)


def _calls_off(cluster: Cluster) -> bool:
    report = cluster.founder.report
    return report.event_type is EventType.REJECT and report.event_mode == "meet"
