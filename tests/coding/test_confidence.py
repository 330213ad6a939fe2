"""How sure a report is: what raises and lowers it, and what the learned model's share does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.coding.confidence import COEFFICIENTS, Grounds, confidence, features
from foreigndesk.model import Status

CLEAR = Grounds(0.9, True, True, True, Status.OCCURRED)
GROUNDS = st.builds(
    Grounds,
    st.floats(0, 1),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(Status),
    st.none() | st.floats(0, 1),
)


def test_a_clear_report_of_two_parties_is_sure() -> None:
    assert confidence(CLEAR) >= 0.9
    assert confidence(Grounds(0.3, False, False, False, Status.POSSIBLE)) < 0.2


@pytest.mark.parametrize(
    "change",
    [
        {"weight": 0.2},
        {"actor": False},
        {"recipient": False},
        {"alone": False},
        {"status": Status.PLANNED},
        {"share": 0.8},
    ],
)
def test_each_ground_that_falls_away_lowers_it(change: dict[str, object]) -> None:
    assert confidence(replace(CLEAR, **change)) < confidence(CLEAR)


def test_a_denial_is_told_as_a_fact_and_a_request_is_not() -> None:
    assert confidence(replace(CLEAR, status=Status.DENIED)) == confidence(CLEAR)
    assert confidence(replace(CLEAR, status=Status.REQUESTED)) < confidence(CLEAR)


def test_what_the_model_added_is_as_sure_as_the_model_at_most() -> None:
    assert confidence(replace(CLEAR, share=0.5)) == pytest.approx(confidence(CLEAR) / 2, abs=0.001)


@given(GROUNDS)
def test_it_is_a_share_and_has_a_coefficient_for_each_feature(grounds: Grounds) -> None:
    assert 0 <= confidence(grounds) <= 1
    assert len(features(grounds)) == len(COEFFICIENTS)
