"""Measure rules, model and both on a file of marked pairs: `python -m training.bench dev.jsonl`.

Only to report: nothing here is fitted. Lines are JSON objects with `text`, `pair` ({"actor":
[start, end], "recipient": [start, end]}) and `gold` ({"root": ..., "flags": [...]}).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import click

from foreigndesk.coding.pair_model import PairModel, load
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings
from training.data import Example
from training.pair import MODELS, rule_votes
from training.pool import (
    Answer,
    Case,
    answers,
    by_label,
    macro_f1,
    model_alone,
    reliability,
    share_right,
)
from training.pool import rules_alone as rules_of


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--models", default=MODELS, type=click.Path(path_type=Path))
def main(path: Path, models: Path) -> None:
    """Print macro-F1 (all lines and by flag), F1 by root and the reliability table."""
    model = load(models)
    if model is None:
        raise click.ClickException(f"no model in {models}; build it: python -m training.pair")
    rows = [row for line in path.open(encoding="utf-8") if (row := json.loads(line)).get("pair")]
    cases = _cases(rows, model)
    systems = {
        "rules": rules_of(cases),
        "model": model_alone(cases, model.weights.roots),
        "both": answers(cases, model.weights),
    }
    flags = [set(row["gold"].get("flags", ())) for row in rows]
    for flag in ("all", *sorted({f for found in flags for f in found})):
        kept = [i for i, found in enumerate(flags) if flag == "all" or flag in found]
        shown = [f"{name} {_figures([found[i] for i in kept])}" for name, found in systems.items()]
        print(f"{flag:7s} n {len(kept):4d}  " + "  ".join(shown))
    print(", ".join(f"{root} {f1:.2f}" for root, f1 in by_label(systems["both"])))
    print(reliability(systems["both"]))


def _figures(found: Sequence[Answer]) -> str:
    """macro-F1 over the roots of the gold, and accuracy."""
    return f"F1 {macro_f1(found):.3f} acc {share_right(found):.3f}"


def _cases(rows: Sequence[dict[str, dict[str, str]]], model: PairModel) -> list[Case]:
    reader, spent, cases = Reader(Settings(learned=0)), 0.0, []
    for row in rows:
        pair: dict[str, list[int]] = row["pair"]  # type: ignore[assignment]
        actor, recipient = pair["actor"], pair["recipient"]
        example = Example(
            row["gold"]["root"], str(row["text"]),
            (actor[0], actor[1]), (recipient[0], recipient[1]),
        )  # fmt: skip
        votes = rule_votes(reader, example)
        begun = time.process_time()
        logs = model.logs(example.text, example.actor, example.recipient)
        spent += time.process_time() - begun
        cases.append(Case(example.label, logs, votes))
    print(f"model: {len(rows) / spent:.0f} sentences a second of one core")
    return cases


if __name__ == "__main__":
    main()
