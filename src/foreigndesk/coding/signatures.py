"""Quotations that stand alone on their lines, with the speaker's name on the next line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from foreigndesk.codebook.attribution import SpeechCue, SpeechCues
from foreigndesk.coding.quotes import is_long, quotations
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import TextRange

_LONGEST = 14
"""Tokens of the longest line that is taken for a speaker's name and office."""
_NAME_WITHIN = 4
"""Tokens within which the line's first proper noun must stand."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A quotation of sentence `sentence` whose closing mark, token `mark`, points to its speaker.

    `source` is the head of the speaker's name in sentence `line`; `content` the quotation.
    """

    sentence: int
    mark: int
    line: int
    source: int
    content: TextRange
    cue: SpeechCue


def signatures(trees: Sequence[Tree], text: str, cues: SpeechCues) -> list[Signature]:
    """The signed quotations of an article, in text order."""
    found = []
    lines = _lines(trees, text)
    for (first, last), (line, end) in pairwise(lines):
        name = _name(trees[line]) if line == end else None
        quote = _whole_quote(trees, first, last, text) if name is not None else None
        mark = len(trees[last]) - 1
        for cue in cues.of("mark", trees[last][mark].text):
            if quote is not None and name is not None:
                found.append(Signature(last, mark, line, name, quote, cue))
    return found


def headings(trees: Sequence[Tree], text: str, cues: SpeechCues) -> list[Signature]:
    """A speaker and a colon that were parsed as a sentence of their own: "Sarkozy: We will ..."."""
    found = []
    for n, tree in enumerate(trees[:-1]):
        after = trees[n + 1].sentence
        mark = len(tree) - 1
        if mark < 1 or "\n" in text[tree.sentence.end : after.start]:
            continue
        name = _name(tree, mark)
        for cue in cues.of("mark", tree[mark].text) if name is not None else ():
            if name is not None and tree[mark].text == ":":
                said = TextRange(after.start, after.end)
                found.append(Signature(n, mark, n, name, said, cue))
    return found


def _lines(trees: Sequence[Tree], text: str) -> list[tuple[int, int]]:
    """The first and last (inclusive) sentence of every line."""
    found: list[tuple[int, int]] = []
    for n, tree in enumerate(trees):
        if n and "\n" not in text[trees[n - 1].sentence.end : tree.sentence.start]:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return found


def _whole_quote(trees: Sequence[Tree], first: int, last: int, text: str) -> TextRange | None:
    """The one quotation that a line is, or None."""
    start, end = trees[first].sentence.start, trees[last].sentence.end
    quotes = quotations(text, start, end)
    if len(quotes) != 1 or not is_long(quotes[0]):
        return None
    rest = text[start : quotes[0].start] + text[quotes[0].end : end]
    return None if any(c.isalnum() for c in rest) else quotes[0]


def _name(tree: Tree, end: int | None = None) -> int | None:
    """The head of the name that a short line without a verb begins with (up to token `end`)."""
    words = tree.tokens[:end]
    if len(tree) > _LONGEST or words[-1].text in (".", "?", "!", ":", '"', "”"):
        return None
    if any(token.tag[:2] in ("VB", "MD") for token in words):
        return None
    names = [t.i for t in words[:_NAME_WITHIN] if t.tag in ("NNP", "NNPS")]
    if not names or not tree[0].text[:1].isupper():
        return None
    head = names[-1]
    while tree[head].dep in ("compound", "nmod", "amod") and tree[head].head > head:
        head = tree[head].head
    return head
