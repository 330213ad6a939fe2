"""Fitting the network: batches of like length, in an order that only the seed decides."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch.nn import functional

from foreigndesk.coding.pair_model import encode
from foreigndesk.coding.wordpiece import WordPiece
from training.data import Example
from training.minilm import PairNet
from training.phrases import Generator


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit: passes over the data, texts in a batch, the highest learning rate, how often
    a marked actor is put in another's place, and the seed of all chances."""

    epochs: int
    batch: int = 32
    rate: float = 1e-4
    head_rate: float = 1e-3
    swap: float = 0.0
    smoothing: float = 0.05
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Task:
    """What every run shares: the tokenizer and the labels in order."""

    pieces: WordPiece
    roots: Sequence[str]


def fit(net: PairNet, examples: Sequence[Example], task: Task, plan: Plan) -> None:
    """Fit the network in place."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    actors = Generator(plan.seed)
    head = [p for n, p in net.named_parameters() if n.startswith("head")]
    learned = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    body = [p for n, p in learned if not n.startswith("head")]
    steps = plan.epochs * len(_batches([1] * len(examples), plan.batch, chance))
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": head, "lr": plan.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / (0.1 * steps), max(0.0, (steps - n) / (0.9 * steps)))
    )
    net.train()
    for epoch in range(plan.epochs):
        begun, total = time.monotonic(), 0.0
        shown = [_swapped(e, actors, chance, plan.swap) for e in examples]
        ids = [encode(task.pieces, e.text, e.actor, e.recipient) for e in shown]
        batches = _batches([len(i) for i in ids], plan.batch, chance)
        for step, batch in enumerate(batches):
            if step % 100 == 99:
                print(f"  step {step + 1}/{len(batches)}: {total / step:.3f}", flush=True)
            gold = torch.tensor([task.roots.index(examples[i].label) for i in batch])
            with torch.autocast("cpu", torch.bfloat16):
                scores = net(padded([ids[i] for i in batch]))
            loss = functional.cross_entropy(scores.float(), gold, label_smoothing=plan.smoothing)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        spent = time.monotonic() - begun
        print(f"  epoch {epoch + 1}: loss {total / len(batches):.3f}, {spent:.0f} s", flush=True)
    net.eval()


def scores(net: PairNet, examples: Sequence[Example], task: Task) -> list[list[float]]:
    """The log probability of each root for each example."""
    net.eval()
    found = []
    with torch.no_grad():
        for e in examples:
            ids = padded([encode(task.pieces, e.text, e.actor, e.recipient)])
            found.append(net(ids).log_softmax(-1)[0].tolist())
    return found


def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Rows of piece numbers as one tensor, filled up with 0."""
    longest = max(len(row) for row in rows)
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])


def _batches(lengths: Sequence[int], size: int, chance: random.Random) -> list[list[int]]:
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i] + chance.uniform(0, 8), i))
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(batches)
    return batches


def _swapped(example: Example, actors: Generator, chance: random.Random, share: float) -> Example:
    """The example with one or both marked actors replaced by others, in a share of cases."""
    if chance.random() >= share:
        return example
    sides = chance.choice((("A",), ("R",), ("A", "R")))
    for side in sides:
        start, end = example.actor if side == "A" else example.recipient
        old = example.text[start:end]
        new = actors.actor(actors.kind(example.label, side))
        if re.search(r"['’]s?$", old):
            new += "'s"
        if start == 0:
            new = new[0].upper() + new[1:]
        example = _replaced(example, (start, end), new)
    return example


def _replaced(example: Example, span: tuple[int, int], new: str) -> Example:
    start, end = span
    grown = len(new) - (end - start)

    def moved(place: tuple[int, int]) -> tuple[int, int]:
        if place == span:
            return start, start + len(new)
        return (place[0] + grown, place[1] + grown) if place[0] >= end else place

    text = example.text[:start] + new + example.text[end:]
    return replace(
        example, text=text, actor=moved(example.actor), recipient=moved(example.recipient)
    )
