"""Sentences no longer than any sentence is.

A page without a full stop (a list, a table, a broken export) parses as one sentence of many
thousand words. What walks trees costs more than in proportion to their size, and no report spans
so many words, so such a sentence is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from foreigndesk.model import Segment, Sentence, Token

LONGEST = 250
"""Tokens; the longest sentences of news have some 120."""
_END = re.compile(r"[.!?][\"'”’)]*\s")


def bounded(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences in order, those of more than `LONGEST` tokens in pieces of that many."""
    return [piece for sentence in sentences for piece in _pieces(sentence)]


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    if len(sentence.tokens) <= LONGEST:
        yield sentence
        return
    for first in range(0, len(sentence.tokens), LONGEST):
        tokens = _rooted(sentence.tokens[first : first + LONGEST], first)
        yield replace(sentence, start=tokens[0].start, end=tokens[-1].end, tokens=tokens)


def _rooted(tokens: tuple[Token, ...], first: int) -> tuple[Token, ...]:
    """Tokens counted from 0 beneath one root, the first whose governor is not among them."""
    inside = range(first, first + len(tokens))
    loose = [t.i for t in tokens if t.head not in inside or t.head == t.i]
    root = loose[0] if loose else tokens[0].i
    return tuple(_moved(t, first, root, t.i in loose or t.i == root) for t in tokens)


def _moved(token: Token, first: int, root: int, loose: bool) -> Token:
    if token.i == root:
        return replace(token, i=token.i - first, head=root - first, dep="ROOT")
    if loose:
        return replace(token, i=token.i - first, head=root - first, dep="dep")
    return replace(token, i=token.i - first, head=token.head - first)


def endless(text: str, segments: Iterable[Segment], most: int) -> int | None:
    """Where a kept segment runs on for more than `most` characters without a sentence's end.

    None if none does. Such a page is no prose: a dump, a list of words, a broken export.
    """
    for segment in segments:
        if segment.kept and segment.end - segment.start > most:
            ends = [m.end() for m in _END.finditer(text, segment.start, segment.end)]
            bounds = [segment.start, *ends, segment.end]
            for one, other in pairwise(bounds):
                if other - one > most:
                    return one
    return None
