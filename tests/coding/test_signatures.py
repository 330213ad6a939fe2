"""Speakers beneath their quotations, and speakers before a colon."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.attribution import load_speech_cues
from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.signatures import Signature, headings, signatures
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.grammar.tree import Tree

CUES = load_speech_cues(open_codebook())
QUOTE = '"We have nothing left, neither bread nor water."'


def signed(text: str, parser: SpacyParser) -> list[Signature]:
    return signatures([Tree(s) for s in parse_text(text, parser)], text, CUES)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_name_on_the_next_line_signs_the_quotation(gap: str, parser: SpacyParser) -> None:
    text = f"{QUOTE}{gap}Rosa Mendez, farmer"
    (found,) = signed(text, parser)
    assert text[found.content.start : found.content.end] == QUOTE
    assert found.line == found.sentence + 1


@pytest.mark.parametrize("line", ["The farmers left.", "a farmer of the valley", "Rosa left"])
def test_other_lines_sign_nothing(line: str, parser: SpacyParser) -> None:
    assert signed(f"{QUOTE}\n{line}", parser) == []


def test_a_quotation_with_other_words_on_its_line_is_not_signed(parser: SpacyParser) -> None:
    assert signed(f"{QUOTE} he said.\nRosa Mendez, farmer", parser) == []


def test_a_speaker_before_a_colon_speaks_the_next_sentence(parser: SpacyParser) -> None:
    text = "Sarkozy: France will not abandon Lebanon"
    trees = [Tree(s) for s in parse_text(text, parser)]
    for found in headings(trees, text, CUES):
        assert text[found.content.start : found.content.end] == "France will not abandon Lebanon"
        assert trees[found.line][found.source].text == "Sarkozy"
    assert len(headings(trees, text, CUES)) == len(trees) - 1
