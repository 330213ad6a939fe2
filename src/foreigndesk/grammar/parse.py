"""Articles and texts to parsed Sentences, through any parser that keeps the Parser protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from foreigndesk.grammar.normalise import PlainText, plain
from foreigndesk.model import Article, Segment, SegmentKind, Sentence

PARSED_KINDS = frozenset(
    {SegmentKind.TITLE, SegmentKind.STANDFIRST, SegmentKind.PARAGRAPH, SegmentKind.QUOTE}
)
_BREAK = re.compile(r"(?:\r?\n[ \t\u00a0]*){2,}")
_DATELINE = re.compile(
    r"\s*(?:[A-Z][\w.'’-]*[, /]*){1,6}"  # BEIRUT, Lebanon
    r"(?:,? \d{0,2} ?(?:[A-Z][a-z]{2,8}\.?)(?: \d{1,2})?(?:, \d{4})?)?"  # March 3
    r"(?:(?: ?\([A-Z][^()]{1,40}\))? ?(?:--|–|—|-)(?=\s)| ?\([A-Z]{2,8}\)(?=\s))"  # (Reuters) -
)
_BULLET = re.compile(r"\s*[•·●▪■◦‣*>»]+\s*(?=\S)")
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b(?![^(]*\))")
_PIECE_END = re.compile(r"[.!?][\"'”’)]*\s")


Paragraph = tuple[PlainText, SegmentKind, int]
"""A paragraph made plain, the kind of its segment, and its number in the text."""


class Parser(Protocol):
    """Parses plain paragraphs, in order, each into its sentences with document offsets."""

    def parse(self, paragraphs: Iterable[Paragraph]) -> Iterator[list[Sentence]]:
        """The sentences of each paragraph."""
        ...  # a protocol has no body


def parse_article(
    article: Article, text: str, parser: Parser, max_line: int = 100_000
) -> list[Sentence]:
    """The sentences of the kept segments of `article`, whose Document's text is `text`."""
    found = parser.parse(article_paragraphs(article, text, max_line))
    return [sentence for sentences in found for sentence in sentences]


def parse_text(text: str, parser: Parser, max_line: int = 100_000) -> list[Sentence]:
    """The sentences of a bare text; blank lines part its paragraphs."""
    found = parser.parse(text_paragraphs(text, max_line))
    return [sentence for sentences in found for sentence in sentences]


def article_paragraphs(article: Article, text: str, max_line: int = 100_000) -> Iterator[Paragraph]:
    """What of an article goes to the parser; its Document's text is `text`."""
    for number, segment in enumerate(article.segments):
        if segment.kept and segment.kind in PARSED_KINDS:
            for piece in _pieces(text, segment, max_line):
                yield piece, segment.kind, number


def text_paragraphs(text: str, max_line: int = 100_000) -> Iterator[Paragraph]:
    """What of a bare text goes to the parser."""
    for number, segment in enumerate(bare_segments(text)):
        for piece in _pieces(text, segment, max_line):
            yield piece, segment.kind, number


def bare_segments(text: str) -> list[Segment]:
    """The paragraphs of a bare text as kept segments, without the blank lines between them."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        bounds.append((start, match.start()))
        start = match.end()
    bounds.append((start, len(text)))
    return [Segment(s, e, True, SegmentKind.PARAGRAPH) for s, e in bounds if text[s:e].strip()]


def _pieces(text: str, segment: Segment, max_line: int) -> Iterator[PlainText]:
    """The segment in pieces of at most `max_line` characters, cut at sentence ends if it can."""
    start = segment.start
    while start < segment.end:
        end = min(segment.end, start + max_line)
        if end < segment.end:
            cuts = [m.end() for m in _PIECE_END.finditer(text, start, end)]
            end = cuts[-1] if cuts else end
        begin = start + opening_end(text[start:end]) if start == segment.start else start
        if text[begin:end].strip():
            yield plain(text[begin:end], begin)
        start = end


def opening_end(text: str) -> int:
    """Where a paragraph's first sentence begins: behind its bullet and its dateline, if any."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    return start + dateline_end(text[start : start + 200])


def dateline_end(text: str) -> int:
    """Where the paragraph behind a dateline begins ("BEIRUT, March 3 (Reuters) - "), 0 if none.

    A dateline names its town in capitals, or its agency in brackets before a dash or with a day.
    """
    match = _DATELINE.match(text[:160])
    if match is None:
        return 0
    found = match.group()
    agency = "(" in found and (not found.endswith(")") or any(c.isdigit() for c in found))
    if not (agency or _CAPITALS.search(found)):
        return 0
    return match.end()
