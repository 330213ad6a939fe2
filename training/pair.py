"""Build the model of a marked pair's relation: `python -m training.pair` (see README.md).

First fit on made sentences (phrases.yaml, the codebook's own), then on the written ones: without
each fold in turn, to measure on sentences not seen, and on all; the mean of these is written out.
The pool with the rules is fitted on what the first stage says of the written sentences: a kind of
text that it has never met, as news is for the last.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import click
import torch

from foreigndesk.coding.pair import Pair, candidates, votes
from foreigndesk.coding.pair_model import Vote
from foreigndesk.coding.wordpiece import WordPiece
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings
from training.data import Example, folds, labels, written
from training.export import export, write_weights
from training.fit import Plan, Task, fit, scores
from training.minilm import PairNet, folder, pretrained
from training.phrases import Generator
from training.pool import (
    Answer,
    Case,
    answers,
    by_label,
    cross_answers,
    fit_pool,
    macro_f1,
    model_alone,
    reliability,
    rules_alone,
)
from training.says import said

MODELS = Path(__file__).parent.parent / "src" / "foreigndesk" / "coding" / "models"
SEED = 7
RUNS = 2
MADE = Plan(epochs=2, rate=1e-4, swap=0.4, seed=SEED)
WRITTEN = Plan(epochs=4, rate=1e-4, swap=0.5, seed=SEED)


@dataclass(frozen=True, slots=True)
class Material:
    """All sentences: made ones, written ones, and the rules' votes on the written ones."""

    made: list[Example]
    written: list[Example]
    votes: list[list[Vote]]


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the second stage; `held` is the fold left out, None to fit on all."""

    net: PairNet
    written: list[Example]
    task: Task
    fold: tuple[int, ...]
    held: int | None


@click.command()
@click.option("--folds", "count", default=4, show_default=True, help="Folds of cross-validation.")
@click.option("--per-label", default=250, show_default=True, help="Generated sentences a label.")
@click.option("--out", default=MODELS, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--begun", type=click.Path(path_type=Path), help="Keep the first stage here.")
def main(count: int, per_label: int, out: Path, begun: Path | None) -> None:
    """Fit, cross-validate, pool with the rules and export."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    material = gather(per_label)
    task = Task(WordPiece.of((folder() / "vocab.txt").read_text("utf-8")), labels(material.written))
    fold = folds(material.written, count)
    net = first_stage(material, task, begun)
    rows = scores(net, material.written, task)
    strange = [
        Case(e.label, row, vote)
        for e, row, vote in zip(material.written, rows, material.votes, strict=True)
    ]
    weights = fit_pool(strange, task.roots)
    print("after the first stage, the written sentences a strange kind of text:")
    report(strange, task.roots, cross_answers(strange, task.roots, fold))
    cases, net = second_stage(net, material, task, fold)
    print(f"after the second stage, {count}-fold cross-validation:")
    report(cases, task.roots, answers(cases, weights))
    net.merge_marks()
    export(net, out)
    write_weights(weights, out)


def gather(per_label: int) -> Material:
    """The sentences, made and written, and what the rules say of the written ones."""
    reader = Reader(Settings())
    generator = Generator(SEED)
    made = generator.examples(per_label) + said(reader, generator.inflect, SEED)
    sentences = written()
    print(f"{len(made)} sentences made, {len(sentences)} written", flush=True)
    return Material(made, sentences, [rule_votes(reader, example) for example in sentences])


def rule_votes(reader: Reader, example: Example) -> list[Vote]:
    """What the rules say of a marked sentence."""
    reading = reader.reading_of_text(example.text, None, None)
    return votes(candidates(reader.coder, reading, Pair(example.actor, example.recipient)))


def first_stage(material: Material, task: Task, begun: Path | None) -> PairNet:
    """MiniLM fitted on the made sentences, read from `begun` if that is there."""
    torch.manual_seed(SEED)
    net = pretrained(len(task.roots))
    if begun and begun.is_file():
        net.load_state_dict(torch.load(begun))
        return net
    fit(net, material.made, task, MADE)
    if begun:
        torch.save(net.state_dict(), begun)
    return net


def second_stage(
    net: PairNet, material: Material, task: Task, fold: Sequence[int]
) -> tuple[list[Case], PairNet]:
    """For each written sentence what a network fitted on the other folds predicts; and the mean
    of these networks and one fitted on all. Two runs go at once, each with one thread, so that
    nothing depends on it."""
    jobs = [Job(net, material.written, task, tuple(fold), n) for n in (*sorted(set(fold)), None)]
    with ProcessPoolExecutor(RUNS, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(run, jobs))
    logs = {i: row for _, rows in parts for i, row in rows.items()}
    rows = enumerate(zip(material.written, material.votes, strict=True))
    return [Case(e.label, logs[i], vote) for i, (e, vote) in rows], mean([n for n, _ in parts])


def mean(nets: Sequence[PairNet]) -> PairNet:
    """The network whose weights are the mean of several that began at the same weights.

    Such a mean holds up better on other kinds of text (Wortsman et al. 2022, arXiv 2203.05482).
    """
    states = [net.state_dict() for net in nets]
    found = copy.deepcopy(nets[0])
    found.load_state_dict({k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]})
    return found.eval()


def run(job: Job) -> tuple[PairNet, dict[int, list[float]]]:
    """Fit on all but the held-out fold and predict that."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    shown = [e for e, f in zip(job.written, job.fold, strict=True) if f != job.held]
    net = copy.deepcopy(job.net)  # torch hands it over in memory that all runs share
    fit(net, shown, job.task, WRITTEN)
    held = [i for i, f in enumerate(job.fold) if f == job.held]
    found = scores(net, [job.written[i] for i in held], job.task)
    print(f"fold {job.held} done", flush=True)
    return net, dict(zip(held, found, strict=True))


def report(cases: Sequence[Case], roots: Sequence[str], pooled: Sequence[Answer]) -> None:
    """Print macro-F1 of rules, model and both, the roots' F1, and the reliability of both."""
    for name, found in (
        ("rules", rules_alone(cases)),
        ("model", model_alone(cases, roots)),
        ("both", pooled),
    ):
        print(f"macro-F1 {name:6s} {macro_f1(found):.3f}")
    print(", ".join(f"{label} {f1:.2f}" for label, f1 in by_label(pooled)))
    print(reliability(pooled), flush=True)


if __name__ == "__main__":
    main()
