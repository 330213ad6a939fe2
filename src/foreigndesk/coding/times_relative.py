"""Times that lean on the day of writing or on a time named before."""

from __future__ import annotations

from datetime import date, timedelta

from foreigndesk.coding.calendar_grain import DAYS, Stretch, season, shift
from foreigndesk.coding.times_moment import (
    REFERENCE,
    Moment,
    Reading,
    dated,
    narrowed,
    nearest,
    with_part,
    yearless,
)
from foreigndesk.coding.times_periods import HOURS, amount, period, unit


def by_shift(m: Moment) -> Reading:
    n, grain = int(m.args["n"]), str(m.args["grain"])
    part = str(m.args["part"]) if "part" in m.args else m.word("part")
    if m.anchor is None:
        kind = "TIME" if part else "DATE"
        return Reading(kind, REFERENCE[(n > 0) - (n < 0)])
    return with_part(m, shift(m.anchor, grain, n), part)


def _step(word: str) -> int:
    return {"last": -1, "this past": -1, "next": 1, "this coming": 1}.get(word.lower(), 0)


def by_weekday(m: Moment) -> Reading | None:
    number = m.get("weekday")
    if number is None:
        return None
    part = m.word("part")
    if m.anchor is None:
        return Reading("DATE", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    return with_part(m, weekday(m, m.anchor, number), part)


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


def weekend(m: Moment) -> Reading:
    step = m.get("which")
    if m.anchor is None:
        return Reading("DATE", "XXXX-WXX-WE")
    if step is None:
        step = 0 if m.future or m.anchor.weekday() > 4 else -1
    elif step == 0 and not m.future and m.anchor.weekday() < 4:
        step = 0
    return dated(Stretch(m.anchor + timedelta(days=7 * step), "weekend"))


def which_month(m: Moment) -> Reading | None:
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
    return narrowed(m, dated(Stretch(date(year, month, 1), "month")))


def which_season(m: Moment) -> Reading | None:
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
    return dated(season(number, year))


def bare_month(m: Moment) -> Reading | None:
    month = m.get("month")
    if month is None:
        return None
    if m.anchor is not None and m.groups.get("which"):
        year = m.anchor.year + (m.get("which") or 0)
        return narrowed(m, dated(Stretch(date(year, month, 1), "month")))
    return yearless(m, month, None)


def which_unit(m: Moment) -> Reading | None:
    step, grain = m.get("which") or 0, unit(m)
    if grain == "day":
        return None if step else _shift_day(m, step)
    if grain in ("decade", "century") and step < 0 and "past" in m.groups["which"].lower():
        return Reading("DURATION", period(1, grain))
    if m.anchor is None:
        return Reading("DATE", REFERENCE[step])
    return narrowed(m, dated(Stretch(m.anchor, grain).shifted(step)))


def _shift_day(m: Moment, n: int) -> Reading:
    if m.anchor is None:
        return Reading("DATE", REFERENCE[n])
    return dated(Stretch(shift(m.anchor, "day", n), "day"))


def ago(m: Moment) -> Reading:
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


def later(m: Moment) -> Reading:
    number, grain = amount(m), unit(m)
    sign = 1 if m.groups["way"].lower() == "later" else -1
    if m.last is None or number is None or grain not in (*DAYS, "month", "year"):
        return Reading("DURATION", period(number, grain))
    target = grain if grain != "night" else "day"
    return dated(Stretch(shift(m.last.day, grain, sign * int(number)), target))


def anaphor(m: Moment) -> Reading | None:
    way = (m.groups.get("way") or "").lower()
    n = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}
    step = n.get(way, 0)
    part = m.word("part")
    grain = "day" if part else unit(m)
    if m.last is None or (grain in DAYS and m.last.grain not in DAYS):
        return Reading("DATE", {"day": "XXXX-XX-XX"}.get(grain, "XXXX"))
    return dated(Stretch(m.last.day, grain).shifted(step))


def clock(m: Moment) -> Reading | None:
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


def past_reference(m: Moment) -> Reading:
    return Reading("DATE", "PAST_REF")


def reference(m: Moment) -> Reading:
    return Reading("DATE", str(m.args["value"]))
