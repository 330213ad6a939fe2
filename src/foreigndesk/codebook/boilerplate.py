"""Boilerplate: the marks by which a line of a page shows that it is no part of the article.

An entry's `marks` are regular expressions, matched without regard to case (write `(?-i:...)` where
case matters). `where` says how: `line` the whole line, `start` its beginning, `end` its end,
`anywhere` inside it. Bullets, spaces and punctuation at the edges of a line are left out first.
`class` marks stand in the names (class, id, role) of an HTML element, cut into words.
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
    "end": r"(?<!\w)(?:{})\Z",
    "anywhere": r"(?<!\w)(?:{})(?!\w)",
    "class": r"(?<!\w)(?:{})(?!\w)",
}
NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
LONGEST_NAME = 300
"""Characters of an element's names that are read."""


class Boilerplate(Entry, frozen=True, kw_only=True):
    """One kind of furniture. `words` is the length in words of the longest line it marks.

    `closes`: once the article has begun, this line shows that it is over. `echoed`: only where the
    next line begins with the words behind the line's first ("About Ascom", "Ascom is a maker ...").
    """

    kind: SegmentKind
    marks: tuple[str, ...]
    where: Literal["line", "start", "end", "anywhere", "class"] = "line"
    words: int = 14
    closes: bool = False
    echoed: bool = False

    @property
    def pattern(self) -> str:
        """One regular expression for all marks."""
        return _FORMS[self.where].format("|".join(self.marks))

    @property
    def from_start(self) -> bool:
        """Whether its marks stand at the beginning of the line."""
        return self.where in ("line", "start")


@dataclass(frozen=True)
class Marks:
    """All boilerplate entries, compiled; `find` asks them in the order of the files.

    `opening` and `inner` are all marks at the beginning of a line, and all others, as one pattern
    each: most lines bear none, and that is told first.
    """

    table: tuple[tuple[Boilerplate, re.Pattern[str]], ...]
    opening: re.Pattern[str]
    inner: re.Pattern[str]
    longest: int
    names: tuple[tuple[Boilerplate, re.Pattern[str]], ...] = ()

    def named(self, names: str) -> Boilerplate | None:
        """The first entry that marks an element with these names, None if none does."""
        words = " ".join(NAME_WORD.findall(names[:LONGEST_NAME])).lower()
        return next((entry for entry, pattern in self.names if pattern.search(words)), None)

    def find(self, line: str) -> Boilerplate | None:
        """The first entry that marks the line, None if none does."""
        if len(line) > LONGEST_LINE:
            return None
        bare = " ".join(line.strip(EDGE).split())
        words = bare.count(" ") + 1
        if not bare or words > self.longest:
            return None
        opens = self.opening.match(bare) is not None
        inside = self.inner.search(bare) is not None
        if not (opens or inside):
            return None
        for entry, pattern in self.table:
            if words > entry.words or not (opens if entry.from_start else inside):
                continue
            if (pattern.match if entry.from_start else pattern.search)(bare):
                return entry
        return None


def compile_marks(entries: tuple[Boilerplate, ...]) -> Marks:
    """Marks from entries. Raises CodebookError where a mark is no regular expression."""
    named = tuple((entry, _compile(entry)) for entry in entries if entry.where == "class")
    lines = tuple(entry for entry in entries if entry.where != "class")
    table = tuple((entry, _compile(entry)) for entry in lines)
    longest = max((entry.words for entry in lines), default=0)
    return Marks(table, _joined(lines, True), _joined(lines, False), longest, named)


def _joined(entries: tuple[Boilerplate, ...], from_start: bool) -> re.Pattern[str]:
    patterns = [entry.pattern for entry in entries if entry.from_start is from_start]
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE | re.DOTALL)


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
