"""Days as pages write them, in lines of text and in addresses."""

from __future__ import annotations

import re
from datetime import date

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
NAMED_DAY = rf"(?:(?P<m1>{_M}) (?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{_M}))(?!\d)"
DAY_ONLY = re.compile(NAMED_DAY, re.IGNORECASE)
EDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:[~?%])?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?\Z")
POSTED = re.compile(r"\b(?:published|posted|created|issued|first)\b", re.I)
CHANGED = re.compile(r"\b(?:updated|modified|edited)\b", re.I)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})[a-z]{{0,6}}\b", re.I)


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
        if day := iso_day(int(match["y"]), month, int(match["d"])):
            return day
    month_only = ADDRESS_MONTH.search(path)
    if month_only and 1 <= int(month_only["m"]) <= 12:
        return f"{month_only['y']}-{month_only['m']}"
    return None


def posted_day(text: str) -> str | None:
    """The day on which a line says that the article was posted, else the first day it names.

    "Updated May 5, 2020; posted May 4, 2020" was posted on the fourth.
    """
    posted, changed = POSTED.search(text[:300]), CHANGED.search(text[:300])
    if posted and changed and changed.start() < posted.start():
        return first_day(text[posted.start() :]) or first_day(text)
    return first_day(text)


def day_of_year(text: str) -> tuple[int, int, int | None] | None:
    """Month, day and weekday (0: Monday; None: not said) of a line that names no year."""
    posted = POSTED.search(text[:300])
    part = text[posted.start() if posted else 0 :][:300]
    match = DAY_ONLY.search(part)
    if match is None:
        return None
    month = MONTHS[(match["m1"] or match["m2"]).lower()[:3]]
    said = WEEKDAY.search(part[: match.start()])
    weekday = WEEKDAYS.index(said["weekday"].lower()) if said else None
    return month, int(match["d1"] or match["d2"]), weekday


def iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _named(match: re.Match[str]) -> str | None:
    return iso_day(int(match["year"]), MONTHS[match["month"].lower()[:3]], int(match["day"]))


def _numbered(match: re.Match[str]) -> str | None:
    return iso_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _slashed(match: re.Match[str]) -> str | None:
    """Day and month told apart where one is over 12 or both are equal."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if a > 12 or a == b:
        return iso_day(year, b, a)
    return iso_day(year, a, b) if b > 12 else None


def _short_year(match: re.Match[str]) -> str | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    year += 1900 if year > 69 else 2000
    if match["us"] and a <= 12:
        return iso_day(year, a, b)
    if a > 12 or a == b:
        return iso_day(year, b, a)
    return iso_day(year, a, b) if b > 12 else None


_PATTERNS = (
    (ISO, _numbered),
    (YEAR_FIRST, _numbered),
    (DAY_FIRST, _named),
    (MONTH_FIRST, _named),
    (SLASHED, _slashed),
    (SHORT_YEAR, _short_year),
)
