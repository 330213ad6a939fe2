"""A fault of a data file: where, what was found, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` and `column` count from 1, None where the fault is the whole file's."""

    file: str
    line: int | None
    column: int | None
    kind: str
    entry: str | None
    found: str
    expected: str
    do: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        entry = f"{self.entry}: " if self.entry else ""
        return f"{place}: {entry}found {self.found}; expected {self.expected}. {self.do}"


def near(word: str, known: Iterable[str]) -> str:
    """ "Did you mean X?" with the nearest of the words known, "" if none is near."""
    names = sorted({str(name) for name in known})
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold(), folded, 1, cutoff=0.6)
    return f"Did you mean {folded[found[0]]!r}?" if found else ""


def some(words: Iterable[str], most: int = 24) -> str:
    """Words for a message, the first few of many."""
    names = sorted(set(words))
    return ", ".join(names[:most]) + (" ..." if len(names) > most else "")
