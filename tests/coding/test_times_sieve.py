"""The sieve before a slow pattern never changes what the pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.times import TimeReader
from foreigndesk.coding.times_sieve import Sieve, plainer

PATTERNS = (
    r"(?<!\w)(?:(?-i:May|March)|soon|\d{4})\b",
    r"(?:on )?(?-i:Mon|Sun)(?!\s+(?-i:[A-Z]))\S*",
    r"(?P<day>today|to\Sday)(?![a-z(])",
)
WORDS = (
    "May",
    "may",
    "MARCH",
    "soon",
    "2024",
    "Mon",
    "mon",
    "Sun Yat",
    "sun (",
    "Today",
    "İ",
    "ſoon",
)


@given(
    text=st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    pattern=st.sampled_from(PATTERNS),
)
def test_the_same_matches(text: str, pattern: str) -> None:
    slow = re.compile(pattern, re.IGNORECASE)
    found = Sieve(slow).finditer(text, text.lower())
    plain = text.replace("ſ", "s")  # a letter that no news text has
    if plain == text:
        assert [m.span() for m in found] == [m.span() for m in slow.finditer(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met on Monday, 3 March 2024, and may march in May.",
        "MONDAY'S TALKS ENDED AT 10:30 P.M.; Sun Yat-sen met them two days ago.",
        "İstanbul hosted them yesterday.",
    ],
)
def test_the_time_grammar_through_the_sieve(text: str) -> None:
    reader = TimeReader(open_codebook())
    sieve = reader._starts
    assert [m.span() for m in sieve.finditer(text, text.lower())] == [
        m.span() for m in sieve.pattern.finditer(text)
    ]
    low = text.lower()
    for at in range(len(text)):
        slow, quick = reader._master.pattern.match(text, at), reader._master.match(text, low, at)
        assert (quick and quick.span()) == (slow and slow.span())


def test_what_only_forbids_is_left_out() -> None:
    assert plainer(r"(?P<x>Sun)(?!\s+(?-i:[A-Z]))(?!\w)\S") == r"(?:sun)(?!\w)\S"
