"""Publication dates as callers give them."""

from __future__ import annotations

from datetime import date
from typing import Any

from foreigndesk.errors import UsageError


def day_of(given: Any, where: str) -> str | None:
    """A publication date in EDTF; None, NaN, and pandas' NaT and NA are unknown.

    Raises UsageError where it is no date.
    """
    from foreigndesk.intake.days import edtf

    if missing(given):
        return None
    if isinstance(given, date):
        return given.isoformat()[:10]
    day = edtf(given) if isinstance(given, str) else None
    if day is None:
        raise UsageError(
            where, f"the date {given!r}", "a day such as 2024-06-19, or EDTF", "Correct it."
        )
    return day


def missing(value: Any) -> bool:
    """Whether a value of a column is none: None, or what is not equal to itself."""
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError):  # pandas' NA, whose comparisons have no truth
        return True
