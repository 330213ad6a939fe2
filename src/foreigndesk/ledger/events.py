"""A cluster of Reports, told as one Event: its type, its actors, its day and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from foreigndesk.ledger.claims import claims
from foreigndesk.ledger.link import Cluster
from foreigndesk.ledger.parties import KIN, PART, Party, likeness, party
from foreigndesk.ledger.standing import standing
from foreigndesk.ledger.times import Interval, between, gap
from foreigndesk.ledger.views import HOSTS, View
from foreigndesk.model import Event, EventDate, EventType, Mention, Place, Report

UNKNOWN_DATE = EventDate(None, None, None, None, None, None, None)
PUNCTUAL = 3
"""Days of tolerance (families.py) up to which a happening is over before it is told."""
LONG = 10
"""Days up to which a told span is taken for the length of a visit or a meeting."""
_BASES = ("explicit", "relative", "inferred", "published", None)


def to_event(cluster: Cluster) -> Event:
    """The event that a cluster of reports speaks of, without discrepancies and `fulfils`."""
    members = sorted(cluster.members, key=lambda m: m.report_id)
    reports = [m.report for m in members]
    actors, recipients = _sides(cluster)
    event_id = cluster.event_id
    event_type, mode = _type(reports)
    return Event(
        event_id=event_id,
        event_type=event_type,
        event_mode=mode,
        actors=actors,
        recipients=recipients,
        date=_date(members),
        place=_place(reports),
        standing=standing(members),
        reports=tuple(r.report_id for r in reports),
        stories=len({m.story for m in members}),
        outlets=len({r.document.outlet for r in reports if r.document.outlet is not None}),
        claims=claims(event_id, members),
        symmetric=cluster.founder.report.symmetric,
        links=tuple(sorted(f"{report}: {why}" for report, why in cluster.links)),
    )


def _type(reports: Sequence[Report]) -> tuple[EventType, str | None]:
    """The type and mode with most confidence behind them."""
    types: dict[EventType, float] = defaultdict(float)
    for r in reports:
        types[r.event_type] += r.confidence
    best = min(types, key=lambda t: (-types[t], t.value))
    modes: dict[str, float] = defaultdict(float)
    for r in reports:
        if r.event_type is best and r.event_mode is not None:
            modes[r.event_mode] += r.confidence
    return best, min(modes, key=lambda m: (-modes[m], m), default=None)


def _sides(cluster: Cluster) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Both sides as the leading report has them, with who else is named on either."""
    named = Counter(p.identity for m in cluster.members for p in m.parties)
    sides = (_Side(named), _Side(named))
    for member in _leading(cluster):
        pairs = _oriented(member.report)
        for number in (0, 1):
            for mention in pairs[number]:
                if not sides[1 - number].holds(party(mention)):
                    sides[number].add(mention)
    return sides[0].mentions(), sides[1].mentions()


def _leading(cluster: Cluster) -> list[View]:
    """The members, those first that tell the direction, then the founding one."""
    founder = cluster.founder.report_id
    return sorted(
        cluster.members, key=lambda m: (not m.directed, m.report_id != founder, m.report_id)
    )


def _oriented(report: Report) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    if (report.cameo or "").startswith(HOSTS):
        return report.recipient, report.actor
    return report.actor, report.recipient


class _Side:
    """The actors on one side, each once; of a state and who stands for it the more often named."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.named: list[tuple[Party, Mention]] = []

    def holds(self, one: Party) -> bool:
        """Whether this side names the actor, its state, or one who stands for it."""
        return any(likeness(one, p) >= PART for p, _ in self.named)

    def add(self, mention: Mention) -> None:
        """Name an actor on this side."""
        one = party(mention)
        for position, (other, _) in enumerate(self.named):
            if likeness(one, other) >= PART:
                if self._rank(one) > self._rank(other):
                    self.named[position] = (one, mention)
                return
        self.named.append((one, mention))

    def _rank(self, one: Party) -> tuple[int, bool]:
        return self.counts[one.identity], not one.whole

    def mentions(self) -> tuple[Mention, ...]:
        """The mentions in a fixed order, without descriptions of whom another names."""
        ordered = sorted(self.named, key=lambda n: (n[1].code or "~", n[0].name))
        known = [one for one, mention in ordered if mention.actor_id is not None]
        return tuple(
            mention
            for one, mention in ordered
            if mention.actor_id is not None or not any(likeness(one, k) >= KIN for k in known)
        )


def _date(members: Sequence[View]) -> EventDate:
    """The date with the best basis that goes with what most Stories tell; of equals the narrowest.

    Of a visit or a meeting a told span of some days is preferred to a day within it.
    """
    dated = [m for m in members if m.report.date.edtf is not None and not _idle(m, members)]
    best = min(dated, key=lambda m: _date_rank(m, dated), default=None)
    return UNKNOWN_DATE if best is None else best.report.date


def _idle(member: View, members: Sequence[View]) -> bool:
    """No date of the event: "since 2019" for a visit; a text that is younger than others."""
    window = _window(member)
    if window.days is None:
        return not window.known or member.family.tolerance <= PUNCTUAL
    if member.report.date.basis != "published":
        return False
    told = [m.told.latest for m in members if m.told.latest is not None]
    return window.earliest is not None and window.earliest > min(told, default=window.earliest)


def _date_rank(member: View, dated: Sequence[View]) -> tuple[int, int, int, int, str]:
    window = _window(member)
    days = window.days or 99999
    agree = {m.story for m in dated if gap(_window(m), window) <= 0}
    spans = member.family.name == "consult" and days <= LONG
    basis = _basis_rank(member.report.date.basis)
    return (
        2 if window.days is None else basis // 3,
        -len(agree),
        0 if spans else 1,
        -days if spans else days,
        f"{window.earliest} {basis} {member.report_id}",
    )


def _window(member: View) -> Interval:
    return between(member.report.date.earliest, member.report.date.latest)


def _basis_rank(basis: str | None) -> int:
    return _BASES.index(basis) if basis in _BASES else len(_BASES)


def _place(reports: Iterable[Report]) -> Place | None:
    """The place that most reports name; of equals the one with a position, then by name."""
    places = [r.place for r in reports if r.place is not None]
    if not places:
        return None
    counts = Counter((p.name, p.country) for p in places)
    return min(
        places, key=lambda p: (-counts[p.name, p.country], p.lat is None, p.name or "", _start(p))
    )


def _start(place: Place) -> tuple[int, str]:
    return (place.start if place.start is not None else -1, place.text or "")
