"""The dateline: where a page was filed, and which of its events that place is lent to.

"KARACHI, Pakistan, Jan 30 (Reuters) - Gunmen abducted a reporter": only the sentence that the
dateline opens may take its place, and only an event of people on the spot. A state that acts
abroad ("WASHINGTON - U.S. jets bombed ...") does not act where its news is filed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foreigndesk.codebook.places import COUNTRY, SETTLEMENT, Gazetteer, Toponym, place_key
from foreigndesk.model import EventType, Mention, Place, SegmentKind, Sentence

_HEAD = re.compile(
    r"(?P<city>[A-Z][A-Z.’'\u2011 -]{2,38}[A-Z.])(?:, (?P<land>[A-Z][\w. ]{2,28}?))?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}))?,?"
    r"(?: ?\([\w/ .]{2,30}\))? ?(?:[—–-]{1,2}|_)?\s*$"
)
_REACH = 140
_ON_THE_SPOT = (EventType.ASSAULT, EventType.COERCE, EventType.PROTEST)
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "SPY"})


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place of a dateline and the start of the sentence that it opens."""

    place: Place
    opens: int


def dateline(text: str, sentences: Sequence[Sentence], book: Gazetteer) -> Dateline | None:
    """The dateline before the first paragraph's first sentence, None if there is none.

    Of namesakes the one in the country named beside it wins, else the most populous.
    """
    lead = next((s for s in sentences if s.segment is SegmentKind.PARAGRAPH), None)
    if lead is None:
        return None
    line = text[max(0, lead.start - _REACH) : lead.start].rstrip()
    at = line.rfind("\n") + 1
    match = _HEAD.match(line[at:])
    if match is None or not match.group("city").strip():
        return None
    found = _option(match.group("city"), match.group("land"), book)
    if found is None:
        return None
    start = max(0, lead.start - _REACH) + at + match.start("city")
    end = start + len(match.group("city"))
    where = (found.name, found.country, found.lat, found.lon, found.geonameid)
    return Dateline(Place(text[start:end], start, end, *where), lead.start)


def _option(city: str, land: str | None, book: Gazetteer) -> Toponym | None:
    key = place_key(city)
    options = [o for o in book.find(key) if not o.adjective and o.kind != COUNTRY]
    own = [o for o in options if place_key(o.name) == key] or options
    countries = {o.country for o in book.find(place_key(land))} if land else set()
    there = [o for o in own if o.country in countries]
    best = there or own
    return max(best, key=lambda o: (o.kind != SETTLEMENT, o.population)) if best else None


def is_local(
    event: EventType,
    actor: Sequence[Mention],
    recipient: Sequence[Mention],
    place: Place,
) -> bool:
    """Whether an event of the opening sentence happened where the page was filed.

    Talks did; so did violence, arrests and protests, unless a foreign actor or the state's own
    forces did it to foreigners.
    """
    if event is EventType.CONSULT:
        return not actor or not recipient or _any_at(place, (*actor, *recipient))
    if event not in _ON_THE_SPOT:
        return False
    if any(m.code not in (None, place.country) for m in actor):
        return False
    abroad = any(m.code not in (None, place.country) for m in recipient)
    return not (abroad and any(m.sector in _OFFICIAL for m in actor))


def _any_at(place: Place, mentions: Sequence[Mention]) -> bool:
    return any(m.code == place.country for m in mentions)
