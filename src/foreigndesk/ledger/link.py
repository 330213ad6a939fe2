"""Reports to Events: blocks of reports that may go together, clustered one report at a time.

The reports are taken in an order that depends on them alone (the surest dates first), each joins
the cluster that it fits best, or founds one. The first HEARD members of a cluster are heard: one
veto keeps a report out, and so do soft vetoes of most. Then clusters that were founded apart are
joined where they fit, each once. The told dates of all members must lie within the family's
tolerance, so that no chain of near dates drifts from one visit to the next.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from foreigndesk.ledger.blocks import Blocks
from foreigndesk.ledger.features import SOFTLY_VETOED, VETOED, score, weigh
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
    """Reports of one happening, the founding one first; `links`: why each of the others joined,
    by report id."""

    members: list[View]
    links: list[tuple[str, str | None]] = field(default_factory=list)
    last_start: int | None = None
    first_end: int | None = None
    _id: str | None = None

    def __post_init__(self) -> None:
        for member in self.members:
            self._widen(member.when)

    def add(self, each: View) -> None:
        """Take a report in."""
        self.members.append(each)
        self._id = None
        self._widen(each.when)

    def holds(self, when: Interval, tolerance: int) -> bool:
        """Whether all told dates, with `when`, lie within so many days of each other."""
        start = greatest(self.last_start, when.earliest)
        end = least(self.first_end, when.latest)
        return start is None or end is None or start - end <= tolerance

    def spans(self, other: Cluster) -> bool:
        """Whether it may take all of another cluster in without a drift of dates."""
        start = greatest(self.last_start, other.last_start)
        end = least(self.first_end, other.first_end)
        if start is None or end is None:
            return True
        return start - end <= min(self.founder.slack, other.founder.slack)

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
        if self._id is None:
            first = min([m.report_id for m in self.members])
            self._id = hashlib.sha256(f"event {first}".encode()).hexdigest()[:16]
        return self._id

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


class _Fit(NamedTuple):
    """How well a cluster fits, and the two reports that show it."""

    value: float
    one: View
    other: View


class _Rival(NamedTuple):
    """A cluster that may take a report or cluster in; the least is the best."""

    against: float
    founder: str
    number: int
    fit: _Fit


class Linker:
    """The clusters so far, and where to look for them."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.clusters: list[Cluster | None] = []
        self.blocks = Blocks()
        self.of_report: dict[str, int] = {}
        # How many reports had been placed when a cluster last took one in
        self.grown: dict[int, int] = {}
        # The clusters that did not take in the report that then founded one
        self.declined: dict[int, array[int]] = {}
        self.together = _by_report(decisions.same)
        self.apart = _by_report(decisions.different)

    def place(self, each: View) -> None:
        """Put a report into the cluster it fits best, or let it found one."""
        near = self.blocks.candidates(each)
        found = self._best(each, near)
        if found is not None:
            self.put(each, *found)
        elif each.realm is not Realm.IF:
            self.declined[self.put(each, None, None)] = array("I", near)

    def put(self, each: View, number: int | None, why: str | None) -> int:
        """Put a report into a cluster, or let it found one; the cluster's number."""
        if number is None:
            number = len(self.clusters)
            self.clusters.append(Cluster([each]))
        else:
            cluster = self.clusters[number]
            if cluster is not None:
                cluster.add(each)
                cluster.links.append((each.report_id, why))
        self.of_report[each.report_id] = number
        self.grown[number] = len(self.of_report)
        self.blocks.file(each, number)
        return number

    def _best(self, each: View, near: Sequence[int]) -> tuple[int, str] | None:
        judged = self._judged_same(each)
        if judged is not None:
            return judged, "judged the same"
        best: _Rival | None = None
        for number in near:
            cluster = self.clusters[number]
            fit = None if cluster is None else self._fit(cluster, each)
            if cluster is None or fit is None:
                continue
            rival = _Rival(-fit.value, cluster.founder.report_id, number, fit)
            best = rival if best is None or rival < best else best
        return None if best is None else (best.number, _reason(best.fit))

    def _judged_same(self, each: View) -> int | None:
        others = self.together.get(each.report_id, ())
        return min((self.of_report[o] for o in others if o in self.of_report), default=None)

    def _fit(self, cluster: Cluster, each: View) -> _Fit | None:
        """The best score among the members, less what they say against it; None if that is much,
        or less than is needed."""
        if not cluster.holds(each.when, each.slack):
            return None
        if self.apart and self._judged_apart([each], cluster):
            return None
        return _heard(cluster.members[:HEARD], [each], each.family.need)

    def _judged_apart(self, some: Sequence[View], cluster: Cluster) -> bool:
        """Whether someone judged that one of them and a member of the cluster are not the same."""
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
        best: _Rival | None = None
        near = {n for each in mine.members[:PROBES] for n in self.blocks.candidates(each)}
        for other in sorted(near - {number} - self._declined(number)):
            theirs = self.clusters[other]
            if theirs is None or not theirs.spans(mine):
                continue
            if self.apart and self._judged_apart(mine.members, theirs):
                continue
            need = mine.founder.family.need
            fit = _heard(theirs.members[:PROBES], mine.members[:PROBES], need)
            if fit is None:
                continue
            rival = _Rival(-fit.value, theirs.founder.report_id, other, fit)
            best = rival if best is None or rival < best else best
        return None if best is None else (best.number, _reason(best.fit))

    def _declined(self, number: int) -> set[int]:
        """The clusters that did not take in the one report of this, and are what they were then."""
        if len(self._at(number)) > 1:
            return set()
        then = self.grown[number]
        asked = self.declined.get(number, ())
        return {n for n in asked if self.grown[n] < then and len(self._at(n)) <= PROBES}

    def _merge(self, number: int, other: int, why: str) -> None:
        mine, theirs = self.clusters[number], self.clusters[other]
        if mine is None or theirs is None:
            return
        theirs.links += [*mine.links, (mine.founder.report_id, why)]
        for each in mine.members:
            theirs.add(each)
            self.of_report[each.report_id] = other
            self.blocks.file(each, other)
        self.grown[other] = len(self.of_report) + 1
        self.clusters[number] = None


def _by_report(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """The other of each pair by the one, both ways."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
        found[other].append(one)
    return found


def _heard(some: Sequence[View], others: Sequence[View], need: float) -> _Fit | None:
    """The best of all pairs that reach what is needed; None if none does, if a pair is vetoed, or
    half of them softly."""
    best: _Fit | None = None
    against, least = 0, need
    for one, other in product(some, others):
        value = weigh(one, other)
        if value > least - 1e-5:
            value = round(value, 6)
            if value > least or (best is None and value == least):
                best, least = _Fit(value, one, other), value
        elif value <= SOFTLY_VETOED:
            if value == VETOED:
                return None
            against += 1
    pairs = len(some) * len(others)
    if best is None or 2 * against > pairs:
        return None
    best = best._replace(value=best.value - DOUBT * against / pairs) if against else best
    return best if best.value >= need else None


def _reason(fit: _Fit) -> str:
    return f"{fit.value:.2f} by " + "; ".join(score(fit.one, fit.other).reasons)
