"""Cut a text into units: paragraphs, list items, single lines.

Blank lines part blocks. Inside a block each line is a unit of its own, unless the block is hard
wrapped (lines of one width that break in mid-sentence): then its lines are one paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

WRAP_LIMIT = 130
"""Characters: no hard-wrapped text has longer lines."""

HEAD_LINES = range(1, 6)
"""Lines of a headline, byline and date that may stand on a hard-wrapped text without a blank."""
HARD_WRAPPED = 2
"""Lines of the shortest text that is told to be hard wrapped."""

LINE = re.compile(r"[^\r\n\v\f\u0085\u2028\u2029]+")
BULLET = re.compile(r"\s*(?:[•·●▪■◦‣➤►*–—-]|\d{1,2}[.)])\s+(?=\S)")
SENTENCE_END = re.compile(
    r"[.!?。！？؟।][\"'”’»)\]*]*(?:\[\d+\])?(?: ?(?:-0-|-30-|\(?ends?\)?|■))?\Z", re.IGNORECASE
)
QUOTE_END = re.compile(r"[,.!?…][\"”’»]\Z")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, list item or line: its range, its trimmed text and what can be counted in it.

    `words` counts runs without spaces; `block` is the number of the block it stands in.
    """

    start: int
    end: int
    text: str
    block: int
    words: int
    bullet: bool

    @property
    def sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return SENTENCE_END.search(self.text[-12:]) is not None

    @property
    def cut(self) -> bool:
        """Whether it breaks off with an ellipsis, as a teaser does."""
        return self.text.endswith(("…", "...", "[…]", "[...]", "…]"))

    def to(self, other: Unit, text: str) -> Unit:
        """The unit that reaches from this one's start to the end of `other`, in `text`."""
        return _unit(text, self.start, other.end, self.block)


def units(text: str) -> list[Unit]:
    """The units of a text, in order; together they hold every character but space."""
    found: list[Unit] = []
    for number, lines in enumerate(_blocks(text)):
        for group in _paragraphs(lines, text):
            found.append(_unit(text, group[0][0], group[-1][1], number))
    return found


def _unit(text: str, start: int, end: int, block: int) -> Unit:
    body = text[start:end]
    words = len(body.split()) if len(body) < 20_000 else len(body) // 6
    return Unit(start, end, body, block, words, BULLET.match(body[:12]) is not None)


Line = tuple[int, int]


def _blocks(text: str) -> list[list[Line]]:
    """Runs of lines without a blank one between, each line without the space around it."""
    blocks: list[list[Line]] = []
    last_end = -1
    for match in LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        adjacent = blocks and _breaks(text, last_end, match.start()) == 1
        if adjacent:
            blocks[-1].append((start, start + len(stripped)))
        else:
            blocks.append([(start, start + len(stripped))])
        last_end = match.end()
    return blocks


def _breaks(text: str, start: int, end: int) -> int:
    """The number of line breaks in a gap; CRLF counts once."""
    gap = text[start:end]
    if len(gap) > 2:
        return 2
    return 1 if gap == "\r\n" else len(gap)


def _paragraphs(lines: list[Line], text: str) -> list[list[Line]]:
    if len(lines) < 2 or not _wrapped(lines, text):
        top = next((n for n in HEAD_LINES if _wrapped(lines[n:], text)), len(lines))
        rest = _paragraphs(lines[top:], text) if top < len(lines) else []
        return [[line] for line in lines[:top]] + rest
    width = max(end - start for start, end in lines)
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _breaks_off(before, line, width, text):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _wrapped(lines: list[Line], text: str) -> bool:
    """Whether lines are one width and mostly break in mid-sentence."""
    width = max((end - start for start, end in lines), default=0)
    if len(lines) < HARD_WRAPPED or not 30 <= width <= WRAP_LIMIT:
        return False
    inner = lines[:-1]
    full = sum(end - start >= 0.7 * width for start, end in inner)
    open_ended = sum(SENTENCE_END.search(text[max(s, e - 12) : e]) is None for s, e in inner)
    runs_on = sum(text[s : s + 1].islower() for s, _ in lines[1:])
    if full * 3 < len(inner) * 2 or open_ended * 2 < len(inner) or runs_on == 0:
        return False
    return runs_on * 3 >= len(inner) or open_ended * 5 >= len(inner) * 4


def _breaks_off(before: Line, line: Line, width: int, text: str) -> bool:
    """Whether a new paragraph begins: after a short last line, at an indent or at a bullet."""
    short = before[1] - before[0] < 0.75 * width
    ended = SENTENCE_END.search(text[max(before[0], before[1] - 12) : before[1]]) is not None
    indent = line[0] >= 2 and text[line[0] - 2 : line[0]].strip(" \t") == "" and ended
    bullet = BULLET.match(text[line[0] : line[0] + 12]) is not None
    return (short and ended) or indent or bullet
