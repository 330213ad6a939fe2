"""Figures as plain tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation import measures
from evaluation.gold import HALVES
from evaluation.run import Outcome
from foreigndesk.measure.match import Matched
from foreigndesk.measure.score import Score


def as_json(outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    """All figures and tables of each coder, for a program."""
    return {name: _tables(outcome) for name, outcome in outcomes.items()}


def _tables(outcome: Outcome) -> dict[str, Any]:
    return {
        "figures": outcome.figures(),
        "reliability": measures.reliability(outcome.results),
        "types": {name: _score(score) for name, score in measures.by_type(outcome.results)},
        "statuses": {name: _score(score) for name, score in measures.by_status(outcome.results)},
    }


def _score(score: Score) -> dict[str, float]:
    return {
        "asked": score.asked,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def as_text(outcomes: Mapping[str, Outcome]) -> str:
    """The figures of all coders side by side, then the first one's tables."""
    first = next(iter(outcomes.values()))
    parts = [_figures(outcomes), _reliability(first.results)]
    parts.append(_scores("whole events by type", measures.by_type(first.results)))
    parts.append(_scores("status, over comparable events", measures.by_status(first.results)))
    return "\n\n".join(parts)


def _figures(outcomes: Mapping[str, Outcome]) -> str:
    columns = [(name, half) for name in outcomes for half in HALVES]
    head = f"{'figure':28}" + "".join(f"{name[:9] + ' ' + half:>16}" for name, half in columns)
    values = {name: outcome.figures() for name, outcome in outcomes.items()}
    names = [name.removeprefix(f"{HALVES[0]}.") for name in next(iter(values.values()))]
    rows = [
        f"{figure:28}" + "".join(f"{values[n][f'{h}.{figure}']:>16.3f}" for n, h in columns)
        for figure in names[: len(names) // len(HALVES)]
    ]
    counts = [f"{len(next(iter(outcomes.values())).half(half))} texts in {half}" for half in HALVES]
    return "\n".join([", ".join(counts), head, *rows])


def _reliability(results: Sequence[Matched]) -> str:
    rows = [
        f"{low:.1f} and more {count:>8} {share:>10.3f}"
        for low, count, share in measures.reliability(results)
    ]
    return "\n".join(["confidence       events   precision", *rows])


def _scores(title: str, scores: Sequence[tuple[str, Score]]) -> str:
    rows = [
        f"{name:14}{s.asked:>6}{s.precision:>11.3f}{s.recall:>8.3f}{s.f1:>8.3f}"
        for name, s in scores
    ]
    return "\n".join([title, f"{'':14}{'asked':>6}{'precision':>11}{'recall':>8}{'f1':>8}", *rows])
