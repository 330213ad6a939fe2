"""Stretches of the calendar of one grain (a day, a week, ... a century), as TIMEX3 and EDTF."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120}
MONTHS["century"] = 1200
DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}
SEASON = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch of `grain` in which `day` lies; for a season `number` is 21 to 24."""

    day: date
    grain: str
    number: int = 0

    def value(self) -> str:
        """The TIMEX3 value."""
        d = self.day
        if self.grain in ("week", "weekend"):
            year, week, _ = d.isocalendar()
            return f"{year}-W{week:02}" + ("-WE" if self.grain == "weekend" else "")
        if self.grain == "season":
            return f"{d.year}-{SEASON[self.number]}"
        return {
            "month": f"{d.year}-{d.month:02}",
            "quarter": f"{d.year}-Q{(d.month + 2) // 3}",
            "half": f"{d.year}-H{(d.month + 5) // 6}",
            "year": f"{d.year}",
            "decade": f"{d.year // 10}X",
            "century": f"{d.year // 100}XX",
        }.get(self.grain, d.isoformat())

    def edtf(self) -> str:
        """The EDTF: a week and a weekend as an interval of days, a quarter as 33 to 36."""
        d = self.day
        if self.grain in ("week", "weekend"):
            monday = d - timedelta(days=d.weekday())
            first = monday + timedelta(days=5 if self.grain == "weekend" else 0)
            return f"{first}/{monday + timedelta(days=6)}"
        if self.grain == "season":
            return f"{d.year}-{self.number}"
        if self.grain == "quarter":
            return f"{d.year}-{32 + (d.month + 2) // 3}"
        if self.grain == "half":
            return f"{d.year}-{39 + (d.month + 5) // 6}"
        return self.value()

    def shifted(self, n: int) -> Stretch:
        """The stretch of this grain that lies `n` of its length later."""
        return Stretch(shift(self.day, self.grain, n), self.grain, self.number)


def shift(day: date, grain: str, n: int) -> date:
    """`day` moved by `n` of `grain`; the day of the month is cut to the month's length."""
    if grain in DAYS:
        return day + timedelta(days=DAYS[grain] * n)
    months = day.year * 12 + day.month - 1 + MONTHS.get(grain, 0) * n
    year = min(max(months // 12, 1), 9999)
    month = months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def season(number: int, year: int) -> Stretch:
    """The season `number` (21 to 24, spring to winter, northern) of `year`."""
    return Stretch(date(year, (number - 20) * 3, 1), "season", number)


def part_of(stretch: Stretch, part: str) -> str:
    """The EDTF of the early, mid or late part: thirds of a month or a year, 4-3-3 of a decade."""
    d = stretch.day
    if stretch.grain == "month":
        last = calendar.monthrange(d.year, d.month)[1]
        first, end = {"early": (1, 10), "mid": (11, 20)}.get(part, (21, last))
        return f"{d.year}-{d.month:02}-{first:02}/{d.year}-{d.month:02}-{end:02}"
    if stretch.grain == "year":
        low, high = {"early": (1, 4), "mid": (5, 8)}.get(part, (9, 12))
        return f"{d.year}-{low:02}/{d.year}-{high:02}"
    if stretch.grain == "decade":
        base = d.year // 10 * 10
        low, high = {"early": (0, 3), "mid": (4, 6)}.get(part, (7, 9))
        return f"{base + low}/{base + high}"
    return stretch.edtf()


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    g = (8 * b + 13) // 25
    h = (19 * a + b - b // 4 - g + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def festival(rule: str, year: int) -> date:
    """The day of a festival: "12-25", "easter -2" or "11 4 4".

    The numbers are month, weekday, which one (-1: the last) and, if given, days to add.
    """
    words = rule.split()
    if words[0] == "easter":
        return easter(year) + timedelta(days=int(words[1]))
    if len(words) == 1:
        return date.fromisoformat(f"{year:04}-{rule}")
    month, weekday, nth, *more = (int(w) for w in words)
    days = [w[weekday - 1] for w in calendar.monthcalendar(year, month) if w[weekday - 1]]
    found = date(year, month, days[nth - 1 if nth > 0 else nth])
    return found + timedelta(days=sum(more))
