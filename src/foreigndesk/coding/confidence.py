"""How sure a report is, as the share of such reports that are right.

Five things tell: how sure the codebook entry is of its own words, whether actor and recipient are
parties with a code (a country, an organisation) or mere words, whether the sentence states but one
event, and whether it is told as a fact rather than as a plan, a wish or a possibility. A logistic
regression of "type, actor, recipient and status are right" on the project's own gold joins them;
`python -m training.confidence` fits it anew and prints its reliability. What the learned model
added (completion.py) is right as often as that, times the model's own probability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from foreigndesk.model import Status

COEFFICIENTS = (-3.2, 1.2, 1.9, 1.1, 0.9, 0.9)
"""Of the features, in their order."""
_ENOUGH = 0.75  # beyond this weight reports on the gold are right no more often
_FACTS = (Status.OCCURRED, Status.ONGOING, Status.DENIED)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a report's confidence rests on.

    `weight` is the entry's (0 to 1); `actor` and `recipient`: whether a party with a code stands
    on that side; `alone`: whether this is the sentence's only report. `share`: the probability
    that the learned model gives to what it added, None if it added nothing.
    """

    weight: float
    actor: bool
    recipient: bool
    alone: bool
    status: Status
    share: float | None = None


def confidence(grounds: Grounds) -> float:
    """From 0 to 1, rounded to thousandths."""
    score = sum(c * f for c, f in zip(COEFFICIENTS, features(grounds), strict=True))
    return round((1.0 if grounds.share is None else grounds.share) / (1 + math.exp(-score)), 3)


def features(grounds: Grounds) -> tuple[float, ...]:
    """One, the weight, the sides, whether everything speaks for a report that is alone, and
    whether it is told as a fact."""
    fact = grounds.status in _FACTS
    sides = grounds.actor and grounds.recipient
    clear = fact and sides and grounds.alone and grounds.weight >= _ENOUGH
    told = (grounds.actor, grounds.recipient, clear, fact)
    return (1.0, min(grounds.weight, _ENOUGH), *map(float, told))
