"""Reports to Events: blocks of reports that may go together, clustered one report at a time.

The reports are taken in an order that depends on them alone (the surest dates first), each joins
the cluster that it fits best, or founds one. Every member of a cluster is heard: one veto keeps a
report out, and the told dates of all members must lie within the family's tolerance, so that no
chain of near dates drifts from one visit to the next.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from foreigndesk.ledger.features import Score, score
from foreigndesk.ledger.judgements import Decisions, pair
from foreigndesk.ledger.parties import codes
from foreigndesk.ledger.views import Realm, View, view
from foreigndesk.model import Report, Status

HEARD = 12
"""How many members of a large cluster a new report is compared with."""
NARROW = 62
"""Days: a told date that is no wider is looked up by its months."""

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
    """Reports of one happening, the founding one first; `links` says why each of the others joined."""

    members: list[View]
    links: list[str] = field(default_factory=list)

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
        when.earliest or 0,
        told.earliest or 0,
        each.report_id,
    )


class _Linker:
    """The clusters so far, and where to look for them."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.clusters: list[Cluster] = []
        self.blocks: dict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
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
            self.clusters[number].members.append(each)
            self.clusters[number].links.append(f"{each.report_id}: {why}")
        self.of_report[each.report_id] = number
        for key in _filed_under(each):
            self.blocks[key][number] = None

    def _best(self, each: View) -> tuple[int, str] | None:
        judged = self._judged_same(each)
        if judged is not None:
            return judged, "judged the same"
        best: tuple[float, str, int, str] | None = None
        for number in self._candidates(each):
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

    def _candidates(self, each: View) -> list[int]:
        return sorted({n for key in _looked_up(each) for n in self.blocks.get(key, ())})

    def _fit(self, cluster: Cluster, each: View) -> Score | None:
        """The best score among the members; None if one vetoes it or the dates would drift."""
        if not _holds_together(cluster, each):
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


def _holds_together(cluster: Cluster, each: View) -> bool:
    """Whether all told dates, with this one, lie within the family's tolerance of each other."""
    windows = [m.when for m in cluster.members] + [each.when]
    starts = [w.earliest for w in windows if w.earliest is not None]
    ends = [w.latest for w in windows if w.latest is not None]
    if not starts or not ends:
        return True
    return max(starts) - min(ends) <= each.family.tolerance


def _reason(fit: Score) -> str:
    return f"{fit.value:.2f} by " + "; ".join(fit.reasons)


def _sides(each: View) -> Iterator[tuple[str, ...]]:
    """The pairs of codes under which a report is filed, and each doer alone."""
    doers, others = codes(each.doers), codes(each.others)
    for code in sorted({*doers, *others}):
        yield (each.family.name, code)
    for one in doers:
        for other in others:
            yield (each.family.name, *sorted((one, other)))


def _months(each: View) -> list[str]:
    """The months of a narrow told date, with a margin; ["any"] for others."""
    when = each.when
    if when.earliest is None or when.latest is None or (when.days or 0) > NARROW:
        return ["any"]
    margin = each.family.tolerance
    return sorted(
        {str(day // 31) for day in range(when.earliest - margin, when.latest + margin + 1)}
    )


def _filed_under(each: View) -> Iterator[tuple[str, ...]]:
    for side in _sides(each):
        yield (*side, "all")
        for month in _months(each):
            yield (*side, month)


def _looked_up(each: View) -> Iterator[tuple[str, ...]]:
    """A report with a recipient is looked up by its pairs, and among those without a recipient."""
    months = _months(each)
    slots = ["all"] if months == ["any"] else [*months, "any"]
    pairs = [s for s in _sides(each) if len(s) == 3]
    for side in pairs or _sides(each):
        for slot in slots:
            yield (*side, slot)
    if pairs:
        for code in codes(each.doers):
            for slot in slots:
                yield (each.family.name, code, slot)
