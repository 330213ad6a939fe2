"""The numbers of a Report by their unit: people, and amounts as they stand in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from foreigndesk.model import Report

PEOPLE = ("dead", "injured", "arrested")
_AMOUNT = re.compile(r"^(?:(\d[\d,]*(?:\.\d+)?)|([a-z]+(?:-[a-z]+)?)) (?:\S+ )*?([^\W\d]+)$", re.I)
_TIMES = frozenset(["hours", "days", "weeks", "months", "years"])
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
_TEENS += ["eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def counts(report: Report) -> dict[str, list[tuple[float, str]]]:
    """By unit ("dead", "votes") each number of a report and its words.

    A length of time ("nine months") is no amount, nor is a number word up to ten ("two sides").
    """
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for unit, number, words in _numbers(report):
        found[unit].append((number, words))
    return found


def _numbers(report: Report) -> Iterator[tuple[str, float, str]]:
    for kind in PEOPLE:
        people: int | None = getattr(report.quantities, kind)
        if people is not None:
            yield kind, people, f"{people} {kind}"
    for span in report.quantities.other:
        match = _AMOUNT.match(span.text)
        if match is not None and match[3].casefold() not in _TIMES:
            number = value(match[1], match[2])
            if number is not None:
                yield match[3].casefold(), number, span.text


def value(figures: str | None, word: str | None) -> float | None:
    """A number in figures, or in words from eleven to ninety-nine; None for another word."""
    if figures is not None:
        return float(figures.replace(",", ""))
    tens, _, unit = (word or "").casefold().partition("-")
    if tens in _TEENS and not unit:
        return float(_TEENS.index(tens) + 11)
    if tens not in _TENS or (unit and unit not in _ONES):
        return None
    return 20.0 + 10 * _TENS.index(tens) + (_ONES.index(unit) + 1 if unit else 0)
