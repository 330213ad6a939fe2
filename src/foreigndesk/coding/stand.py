"""A commitment with the way that led to it: the cues, outermost first, and the hedges."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.factuality import EFFECTS, Cue
from foreigndesk.coding.status import ACTUAL, Commitment, apply, weaken


@dataclass(frozen=True, slots=True)
class Step:
    """One cue on the way: the token it stands at, the relation, the cue's id and its effect."""

    governor: int
    relation: str
    cue: str
    effect: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A commitment with the cues and hedges that led to it, outermost first."""

    commitment: Commitment = ACTUAL
    path: tuple[Step, ...] = ()
    hedges: tuple[str, ...] = ()

    def with_(self, commitment: Commitment) -> Stand:
        """The same path, another commitment."""
        return Stand(commitment, self.path, self.hedges)

    def under(self, cue: Cue, at: int, relation: str, word: str | None = None) -> Stand:
        """What stands beneath `cue`, at token `at`: its complement; `word` is kept if it hedges."""
        name = cue.positive if self.commitment.positive else cue.negative
        step = Step(at, relation, cue.id, name)
        hedges = () if EFFECTS[name].reset else self.hedges
        if cue.hedge and word is not None:
            hedges = (*hedges, word)
        return Stand(apply(self.commitment, EFFECTS[name]), (*self.path, step), hedges)

    def beside(self, cue: Cue, at: int, negated: bool = False, hedge: str | None = None) -> Stand:
        """What stands after `cue`, at token `at`, has modified it: a modal, adverb, adjective."""
        name = cue.negative if negated else cue.positive
        step = Step(at, "mod", cue.id, name)
        hedges = (*self.hedges, hedge) if hedge is not None else self.hedges
        return Stand(weaken(self.commitment, EFFECTS[name]), (*self.path, step), hedges)


START = Stand()
