"""Parses remembered: the same again, no more of them than allowed."""

from __future__ import annotations

from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.parsed import Parsed
from foreigndesk.grammar.spacy_parser import SpacyParser

TEXT = "Norway urged Mali to free the crew. “It won\u2019t,” said the café\u2019s owner 𝔸 in Oslo."


def test_what_was_packed_is_what_was_parsed(parser: SpacyParser) -> None:
    fresh = parse_text(TEXT, parser)
    small = SpacyParser()
    small.parsed = Parsed(recent=1)
    first = parse_text(TEXT, small)
    parse_text("Mali refused.", small)  # packs the paragraph before
    assert parse_text(TEXT, small) == first == fresh
    assert small.parsed.held[1] > 0


def test_no_more_is_remembered_than_allowed() -> None:
    parser = SpacyParser()
    parser.parsed = Parsed(recent=60, packed=2_000)
    for number in range(12):
        parse_text(f"Norway urged Mali to free {number} crews.", parser)
    assert sum(map(len, parser.parsed._recent)) == parser.parsed.held[0] <= 60
    assert sum(map(len, parser.parsed._packed.values())) == parser.parsed.held[1] <= 2_000
    assert len(parser.parsed._packed) > 2
    assert parser.parsed.get("Norway urged Mali to free 0 crews.") is None


def test_nothing_is_remembered_where_that_is_wanted() -> None:
    parsed = Parsed(recent=0, packed=0)
    parsed.keep("One.", ())
    parsed.keep("Two.", ())
    assert parsed.get("One.") is None
