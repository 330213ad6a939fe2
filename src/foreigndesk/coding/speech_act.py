"""A speech act within one sentence, in tokens."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.attribution import SpeechCue

QUOTES = frozenset({'"', "``", "''", "'", "“", "”", "`"})


@dataclass(frozen=True, slots=True)
class Said:
    """A speech act in one sentence: all numbers are token indices, `content` sorted."""

    cue: SpeechCue
    at: int
    first: int
    last: int
    source: tuple[int, ...] | None
    content: tuple[int, ...]
