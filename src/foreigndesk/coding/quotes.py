"""Quoted stretches of a text, paragraph by paragraph, in characters of the document."""

from __future__ import annotations

from collections.abc import Sequence

from foreigndesk.grammar.tree import Tree
from foreigndesk.model import TextRange

_OPEN, _CLOSE, _PLAIN = "“„«", "”»", '"'
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
    i = start
    while i < end:
        mark = text[i]
        width = 2 if text[i : i + 2] in ("''", "``") else 1
        if width == 2 or mark in _PLAIN:
            opens = closes = True
        else:
            opens, closes = mark in _OPEN, mark in _CLOSE
        if begin is None and opens:
            begin = i
        elif begin is not None and closes:
            found.append(TextRange(begin, i + width))
            begin = None
        i += width
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
