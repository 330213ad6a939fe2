"""Intervals of shares, and of anything that is summed over texts."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEAST = 5
"""Texts under which resampling them says nothing."""
Counts = NDArray[np.float64]
"""Texts by scores by (right, given, asked)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share in 0 to 1 with the ends of its interval; None where it cannot be told."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How intervals are drawn: `resamples` times, at a `level` in 0 to 1, from a `seed`."""

    resamples: int = 1000
    level: float = 0.95
    seed: int = 0


def wilson(share: float, n: float, level: float) -> tuple[float, float]:
    """Wilson's score interval of a share in 0 to 1 seen in `n` draws (> 0, may be a fraction).

    Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22.
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if share <= 0 else max(0.0, middle - half)
    return low, 1.0 if share >= 1 else min(1.0, middle + half)


def resampled(counts: Counts, options: Bootstrap) -> NDArray[np.float64]:
    """The ends of the intervals of precision, recall and F1: scores by 3 by (low, high).

    The percentile bootstrap over texts (Efron 1979, "Bootstrap methods: another look at the
    jackknife", Annals of Statistics 7; Efron and Tibshirani 1993, ch. 13). NaN where fewer than
    `LEAST` texts bear on a score. The numbers drawn are those of MT19937 as NumPy's RandomState
    gives them, which stay the same in all its versions.
    """
    rates = _rates(counts, options)
    bearing = np.count_nonzero(counts.any(axis=2), axis=0)
    ends = np.full((*rates.shape[1:], 2), np.nan)
    for at, which in np.ndindex(rates.shape[1:]):
        if bearing[at] >= LEAST:
            ends[at, which] = _ends(rates[:, at, which], options.level)
    return ends


def mean(counts: Counts, options: Bootstrap) -> tuple[Estimate, Estimate, Estimate]:
    """The means of precision, recall and F1 over scores (macro averages), each score alike.

    Scores that cannot be told (of a resample: in it) are left out of the mean.
    """
    told = np.vstack([shares(counts.sum(axis=0))[None], _rates(counts, options)])
    known = ~np.isnan(told)
    means = np.where(known, told, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    few = len(counts) < LEAST
    precision, recall, f1 = (
        Estimate(
            round(float(means[0, which]), 6),
            *(None if few else round(end, 6) for end in _ends(means[1:, which], options.level)),
        )
        for which in range(3)
    )
    return precision, recall, f1


def _rates(counts: Counts, options: Bootstrap) -> NDArray[np.float64]:
    """Precision, recall and F1 of each resample: resamples by scores by 3."""
    texts, scores = counts.shape[:2]
    draw = np.random.RandomState(options.seed)
    flat = counts.reshape(texts, -1)
    rates = np.empty((options.resamples, scores, 3))
    for row in range(options.resamples):
        weights = np.bincount(draw.randint(0, texts, texts), minlength=texts)
        rates[row] = shares((weights @ flat).reshape(scores, 3))
    return rates


def _ends(values: NDArray[np.float64], level: float) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not known.size:
        return np.nan, np.nan
    tail = (1 - level) / 2 * 100
    low, high = np.percentile(known, (tail, 100 - tail))
    return float(low), float(high)


def shares(sums: Counts) -> Counts:
    """Precision, recall and F1 of (right, given, asked), NaN where none is given or asked for."""
    right = sums[..., 0]
    given, asked = sums[..., 1], sums[..., 2]
    found = [_over(right, given), _over(right, asked), _over(2 * right, given + asked)]
    return np.stack(found, axis=-1)


def _over(part: Counts, whole: Counts) -> Counts:
    found = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def estimates(
    sums: Counts, ends: NDArray[np.float64], level: float
) -> tuple[Estimate, Estimate, Estimate]:
    """The three shares of one score with their intervals."""
    of = (sums[1], sums[2], (sums[1] + sums[2]) / 2)
    precision, recall, f1 = (
        _estimate(float(value), (float(low), float(high)), float(n), level)
        for value, (low, high), n in zip(shares(sums), ends, of, strict=True)
    )
    return precision, recall, f1


def _estimate(value: float, ends: tuple[float, float], n: float, level: float) -> Estimate:
    """Where all is right or all is wrong, no resample differs: Wilson's interval instead."""
    if np.isnan(value):
        return Estimate(None)
    if value in (0.0, 1.0):
        ends = wilson(value, n, level)
    if np.isnan(ends[0]):
        return Estimate(round(value, 6))
    return Estimate(round(value, 6), round(ends[0], 6), round(ends[1], 6))
