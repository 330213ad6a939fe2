"""Build the model of a marked pair's relation: `python -m training.pair` (see README.md).

First fit on made sentences (phrases.yaml, the codebook's own), then, with several seeds, on the
written ones but for a tenth; the mean of these networks is written out and measured on the tenth.
The pool with the rules is fitted on what the first stage says of the written sentences: a kind of
text that it has never met, as news is for the last.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import click
import msgspec
import torch

from foreigndesk.coding.pair import Pair, candidates, votes
from foreigndesk.coding.pair_model import NONE, Vote, normalised
from foreigndesk.coding.wordpiece import WordPiece
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings
from training.data import Example, folds, kept_and_held, labels, written
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
from training.unrelated import beside, silent, turned

MODELS = Path(__file__).parent.parent / "src" / "foreigndesk" / "coding" / "models"
SEED = 7
RUNS = 2
MADE = Plan(epochs=2, rate=1e-4, swap=0.4, seed=SEED)
WRITTEN = Plan(epochs=3, rate=1e-4, swap=0.5)
BESIDE = 2200
"""Pairs of written sentences, unrelated, that are learned from at most."""
TURNED = 12
"""One in so many made sentences is shown with its marks turned about, too."""


@dataclass(frozen=True, slots=True)
class Material:
    """All sentences: made ones, and written ones to learn from and to measure on.

    `none` and `held_none` are those of actors that no relation holds between.
    """

    made: list[Example]
    written: list[Example]
    held: list[Example]
    none: list[Example]
    held_none: list[Example]

    def learned(self) -> list[Example]:
        """What the second stage learns from."""
        return [*self.written, *self.none]


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the second stage."""

    net: PairNet
    written: list[Example]
    task: Task
    seed: int


@click.command()
@click.option("--nets", default=2, show_default=True, help="Networks of which the mean is taken.")
@click.option("--per-label", default=250, show_default=True, help="Generated sentences a label.")
@click.option("--out", default=MODELS, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--begun", type=click.Path(path_type=Path), help="Keep the first stage here.")
def main(nets: int, per_label: int, out: Path, begun: Path | None) -> None:
    """Fit, pool with the rules, export and measure."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    reader = Reader(Settings(learned=0))
    material = gather(reader, per_label)
    roots = labels(material.written)
    pieces = WordPiece.of((folder() / "vocab.txt").read_text("utf-8"))
    task = Task(pieces, [*roots, NONE])
    net = first_stage(material, task, begun)
    strange = cases(reader, net, material.written, task)
    weights = msgspec.structs.replace(fit_pool(strange, roots), none=True)
    print("after the first stage, what the pool is fitted on; the pool itself fourfold:")
    report(strange, roots, cross_answers(strange, roots, folds(material.written, 4)))
    net = second_stage(net, material.learned(), task, nets)
    net.merge_marks()
    export(net, out)
    write_weights(weights, out)
    print("after the second stage, on written sentences never learned from:")
    held = cases(reader, net, material.held, task)
    report(held, roots, answers(held, weights))
    report_none(net, material, task)


def gather(reader: Reader, per_label: int) -> Material:
    """The sentences, made and written, those without a relation too."""
    generator = Generator(SEED)
    made = generator.examples(per_label) + said(reader, generator.inflect, SEED)
    quiet = silent(reader)
    kept, held = kept_and_held(written())
    related = [e for e in kept if e.label != NONE]
    own = [e for e in kept if e.label == NONE]
    none = [*beside(reader, related, BESIDE, SEED), *own, *own, *quiet]
    made += [*turned(made[::TURNED]), *quiet]
    print(f"{len(made)} made, {len(related)} written, {len(none)} unrelated, {len(held)} held out")
    return Material(
        made, related, [e for e in held if e.label != NONE], none,
        [e for e in held if e.label == NONE],
    )  # fmt: skip


def cases(reader: Reader, net: PairNet, examples: Sequence[Example], task: Task) -> list[Case]:
    """What network and rules say of sentences, of two that are held to be related."""
    rows = zip(examples, scores(net, examples, task), strict=True)
    return [Case(e.label, normalised(row[:-1]), rule_votes(reader, e)) for e, row in rows]


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


def second_stage(net: PairNet, examples: Sequence[Example], task: Task, count: int) -> PairNet:
    """The mean of `count` networks fitted with different seeds. Two runs go at once, each with one
    thread, so that nothing depends on it."""
    jobs = [Job(net, list(examples), task, SEED + n) for n in range(count)]
    with ProcessPoolExecutor(RUNS, mp_context=get_context("spawn")) as pool:
        return mean(list(pool.map(run, jobs)))


def mean(nets: Sequence[PairNet]) -> PairNet:
    """The network whose weights are the mean of several that began at the same weights.

    Such a mean holds up better on other kinds of text (Wortsman et al. 2022, arXiv 2203.05482).
    """
    states = [net.state_dict() for net in nets]
    found = copy.deepcopy(nets[0])
    found.load_state_dict({k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]})
    return found.eval()


def run(job: Job) -> PairNet:
    """Fit one network on the written sentences."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    net = copy.deepcopy(job.net)  # torch hands it over in memory that all runs share
    fit(net, job.written, job.task, replace(WRITTEN, seed=job.seed))
    print(f"seed {job.seed} done", flush=True)
    return net


def report_none(net: PairNet, material: Material, task: Task) -> None:
    """Print how many held-out pairs the network takes for unrelated, rightly and wrongly."""
    for name, held in (("unrelated", material.held_none), ("related", material.held)):
        told = [row[-1] == max(row) for row in scores(net, held, task)]
        print(f"{sum(told)} of {len(held)} {name} held to be unrelated", flush=True)


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
