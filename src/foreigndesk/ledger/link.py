"""Reports to Events: blocks of reports that may go together, clustered one report at a time.

The reports are taken in an order that depends on them alone (the surest dates first), each joins
the cluster that it fits best, or founds one. The members of a cluster are heard (the first HEARD of
them): one veto keeps a report out. And the told dates of all members must lie within the family's
tolerance, so that no chain of near dates drifts from one visit to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from foreigndesk.ledger.blocks import Blocks
from foreigndesk.ledger.features import Score, score
from foreigndesk.ledger.judgements import Decisions, pair
from foreigndesk.ledger.times import Interval, greatest, least
from foreigndesk.ledger.views import Realm, View, view
from foreigndesk.model import Report, Status

HEARD = 12
"""How many members of a large cluster a new report is compared with."""
LATE = 9999999
"""Later than any day: reports without a date come last."""

_RANK = {
    Status.OCCURRED: 0,
    Status.ONGOING: 0,
    Status.PLANNED: 1,
    Status.REQUESTED: 2,
    Status.POSSIBLE: 3,
    Status.DENIED: 4,
    Status.CONDITIONAL: 5,
}


@dataclass(slots=True)
class Cluster:
    """Reports of one happening, the founding one first; `links`: why each of the others joined."""

    members: list[View]
    links: list[str] = field(default_factory=list)
    last_start: int | None = None
    first_end: int | None = None

    def __post_init__(self) -> None:
        for member in self.members:
            self._widen(member.when)

    def add(self, each: View) -> None:
        """Take a report in."""
        self.members.append(each)
        self._widen(each.when)

    def holds(self, when: Interval, tolerance: int) -> bool:
        """Whether all told dates, with `when`, lie within so many days of each other."""
        start = greatest(self.last_start, when.earliest)
        end = least(self.first_end, when.latest)
        return start is None or end is None or start - end <= tolerance

    def _widen(self, when: Interval) -> None:
        self.last_start = greatest(self.last_start, when.earliest)
        self.first_end = least(self.first_end, when.latest)

    @property
    def founder(self) -> View:
        """The report that began it."""
        return self.members[0]

    @property
    def event_id(self) -> str:
        """A hash of the least report id: the same for any order of arrival."""
        least = min(m.report_id for m in self.members)
        return hashlib.sha256(f"event {least}".encode()).hexdigest()[:16]

    @property
    def is_promise(self) -> bool:
        """Whether it is about something to come."""
        return any(m.realm is Realm.PROMISE for m in self.members)


def link(
    reports: Iterable[Report], stories: Mapping[str, str], decisions: Decisions | None = None
) -> list[Cluster]:
    """The clusters, by event id. A conditional report that fits no promise is in none of them.

    `stories` gives the story id of each document id. Judged-wrong reports are left out.
    """
    decisions = decisions or Decisions()
    views = [view(r, stories) for r in reports if r.report_id not in decisions.wrong]
    linker = _Linker(decisions)
    for each in sorted(views, key=_order):
        linker.place(each)
    return sorted(linker.clusters, key=lambda c: c.event_id)


def _order(each: View) -> tuple[int, int, int, int, str]:
    when, told = each.when, each.told
    return (
        _RANK[each.report.status],
        when.days or 99999,
        when.earliest or LATE,
        told.earliest or told.latest or LATE,
        each.report_id,
    )


class _Linker:
    """The clusters so far, and where to look for them."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.clusters: list[Cluster] = []
        self.blocks = Blocks()
        self.of_report: dict[str, int] = {}

    def place(self, each: View) -> None:
        """Put a report into the cluster it fits best, or let it found one."""
        found = self._best(each)
        if found is None:
            if each.realm is Realm.IF:
                return
            number, why = len(self.clusters), None
            self.clusters.append(Cluster([each]))
        else:
            number, why = found
            self.clusters[number].add(each)
            self.clusters[number].links.append(f"{each.report_id}: {why}")
        self.of_report[each.report_id] = number
        self.blocks.file(each, number)

    def _best(self, each: View) -> tuple[int, str] | None:
        judged = self._judged_same(each)
        if judged is not None:
            return judged, "judged the same"
        best: tuple[float, str, int, str] | None = None
        for number in self.blocks.candidates(each):
            cluster = self.clusters[number]
            fit = self._fit(cluster, each)
            if fit is None or fit.value < each.family.need:
                continue
            rival = (-fit.value, cluster.founder.report_id, number, _reason(fit))
            best = rival if best is None else min(best, rival)
        return None if best is None else (best[2], best[3])

    def _judged_same(self, each: View) -> int | None:
        numbers = sorted(
            self.of_report[b if a == each.report_id else a]
            for a, b in self.decisions.same
            if each.report_id in (a, b) and (b if a == each.report_id else a) in self.of_report
        )
        return numbers[0] if numbers else None

    def _fit(self, cluster: Cluster, each: View) -> Score | None:
        """The best score among the members; None if one vetoes it or the dates would drift."""
        if not cluster.holds(each.when, each.slack):
            return None
        best: Score | None = None
        for member in cluster.members[:HEARD]:
            if pair(member.report_id, each.report_id) in self.decisions.different:
                return None
            found = score(member, each)
            if found.veto:
                return None
            best = found if best is None or found.value > best.value else best
        return best


def _reason(fit: Score) -> str:
    return f"{fit.value:.2f} by " + "; ".join(fit.reasons)
