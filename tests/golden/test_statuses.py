"""The status that a report has by its trigger's factuality and by who says so."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.attribution import AttributionReader, attributions_for
from foreigndesk.coding.factuality import FactualityReader
from foreigndesk.coding.reports import status_of
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Status

CASES = yaml.safe_load(Path(__file__).with_name("statuses.yaml").read_text(encoding="utf-8"))
CODEBOOK = open_codebook()
FACTS = FactualityReader(CODEBOOK)
ACTS = AttributionReader(CODEBOOK)


@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_status(text: str, word: str, status: str, parser: SpacyParser) -> None:
    trees = [Tree(sentence) for sentence in parse_text(text, parser)]
    acts = ACTS.read(trees, text)
    tree, token = next((t, k) for t in trees for k in t.tokens if k.text == word)
    about = attributions_for(acts, 0, token.start, token.end)
    about = tuple(act for act in about if token.i not in range(act.cue[0], act.cue[1] + 1))
    assert status_of(FACTS.read(tree, token.i), about, 0) is Status(status)


def test_every_status_has_goldens() -> None:
    assert {status for _, _, status in CASES} == {str(status) for status in Status}
