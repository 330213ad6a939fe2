"""How well an Event stands, from all that is reported of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from foreigndesk.ledger.claims import stance
from foreigndesk.ledger.parties import PART, Party, likeness, party
from foreigndesk.ledger.views import Realm, View
from foreigndesk.model import Stance, Standing, Status

OWN, UNNAMED = "own word", "unnamed"
_OPPOSED = (Stance.DENIES, Stance.ALLEGES, Stance.DOUBTS)
HAPPENED = (Status.OCCURRED, Status.ONGOING)


def standing(members: Sequence[View]) -> Standing:
    """The standing of the event that these reports speak of.

    Contested: someone denies it. Corroborated: two Stories tell it as happened and do not both
    rest on the same speaker. A promise is planned, whoever says so.
    """
    if any(m.realm is Realm.PROMISE for m in members):
        return Standing.PLANNED
    affirmed = [m for m in members if m.report.status is not Status.DENIED]
    if any(denied(m) and (not affirmed or any(opposed(m, a) for a in affirmed)) for m in members):
        return Standing.CONTESTED
    told = [m for m in members if m.report.status in HAPPENED]
    if not told:
        return Standing.ALLEGED
    return Standing.CORROBORATED if corroborated(told) else Standing.REPORTED


def corroborated(told: Sequence[View]) -> bool:
    """Whether two Stories tell it that do not both rest on one speaker, or on unnamed ones."""
    stories: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, Party | str] = {}
    for member in told:
        source = _source(member)
        name = source if isinstance(source, str) else f"speaker {source.identity}"
        sources.setdefault(name, source)
        stories[name].add(member.story)
    if len(stories.get(OWN, ())) > 1:
        return True
    return any(
        len(stories[one] | stories[other]) > 1 and not _same_voice(sources[one], sources[other])
        for one, other in combinations(sorted(sources), 2)
    )


def _same_voice(one: Party | str, other: Party | str) -> bool:
    if isinstance(one, Party) and isinstance(other, Party):
        return likeness(one, other) >= PART
    return one == other


def _source(member: View) -> Party | str:
    """Who an article rests on: the outermost named speaker, UNNAMED ones, or its OWN word."""
    report = member.report
    for attribution in report.attribution:
        if attribution.speaker is not None:
            return party(attribution.speaker)
    return UNNAMED if report.attribution or report.hedges else OWN


def never_was(members: Sequence[View]) -> bool:
    """Whether the pages only say that it did not happen, and nobody is told to say that it did."""
    return not any(m.realm is Realm.PROMISE for m in members) and all(
        m.report.status is Status.DENIED
        and not any(a.stance in _OPPOSED for a in m.report.attribution)
        for m in members
    )


def opposed(denial: View, other: View) -> bool:
    """Whether two voices speak: who says "not the trip, but the ties" does not deny himself."""
    if denial.report.document.id != other.report.document.id:
        return True
    return _speakers(denial) != _speakers(other) or denied(other)


def _speakers(member: View) -> frozenset[str]:
    speakers = (a.speaker for a in member.report.attribution if a.speaker is not None)
    return frozenset(party(s).identity for s in speakers)


def denied(member: View) -> bool:
    """Whether a report denies it, or tells of someone who does."""
    report = member.report
    if report.status is Status.DENIED:
        return True
    return any(stance(report, a) is Stance.DENIES for a in report.attribution)
