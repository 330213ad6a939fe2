"""Typed entries of the codebook about times: word lists, and the rules made from them.

A rule's `pattern` is a regular expression in which `{month}` stands for the word list `month` and
is a group of that name; `{month:2}` is a second group, `month2`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.errors import CodebookError

_SLOT = re.compile(r"\{([a-z]+)(?::(\d))?\}")
_GROUP = re.compile(r"\(\?P<\w+>")


class TimeEntry(Entry, frozen=True, kw_only=True):
    """A word list (`words`: word to what it stands for) or a rule (`pattern` and `make`).

    `capital`: the words count only with a capital letter, as written here or all in capitals.
    `raw`: the words are regular expressions. `make` names the mechanism that reads a match;
    `args` go to it. Rules stand in order: at one place of the text, the first that fits decides.
    """

    words: dict[str, int | str] = {}
    capital: bool = False
    raw: bool = False
    pattern: str | None = None
    make: str | None = None
    args: dict[str, int | str] = {}


@dataclass(frozen=True)
class TimeRule:
    """A compiled rule; `pattern` has named groups."""

    id: str
    make: str
    args: dict[str, int | str]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The rule's regular expression, with its groups."""
        return re.compile(self.source, re.IGNORECASE)

    @property
    def bare(self) -> str:
        """The same without named groups, to stand among others."""
        return _GROUP.sub("(?:", self.source)


class TimeBook:
    """The word lists and compiled rules of a codebook's `times`. Raises CodebookError."""

    def __init__(self, codebook: Codebook) -> None:
        self.entries = entries = codebook.entries("times", TimeEntry)
        self.lists = {e.id.removeprefix("times."): e for e in entries if e.pattern is None}
        self._alternatives = {name: _alternatives(e) for name, e in self.lists.items()}
        self.rules = tuple(
            TimeRule(e.id, e.make or "", e.args, self._fill(e.id, e.pattern))
            for e in entries
            if e.pattern is not None
        )
        self._folded = {
            name: {word.casefold(): value for word, value in e.words.items()}
            for name, e in self.lists.items()
        }

    def value(self, name: str, word: str) -> int | str | None:
        """What `word` stands for in the list `name`, None if it is not there."""
        folded = re.sub(r"\s+", " ", word.casefold().replace("-", " ")).strip()
        table = self._folded[name]
        return table.get(folded, table.get(word.casefold(), table.get(folded.rstrip("."))))

    def words(self, name: str) -> str:
        """The list `name` as a regular expression without a group."""
        return self._alternatives[name]

    def _fill(self, rule: str, pattern: str) -> str:
        def slot(match: re.Match[str]) -> str:
            name, number = match.group(1), match.group(2) or ""
            if name not in self._alternatives:
                known = ", ".join(sorted(self._alternatives))
                raise CodebookError(
                    f"times, {rule}", f"the slot {{{name}}}", f"one of {known}", "Mend the pattern."
                )
            return f"(?P<{name}{number}>{self._alternatives[name]})"

        spaced = " ".join(pattern.split()).replace(" ", r"\s+")
        return _SLOT.sub(slot, f"(?:{spaced})(?!\\w)")


def _alternatives(entry: TimeEntry) -> str:
    words = sorted(entry.words, key=lambda w: (-len(w), w))
    if entry.raw:
        return "|".join(words)
    if entry.capital:
        words += [w.upper() for w in words if w.upper() != w]
    text = "|".join(re.escape(w).replace(r"\ ", r"[\s-]+") for w in words)
    return f"(?-i:{text})" if entry.capital else text
