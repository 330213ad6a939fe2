"""Quoted stretches of a text, paragraph by paragraph, in characters of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foreigndesk.grammar.tree import Tree
from foreigndesk.model import TextRange

_OPEN, _CLOSE, _PLAIN = "“„«", "”»", ('"', "''", "``")
_MARK = re.compile(f"{_PLAIN[1]}|{_PLAIN[2]}|[{_PLAIN[0]}{_OPEN}{_CLOSE}]")
_SHORT = 24
"""Characters of the longest quotation that is taken for a mere quoted word or name."""


def paragraphs(trees: Sequence[Tree]) -> list[tuple[int, int]]:
    """The first and last (inclusive) sentence of every paragraph."""
    found: list[tuple[int, int]] = []
    for n, tree in enumerate(trees):
        if n and trees[n - 1].sentence.paragraph == tree.sentence.paragraph:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return found


def quotations(text: str, start: int, end: int) -> list[TextRange]:
    """The quoted stretches between `start` and `end`, marks included; an open one runs to `end`."""
    found: list[TextRange] = []
    begin: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        plain = mark in _PLAIN
        if begin is None and (plain or mark in _OPEN):
            begin = match.start()
        elif begin is not None and (plain or mark in _CLOSE):
            found.append(TextRange(begin, match.end()))
            begin = None
    if begin is not None and end - begin > _SHORT:
        found.append(TextRange(begin, end))
    return found


def is_long(quote: TextRange) -> bool:
    """Whether a quotation is more than a quoted word or name."""
    return quote.end - quote.start > _SHORT


def join(ranges: Sequence[TextRange], text: str) -> tuple[TextRange, ...]:
    """The ranges sorted and merged where they overlap or only blanks and marks lie between."""
    found: list[TextRange] = []
    for part in sorted(ranges, key=lambda r: (r.start, r.end)):
        if found and not any(c.isalnum() for c in text[found[-1].end : part.start]):
            found[-1] = TextRange(found[-1].start, max(found[-1].end, part.end))
        else:
            found.append(part)
    return tuple(found)
