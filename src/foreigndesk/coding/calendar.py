"""EDTF dates as intervals of days, the writing time of an undated page, and missing years.

The rule for an undated page: a text speaks of full dates ("September 2023") and of days or months
without a year ("Jan. 15 to 17"). It was written after the latest full date it tells of, and not a
year later, or it would have named the year. So a day or month without a year is the first such
one after that date, and the page was written from then on, at most `RECENT` days later where the
year-less date carries a day. All that rests on this has the basis "inferred".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foreigndesk.model import TimeExpression

RECENT = 31
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEARLESS = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
_DATED = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SEASON = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `earliest` to `latest` (ISO, both included, None if open) of an `edtf`."""

    earliest: str | None
    latest: str | None
    edtf: str | None

    @classmethod
    def of(cls, edtf: str | None) -> Interval:
        """The interval of an EDTF date, empty for None."""
        return cls(*interval(edtf), edtf) if edtf else cls(None, None, None)


def interval(edtf: str) -> tuple[str | None, str | None]:
    """The first and last day (ISO) of an EDTF date or interval; None where open or unknown."""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return interval(first)[0] if first else None, interval(last)[1] if last else None
    text = edtf.strip().rstrip("?~%").split("T")[0]
    try:
        return _bounds(text)
    except ValueError:
        return None, None


def _bounds(text: str) -> tuple[str | None, str | None]:
    parts = text.split("-")
    if len(parts[0]) != 4 or not parts[0][:2].isdigit():
        return None, None
    low, high = int(parts[0].replace("X", "0")), int(parts[0].replace("X", "9"))
    if len(parts) == 1 or not parts[1].isdigit():
        return f"{low:04}-01-01", f"{high:04}-12-31"
    first, last = _month_bounds(low, int(parts[1]))
    if len(parts) == 3 and parts[2].isdigit():
        first = last = date(first.year, first.month, int(parts[2]))
    return first.isoformat(), last.isoformat()


def _month_bounds(year: int, month: int) -> tuple[date, date]:
    """The days of a month 1 to 12, a season 21 to 24, a quarter 33 to 36 or a half 40, 41.

    Winter runs from December of its year to the next February.
    """
    first, months = month, 1
    if month in _SEASON:
        first, months = _SEASON[month], 3
    elif 33 <= month <= 36:
        first, months = (month - 33) * 3 + 1, 3
    elif month in (40, 41):
        first, months = (month - 40) * 6 + 1, 6
    over, last = divmod(first + months - 2, 12)
    end = calendar.monthrange(year + over, last + 1)[1]
    return date(year, first, 1), date(year + over, last + 1, end)


def is_day(edtf: str | None) -> bool:
    """Whether an EDTF date is one full day."""
    return edtf is not None and _DAY.fullmatch(edtf) is not None


def has_year(text: str) -> bool:
    """Whether the words of a time expression name its year."""
    return _DATED.search(text) is not None


def is_yearless(edtf: str | None) -> bool:
    """Whether an EDTF date has a month but no year ("XXXX-01-15")."""
    return edtf is not None and edtf.startswith("XXXX-")


def infer_writing_time(times: tuple[TimeExpression, ...], published: str | None) -> str | None:
    """The EDTF interval in which a text was written; None if nothing tells.

    `published`, where known, is the answer itself. Otherwise the rule at the head of this file;
    a text without any year-less date gives an open interval that begins with its latest date.
    """
    if published:
        return published
    latest = _latest_full(times)
    if latest is None:
        return None
    known = _known(times)
    loose = [t for t in times if is_yearless(t.edtf) and not _is_same_month(t, known)]
    ends = [e for t in loose if (e := _first_after(t, latest))]
    if not ends:
        return f"{latest}/.."
    last = max(ends)
    return f"{last}/{date.fromisoformat(last) + timedelta(days=RECENT)}"


def resolve_years(
    times: tuple[TimeExpression, ...], written: str | None = None
) -> tuple[TimeExpression, ...]:
    """`times` with missing years filled in, as far as the text or `written` tells (EDTF).

    First another expression of the text with the same month and a year ("in September" beside
    "September 2023"), then the first such date after the latest full one; with a known day,
    month or year of writing the last such date before its end.
    """
    known = _known(times)
    latest = _latest_full(times)
    return tuple(_filled(t, known, latest, written) if is_yearless(t.edtf) else t for t in times)


def _known(times: tuple[TimeExpression, ...]) -> dict[str, str]:
    """The months that the text names with their year: "09" to "2023-09"."""
    edtfs = [t.edtf for t in times if t.edtf and has_year(t.text)]
    return {e[5:7]: e for e in edtfs if re.match(r"\d{4}-(?:0[1-9]|1[0-2])", e)}


def _is_same_month(time: TimeExpression, known: dict[str, str]) -> bool:
    """Whether a bare month without a year ("in September") is one that the text has dated."""
    return time.edtf is not None and len(time.edtf) == 7 and time.edtf[5:7] in known


def _filled(
    time: TimeExpression, known: dict[str, str], latest: str | None, written: str | None
) -> TimeExpression:
    assert time.edtf is not None  # the caller asked is_yearless
    year = known[time.edtf[5:7]][:4] if _is_same_month(time, known) else None
    end = interval(written)[1] if written and "/" not in written else None
    if year is None and end:
        year = _year_before(time.edtf, end)
    elif year is None and latest:
        first = _first_after(time, latest, last=False)
        year = first[:4] if first else None
    if year is None:
        return time
    return replace(time, value=_with(time.value, year), edtf=_with(time.edtf, year))


def _with(edtf: str, year: str) -> str:
    first, slash, last = edtf.partition("/")
    begin = first.replace("XXXX", year)
    if not slash:
        return begin
    end = last.replace("XXXX", year)
    return f"{begin}/{end if end >= begin else last.replace('XXXX', str(int(year) + 1))}"


def _year_before(edtf: str, written: str) -> str:
    year = int(written[:4])
    first = interval(_with(edtf, str(year)))[0]
    return str(year if first is None or first <= written else year - 1)


def _latest_full(times: tuple[TimeExpression, ...]) -> str | None:
    """The last day of the latest date that is named with its year and is no bare year or plan."""
    ends = [
        interval(t.edtf)[1]
        for t in times
        if t.edtf and t.type == "DATE" and has_year(t.text) and not is_yearless(t.edtf)
    ]
    starts = [_start_or_end(t) for t in times if t.edtf and t.type == "DATE" and has_year(t.text)]
    found = sorted(day for day in starts if day) or sorted(day for day in ends if day)
    return found[-1] if found else None


def _start_or_end(time: TimeExpression) -> str | None:
    """The end of a day or month; the start of a bare year or more, of which little may be over."""
    first, last = interval(time.edtf or "")
    return last if first and last and first[:7] == last[:7] else first


def _first_after(time: TimeExpression, after: str, last: bool = True) -> str | None:
    for year in range(int(after[:4]), int(after[:4]) + 2):
        bounds = interval(_with(time.edtf or "", str(year)))
        if bounds[0] and bounds[0] > after:
            return bounds[1] if last else bounds[0]
    return None
