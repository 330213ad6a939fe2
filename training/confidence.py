"""Fit the confidence of reports on the project's own gold: `python -m training.confidence`.

Prints the six numbers of foreigndesk.coding.confidence and, fivefold, how often reports in a band
of confidence are right. Sentences share a fold, so that none speaks for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from evaluation.gold import read_gold
from foreigndesk.codebook.predicates import predicates
from foreigndesk.coding.confidence import Grounds, features
from foreigndesk.measure.found import coded
from foreigndesk.measure.match import match
from foreigndesk.model import Mention
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings
from training.data import digest
from training.pool import Answer, reliability

_FOLDS, _PENALTY = 5, 0.0005


@dataclass(frozen=True, slots=True)
class Row:
    """A report on the gold: what its confidence rests on, and whether it is right."""

    features: tuple[float, ...]
    right: bool
    fold: int


def main() -> None:
    """Fit and print."""
    torch.set_num_threads(1)
    rows = gather()
    names = ("base", "weight", "actor", "recipient", "clear", "fact")
    print(len(rows), dict(zip(names, (round(x, 1) for x in fit(rows)), strict=True)))
    found = []
    for n in range(_FOLDS):
        told = fit([row for row in rows if row.fold != n])
        found += [Answer("right", "right" if r.right else "wrong", share(told, r))
                  for r in rows if r.fold == n]  # fmt: skip
    print(reliability(found))


def gather() -> list[Row]:
    """Every report that the rules make of the gold's texts."""
    reader, rows = Reader(Settings(learned=0)), []
    weights = {entry.id: entry.weight for entry in predicates(reader.codebook)}
    for text in read_gold():
        found = [r for r in reader.analyse(text.text, text.published).reports if r.rule in weights]
        shown = [coded(report) for report in found]
        matched = match(text, shown)
        right = {
            id(pair.coded)
            for pair in matched.pairs
            if pair.whole and pair.coded.status == pair.gold.status
        }
        for report, given in zip(found, shown, strict=True):
            alone = sum(r.evidence == report.evidence for r in found) == 1
            sides = map(_known, (report.actor, report.recipient))
            told = features(Grounds(weights[report.rule], *sides, alone, report.status))
            fold = int(digest(text.id)[:8], 16) % _FOLDS
            rows.append(Row(told, id(given) in right, fold))
    return rows


def fit(rows: Sequence[Row]) -> list[float]:
    """The coefficients of the features, in their order."""
    features = torch.tensor([row.features for row in rows])
    right = torch.tensor([float(row.right) for row in rows])
    w = torch.zeros(features.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        found = torch.nn.functional.binary_cross_entropy_with_logits(features @ w, right)
        found = found + _PENALTY * (w[1:] ** 2).sum()
        found.backward()  # type: ignore[no-untyped-call]
        return found

    optimiser.step(loss)
    return [float(x) for x in w.detach()]


def share(coefficients: Sequence[float], row: Row) -> float:
    """The confidence that the coefficients give."""
    score = sum(c * f for c, f in zip(coefficients, row.features, strict=True))
    return float(torch.sigmoid(torch.tensor(score)))


def _known(side: Sequence[Mention]) -> bool:
    return any(mention.code for mention in side)


if __name__ == "__main__":
    main()
