"""Attribution cues: the words by which a text says who holds what, and the stance they show."""

from __future__ import annotations

from typing import Literal

from foreigndesk.codebook.cues import CueTable, cue_table
from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.model import Stance

KIND = "attribution"

Part = Literal["verb", "noun", "prep", "mark", "adverb", "source", "light"]


class SpeechCue(Entry, frozen=True, kw_only=True):
    """One way of attributing, for all the lemmas in `words` (a verb may bear a particle).

    `frames` are where the content stands: `that` (a finite clause), `to` (an infinitive), `ing` (a
    gerund), `obj` (the object), `claim` (an object that is itself a cue: "claims"), `quote` (a
    quotation only), `as`, or a preposition; a preposition "to" is `to-noun`, and `for-ing` is "for"
    with a gerund. A `prep` cue has its source behind it and its content in the clause it modifies,
    "in view" and the like have it beneath the noun ("in the view of X", "in X's view");
    a `mark` stands between source and content ("Moscow: no talks") or before the speaker's name
    beneath a quotation. A `source` is no cue but a noun of happenings that can speak all the same
    ("the inquiry said"); other such nouns show, and are no speakers of a Report.
    A `light` verb makes its subject the source of a noun of speech ("expressed fears that"). A
    `transitive` verb without object is a headline's passive ("Chad accused of arming rebels").
    `passive`: only a passive without agent fits ("is said to"). `speech`: false for what shows a
    will or an opinion without stating that something is so ("supports", "criticised"): it stands
    in the attributions of a text, not in those of a Report.
    In `says`, this cue must give `speaker` (words within the source's noun phrase; empty: the
    source is not named) the content that holds `word`; in the `not` sentence it must not fire.
    """

    words: tuple[str, ...]
    pos: Part
    stance: Stance
    frames: tuple[str, ...] = ()
    passive: bool = False
    transitive: bool = False
    speech: bool = True
    speaker: str = ""
    word: str


SpeechCues = CueTable[SpeechCue]
"""All attribution cues, found by part of speech and lemma."""


def load_speech_cues(codebook: Codebook) -> SpeechCues:
    """The cues of a codebook. Raises CodebookError as `cue_table` does."""
    return cue_table(codebook, KIND, SpeechCue)
