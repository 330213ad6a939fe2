"""Cues found by part of speech and lemma: the table that factuality and attribution share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from foreigndesk.codebook.load import Codebook
from foreigndesk.errors import CodebookError


class WordCue(Protocol):
    """An entry for some lemmas in one part of speech."""

    @property
    def id(self) -> str:
        """The entry's id."""
        ...  # a protocol has no body

    @property
    def words(self) -> tuple[str, ...]:
        """Its lemmas."""
        ...  # a protocol has no body

    @property
    def pos(self) -> Any:
        """Its part of speech."""
        ...  # a protocol has no body


C = TypeVar("C", bound=WordCue)


@dataclass(frozen=True)
class CueTable(Generic[C]):
    """All cues of a kind, found by part of speech and lemma."""

    table: dict[tuple[str, str], tuple[C, ...]]

    def of(self, pos: str, lemma: str) -> tuple[C, ...]:
        """The cues that a word can be, in the order of the files."""
        return self.table.get((pos, lemma), ())

    def begins(self, pos: str, word: str) -> bool:
        """Whether a cue of this part of speech begins with `word`: the cheap question before."""
        return (pos, word) in self._firsts

    @cached_property
    def _firsts(self) -> frozenset[tuple[str, str]]:
        return frozenset((pos, lemma.split()[0]) for pos, lemma in self.table if lemma.strip())


def cue_table(codebook: Codebook, kind: str, cue_type: Any) -> CueTable[Any]:
    """The cues of a kind. Raises CodebookError as `Codebook.entries` does, or without words."""
    table: dict[tuple[str, str], tuple[Any, ...]] = {}
    for cue in codebook.entries(kind, cue_type):
        if not cue.words:
            raise CodebookError(
                f"{kind} entry {cue.id}", "no words", "one lemma or more", "Fill in `words`."
            )
        for word in cue.words:
            key = (cue.pos, word)
            table[key] = (*table.get(key, ()), cue)
    return CueTable(table)
