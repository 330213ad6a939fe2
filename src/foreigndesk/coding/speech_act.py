"""A speech act within one sentence, in tokens."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.attribution import SpeechCue
from foreigndesk.model import Stance, TextRange

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


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """One attribution of an article.

    `sentence` holds the cue, tokens `cue` (first and last, inclusive); `source` are the heads of
    the source's noun phrases in sentence `source_sentence`, None if unnamed. `content` are
    character ranges of the document. `rule` is the id of the codebook entry. `speech` is false
    for a will or an opinion that states no fact ("supports a strike").
    """

    sentence: int
    source: tuple[int, ...] | None
    source_sentence: int
    cue: tuple[int, int]
    content: tuple[TextRange, ...]
    stance: Stance
    rule: str
    speech: bool = True
