"""Lengths of time and how often: TIMEX3's DURATION and SET."""

from __future__ import annotations

import re

from foreigndesk.coding.times_moment import Moment, Reading

HOURS = {"second": "S", "minute": "M", "hour": "H"}
LONG = {"decade": (10, "Y"), "century": (100, "Y"), "fortnight": (2, "W"), "quarter": (3, "M")}
LETTER = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y", "weekend": "W"}
ADVERBS = {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "hourly": "PT1H"}
ADVERBS |= {"quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y"}
ADVERBS |= {"biweekly": "P2W"}


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


def duration(m: Moment) -> Reading:
    number = amount(m)
    text = m.groups.get("_text", "")
    if number is None and text.endswith("-long") and not m.groups.get("many"):
        number = 1
    if number is not None and (("half" in text and "and" in text) or m.groups.get("whole")):
        number += 0.5
    return Reading("DURATION", period(number, unit(m)))


def span(m: Moment) -> Reading:
    return Reading("DURATION", period(amount(m), unit(m)))


def repeated(m: Moment) -> Reading:
    if word := m.groups.get("adverb"):
        return Reading("SET", ADVERBS[word.lower()])
    if number := m.get("weekday"):
        return Reading("SET", f"XXXX-WXX-{number}")
    if part := m.word("part"):
        return Reading("SET", f"XXXX-XX-XXT{part}")
    if number := m.get("season"):
        return Reading("SET", f"XXXX-{number}")
    return Reading("SET", period(amount(m) or 1, unit(m)))
