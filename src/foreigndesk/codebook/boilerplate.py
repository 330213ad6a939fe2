"""Boilerplate: the marks by which a line of a page shows that it is no part of the article.

An entry's `marks` are regular expressions, matched without regard to case (write `(?-i:...)` where
case matters). `where` says how: `line` the whole line, `start` its beginning, `end` its end,
`anywhere` inside it. Bullets, spaces and punctuation at the edges of a line are left out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.errors import CodebookError
from foreigndesk.model import SegmentKind

KIND = "boilerplate"
LONGEST_LINE = 600
"""Characters of the longest line that marks are looked for in; a longer one is no furniture."""

EDGE = " \t\r\n\f\v\u00a0\u200b\ufeff•·●▪■◦‣*|>»›→–—-_:.,;!()[]"

_FORMS = {
    "line": r"(?:{})\Z",
    "start": r"(?:{})(?!\w)",
    "end": r".*?(?<!\w)(?:{})\Z",
    "anywhere": r".*?(?<!\w)(?:{})(?!\w)",
}


class Boilerplate(Entry, frozen=True, kw_only=True):
    """One kind of furniture. `words` is the length in words of the longest line it marks.

    `closes`: once the article has begun, this line shows that it is over.
    """

    kind: SegmentKind
    marks: tuple[str, ...]
    where: Literal["line", "start", "end", "anywhere"] = "line"
    words: int = 14
    closes: bool = False

    @property
    def pattern(self) -> str:
        """One regular expression for all marks."""
        return _FORMS[self.where].format("|".join(self.marks))


@dataclass(frozen=True)
class Marks:
    """All boilerplate entries, compiled; `find` asks them in the order of the files."""

    table: tuple[tuple[Boilerplate, re.Pattern[str]], ...]
    any_mark: re.Pattern[str]

    def find(self, line: str) -> Boilerplate | None:
        """The first entry that marks the line, None if none does."""
        if len(line) > LONGEST_LINE:
            return None
        bare = " ".join(line.strip(EDGE).split())
        if not bare or self.any_mark.match(bare) is None:
            return None
        words = bare.count(" ") + 1
        for entry, pattern in self.table:
            if words <= entry.words and pattern.match(bare):
                return entry
        return None


def compile_marks(entries: tuple[Boilerplate, ...]) -> Marks:
    """Marks from entries. Raises CodebookError where a mark is no regular expression."""
    table = tuple((entry, _compile(entry)) for entry in entries)
    patterns = "|".join(entry.pattern for entry in entries)
    return Marks(table, re.compile(patterns or r"(?!)", re.IGNORECASE | re.DOTALL))


def load_marks(codebook: Codebook) -> Marks:
    """The marks of a codebook. Raises CodebookError as `Codebook.entries` does."""
    return compile_marks(codebook.entries(KIND, Boilerplate))


def _compile(entry: Boilerplate) -> re.Pattern[str]:
    try:
        return re.compile(entry.pattern, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise CodebookError(
            f"{KIND} entry {entry.id}",
            f"a mark that is no regular expression ({error})",
            "Python regular expressions in `marks`",
            "Mend the mark; `foreigndesk codebook lint` checks it.",
        ) from error
