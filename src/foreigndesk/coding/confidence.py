"""How sure a report is, as the share of such reports that are right.

Four things tell: how sure the codebook entry is of its own words, whether actor and recipient are
parties with a code (a country, an organisation) or mere words, and whether the sentence states but
one event. A logistic regression of "type, actor and recipient are right" on the project's own gold
joins them; `python -m training.confidence` fits it anew and prints its reliability.
"""

from __future__ import annotations

import math

COEFFICIENTS = (-3.6, 2.4, 2.3, 1.2, 1.0)
"""Of the features, in their order."""
_ENOUGH = 0.75  # beyond this weight reports on the gold are right no more often


def confidence(weight: float, actor: bool, recipient: bool, alone: bool) -> float:
    """From 0 to 1, rounded to thousandths.

    `weight` is the entry's (0 to 1); `actor` and `recipient`: whether a party with a code stands
    on that side; `alone`: whether this is the sentence's only report.
    """
    told = features(weight, actor, recipient, alone)
    score = sum(c * f for c, f in zip(COEFFICIENTS, told, strict=True))
    return round(1 / (1 + math.exp(-score)), 3)


def features(weight: float, actor: bool, recipient: bool, alone: bool) -> tuple[float, ...]:
    """One, the weight, the sides, and whether everything speaks for a report that is alone."""
    clear = alone and actor and recipient and weight >= _ENOUGH
    return 1.0, min(weight, _ENOUGH), float(actor), float(recipient), float(clear)
