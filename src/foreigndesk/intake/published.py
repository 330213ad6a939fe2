"""When an article was published, and how that is known. Never today's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from foreigndesk.intake.days import (
    CHANGED,
    DAY_ONLY,
    MONTH_ONLY,
    MONTHS,
    NAMED_DAY,
    POSTED,
    address_day,
    day_of_year,
    edtf,
    first_day,
    iso_day,
    posted_day,
)
from foreigndesk.intake.weights import Judged
from foreigndesk.model import Document, Published
from foreigndesk.model import SegmentKind as Kind

DATELINE = re.compile(r"[A-Z]{3}[A-Z .’'-]{0,40}[^—–\n]{0,60}?(?:[—–]| --? )")
PLACE_AND_DAY = re.compile(r"(?:[A-Z][\w.’'-]+[, ]+){1,4}\d{1,2} [A-Z][a-z]+,? \d{4}[.:]")
"""A dateline without a dash: "Pyongyang, 12 November 2024." """
AGENCY = re.compile(
    rf"(?:[A-Z][\w.’'-]+[, ]+){{1,4}}{NAMED_DAY}[ ,]*\([A-Z][\w .-]{{1,20}}\) ?[—–-]",
    re.IGNORECASE,
)
"""A dateline with its agency and no capitals: "Pyongyang, October 5 (KCNA) --"."""
SAVED_LATER = 31
"""Days after its dateline from which a page's metadata are taken for the day of saving."""
STATED = re.compile(r"\b(?:published|updated|posted|created|issued|modified|date)\b", re.I)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d ?[ap]\.?m\b", re.I)
WEEKDAY = re.compile(r"\A\W*(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b", re.I)
SIGNS = re.compile(r"\W*(?:written |reported |story )?by:? ", re.I)
"""How the author's line begins; other bylines amid the text credit a quote or a picture."""
COPYRIGHT_YEAR = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,40}(?:\d{4} ?[-–] ?)?(?P<year>(?:19|20)\d\d)", re.I
)
"""The year in which a page was saved: of a range the last."""
SAME_TIME = 31
"""Days within which another date of the page gives the year of a date that names none."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where to look for a date in a page: all units, the title's number, the body's range."""

    found: list[Judged]
    title: int | None
    body: tuple[int, int]


def published(
    document: Document, head: Head, metadata: str | None = None, url: str | None = None
) -> Published:
    """The publication date by the best basis there is.

    Given with the document, else the page's metadata, its address, its dateline or byline, its
    head. Metadata much later than a dateline or the address tell when the page was moved or
    saved; so does a date at the very head of a page: none of these is taken.
    """
    if document.published and (given := edtf(document.published)):
        return Published(given, "given")
    address = address_day(document.url or url)
    if metadata and (day := first_day(metadata)):
        written = _dateline_day(head)
        if written and _long_before(written, day):
            return Published(written, "dateline")
        if address and len(address) == 10 and _long_before(address, day):
            return Published(address, "address")  # moved to another system since
        return Published(day, "metadata")
    if address and len(address) == 10:
        return Published(address, "address")
    printed = _printed(head)
    return printed if printed.edtf or not address else Published(address, "address")


def _long_before(day: str, other: str) -> bool:
    """Whether `day` lies over a month before `other`, which then tells when the page was saved."""
    if len(other) < 10:
        return False
    return (date.fromisoformat(other[:10]) - date.fromisoformat(day)).days > SAVED_LATER


def _printed(head: Head) -> Published:
    """The date of a date line or byline around the article."""
    first = head.title if head.title is not None else head.body[0]
    reach = range(max(0, first - 6), min(head.body[0] + 3, len(head.found)))
    hits = [hit for place in reach if (hit := _hit(head, place, first))]
    if hits:
        _, _, day, basis = min(hits)
        return Published(day, basis)
    if written := _dateline_day(head) or _dateline_year(head):
        return Published(written, "dateline")
    unclear = _yearless(head, first) or _printed_month(head, first)
    return Published(unclear, "head" if unclear else None)


def _hit(head: Head, place: int, first: int) -> tuple[bool, int, str, str] | None:
    """What a line says of the date: whether only of a change, its rank, the day and its basis."""
    item = head.found[place]
    if not (_is(item, Kind.DATE) or _is(item, Kind.BYLINE)):
        return None
    text, byline = item.unit.text, _is(item, Kind.BYLINE)
    if byline and place > head.body[0] and SIGNS.match(text) is None:
        return None  # the credit of a quote or a picture
    day = posted_day(text)
    if day is None or (place < first and not _trusted(item, place, first)):
        return None
    changed = CHANGED.search(text) is not None and POSTED.search(text) is None
    rank = place if place >= first else 1000 - place
    return changed, rank, day, "byline" if byline or _by_near(head, place) else "head"


def _printed_month(head: Head, first: int) -> str | None:
    """The month of a line between title and body that names no day, as magazines date."""
    for item in head.found[first : head.body[0] + 1]:
        if match := MONTH_ONLY.fullmatch(item.unit.text.strip()):
            return f"{match['year']}-{MONTHS[match['month'].lower()[:3]]:02}"
    return None


def _dateline_day(head: Head) -> str | None:
    """The day in a dateline that names its year: "KYIV, 3 May 2020 (Agency) - ..."."""
    for item in head.found[head.body[0] : head.body[0] + 3]:
        match = DATELINE.match(item.unit.text) or PLACE_AND_DAY.match(item.unit.text)
        if match and (day := first_day(match[0])):
            return day
    return None


def _dateline_year(head: Head) -> str | None:
    """The day in a dateline without a year ("PYONGYANG, October 5 (Agency) --"), whose year a date
    line anywhere in the page gives: the same day and month stand there with one."""
    opening = head.found[head.body[0] : head.body[0] + 2]
    places = [
        m[0] for item in opening if (m := DATELINE.match(t := item.unit.text) or AGENCY.match(t))
    ]
    named = [m for place in places if (m := DAY_ONLY.search(place))]
    if not named:
        return None
    month = MONTHS[(named[0]["m1"] or named[0]["m2"]).lower()[:3]]
    wanted = f"-{month:02}-{int(named[0]['d1'] or named[0]['d2']):02}"
    days = [first_day(i.unit.text) for i in head.found if _is(i, Kind.DATE)]
    return next((day for day in days if day and day.endswith(wanted)), None)


def _is(item: Judged, kind: Kind) -> bool:
    return item.mark is not None and item.mark.kind is kind


def _trusted(item: Judged, place: int, title: int) -> bool:
    """Whether a date above the title is the article's: it says so or tells the hour, or it stands
    right above the title.

    A bare weekday and date at the head of a site is the day on which the page was saved.
    """
    if STATED.search(item.unit.text) or (title - place <= 2 and CLOCK.search(item.unit.text)):
        return True
    return place == title - 1 and place > 0 and WEEKDAY.match(item.unit.text) is None


def _by_near(head: Head, place: int) -> bool:
    near = head.found[max(0, place - 2) : place + 3]
    return any(item.mark is not None and item.mark.kind is Kind.BYLINE for item in near)


def _yearless(head: Head, first: int) -> str | None:
    """The day of a line between title and body that names no year, if the page tells the year.

    Another date of the page near it does, or the copyright line where the weekday fits.
    """
    for item in head.found[first : head.body[0] + 3]:
        named = day_of_year(item.unit.text) if _is(item, Kind.DATE) else None
        if named is not None:
            return _with_year(head.found, *named)
    return None


def _with_year(found: list[Judged], month: int, day: int, weekday: int | None) -> str | None:
    days = sorted({known for item in found if (known := first_day(item.unit.text))})
    years = sorted({int(known[:4]) + shift for known in days for shift in (-1, 0, 1)})
    near = [d for y in years if (d := iso_day(y, month, day)) and any(_close(d, k) for k in days)]
    saved = [int(m["year"]) for i in found if (m := COPYRIGHT_YEAR.search(i.unit.text[:300]))]
    if not near and weekday is not None and saved:
        near = [d for y in (max(saved), max(saved) - 1) if (d := iso_day(y, month, day))]
    fitting = [d for d in near if weekday in (None, date.fromisoformat(d).weekday())]
    return fitting[0] if len(fitting) == 1 else None


def _close(day: str, other: str) -> bool:
    return abs((date.fromisoformat(day) - date.fromisoformat(other)).days) <= SAME_TIME
