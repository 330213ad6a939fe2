"""Discrepancies: two Reports of one Event that cannot both be right.

Tolls that grow in later texts are updates, and days within a visit are parts of it: neither is a
discrepancy. Statements of order ("first in 24 years") are in order.py.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeVar

from foreigndesk.ledger.amounts import PEOPLE, counts
from foreigndesk.ledger.claims import stance
from foreigndesk.ledger.events import LONG, PUNCTUAL
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import OTHER, fold, side_likeness
from foreigndesk.ledger.sameness import kilometres
from foreigndesk.ledger.standing import HAPPENED, denied, opposed
from foreigndesk.ledger.times import gap
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import Discrepancy, EventDate, Mention, Report, Stance, Status

FAR = 100.0
"""Kilometres from which two places of one happening contradict each other."""
_INFERRED = "inferred"
_BASES = ("explicit", "relative", _INFERRED)
NEAR = 31
"""Days up to which an inferred date contradicts another; farther off the year may be misread."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two reports, what each says, and what would settle it."""

    kind: str
    first: Report
    second: Report
    says_first: str
    says_second: str
    settle: str

    def on(self, event_id: str) -> Discrepancy:
        """As a record on an event; the lesser report id stands first."""
        one, other = (self.first, self.says_first), (self.second, self.says_second)
        if other[0].report_id < one[0].report_id:
            one, other = other, one
        name = f"{self.kind} {one[0].report_id} {other[0].report_id} {one[1]} {other[1]}"
        return Discrepancy(
            discrepancy_id=hashlib.sha256(name.encode()).hexdigest()[:16],
            kind=self.kind,
            event_id=event_id,
            first=one[0].report_id,
            second=other[0].report_id,
            says_first=one[1],
            says_second=other[1],
            evidence_first=one[0].evidence.text,
            evidence_second=other[0].evidence.text,
            settle=self.settle,
        )


def within(cluster: Cluster) -> tuple[Discrepancy, ...]:
    """The discrepancies among the reports of one event, each pair of values once, by id."""
    members = sorted(cluster.members, key=_first_told)
    found: dict[tuple[str, ...], Contradiction] = {}
    for rule in RULES:
        for each in rule(members):
            values = sorted((each.says_first, each.says_second))
            found.setdefault((each.kind, *values), each)
    records = [each.on(cluster.event_id) for each in found.values()]
    return tuple(sorted(records, key=lambda d: (d.kind, d.discrepancy_id)))


def _first_told(member: View) -> tuple[int, str]:
    return (member.told.earliest or member.told.latest or 9999999, member.report_id)


def dates(members: Sequence[View]) -> Iterator[Contradiction]:
    """Told days that exclude each other, and that no told span of the event covers."""
    dated = [m for m in members if m.when.days and m.report.date.basis in _BASES]
    spans = [m for m in dated if 1 < (m.when.days or 0) <= LONG]
    for one, other in combinations(_first_of_each(dated, lambda m: m.report.date.edtf), 2):
        apart = gap(one.when, other.when)
        sure = _INFERRED not in (one.report.date.basis, other.report.date.basis) or apart <= NEAR
        if apart > 0 and sure and not any(_covers(m, one, other) for m in spans):
            yield Contradiction(
                "date",
                one.report,
                other.report,
                _day(one.report.date),
                _day(other.report.date),
                "A text of the day itself, or an announcement by one of the parties with its date.",
            )


def _covers(span: View, one: View, other: View) -> bool:
    return gap(span.when, one.when) <= 0 and gap(span.when, other.when) <= 0


def _day(date: EventDate) -> str:
    return date.edtf or f"{date.earliest}/{date.latest}"


@dataclass(frozen=True, slots=True)
class _Count:
    """What a report counts of one unit: several numbers if it has several ("13 to 2 votes")."""

    member: View
    numbers: frozenset[float]
    words: str


def tolls(members: Sequence[View]) -> Iterator[Contradiction]:
    """Numbers that differ. A toll, or an amount of what goes on for long, may grow with time."""
    table: dict[str, list[_Count]] = defaultdict(list)
    for member in members:
        for unit, counted in counts(member.report).items():
            words = "; ".join(w for _, w in counted)
            table[unit].append(_Count(member, frozenset(n for n, _ in counted), words))
    for unit in sorted(table):
        grows = unit in PEOPLE or members[0].family.tolerance > PUNCTUAL
        firsts = _first_of_each(table[unit], lambda each: each.numbers)
        lasts = _first_of_each(table[unit][::-1], lambda each: each.numbers)
        for pair in product(firsts, lasts):
            one, other = sorted(pair, key=lambda each: _first_told(each.member))
            if _differ(one.numbers, other.numbers) and not (grows and _is_update(one, other)):
                yield Contradiction(
                    "number",
                    one.member.report,
                    other.member.report,
                    one.words,
                    other.words,
                    "A later count by an authority that both texts could cite.",
                )


def _differ(one: frozenset[float], other: frozenset[float]) -> bool:
    """Whether not all numbers of one are among those of the other: "287 to 55", "346 to 55"."""
    if min(len(one), len(other)) < 2:
        return one.isdisjoint(other)
    return max(one) != max(other) and not one <= other and not other <= one


def _is_update(one: _Count, other: _Count) -> bool:
    first, second = one.member.told.latest, other.member.told.earliest
    later = first is not None and second is not None and first < second
    return later and max(other.numbers) > max(one.numbers)


def places(members: Sequence[View]) -> Iterator[Contradiction]:
    """Places that lie far apart, or in two countries."""
    told = [m for m in members if m.report.place is not None and m.realm is Realm.ACTUAL]
    states = {p.name for m in members for p in m.parties if p.whole}
    exact = [m for m in told if fold(_name(m)) not in states]
    for one, other in combinations(_first_of_each(exact, _where_of), 2):
        if _far(one.report, other.report):
            yield Contradiction(
                "place",
                one.report,
                other.report,
                _where(one.report),
                _where(other.report),
                "A text with a dateline of the place, or pictures that can be located.",
            )


def _far(one: Report, other: Report) -> bool:
    a, b = one.place, other.place
    if a is None or b is None or a.name == b.name:
        return False
    if a.country is not None and b.country is not None and a.country != b.country:
        return True
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    punctual = one.event_type in ("CONSULT", "ASSAULT")
    known = a.geonameid is not None and b.geonameid is not None
    return punctual and known and kilometres((a.lat, a.lon), (b.lat, b.lon)) > FAR


def _where(report: Report) -> str:
    place = report.place
    if place is None:
        return ""
    return ", ".join(filter(None, (place.name or place.text, place.country)))


def actors(members: Sequence[View]) -> Iterator[Contradiction]:
    """Different actors named for one deed."""
    directed = [m for m in members if m.directed and m.realm is Realm.ACTUAL]
    for one, other in combinations(_first_of_each(directed, _who), 2):
        if side_likeness(one.doers, other.doers) == OTHER:
            yield Contradiction(
                "actor",
                one.report,
                other.report,
                _names(one.report.actor),
                _names(other.report.actor),
                "A claim of responsibility, or an inquiry that names who did it.",
            )


def occurrence(members: Sequence[View]) -> Iterator[Contradiction]:
    """One says that it happened or alleges it, one denies it: each denier once, several at once."""
    affirmed = [m for m in members if m.report.status in HAPPENED] or [
        m for m in members if m.report.status is Status.POSSIBLE
    ]
    if not affirmed or any(m.realm is Realm.PROMISE for m in members):
        return
    affirmed.sort(key=lambda m: not _speakers(m.report, denied=False))
    seen: set[str] = set()
    for member in sorted(filter(denied, members), key=lambda m: -len(_deniers(m))):
        rivals = [a for a in affirmed if _contradicts(member, a)]
        if rivals and not _deniers(member) <= seen:
            seen |= _deniers(member)
            yield Contradiction(
                "occurrence",
                rivals[0].report,
                member.report,
                _says(rivals[0].report, denied=False),
                _says(member.report, denied=True),
                "Evidence from a party that has no stake in it: an inspection, records, pictures.",
            )


def _contradicts(denial: View, other: View) -> bool:
    """Two sentences, by two voices; and what a page says had not happened did not come later."""
    one, two = denial.report, other.report
    if one.document.id == two.document.id:
        own = _is_word(denial) and _speaks_for_himself(denial)
        if own or one.evidence.start == two.evidence.start:
            return False
    pending = not _speakers(one, denied=True) and (denial.told.latest or 0) < (
        other.told.earliest or 0
    )
    return not pending and opposed(denial, other)


def _is_word(member: View) -> bool:
    """Whether the deed is done by saying it: who says "not the trip, but the ties" worries me."""
    return member.report.quad in (1, 3) and member.family.name not in ("consult", "mobilize")


def _speaks_for_himself(member: View) -> bool:
    said = {a.speaker.name or a.speaker.text for a in member.report.attribution if a.speaker}
    return not said or said <= {m.name or m.text for m in member.report.actor}


def _deniers(member: View) -> frozenset[str]:
    """The codes of who denies it, or else the names; of the article itself its Story."""
    report = member.report
    said = [a.speaker for a in report.attribution if stance(report, a) is Stance.DENIES]
    return frozenset(m.code or m.name or m.text for m in said if m is not None) or frozenset(
        [member.story]
    )


def _says(report: Report, denied: bool) -> str:
    """What a report says, and who says so: of a denied accusation who accuses, or who denies."""
    speakers = _speakers(report, denied)
    happened = report.status in HAPPENED
    word = "denied" if denied else str(report.status) if happened else "alleged"
    return f"{word} (says {speakers})" if speakers else word


def _speakers(report: Report, denied: bool) -> str:
    said = [a for a in report.attribution if a.speaker is not None]
    chosen = [a for a in said if (stance(report, a) is Stance.DENIES) == denied] or said
    return _names(a.speaker for a in chosen if a.speaker is not None)


def _names(mentions: Iterable[Mention]) -> str:
    return ", ".join(sorted({m.name or m.text for m in mentions}))


def _name(member: View) -> str:
    place = member.report.place
    return "" if place is None else place.name or place.text or ""


def _where_of(member: View) -> str:
    return _where(member.report)


def _who(member: View) -> str:
    return _names(member.report.actor)


def _first_of_each(members: Iterable[T], value: Callable[[T], object]) -> list[T]:
    """The first of those that say the same: pairs of values are compared, not of reports."""
    seen: dict[object, T] = {}
    for member in members:
        seen.setdefault(value(member), member)
    return list(seen.values())


RULES: tuple[Callable[[Sequence[View]], Iterator[Contradiction]], ...] = (
    dates,
    tolls,
    places,
    actors,
    occurrence,
)
