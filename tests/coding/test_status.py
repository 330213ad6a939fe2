"""Commitments: how effects and negation act on certainty, polarity and status."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.factuality import EFFECTS
from foreigndesk.coding.status import ACTUAL, Commitment, affirm, apply, deny, weaken
from foreigndesk.model import Factuality, Status


@pytest.mark.parametrize(
    ("outer", "inner", "value", "status"),
    [
        ("true", "planned", Factuality.POSSIBLE, Status.PLANNED),
        ("conditional", "planned", Factuality.UNCOMMITTED, Status.CONDITIONAL),
        ("possible", "planned", Factuality.POSSIBLE, Status.POSSIBLE),
        ("possible", "false", Factuality.POSSIBLE_NOT, Status.POSSIBLE),
        ("planned", "requested", Factuality.POSSIBLE, Status.REQUESTED),
        ("false", "true", Factuality.CERTAIN, Status.OCCURRED),
        ("conditional", "fact", Factuality.CERTAIN, Status.OCCURRED),
        ("will", "false", Factuality.CERTAIN_NOT, Status.DENIED),
    ],
)
def test_inner_effects_under_outer_ones(
    outer: str, inner: str, value: Factuality, status: Status
) -> None:
    found = apply(apply(ACTUAL, EFFECTS[outer]), EFFECTS[inner])
    assert (found.value, found.status) == (value, status)


def test_negating_a_plan_denies_it_and_negating_a_request_leaves_it_open() -> None:
    assert deny(Commitment(1, True, Status.PLANNED)).status is Status.DENIED
    assert deny(Commitment(1, True, Status.REQUESTED)).status is Status.POSSIBLE


def test_a_modifier_keeps_the_polarity_that_reaches_it() -> None:
    doubted = apply(ACTUAL, EFFECTS["doubted"])
    assert weaken(doubted, EFFECTS["will"]).value is Factuality.POSSIBLE_NOT
    assert weaken(doubted, EFFECTS["will"]).status is Status.POSSIBLE


def test_what_is_mentioned_in_a_denied_clause_is_not_denied() -> None:
    assert affirm(apply(ACTUAL, EFFECTS["false"])) == ACTUAL
