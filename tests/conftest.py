"""Shared fixtures: the live parser, loaded once."""

from __future__ import annotations

import pytest

from foreigndesk.grammar.spacy_parser import SpacyParser


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The parser that is measured and shipped."""
    return SpacyParser()
