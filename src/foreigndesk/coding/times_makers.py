"""How a match of a time rule becomes a reading: one small function for each `make`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from foreigndesk.codebook.times import TimeBook, TimeRule
from foreigndesk.coding.calendar_grain import DAYS, Stretch, festival, part_of, shift

HOURS = {"second": "S", "minute": "M", "hour": "H"}
LONG = {"decade": (10, "Y"), "century": (100, "Y"), "fortnight": (2, "W"), "quarter": (3, "M")}
LETTER = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y", "weekend": "W"}
ADVERBS = {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "hourly": "PT1H"}
ADVERBS |= {"quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y"}
ADVERBS |= {"biweekly": "P2W"}
AGAINST, COMING = 12.0, 2.5
REFERENCE = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A TIMEX3 type and value, an EDTF date, and the stretch that later words may lean on."""

    type: str
    value: str
    edtf: str | None = None
    stretch: Stretch | None = None


@dataclass(slots=True)
class Moment:
    """What a reading may lean on.

    `anchor` is the day of writing, None if unknown; `last` the stretch named before; `future`
    whether the words around speak of what is to come (None: they do not tell).
    """

    book: TimeBook
    anchor: date | None
    last: Stretch | None = None
    future: bool | None = None
    groups: dict[str, str] = field(default_factory=dict)
    args: dict[str, int | str] = field(default_factory=dict)

    def get(self, *names: str) -> int | None:
        """The number that the first filled group of `names` stands for."""
        for name in names:
            word = self.groups.get(name)
            if word:
                found = self.book.value(name.rstrip("2"), word)
                return int(found) if found is not None else None
        return None

    def digits(self, name: str) -> int | None:
        """The digits of a group as a number."""
        word = re.sub(r"\D", "", self.groups.get(name) or "")
        return int(word) if word else None

    def word(self, name: str) -> str | None:
        """What a group's word stands for, as text."""
        found = self.groups.get(name)
        value = self.book.value(name, found) if found else None
        return None if value is None else str(value)


Maker = Callable[[Moment], Reading | None]


def make(rule: TimeRule, moment: Moment) -> Reading | None:
    """The reading of a match of `rule`, None if it is no date of the calendar."""
    try:
        return MAKERS[rule.make](moment)
    except (ValueError, OverflowError):
        return None


def dated(stretch: Stretch, kind: str = "DATE") -> Reading:
    """The reading of a stretch of the calendar."""
    return Reading(kind, stretch.value(), stretch.edtf(), stretch)


def _part(moment: Moment, day: date, part: str | None) -> Reading:
    stretch = Stretch(day, "day")
    if part is None:
        return dated(stretch)
    return Reading("TIME", f"{day}T{part}", str(day), stretch)


def _early(moment: Moment, reading: Reading) -> Reading:
    """`reading` narrowed by early, mid or late; the value stays, as in TIMEX3."""
    word = (moment.groups.get("early") or "").lower()
    if not word or reading.stretch is None:
        return reading
    part = "early" if word.startswith(("early", "earlier", "the b", "the s")) else "late"
    part = "mid" if word.startswith("mid") or "middle" in word else part
    return Reading(reading.type, reading.value, part_of(reading.stretch, part), reading.stretch)


def _numeric(m: Moment) -> Reading:
    day = date(int(m.groups["y"]), int(m.groups["m"]), int(m.groups["d"]))
    return dated(Stretch(day, "day"))


def _date(m: Moment) -> Reading | None:
    year, month, day = m.digits("year"), m.get("month", "mon"), m.digits("day")
    if month is None:
        return None if year is None else _early(m, dated(Stretch(date(year, 1, 1), "year")))
    if year is None:
        return _yearless(m, month, day)
    grain = str(m.args.get("grain") or ("day" if day else "month"))
    return _early(m, dated(Stretch(date(year, month, day or 1), grain)))


def _yearless(m: Moment, month: int, day: int | None) -> Reading:
    date(2024, month, day or 1)
    if m.anchor is None:
        text = f"XXXX-{month:02}" + (f"-{day:02}" if day else "")
        return Reading("DATE", text, text)
    grain = str(m.args.get("grain") or ("day" if day else "month"))
    return _early(m, dated(Stretch(nearest(m, month, day), grain)))


def nearest(m: Moment, month: int, day: int | None) -> date:
    """The day or month without a year that lies nearest, against the words' direction if far.

    A date against the direction of the words counts as `AGAINST` times as far; where they do not
    tell, a coming date counts as `COMING` times as far, for news tells mostly of what was.
    """
    anchor = m.anchor or date(1, 1, 1)
    floor = anchor if day else anchor.replace(day=1)
    years = range(anchor.year - 4, anchor.year + 5)
    options = [date(y, month, day or 1) for y in years if _exists(y, month, day)]

    def far(option: date) -> float:
        ahead = option > floor
        weight = COMING if ahead else 1.0
        if m.future is not None and option != floor:
            weight = 1.0 if ahead == m.future else AGAINST
        return abs((option - floor).days) * weight

    return min(options, key=lambda o: (far(o), o))


def _exists(year: int, month: int, day: int | None) -> bool:
    try:
        date(year, month, day or 1)
    except ValueError:
        return False
    return True


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
    return _season_of(number, year) if number and year else None


def _season_of(number: int, year: int) -> Reading:
    return dated(Stretch(date(year, (number - 20) * 3, 1), "season", number))


def _whichseason(m: Moment) -> Reading | None:
    number, step = m.get("season"), _step(m.groups["w"])
    if number is None:
        return None
    if m.anchor is None:
        return Reading("DATE", f"XXXX-{number}", f"XXXX-{number}")
    start = (number - 20) * 3
    year = m.anchor.year
    if step < 0 and start + 2 >= m.anchor.month:
        year -= 1
    if step > 0 and start <= m.anchor.month:
        year += 1
    return _season_of(number, year)


def _quarter(m: Moment) -> Reading | None:
    number = int(m.groups.get("q") or m.get("ordinal") or 1)
    year = m.digits("year") or _year_of(m)
    if year is None:
        return Reading("DATE", f"XXXX-Q{number}", None)
    return dated(Stretch(date(year, number * 3 - 2, 1), "quarter"))


def _half(m: Moment) -> Reading | None:
    number, year = m.get("ordinal") or 1, m.digits("year") or _year_of(m)
    if number > 2:
        return None
    if year is None:
        return Reading("DATE", f"XXXX-H{number}", None)
    return dated(Stretch(date(year, number * 6 - 5, 1), "half"))


def _year_of(m: Moment) -> int | None:
    return m.anchor.year + (m.get("which") or 0) if m.anchor else None


def _decade(m: Moment) -> Reading | None:
    year = m.digits("decade")
    if year is None and m.groups.get("short"):
        year = 1900 + (m.digits("short") or 0)
    if year is None:
        year = 1900 + 10 * int(m.book.value("decade", m.groups["word"]) or 0)
    return _early(m, dated(Stretch(date(year, 1, 1), "decade")))


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
            "DATE", f"XXXX-{rule}" if plain else "XXXX", plain and f"XXXX-{rule}" or None
        )
    if year is None:
        year = _festival_year(m, rule)
    return dated(Stretch(festival(rule, year), "day"))


def _festival_year(m: Moment, rule: str) -> int:
    anchor, step = m.anchor or date.min, m.get("which")
    options = [festival(rule, y) for y in range(anchor.year - 1, anchor.year + 2)]
    if step == -1 or (step is None and m.future is False):
        options = [o for o in options if o <= anchor]
    elif step == 1 or (step is None and m.future is True):
        options = [o for o in options if o >= anchor]
    return min(options, key=lambda o: (abs((o - anchor).days), o)).year


def _shift(m: Moment) -> Reading:
    n, grain = int(m.args["n"]), str(m.args["grain"])
    part = str(m.args["part"]) if "part" in m.args else m.word("part")
    if m.anchor is None:
        kind = "TIME" if part else "DATE"
        return Reading(kind, REFERENCE[(n > 0) - (n < 0)])
    return _part(m, shift(m.anchor, grain, n), part)


def _step(word: str) -> int:
    return {"last": -1, "this past": -1, "next": 1, "this coming": 1}.get(word.lower(), 0)


def _weekday(m: Moment) -> Reading | None:
    number = m.get("weekday")
    if number is None:
        return None
    part = m.word("part")
    if m.anchor is None:
        return Reading("DATE", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    return _part(m, weekday(m, m.anchor, number), part)


def weekday(m: Moment, anchor: date, number: int) -> date:
    """The day that a weekday's name means: the last one, today's, or the next if things to come."""
    which = m.get("which") if m.groups.get("which") else None
    words = (m.groups.get("which") or "").lower()
    if m.groups.get("weekday") and which is not None and m.groups.get("_text", "").endswith("week"):
        monday = anchor - timedelta(days=anchor.weekday())
        return monday + timedelta(days=7 * which + number - 1)
    back = (anchor.isoweekday() - number) % 7
    if "weeks" in m.args:
        return anchor + timedelta(
            days=7 * int(m.args["weeks"]) + (number - anchor.isoweekday()) % 7
        )
    if which == 1 or (which in (None, 0) and m.future is True and "past" not in words):
        ahead = (number - anchor.isoweekday()) % 7
        return anchor + timedelta(days=ahead or (7 if which == 1 else 0))
    return anchor - timedelta(days=back or (7 if which == -1 else 0))


def _weekend(m: Moment) -> Reading:
    step = m.get("which")
    if m.anchor is None:
        return Reading("DATE", "XXXX-WXX-WE")
    if step is None:
        step = 0 if m.future or m.anchor.weekday() > 4 else -1
    elif step == 0 and not m.future and m.anchor.weekday() < 4:
        step = 0
    return dated(Stretch(m.anchor + timedelta(days=7 * step), "weekend"))


def amount(m: Moment) -> int | float | None:
    """The number of units, None for an unknown few."""
    word = (m.groups.get("number") or m.groups.get("whole") or "").lower().replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return float(word) if "." in word else int(word)
    if word.startswith("half a") and not word.endswith("dozen"):
        return 0.5
    if found := m.book.value("count", word):
        return int(found)
    parts = [m.book.value("count", w) for w in re.split(r"[\s-]+", word)]
    return sum(int(p or 0) for p in parts) if parts and all(parts) else None


def unit(m: Moment) -> str:
    """The grain that the words name."""
    for name in ("units", "many", "unit"):
        if word := m.groups.get(name):
            return str(m.book.value("units", word))
    word = m.groups.get("one") or m.groups.get("bare") or m.groups.get("_text", "").split("-")[0]
    return str(m.book.value("units", word) or "day")


def period(number: int | float | None, grain: str) -> str:
    """The TIMEX3 value of a duration: P3D, PT16H, PXY for an unknown number."""
    if grain in HOURS:
        return _clock_period(number, grain)
    times, letter = LONG.get(grain, (1, LETTER.get(grain, "D")))
    if number is None:
        return f"PX{letter}"
    if number == int(number):
        return f"P{int(number * times)}{letter}"
    return f"P{int(number * 12)}M" if letter == "Y" else f"P{number * times:g}{letter}"


def _clock_period(number: int | float | None, grain: str) -> str:
    if number is None:
        return f"PTX{HOURS[grain]}"
    if number == int(number):
        return f"PT{int(number)}{HOURS[grain]}"
    smaller = {"hour": "minute", "minute": "second"}.get(grain, grain)
    rest = int(number % 1 * 60)
    whole = f"{int(number)}{HOURS[grain]}" if number >= 1 else ""
    return f"PT{whole}{rest}{HOURS[smaller]}"


def _duration(m: Moment) -> Reading:
    number = amount(m)
    text = m.groups.get("_text", "")
    if number is None and text.endswith("-long") and not m.groups.get("many"):
        number = 1
    if number is not None and ("half" in text and "and" in text or m.groups.get("whole")):
        number += 0.5
    return Reading("DURATION", period(number, unit(m)))


def _span(m: Moment) -> Reading:
    return Reading("DURATION", period(amount(m), unit(m)))


def _whichmonth(m: Moment) -> Reading | None:
    month, step = m.get("month"), _step(m.groups["w"])
    if month is None:
        return None
    if m.anchor is None:
        return Reading("DATE", f"XXXX-{month:02}", f"XXXX-{month:02}")
    year = m.anchor.year
    if step < 0 and month >= m.anchor.month:
        year -= 1
    if step > 0 and month <= m.anchor.month:
        year += 1
    return _early(m, dated(Stretch(date(year, month, 1), "month")))


def _month(m: Moment) -> Reading | None:
    month = m.get("month")
    if month is None:
        return None
    if m.anchor is not None and m.groups.get("which"):
        year = m.anchor.year + (m.get("which") or 0)
        return _early(m, dated(Stretch(date(year, month, 1), "month")))
    return _yearless(m, month, None)


def _which(m: Moment) -> Reading | None:
    step, grain = m.get("which") or 0, unit(m)
    if grain == "day":
        return None if step else _shift_day(m, step)
    if grain in ("decade", "century") and step < 0 and "past" in m.groups["which"].lower():
        return Reading("DURATION", period(1, grain))
    if m.anchor is None:
        return Reading("DATE", REFERENCE[step])
    return _early(m, dated(Stretch(m.anchor, grain).shifted(step)))


def _shift_day(m: Moment, n: int) -> Reading:
    if m.anchor is None:
        return Reading("DATE", REFERENCE[n])
    return dated(Stretch(shift(m.anchor, "day", n), "day"))


def _ago(m: Moment) -> Reading:
    sign = int(m.args.get("sign", -1))
    number, grain = amount(m), unit(m)
    if m.anchor is None or number is None or grain in HOURS:
        kind = "TIME" if grain in HOURS else "DATE"
        return Reading(kind, REFERENCE[sign])
    whole = {"decade": "year", "century": "year", "night": "day", "weekend": "week"}
    if number != int(number):
        number, grain = {"year": (number * 12, "month")}.get(grain, (number, grain))
    day = shift(m.anchor, grain, sign * int(number))
    return dated(Stretch(day, "week" if grain == "fortnight" else whole.get(grain, grain)))


def _later(m: Moment) -> Reading:
    number, grain = amount(m), unit(m)
    sign = 1 if m.groups["way"].lower() == "later" else -1
    if m.last is None or number is None or grain not in (*DAYS, "month", "year"):
        return Reading("DURATION", period(number, grain))
    target = grain if grain != "night" else "day"
    return dated(Stretch(shift(m.last.day, grain, sign * int(number)), target))


def _anaphor(m: Moment) -> Reading | None:
    way = (m.groups.get("way") or "").lower()
    n = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}
    step = n.get(way, 0)
    part = m.word("part")
    grain = "day" if part else unit(m)
    if m.last is None or (grain in DAYS and m.last.grain not in DAYS):
        return Reading("DATE", {"day": "XXXX-XX-XX"}.get(grain, "XXXX"))
    return dated(Stretch(m.last.day, grain).shifted(step))


def _set(m: Moment) -> Reading:
    if word := m.groups.get("adverb"):
        return Reading("SET", ADVERBS[word.lower()])
    if number := m.get("weekday"):
        return Reading("SET", f"XXXX-WXX-{number}")
    if part := m.word("part"):
        return Reading("SET", f"XXXX-XX-XXT{part}")
    if number := m.get("season"):
        return Reading("SET", f"XXXX-{number}")
    return Reading("SET", period(amount(m) or 1, unit(m)))


def _clock(m: Moment) -> Reading | None:
    hour, minute = m.digits("hour") or 0, m.digits("minute") or 0
    if half := m.groups.get("half"):
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    if noon := m.groups.get("noon"):
        hour = 24 if noon.lower() == "midnight" else 12
    day = _clock_day(m)
    clock = f"T{hour:02}:{minute:02}"
    if day is None:
        return Reading("TIME", f"XXXX-XX-XX{clock}")
    return Reading("TIME", f"{day}{clock}", str(day), Stretch(day, "day"))


def _clock_day(m: Moment) -> date | None:
    if (month := m.get("month", "mon")) and (day := m.digits("day")):
        year = m.digits("year")
        if year is None and m.anchor is None:
            return None
        return date(year, month, day) if year else nearest(m, month, day)
    if m.anchor is None:
        return m.last.day if m.last and m.last.grain == "day" else None
    if number := m.get("weekday", "weekday2"):
        return weekday(m, m.anchor, number)
    step = {"yesterday": -1, "tomorrow": 1}.get((m.groups.get("today") or "").lower(), 0)
    if step == 0 and not m.groups.get("today") and m.last and m.last.grain == "day":
        return m.last.day
    return m.anchor + timedelta(days=step)


def _past(m: Moment) -> Reading:
    return Reading("DATE", "PAST_REF")


def _reference(m: Moment) -> Reading:
    return Reading("DATE", str(m.args["value"]))


MAKERS: dict[str, Maker] = {
    "numeric": _numeric, "date": _date, "days": _days, "years": _years, "months": _months,
    "season": _season, "whichseason": _whichseason, "quarter": _quarter, "half": _half,
    "decade": _decade, "century": _century, "festival": _festival, "shift": _shift,
    "weekday": _weekday, "weekend": _weekend, "duration": _duration, "span": _span,
    "whichmonth": _whichmonth, "month": _month, "which": _which, "ago": _ago, "later": _later,
    "anaphor": _anaphor, "set": _set, "clock": _clock, "past": _past, "reference": _reference,
}  # fmt: skip
