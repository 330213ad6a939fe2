from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.codebook.load import open_codebook
from foreigndesk.codebook.predicates import word_classes
from foreigndesk.coding.quantities import number, quantities
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.grammar.tree import Tree


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,200", 1200),
        ("twelve", 12),
        ("twenty - five", 25),
        ("two million", 2_000_000),
        ("three hundred and five", 305),
        ("1.5 billion", 1_500_000_000),
        ("dozens", None),
        ("", None),
    ],
)
def test_number(words: str, value: int | None) -> None:
    assert number(words.split()) == value


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_with_commas_are_read(value: int) -> None:
    assert number([f"{value:,}"]) == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The blast killed 12 people in Mali.", "dead", 12),
        ("Three soldiers were wounded in Mali.", "injured", 3),
        ("Police in Mali arrested forty students.", "arrested", 40),
        ("Police in Mali met forty students.", "arrested", None),
    ],
)
def test_people_are_counted(text: str, kind: str, value: int | None, parser: SpacyParser) -> None:
    (sentence,) = parse_text(text, parser)
    found = quantities(Tree(sentence), word_classes(open_codebook()), text)
    assert getattr(found, kind) == value


def test_other_amounts_stand_as_they_are(parser: SpacyParser) -> None:
    text = "Mali sent 1,000 containers and $300 million to Chad."
    (sentence,) = parse_text(text, parser)
    found = quantities(Tree(sentence), word_classes(open_codebook()), text)
    assert [span.text for span in found.other] == ["1,000 containers", "$300 million"]
