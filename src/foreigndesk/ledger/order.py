"""Statements of order checked against known events: "first in 24 years", "last meeting in 2019"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foreigndesk.ledger.discrepancies import Contradiction
from foreigndesk.ledger.features import event_mode
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import OTHER, PART, codes, side_likeness
from foreigndesk.ledger.standing import HAPPENED
from foreigndesk.ledger.times import Interval, between
from foreigndesk.ledger.views import View
from foreigndesk.model import Discrepancy, OrderFact

PRESENT = 60
"""Days before a statement that count as its present: the event it is told of may lie in them."""
CLEAR = 0.85
"""Likeness of the actors (0 to 1) from which a happening is of the very same actors."""


def against_order(
    clusters: Sequence[Cluster], pages: Mapping[str, int] | None = None
) -> Mapping[str, tuple[Discrepancy, ...]]:
    """By event id of the statement: the known happening that contradicts it best, if any.

    `pages` gives the day before which a document cannot have been written (see pages.py).
    """
    known = _index(c for c in clusters if _happened(c))
    found: dict[str, list[Discrepancy]] = defaultdict(list)
    for fact, stated, own in _statements(clusters):
        now = _now(fact, stated, pages or {})
        rival = None if now is None else _strongest(_Asked(fact, stated, own, now), known)
        if rival is not None:
            found[own.event_id].append(rival.on(own.event_id))
    return {key: tuple(sorted(rows, key=lambda d: d.discrepancy_id)) for key, rows in found.items()}


Statement = tuple[OrderFact, View, Cluster]


def _statements(clusters: Iterable[Cluster]) -> list[Statement]:
    """Each statement once for each Story, with the report whose own words are in it if any."""
    best: dict[tuple[str, str], tuple[tuple[bool, str], Statement]] = {}
    for cluster in clusters:
        for member in cluster.members:
            for fact in member.report.facts:
                rank = (not _counts_itself(fact, member), member.report_id)
                rival = (rank, (fact, member, cluster))
                key = (member.story, fact.text)
                best[key] = min(best.get(key, rival), rival, key=lambda each: each[0])
    return [best[key][1] for key in sorted(best)]


def _counts_itself(fact: OrderFact, stated: View) -> bool:
    """Whether the report is of the very thing that is counted: "their last *meeting* in 2019"."""
    return fact.start <= stated.report.trigger.start < fact.end


Known = Mapping[tuple[str, str], Sequence[Cluster]]


def _index(clusters: Iterable[Cluster]) -> Known:
    table: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for code in sorted({code for m in cluster.members for code in codes(m.parties)}):
            table[cluster.founder.family.name, code].append(cluster)
    return table


def _happened(cluster: Cluster) -> bool:
    return any(m.report.status in HAPPENED and m.when.known for m in cluster.members)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement, the report and the event it stands by, the day from which it looks back."""

    fact: OrderFact
    stated: View
    own: Cluster
    now: int


def _strongest(asked: _Asked, known: Known) -> Contradiction | None:
    stated, span = asked.stated, _span(asked)
    if span is None:
        return None
    options: list[tuple[float, int, str, View]] = []
    for code in codes(stated.parties)[:1]:
        for cluster in known.get((stated.family.name, code), ()):
            if cluster is not asked.own and span.may_hold(cluster):
                options += _witnesses(asked, cluster, span)
    if not options:
        return None
    witness = min(options, key=lambda o: o[:3])[3]
    return Contradiction(
        "order",
        stated.report,
        witness.report,
        asked.fact.text,
        f"{witness.report.trigger.text} {witness.report.date.edtf or ''}".strip(),
        "A dated text of the event between; or what the statement counts, if it counts otherwise.",
    )


def _witnesses(
    asked: _Asked, cluster: Cluster, span: _Span
) -> Iterator[tuple[float, int, str, View]]:
    document = asked.stated.report.document.id
    if any(m.report.document.id == document for m in cluster.members):
        return
    for member in cluster.members:
        if member.report.status not in HAPPENED or not span.holds(member.when):
            continue
        likeness = _likeness(asked.fact, asked.stated, member)
        if likeness >= PART:
            yield (-likeness, member.when.days or 99999, member.report_id, member)


@dataclass(frozen=True, slots=True)
class _Span:
    """The days between `after` and `before`, both without it."""

    after: int
    before: int

    def holds(self, when: Interval) -> bool:
        """Whether a happening surely lies in it."""
        if when.earliest is None or when.latest is None:
            return False
        return self.after < when.earliest and when.latest < self.before

    def may_hold(self, cluster: Cluster) -> bool:
        """Whether it may hold one of the days that a cluster's reports tell."""
        first, last = cluster.first_end, cluster.last_start
        return first is not None and last is not None and self.after < last and first < self.before


def _span(asked: _Asked) -> _Span | None:
    """Where a statement says that there was none, but for the present; None if open."""
    told = between(asked.fact.earliest, asked.fact.latest)
    after = told.latest if asked.fact.kind == "last" else told.earliest
    if after is None:
        return None
    margin = 0 if asked.fact.kind == "last" else _margin(told)
    return _Span(after + margin, asked.now - PRESENT)


def _now(fact: OrderFact, stated: View, pages: Mapping[str, int]) -> int | None:
    """The day from which the statement looks back."""
    if stated.told.earliest is not None:
        return stated.told.earliest
    bound = pages.get(stated.report.document.id or "")
    latest = between(fact.earliest, fact.latest).latest
    if bound is not None and (fact.kind != "last" or latest is None or bound > latest):
        return bound
    return stated.told.latest


def _margin(span: Interval) -> int:
    """A round number of years ("24 years") may be off by one."""
    return 366 if (span.days or 0) > 800 else 31


def _likeness(fact: OrderFact, stated: View, member: View) -> float:
    """How far a happening is of the kind and the actors that the statement counts.

    "First visit", "last visit" count the same mode in the same direction; a visit "since their
    last meeting" counts any occasion on which they met.
    """
    if fact.kind == "last" and not _counts_itself(fact, stated):
        return _met(stated, member)
    if event_mode(stated, member).value < 0:
        return OTHER
    if not stated.directed:
        return _met(stated, member)
    if not member.directed:
        return OTHER
    sides = (
        side_likeness(stated.doers, member.doers),
        side_likeness(stated.others, member.others),
    )
    return min((s if s is not None else OTHER) for s in sides)


def _met(stated: View, member: View) -> float:
    if min(len(stated.parties), len(member.parties)) < 2:
        return OTHER
    likeness = side_likeness(stated.parties, member.parties) or OTHER
    persons = any(p.person for p in stated.parties)
    return likeness if not persons or likeness >= CLEAR else OTHER
