"""When an article was published, and how that is known. Never today's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from foreigndesk.intake.weights import Judged
from foreigndesk.model import Document, Published
from foreigndesk.model import SegmentKind as Kind

_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTHS = {name: number for number, name in enumerate(_NAMES.split("|"), 1)}
_MONTH = rf"(?P<month>{_NAMES})[a-z]{{0,6}}\.?"
_YEAR = r"(?P<year>\d{4})(?!\d(?!\d?:\d\d))"
"""A year with no digit behind, but for an hour that a scraper glued to it ("20195:45 AM")."""
ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-?(?P<m>\d\d)-?(?P<d>\d\d)(?!\d)")
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"(?<![a-z]){_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
    re.IGNORECASE,
)
SLASHED = re.compile(r"(?<!\d)(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<year>\d{4})(?!\d)")
MONTH_ONLY = re.compile(
    rf"(?:(?:published|posted|updated|issue|vol[^|]{{1,20}})[:,]? )?{_MONTH},? {_YEAR}(?: issue)?",
    re.IGNORECASE,
)
SHORT_YEAR = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{2})(?![\d/])(?P<us>[ ,|]+(?:at )?"
    r"\d{1,2}:\d\d ?[ap]\.?m)?",
    re.IGNORECASE,
)
"""A year of two digits; with an hour of am or pm the month stands first, as Americans write."""
YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})(?!\d)")
ADDRESS_DAY = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{1,2}|[a-z]{3})[/-](?P<d>\d{1,2})(?=/|$|[-_])", re.I
)
ADDRESS_LOOSE = re.compile(r"(?<!\d)(?P<y>20\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d)(?!\d)")
ADDRESS_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>[01]\d)(?=/)")
_M = rf"(?:{_NAMES})[a-z]{{0,6}}\.?"
_NAMED_DAY = rf"(?:(?P<m1>{_M}) (?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{_M}))(?!\d)"
DAY_ONLY = re.compile(_NAMED_DAY, re.IGNORECASE)
DATELINE = re.compile(r"[A-Z]{3}[A-Z .’'-]{0,40}[^—–\n]{0,60}?(?:[—–]| --? )")
PLACE_AND_DAY = re.compile(r"(?:[A-Z][\w.’'-]+[, ]+){1,4}\d{1,2} [A-Z][a-z]+,? \d{4}[.:]")
"""A dateline without a dash: "Pyongyang, 12 November 2024." """
AGENCY = re.compile(
    rf"(?:[A-Z][\w.’'-]+[, ]+){{1,4}}{_NAMED_DAY}[ ,]*\([A-Z][\w .-]{{1,20}}\) ?[—–-]",
    re.IGNORECASE,
)
"""A dateline with its agency and no capitals: "Pyongyang, October 5 (KCNA) --"."""
SAVED_LATER = 31
"""Days after its dateline from which a page's metadata are taken for the day of saving."""
STATED = re.compile(r"\b(?:published|updated|posted|created|issued|modified|date)\b", re.I)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d ?[ap]\.?m\b", re.I)
WEEKDAY = re.compile(r"\A\W*(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b", re.I)
EDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:[~?%])?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?\Z")


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


def edtf(value: str) -> str | None:
    """A date as given, as EDTF: kept if it is EDTF, else the day it names; None if it is none."""
    value = value.strip()
    return value if EDTF.match(value) else first_day(value)


def first_day(text: str) -> str | None:
    """The first day that `text` names, as ISO day; day and month in doubt give None."""
    hits = [
        (match.start(), day)
        for pattern, read in _PATTERNS
        if (match := pattern.search(text[:300])) and (day := read(match))
    ]
    return min(hits)[1] if hits else None


def address_day(url: str | None) -> str | None:
    """The day or month in an address's path, None if it has none."""
    if not url:
        return None
    path = url.split("?")[0]
    match = ADDRESS_DAY.search(path) or ADDRESS_LOOSE.search(path)
    if match:
        month = MONTHS.get(match["m"].lower()) or (int(match["m"]) if match["m"].isdigit() else 0)
        if day := _iso(int(match["y"]), month, int(match["d"])):
            return day
    month_only = ADDRESS_MONTH.search(path)
    if month_only and 1 <= int(month_only["m"]) <= 12:
        return f"{month_only['y']}-{month_only['m']}"
    return None


def _printed(head: Head) -> Published:
    """The date of a date line or byline around the article."""
    first = head.title if head.title is not None else head.body[0]
    hits: list[tuple[int, int, str, str]] = []
    for place in range(max(0, first - 6), min(head.body[0] + 3, len(head.found))):
        item = head.found[place]
        if item.mark is None or item.mark.kind not in (Kind.DATE, Kind.BYLINE):
            continue
        credit = item.mark.kind is Kind.BYLINE and place > head.body[0]  # of a quote or a picture
        day = None if credit else first_day(item.unit.text)
        if day is None or (place < first and not _trusted(item, place, first)):
            continue
        basis = "byline" if item.mark.kind is Kind.BYLINE or _by_near(head, place) else "head"
        updated = "updated" in item.unit.text.lower() and "publish" not in item.unit.text.lower()
        hits.append((int(updated), place if place >= first else 1000 - place, day, basis))
    if not hits:
        if day := _dateline_day(head) or _dateline_year(head):
            return Published(day, "dateline")
        month = _printed_month(head, first)
        return Published(month, "head" if month else None)
    _, _, day, basis = min(hits)
    return Published(day, basis)


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


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _named(match: re.Match[str]) -> str | None:
    return _iso(int(match["year"]), MONTHS[match["month"].lower()[:3]], int(match["day"]))


def _numbered(match: re.Match[str]) -> str | None:
    return _iso(int(match["y"]), int(match["m"]), int(match["d"]))


def _slashed(match: re.Match[str]) -> str | None:
    """Day and month told apart where one is over 12 or both are equal."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if a > 12 or a == b:
        return _iso(year, b, a)
    return _iso(year, a, b) if b > 12 else None


def _short_year(match: re.Match[str]) -> str | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    year += 1900 if year > 69 else 2000
    if match["us"] and a <= 12:
        return _iso(year, a, b)
    if a > 12 or a == b:
        return _iso(year, b, a)
    return _iso(year, a, b) if b > 12 else None


_PATTERNS = (
    (ISO, _numbered),
    (YEAR_FIRST, _numbered),
    (DAY_FIRST, _named),
    (MONTH_FIRST, _named),
    (SLASHED, _slashed),
    (SHORT_YEAR, _short_year),
)
