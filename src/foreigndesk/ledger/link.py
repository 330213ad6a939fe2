"""Reports to Events: blocks of reports that may go together, clustered one report at a time.

The reports are taken in an order that depends on them alone (the surest dates first), each joins
the cluster that it fits best, or founds one. The first HEARD members of a cluster are heard: one
veto keeps a report out, and so do soft vetoes of most. Then clusters that were founded apart are
joined where they fit, each once. The told dates of all members must lie within the family's
tolerance, so that no chain of near dates drifts from one visit to the next.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from foreigndesk.ledger.blocks import Blocks
from foreigndesk.ledger.features import Score, score
from foreigndesk.ledger.judgements import Decisions
from foreigndesk.ledger.times import Interval, greatest, least
from foreigndesk.ledger.views import Realm, View, profiles, view
from foreigndesk.model import Report, Status

HEARD = 12
"""How many members of a large cluster a new report is compared with."""
PROBES = 10
"""How many members of each of two clusters are heard on whether the two are one."""
DOUBT = 2.0
"""What the score loses if all members softly veto it."""
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

    def spans(self, other: Cluster) -> bool:
        """Whether it may take all of another cluster in without a drift of dates."""
        when = Interval(other.last_start, other.first_end)
        return self.holds(when, min(self.founder.slack, other.founder.slack))

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
    right = [r for r in reports if r.report_id not in decisions.wrong]
    about = profiles(right)
    linker = Linker(decisions)
    for each in sorted((view(r, stories, about) for r in right), key=in_order):
        linker.place(each)
    linker.join()
    return sorted((c for c in linker.clusters if c is not None), key=lambda c: c.event_id)


def in_order(each: View) -> tuple[int, int, int, int, str]:
    """What the reports are sorted by before they are placed: the surest dates first."""
    when, told = each.when, each.told
    return (
        _RANK[each.report.status],
        when.days or 99999,
        when.earliest or LATE,
        told.earliest or told.latest or LATE,
        each.report_id,
    )


class Linker:
    """The clusters so far, and where to look for them."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.clusters: list[Cluster | None] = []
        self.blocks = Blocks()
        self.of_report: dict[str, int] = {}
        self.apart: dict[str, list[str]] = defaultdict(list)
        for one, other in sorted(decisions.different):
            self.apart[one].append(other)
            self.apart[other].append(one)

    def place(self, each: View) -> None:
        """Put a report into the cluster it fits best, or let it found one."""
        found = self._best(each)
        if found is not None:
            self.put(each, *found)
        elif each.realm is not Realm.IF:
            self.put(each, None, None)

    def put(self, each: View, number: int | None, why: str | None) -> int:
        """Put a report into a cluster, or let it found one; the cluster's number."""
        if number is None:
            number = len(self.clusters)
            self.clusters.append(Cluster([each]))
        else:
            cluster = self.clusters[number]
            if cluster is not None:
                cluster.add(each)
                cluster.links.append(f"{each.report_id}: {why}")
        self.of_report[each.report_id] = number
        self.blocks.file(each, number)
        return number

    def _best(self, each: View) -> tuple[int, str] | None:
        judged = self._judged_same(each)
        if judged is not None:
            return judged, "judged the same"
        best: tuple[float, str, int, str] | None = None
        for number in self.blocks.candidates(each):
            cluster = self.clusters[number]
            fit = None if cluster is None else self._fit(cluster, each)
            if cluster is None or fit is None or fit.value < each.family.need:
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
        """The best score among the members, less what they say against it; None if that is much."""
        if not cluster.holds(each.when, each.slack) or self._judged_apart([each], cluster):
            return None
        return self._heard([(member, each) for member in cluster.members[:HEARD]])

    def _heard(self, pairs: Sequence[tuple[View, View]]) -> Score | None:
        """The best score of several pairs; None if one vetoes it, or half of them softly."""
        best: Score | None = None
        against = 0
        for one, other in pairs:
            found = score(one, other)
            if found.veto and not found.soft:
                return None
            against += found.veto
            if not found.veto and (best is None or found.value > best.value):
                best = found
        if best is None or 2 * against > len(pairs):
            return None
        return replace(best, value=best.value - DOUBT * against / len(pairs))

    def _judged_apart(self, some: Sequence[View], cluster: Cluster) -> bool:
        """Whether someone judged that one of them and a member of the cluster are not the same."""
        if not self.apart:
            return False
        members = {m.report_id for m in cluster.members}
        return any(
            other in members for each in some for other in self.apart.get(each.report_id, ())
        )

    def join(self) -> None:
        """Bring together clusters judged the same, then those founded apart, the smallest first."""
        for one, other in sorted(self.decisions.same):
            first, second = self.of_report.get(one), self.of_report.get(other)
            if first is not None and second is not None and first != second:
                self._merge(max(first, second), min(first, second), "judged the same")
        for number in sorted(range(len(self.clusters)), key=lambda n: (len(self._at(n)), n)):
            found = self._partner(number)
            if found is not None:
                self._merge(number, *found)

    def _at(self, number: int) -> list[View]:
        cluster = self.clusters[number]
        return cluster.members if cluster is not None else []

    def _partner(self, number: int) -> tuple[int, str] | None:
        """The cluster that fits this one best, and why."""
        mine = self.clusters[number]
        if mine is None:
            return None
        best: tuple[float, str, int, str] | None = None
        near = {n for each in mine.members[:PROBES] for n in self.blocks.candidates(each)}
        for other in sorted(near - {number}):
            theirs = self.clusters[other]
            if theirs is None or not theirs.spans(mine):
                continue
            if self._judged_apart(mine.members, theirs):
                continue
            fit = self._heard(list(product(theirs.members[:PROBES], mine.members[:PROBES])))
            if fit is None or fit.value < mine.founder.family.need:
                continue
            rival = (-fit.value, theirs.founder.report_id, other, _reason(fit))
            best = rival if best is None else min(best, rival)
        return None if best is None else (best[2], best[3])

    def _merge(self, number: int, other: int, why: str) -> None:
        mine, theirs = self.clusters[number], self.clusters[other]
        if mine is None or theirs is None:
            return
        theirs.links += [*mine.links, f"{mine.founder.report_id}: {why}"]
        for each in mine.members:
            theirs.add(each)
            self.of_report[each.report_id] = other
            self.blocks.file(each, other)
        self.clusters[number] = None


def _reason(fit: Score) -> str:
    return f"{fit.value:.2f} by " + "; ".join(fit.reasons)
