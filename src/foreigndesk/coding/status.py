"""Commitment: certainty, polarity and status of what is said, and how cues act on it.

The step from the outer clause to the inner one is `apply`; from a clause to its negation `deny`.
"""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.factuality import Effect
from foreigndesk.model import Factuality, Status

_SCALE = {
    (3, True): Factuality.CERTAIN,
    (2, True): Factuality.PROBABLE,
    (1, True): Factuality.POSSIBLE,
    (3, False): Factuality.CERTAIN_NOT,
    (2, False): Factuality.PROBABLE_NOT,
    (1, False): Factuality.POSSIBLE_NOT,
}
_ACTUAL = (Status.OCCURRED, Status.ONGOING, Status.DENIED)
_OUTWEIGHS = {
    Status.CONDITIONAL: frozenset(Status),
    Status.POSSIBLE: frozenset({Status.PLANNED, Status.ONGOING, Status.DENIED}),
    Status.REQUESTED: frozenset({Status.PLANNED, Status.ONGOING, Status.DENIED}),
    Status.PLANNED: frozenset({Status.ONGOING}),
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the page commits to: `certainty` 0 to 3 (Uu, PS, PR, CT), polarity and status."""

    certainty: int = 3
    positive: bool = True
    status: Status = Status.OCCURRED

    @property
    def value(self) -> Factuality:
        """The point on FactBank's scale."""
        return _SCALE.get((self.certainty, self.positive), Factuality.UNCOMMITTED)

    @property
    def actual(self) -> bool:
        """Whether the page speaks of what is or was, not of what may be."""
        return self.status in _ACTUAL


ACTUAL = Commitment()


def apply(outer: Commitment, effect: Effect) -> Commitment:
    """The commitment to what a cue speaks of, where the cue itself stands at `outer`."""
    if effect.reset:
        return ACTUAL
    if effect.presupposed and not outer.actual:
        return Commitment(3, True, Status.ONGOING)
    certainty = min(outer.certainty, effect.certainty)
    return Commitment(certainty, effect.positive, _status(outer, effect))


def weaken(inner: Commitment, effect: Effect) -> Commitment:
    """The commitment to a word that a modal, an adverb or an adjective modifies."""
    changed = apply(affirm(inner), effect)
    if inner.positive:
        return changed
    if effect.status is Status.PLANNED:
        return inner  # what was planned and then called off
    status = inner.status if changed.status is Status.OCCURRED else changed.status
    keep = inner.status in (Status.DENIED, Status.POSSIBLE)
    return Commitment(changed.certainty, not changed.positive, inner.status if keep else status)


def deny(inner: Commitment) -> Commitment:
    """The commitment to what is negated in its own clause."""
    status = inner.status
    if not inner.positive:
        status = Status.OCCURRED if status is Status.DENIED else status
    elif inner.actual or status is Status.PLANNED:
        status = Status.DENIED
    elif status is Status.REQUESTED:
        status = Status.POSSIBLE
    return Commitment(inner.certainty, not inner.positive, status)


def affirm(outer: Commitment) -> Commitment:
    """`outer` without its negation: what is spoken of in a denied clause without being denied."""
    if outer.positive:
        return outer
    status = Status.OCCURRED if outer.status is Status.DENIED else outer.status
    return Commitment(outer.certainty, True, status)


def _status(outer: Commitment, effect: Effect) -> Status:
    before = affirm(outer).status
    if effect.status is None:
        return before
    return before if effect.status in _OUTWEIGHS.get(before, ()) else effect.status
