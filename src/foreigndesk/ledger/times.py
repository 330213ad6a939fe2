"""Days as whole numbers (proleptic Gregorian ordinals), and intervals of them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

_PART = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


@dataclass(frozen=True, slots=True)
class Interval:
    """From the day `earliest` to the day `latest`, both within it; None: open on that side.

    `days`: how many it spans, None if it is open; `known`: whether a side is bounded.
    """

    earliest: int | None
    latest: int | None
    days: int | None = field(init=False, compare=False)
    known: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        first, last = self.earliest, self.latest
        days = None if first is None or last is None else last - first + 1
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "known", first is not None or last is not None)


UNKNOWN = Interval(None, None)


def ordinal(day: str | None) -> int | None:
    """An ISO day (YYYY-MM-DD) as a number; None for None and for what is no such day."""
    if day is None:
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def iso(day: int | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return None if day is None else date.fromordinal(day).isoformat()


@lru_cache(maxsize=50_000)
def between(earliest: str | None, latest: str | None) -> Interval:
    """The interval between two ISO days."""
    return Interval(ordinal(earliest), ordinal(latest))


@lru_cache(maxsize=50_000)
def bounds(edtf: str | None) -> Interval:
    """The interval of an EDTF day, month, year or interval of these; what is else is unknown."""
    if not edtf:
        return UNKNOWN
    first, slash, last = edtf.partition("/")
    if not slash:
        last = first
    return Interval(_bound(first, 0), _bound(last, 1))


def greatest(one: int | None, other: int | None) -> int | None:
    """The later of two days; the known one if one is unknown."""
    return other if one is None else one if other is None else max(one, other)


def least(one: int | None, other: int | None) -> int | None:
    """The earlier of two days; the known one if one is unknown."""
    return other if one is None else one if other is None else min(one, other)


def gap(one: Interval, other: Interval) -> int:
    """How many days lie between two intervals at the least; 0 or less if they may share a day.

    An open side counts as lying arbitrarily far off, so that it leaves no gap.
    """
    after = before = None
    if one.latest is not None and other.earliest is not None:
        after = other.earliest - one.latest
    if other.latest is not None and one.earliest is not None:
        before = one.earliest - other.latest
    if after is None or before is None:
        return after or before or 0
    return after if after > before else before


def _bound(text: str, side: int) -> int | None:
    match = _PART.match(text.strip().rstrip("?~%"))
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    assert year is not None  # the pattern demands it
    try:
        if month is None:
            return date(year, 12 if side else 1, 31 if side else 1).toordinal()
        if day is None:
            return date(year, month, monthrange(year, month)[1] if side else 1).toordinal()
        return date(year, month, day).toordinal()
    except ValueError:
        return None
