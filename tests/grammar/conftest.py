"""Parses written by hand: one token a line, `word lemma tag dep head`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Sentence, Token


def written(parse: str) -> Tree:
    """The tree of a parse written down as `word/lemma/TAG/dep/head` tokens."""
    tokens, at = [], 0
    for i, part in enumerate(parse.split()):
        word, lemma, tag, dep, head = part.split("/")
        tokens.append(Token(i, at, at + len(word), word, lemma, tag, dep, int(head)))
        at += len(word) + 1
    return Tree(Sentence(0, at - 1, tuple(tokens)))


@pytest.fixture
def tree() -> Callable[[str], Tree]:
    return written
