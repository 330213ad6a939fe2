"""How many reports to draw from each part of a pile."""

from __future__ import annotations

from collections.abc import Mapping

from foreigndesk.errors import UsageError

LEAST = 2
"""Reports of each part, where it has so many: fewer say nothing about it."""
OTHERS = "*"
"""The key of the small parts together, where there are too many parts."""


def allocate(sizes: Mapping[str, int], n: int, equal: bool) -> dict[str, int]:
    """How many to draw from each part: by its size, or of each the same if `equal`; `n` in all.

    `sizes` are numbers of reports (> 0) by the part's key. Where there are too many parts for
    `LEAST` each, the smallest are taken together under the key `OTHERS`. Proportional quotas are
    rounded by largest remainders (Hamilton); a part smaller than its quota is drawn whole, and the
    rest goes to the others. Raises UsageError where `n` is too small for two parts.
    """
    sizes = joined(sizes, n)
    n = min(n, sum(sizes.values()))
    quotas = {key: min(size, LEAST) for key, size in sizes.items()}
    while (rest := n - sum(quotas.values())) > 0:
        wanting = {key: size - quotas[key] for key, size in sizes.items() if size > quotas[key]}
        aims = _aims(sizes, quotas, n, equal)
        best = max(wanting, key=lambda key: (aims[key] - quotas[key], sizes[key], key))
        quotas[best] += max(1, min(wanting[best], rest, int(aims[best] - quotas[best])))
    return quotas


def _aims(
    sizes: Mapping[str, int], quotas: Mapping[str, int], n: int, equal: bool
) -> dict[str, float]:
    """How many each part should have of `n`, those that are drawn whole apart."""
    full = {key for key, size in sizes.items() if quotas[key] >= size}
    left = n - sum(quotas[key] for key in full)
    shares = {key: 1 if equal else size for key, size in sizes.items() if key not in full}
    whole = sum(shares.values())
    return {key: left * share / whole for key, share in shares.items()}


def joined(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """The parts, so few that `n` can hold `LEAST` of each: the smallest together."""
    if len(sizes) <= max(1, n // LEAST):
        return dict(sizes)
    keep = n // LEAST - 1
    if keep < 1:
        raise UsageError(
            f"-n {n}", f"{len(sizes)} parts of the pile", f"at least {2 * LEAST} reports",
            "Draw more, or without --by.",
        )  # fmt: skip
    ranked = sorted(sizes, key=lambda key: (-sizes[key], key))
    kept = {key: sizes[key] for key in ranked[:keep]}
    return kept | {OTHERS: sum(sizes[key] for key in ranked[keep:])}
