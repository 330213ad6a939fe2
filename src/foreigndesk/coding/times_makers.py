"""How a match of a time rule becomes a reading: the table of all `make`, and calendar dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from foreigndesk.codebook.times import TimeRule
from foreigndesk.coding import times_periods as periods
from foreigndesk.coding import times_relative as relative
from foreigndesk.coding.calendar_grain import Stretch, festival, season
from foreigndesk.coding.times_moment import (
    Moment,
    Reading,
    dated,
    distance,
    narrowed,
    nearest,
    year_of,
    yearless,
)

Maker = Callable[[Moment], Reading | None]


def make(rule: TimeRule, moment: Moment) -> Reading | None:
    """The reading of a match of `rule`, None if it is no date of the calendar."""
    try:
        return MAKERS[rule.make](moment)
    except (ValueError, OverflowError):
        return None


def _numeric(m: Moment) -> Reading:
    day = date(int(m.groups["y"]), int(m.groups["m"]), int(m.groups["d"]))
    return dated(Stretch(day, "day"))


def _date(m: Moment) -> Reading | None:
    year, month, day = m.digits("year"), m.get("month", "mon"), m.digits("day")
    if month is None:
        return None if year is None else narrowed(m, dated(Stretch(date(year, 1, 1), "year")))
    if year is None:
        return yearless(m, month, day)
    grain = str(m.args.get("grain") or ("day" if day else "month"))
    return narrowed(m, dated(Stretch(date(year, month, day or 1), grain)))


def _days(m: Moment) -> Reading | None:
    month = m.get("month", "mon")
    other = m.get("month2", "mon2") or month
    day, end = m.digits("day"), m.digits("day2")
    if month is None or other is None or day is None or end is None:
        return None
    if other == month and end <= day:
        return None
    year = m.digits("year") or m.digits("year2")
    if year is None and m.anchor is None:
        text = f"XXXX-{month:02}-{day:02}/XXXX-{other:02}-{end:02}"
        return Reading("DATE", text, text)
    last = date(year, other, end) if year else nearest(m, other, end)
    first = date(last.year - (other < month), month, day)
    return Reading("DATE", f"{first}/{last}", f"{first}/{last}", Stretch(last, "day"))


def _years(m: Moment) -> Reading | None:
    first, last = m.groups["year"], m.groups["year2"]
    if last <= first:
        return None
    return Reading("DATE", f"{first}/{last}", f"{first}/{last}")


def _months(m: Moment) -> Reading | None:
    month, end = m.get("month"), m.get("month2")
    year = m.digits("year2") or m.digits("year")
    if month is None or end is None:
        return None
    if year is None and m.anchor is None:
        text = f"XXXX-{month:02}/XXXX-{end:02}"
        return Reading("DATE", text, text)
    last = date(year, end, 1) if year else nearest(m, end, None)
    text = f"{last.year - (end < month)}-{month:02}/{last.year}-{end:02}"
    return Reading("DATE", text, text, Stretch(last, "month"))


def _season(m: Moment) -> Reading | None:
    number, year = m.get("season"), m.digits("year")
    return dated(season(number, year)) if number and year else None


def _quarter(m: Moment) -> Reading | None:
    number = int(m.groups.get("q") or m.get("ordinal") or 1)
    year = m.digits("year") or year_of(m)
    if year is None:
        return Reading("DATE", f"XXXX-Q{number}", None)
    return dated(Stretch(date(year, number * 3 - 2, 1), "quarter"))


def _half(m: Moment) -> Reading | None:
    number, year = m.get("ordinal") or 1, m.digits("year") or year_of(m)
    if number > 2:
        return None
    if year is None:
        return Reading("DATE", f"XXXX-H{number}", None)
    return dated(Stretch(date(year, number * 6 - 5, 1), "half"))


def _decade(m: Moment) -> Reading | None:
    year = m.digits("decade")
    if year is None and m.groups.get("short"):
        year = 1900 + (m.digits("short") or 0)
    if year is None:
        year = 1900 + 10 * int(m.book.value("decade", m.groups["word"]) or 0)
    return narrowed(m, dated(Stretch(date(year, 1, 1), "decade")))


def _century(m: Moment) -> Reading:
    word = m.groups["nth"].lower()
    words = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    number = words.get(word) or int(re.sub(r"\D", "", word))
    return dated(Stretch(date((number - 1) * 100, 1, 1), "century"))


def _festival(m: Moment) -> Reading | None:
    rule, year = m.word("festival"), m.digits("year")
    if rule is None:
        return None
    if year is None and m.anchor is None:
        plain = re.fullmatch(r"\d\d-\d\d", rule)
        return Reading(
            "DATE", f"XXXX-{rule}" if plain else "XXXX", (plain and f"XXXX-{rule}") or None
        )
    if year is None:
        year = _festival_year(m, rule)
    return dated(Stretch(festival(rule, year), "day"))


def _festival_year(m: Moment, rule: str) -> int:
    anchor, step = m.anchor or date.min, m.get("which")
    options = [festival(rule, y) for y in range(anchor.year - 1, anchor.year + 2)]
    if step:
        options = [o for o in options if (o <= anchor if step < 0 else o >= anchor)]
        return min(options, key=lambda o: (abs((o - anchor).days), o)).year
    return min(options, key=lambda o: (distance(m, o, anchor), o)).year


MAKERS: dict[str, Maker] = {
    "numeric": _numeric,
    "date": _date,
    "days": _days,
    "years": _years,
    "months": _months,
    "season": _season,
    "whichseason": relative.which_season,
    "quarter": _quarter,
    "half": _half,
    "decade": _decade,
    "century": _century,
    "festival": _festival,
    "shift": relative.by_shift,
    "weekday": relative.by_weekday,
    "weekend": relative.weekend,
    "duration": periods.duration,
    "span": periods.span,
    "whichmonth": relative.which_month,
    "month": relative.bare_month,
    "which": relative.which_unit,
    "ago": relative.ago,
    "later": relative.later,
    "anaphor": relative.anaphor,
    "set": periods.repeated,
    "clock": relative.clock,
    "past": relative.past_reference,
    "reference": relative.reference,
}
