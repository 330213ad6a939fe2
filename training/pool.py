"""Fitting the weights of the log-linear pool of model and rules, and its reliability.

What is fitted on are model predictions for sentences that the model has not seen (another fold),
with the rules' votes on the same sentences. Maximum likelihood with a penalty on the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from foreigndesk.coding.pair_model import Vote, Weights, fit_class, others

FITS = ("both", "one", "wrong-way")
_PENALTY, _ROOT_PENALTY, _STEPS = 0.002, 0.01, 400


@dataclass(frozen=True, slots=True)
class Case:
    """A held-out sentence: its label, the model's log probabilities, the rules' votes."""

    label: str
    logs: Sequence[float]
    votes: Sequence[Vote]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered with which confidence, beside the label."""

    label: str
    root: str
    confidence: float


def fit_pool(cases: Sequence[Case], roots: Sequence[str]) -> Weights:
    """The weights under which the labels of `cases` are likeliest."""
    logs = torch.tensor([list(case.logs) for case in cases])
    gold = torch.tensor([roots.index(case.label) for case in cases])
    parts = _features(cases, roots)
    w = torch.zeros(parts.shape[-1], requires_grad=True)
    scale = torch.ones(1, requires_grad=True)
    by_root = torch.zeros(len(roots), requires_grad=True)
    optimiser = torch.optim.Adam([w, scale, by_root], lr=0.05)
    first = parts[:, :, : len(FITS)].sum(-1)
    for _ in range(_STEPS):
        scores = scale * logs + parts @ w + first * by_root
        loss = torch.nn.functional.cross_entropy(scores, gold)
        loss = loss + _PENALTY * (w**2).sum() + _ROOT_PENALTY * (by_root**2).sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    value = [round(float(x), 3) for x in w.detach()]
    return Weights(
        roots=tuple(roots),
        model=round(float(scale.detach()), 3),
        rule=dict(zip(FITS, value[: len(FITS)], strict=True)),
        rule_confidence=value[len(FITS)],
        by_root={r: round(float(x), 3) for r, x in zip(roots, by_root.detach(), strict=True)},
        other=value[len(FITS) + 1],
    )


def _features(cases: Sequence[Case], roots: Sequence[str]) -> torch.Tensor:
    """For each case and root: which fit the first rule has there, its confidence, other rules."""
    found = torch.zeros(len(cases), len(roots), len(FITS) + 2)
    for n, case in enumerate(cases):
        if case.votes:
            first = case.votes[0]
            row = found[n, roots.index(first.root)]
            row[FITS.index(fit_class(first.fit))] = 1.0
            row[len(FITS)] = first.confidence
        for root, strength in others(case.votes).items():
            found[n, roots.index(root), len(FITS) + 1] = strength
    return found


def answers(cases: Sequence[Case], weights: Weights) -> list[Answer]:
    """What the pool answers."""
    found = []
    for case in cases:
        weighed = weights.probabilities(case.logs, case.votes)
        root = max(weighed, key=lambda r: (weighed[r], r))
        found.append(Answer(case.label, root, weighed[root]))
    return found


def cross_answers(cases: Sequence[Case], roots: Sequence[str], fold: Sequence[int]) -> list[Answer]:
    """What the pool answers for each case when fitted on the other folds."""
    found: list[Answer | None] = [None] * len(cases)
    for n in sorted(set(fold)):
        weights = fit_pool([c for c, f in zip(cases, fold, strict=True) if f != n], roots)
        held = [i for i, f in enumerate(fold) if f == n]
        for i, answer in zip(held, answers([cases[i] for i in held], weights), strict=True):
            found[i] = answer
    return [a for a in found if a is not None]


def model_alone(cases: Sequence[Case], roots: Sequence[str]) -> list[Answer]:
    """What the model answers without the rules."""
    return answers([Case(c.label, c.logs, ()) for c in cases], Weights(roots=tuple(roots)))


def rules_alone(cases: Sequence[Case]) -> list[Answer]:
    """What the first rule answers, CONSULT where there is none."""
    return [
        Answer(c.label, c.votes[0].root, c.votes[0].fit * c.votes[0].confidence)
        if c.votes
        else Answer(c.label, "CONSULT", 0.0)
        for c in cases
    ]


def macro_f1(found: Sequence[Answer]) -> float:
    """The mean of the labels' F1."""
    return sum(f1 for _, f1 in by_label(found)) / len(by_label(found))


def by_label(found: Sequence[Answer]) -> list[tuple[str, float]]:
    """The F1 of each label."""
    result = []
    for label in sorted({a.label for a in found}):
        hits = sum(a.label == a.root == label for a in found)
        total = sum(a.label == label for a in found) + sum(a.root == label for a in found)
        result.append((label, 2 * hits / total))
    return result


def reliability(found: Sequence[Answer]) -> str:
    """A table: of the answers in each band of confidence, how many are right."""
    lines = ["confidence    n   mean  right"]
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        band = [a for a in found if low <= a.confidence < high]
        if band:
            mean = sum(a.confidence for a in band) / len(band)
            lines.append(
                f"{low:.1f} to {min(high, 1.0):.1f} {len(band):5d}  {mean:.3f}  "
                f"{share_right(band):.3f}"
            )
    return "\n".join(lines)


def share_right(found: Sequence[Answer], by: Callable[[Answer], bool] = lambda a: True) -> float:
    """How many of the answers that meet `by` are right."""
    kept = [a for a in found if by(a)]
    return sum(a.label == a.root for a in kept) / len(kept) if kept else float("nan")
