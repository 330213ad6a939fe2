"""Intervals against published values, and against what chance does."""

from __future__ import annotations

import numpy as np
import pytest

from foreigndesk.measure.intervals import Bootstrap, estimates, resampled, wilson


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(right: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I."""
    assert wilson(right / n, n, 0.95) == pytest.approx((low, high), abs=5e-5)


def test_the_bootstrap_of_single_events_is_near_the_normal_interval() -> None:
    counts = np.zeros((400, 1, 3))
    counts[:, 0] = [(at % 4 != 0, 1, 1) for at in range(400)]
    (low, high) = resampled(counts, Bootstrap(2000))[0, 0]
    half = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert (low, high) == pytest.approx((0.75 - half, 0.75 + half), abs=0.01)


def test_texts_stand_or_fall_together() -> None:
    """Ten events of one text are no ten draws."""
    alone, together = np.zeros((200, 1, 3)), np.zeros((20, 1, 3))
    alone[:, 0] = [(at % 2, 1, 1) for at in range(200)]
    together[:, 0] = [(10 * (at % 2), 10, 10) for at in range(20)]
    narrow, wide = (np.ptp(resampled(c, Bootstrap(500))[0, 0]) for c in (alone, together))
    assert wide > 2.5 * narrow


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    counts = np.zeros((30, 1, 3))
    counts[:, 0] = [(at % 3 > 0, 1, 1) for at in range(30)]
    one, again, other = (resampled(counts, Bootstrap(100, seed=s)) for s in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_too_few_texts_have_no_interval_and_all_right_has_wilsons() -> None:
    few = np.array([[[1.0, 1, 1]], [[0.0, 1, 1]], [[0.0, 1, 1]]])
    assert np.isnan(resampled(few, Bootstrap(100))).all()
    all_right = np.array([10.0, 10, 12])
    precision, recall, _ = estimates(all_right, np.full((3, 2), np.nan), 0.95)
    assert precision.low == pytest.approx(wilson(1, 10, 0.95)[0], abs=1e-6)
    assert (recall.low, recall.high) == (None, None)
    nothing, _, _ = estimates(np.zeros(3), np.full((3, 2), np.nan), 0.95)
    assert nothing.value is None
