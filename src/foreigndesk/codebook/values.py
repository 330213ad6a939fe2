"""What is asked of single values: that they are among those known, in a range, a date there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from foreigndesk.codebook.faults import near, some

Wrong = tuple[str, str, str, str]
"""Path of the part, what was found, what was expected, what to do."""
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def day(path: str, value: str) -> Iterator[Wrong]:
    """A date must be a day, a month or a year that there is."""
    sound = _DAY.fullmatch(value) is not None
    try:
        date.fromisoformat(value + {4: "-01-01", 7: "-01"}.get(len(value), ""))
    except ValueError:
        sound = False
    if not sound:
        told = "a day, month or year there is: 2023-10-12, 2023-10 or 2023"
        yield path, f"the date {value!r}", told, "Correct it."


def one_of(path: str, what: str, value: str, allowed: Iterable[str]) -> Iterator[Wrong]:
    """A value must be one of those allowed; `what` names it."""
    names = list(allowed)
    if value not in names:
        hint = near(value, names) or "Correct it."
        yield path, f"the {what} {value!r}", f"one of {some(names, 40)}", hint


def within(path: str, value: float, least: float, most: float) -> Iterator[Wrong]:
    """A number must lie within a range, its ends included."""
    if not least <= value <= most:
        yield path, str(value), f"a number from {least} to {most}", "Correct it."
