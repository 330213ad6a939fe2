"""Our values beside those of Microsoft's recognizers-text, where it is installed.

    pip install recognizers-text-suite "emoji<2"

Both read the same expressions on the same day. Where they differ, the reason stands here; a
difference that is gone or new fails the test.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.calendar import interval
from foreigndesk.coding.times import TimeReader

oracle = pytest.importorskip("recognizers_date_time", reason="recognizers-text is not installed")

WRITTEN = date(2024, 7, 19)
READER = TimeReader(open_codebook())

SAME = [
    "on 15 January 2024",
    "on January 15, 2024",
    "on Jan. 15, 2024",
    "on the 3rd of March 2021",
    "on 2023-09-13",
    "in September 2023",
    "in 2019",
    "yesterday",
    "today",
    "tomorrow",
    "the day before yesterday",
    "the day after tomorrow",
    "on Tuesday",
    "on Wednesday",
    "last week",
    "this week",
    "next week",
    "last month",
    "next month",
    "this month",
    "last year",
    "this year",
    "next year",
    "in the third quarter of 2023",
    "in Q3 2023",
    "in the first half of 2023",
    "three days ago",
    "on May 9",
    "in March",
    "Friday, 19 July 2024",
    "last weekend",
    "next weekend",
    "in February 2022",
    "on 24 February 2022",
]

DIFFERENT = {
    "last Monday": "in news the Monday just past, not that of the week before",
    "in the 1990s": "the oracle gives no days for decades",
    "on Christmas Day 2022": "the oracle finds two expressions",
    "from March to June 2023": "the oracle finds two expressions",
    "two years ago": "in news a year, not the very day",
    "six months ago": "in news a month, not the very day",
    "two weeks ago": "in news a week, not the very day",
    "from Jan. 15 to 17, 2024": "the oracle breaks the span at the abbreviated month's dot",
    "this spring": "the oracle leaves seasons unresolved",
    "in spring 2023": "the oracle leaves seasons unresolved",
    "in early 2024": "EDTF has no thirds of a year; ours is the first four months",
    "in late September 2023": "ours is the last ten days, the oracle's the second half",
    "between 1992 and 1995": "ours ends with the year, the oracle before it begins",
    "from 2014 to 2018": "ours ends with the year, the oracle before it begins",
}


def ours(text: str) -> tuple[str | None, str | None] | None:
    found = READER.read(text, WRITTEN.isoformat())
    return interval(found[0].edtf) if len(found) == 1 and found[0].edtf else None


def theirs(text: str) -> set[tuple[str, str]]:
    noon = datetime(WRITTEN.year, WRITTEN.month, WRITTEN.day, 12)
    found = oracle.recognize_datetime(text, "en-us", reference=noon)
    values = found[0].resolution["values"] if len(found) == 1 and found[0].resolution else []
    return {bounds for value in values if (bounds := _bounds(value))}


def _bounds(value: dict[str, Any]) -> tuple[str, str] | None:
    if "start" in value and "end" in value:
        last = date.fromisoformat(value["end"][:10]) - timedelta(days=1)
        return value["start"][:10], last.isoformat()
    day = str(value.get("value", ""))[:10]
    return (day, day) if day[:4].isdigit() else None


@pytest.mark.parametrize("text", SAME)
def test_agrees_with_the_oracle(text: str) -> None:
    assert ours(text) in theirs(text)


@pytest.mark.parametrize("text", sorted(DIFFERENT))
def test_differs_for_the_reason_given(text: str) -> None:
    assert ours(text) is not None
    assert ours(text) not in theirs(text), DIFFERENT[text]
