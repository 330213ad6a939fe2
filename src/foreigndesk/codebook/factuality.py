"""Factuality cues: the words that say whether something happened, will, may, should or did not.

A cue is a word in a part of speech with the complements it speaks of, and two effects: one where
the cue itself is affirmed, one where it is negated ("failed to stop", "did not fail to stop").
This is the signature of Nairn, Condoravdi and Karttunen (2006, "Computing relative polarity for
textual inference") with the certainties of Sauri and Pustejovsky (2009, FactBank) and the status
of a Report beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foreigndesk.codebook.cues import CueTable, cue_table
from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.model import Factuality, Status

KIND = "factuality"

EffectName = Literal[
    "true", "false", "absent", "fact", "probable", "improbable", "likely", "possible",
    "possible_not", "doubted", "unknown", "will", "expected", "planned", "intent", "requested",
    "requested_not", "conditional", "counterfactual", "ongoing", "ended", "stopped", "intended",
    "disowned", "awaited", "put_off", "background",
]  # fmt: skip
Part = Literal["verb", "noun", "adj", "adv", "modal", "mark", "prep", "det", "construction"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a cue does to what it speaks of.

    `certainty` is the most that is left, 0 to 3 (Uu, PS, PR, CT); `positive` the polarity;
    `status` replaces the Report's, None keeps it; `reset` forgets all that is further out
    (factives).
    `presupposed`: under what is not actual it goes on ("vowed to end the siege").
    """

    certainty: int
    positive: bool = True
    status: Status | None = None
    reset: bool = False
    presupposed: bool = False


EFFECTS: dict[str, Effect] = {
    "true": Effect(3),
    "false": Effect(3, False, Status.DENIED),
    "absent": Effect(3, False, Status.DENIED),
    "fact": Effect(3, reset=True),
    "probable": Effect(2),
    "likely": Effect(2, True, Status.POSSIBLE),
    "improbable": Effect(2, False, Status.POSSIBLE),
    "possible": Effect(1, True, Status.POSSIBLE),
    "possible_not": Effect(1, False, Status.POSSIBLE),
    "doubted": Effect(1, False, Status.POSSIBLE),
    "unknown": Effect(0, True, Status.POSSIBLE),
    "will": Effect(3, True, Status.PLANNED),
    "expected": Effect(2, True, Status.PLANNED),
    "planned": Effect(1, True, Status.PLANNED),
    "intent": Effect(0, True, Status.PLANNED),
    "requested": Effect(1, True, Status.REQUESTED),
    "requested_not": Effect(1, False, Status.POSSIBLE),
    "conditional": Effect(0, True, Status.CONDITIONAL),
    "put_off": Effect(3, False, Status.PLANNED),
    "awaited": Effect(1, True, Status.CONDITIONAL),
    "counterfactual": Effect(2, False, Status.CONDITIONAL),
    "ongoing": Effect(3, True, Status.ONGOING),
    "ended": Effect(3, True, Status.DENIED, presupposed=True),
    "stopped": Effect(3, False, Status.DENIED, presupposed=True),
    "intended": Effect(2, True, Status.POSSIBLE),
    "background": Effect(3),
    "disowned": Effect(1, False, Status.DENIED),
}


class Cue(Entry, frozen=True, kw_only=True):
    """One signature, for all the lemmas in `words`.

    `frame` names the complements it speaks of: `that` (a finite clause), `to` (an infinitive),
    `ing` (a gerund), `obj` (the object, or the subject of a passive), `subj` (the subject), a
    preposition ("of": its noun or gerund), `mod` (the word that the cue modifies, or the clause it
    opens); empty means all of them. `hedge`: the word is reported among a Report's hedges.
    `pos` construction: no word but a shape ("question"), whose name stands in `words`. A modal's
    negative effect is what the negation is then applied to ("cannot": true, then denied).
    `form`: the cue counts only on a verb in this shape; "conditional" is one with an if-clause,
    "past" for an adjective one with a copula in the past, "open" a clause that is not in the past.
    Frame `claim` is an allegation that stands as object ("rejected charges of"), `attempt` one
    that stands as subject ("a bid to sign it failed"), `rank` what makes the infinitive of a noun
    actual ("the first to sign").
    `word` in `says` must come out with `value` (and `status` if given), by this cue; no word of
    the `not` sentence may be touched by it.
    """

    words: tuple[str, ...]
    pos: Part
    frame: tuple[str, ...] = ()
    positive: EffectName
    negative: EffectName
    hedge: bool = False
    form: Literal["passive", "progressive", "perfect", "conditional", "past", "open"] | None = None
    word: str
    value: Factuality
    status: Status | None = None


Cues = CueTable[Cue]
"""All factuality cues, found by part of speech and lemma."""


def load_cues(codebook: Codebook) -> Cues:
    """The cues of a codebook. Raises CodebookError as `cue_table` does."""
    return cue_table(codebook, KIND, Cue)


NOUN_KIND = "eventnouns"


class EventNouns(Entry, frozen=True, kw_only=True):
    """Nouns that denote events, by lemma or by suffix.

    `other` are lemmas with such a suffix that denote none. `word` in `says` must come out as an
    event noun; no noun of the `not` sentence may.
    """

    words: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    word: str


def load_nouns(codebook: Codebook) -> tuple[EventNouns, ...]:
    """The event nouns' entries. Raises CodebookError as `Codebook.entries` does."""
    return codebook.entries(NOUN_KIND, EventNouns)
