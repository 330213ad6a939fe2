"""A small learned model of the relation between two marked actors, and how it joins the rules.

The model is all-MiniLM-L6-v2 fine-tuned on sentences written for this project (training/), with
markers around both actors, stored as int8 ONNX. It runs with onnxruntime, one text at a time, so
that an answer does not depend on what else is read. Without onnxruntime or the files: no model.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from foreigndesk.coding.wordpiece import WordPiece
from foreigndesk.grammar.onnx_session import one_core_session

RULE = "model.pair-minilm"
NONE = "NONE"
"""The label of two actors that a sentence does not relate."""
MODEL, VOCABULARY, WEIGHTS = "pair_minilm.onnx", "pair_minilm.vocab.txt", "pair_minilm.json"
LONGEST = 128
"""Word pieces that the model reads at most; of longer texts a window around the marks is kept."""
NEAR = 36
"""Word pieces that it reads at most of a sentence that rules leave open: a third less time, and on
the development sets the same events."""
_CLS, _SEP = 101, 102
_MARKS = {"actor": (1, 2), "recipient": (3, 4)}  # [unused0] to [unused3]


@dataclass(frozen=True, slots=True)
class Vote:
    """A rule's answer: root, how well its sides fit the pair, its confidence; both 0 to 1."""

    root: str
    fit: float
    confidence: float


class Weights(msgspec.Struct, frozen=True):
    """The log-linear pool of model and rules, fitted on held-out sentences by training/pool.py.

    The score of a root is `model` times the model's log probability plus, where the first rule
    says so, `rule` by how it fits and `by_root`; plus `other` for the roots of further rules.
    `none`: the model has one more score, behind those of the roots, for no relation at all.
    """

    roots: tuple[str, ...]
    model: float = 1.0
    rule: dict[str, float] = {}
    rule_confidence: float = 0.0
    by_root: dict[str, float] = {}
    other: float = 0.0
    sharpness: float = 1.0
    none: bool = False

    def probabilities(self, logs: Sequence[float], votes: Sequence[Vote]) -> dict[str, float]:
        """The probability of each root, from the model's log probabilities and the rules' votes."""
        scores = {root: self.model * log for root, log in zip(self.roots, logs, strict=True)}
        if votes:
            first = votes[0]
            scores[first.root] += (
                self.rule.get(fit_class(first.fit), 0.0)
                + self.rule_confidence * first.confidence
                + self.by_root.get(first.root, 0.0)
            )
        for root, strength in others(votes).items():
            scores[root] += self.other * strength
        return _softmax({root: self.sharpness * score for root, score in scores.items()})


def fit_class(fit: float) -> str:
    """The classes of fit that have weights of their own."""
    return "both" if fit >= 0.9 else "one" if fit >= 0.6 else "wrong-way"


def others(votes: Sequence[Vote]) -> dict[str, float]:
    """How strongly further rules speak for roots that the first does not name."""
    found: dict[str, float] = {}
    for vote in votes[1:]:
        if vote.root != votes[0].root:
            found[vote.root] = max(found.get(vote.root, 0.0), vote.fit * vote.confidence)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """The loaded model: a session of onnxruntime, the tokenizer and the pool's weights."""

    session: Any
    pieces: WordPiece
    weights: Weights

    def logs(self, text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> list[float]:
        """The natural logarithm of the probability of each root, in the order of `roots`, of two
        that are held to be related."""
        scores = self._scores(encode(self.pieces, text, actor, recipient))
        return normalised(scores[: len(self.weights.roots)])

    def shares(
        self, text: str, actor: tuple[int, int], recipient: tuple[int, int]
    ) -> dict[str, float]:
        """The probability of each root and, if the model knows it, of `NONE`; only the `NEAR`
        pieces around the two are read."""
        labels = (*self.weights.roots, NONE) if self.weights.none else self.weights.roots
        ids = encode(self.pieces, text, actor, recipient, NEAR)
        logs = normalised(self._scores(ids))
        return {label: math.exp(log) for label, log in zip(labels, logs, strict=True)}

    def _scores(self, ids: list[int]) -> list[float]:
        import numpy as np

        (found,) = self.session.run(None, {"ids": np.asarray([ids], dtype=np.int64)})
        return [float(x) for x in found[0]]


def normalised(scores: Sequence[float]) -> list[float]:
    """Scores as natural logarithms of probabilities."""
    top = max(scores)
    total = top + math.log(sum(math.exp(x - top) for x in scores))
    return [x - total for x in scores]


def encode(
    pieces: WordPiece,
    text: str,
    actor: tuple[int, int],
    recipient: tuple[int, int],
    longest: int = LONGEST,
) -> list[int]:
    """The piece numbers of a text with marks around both actors, at most `longest` of them."""
    spans = {"actor": actor, "recipient": recipient}
    cuts = sorted(
        (offset, 1 - side, _MARKS[who][side])
        for who, span in spans.items()
        for side, offset in enumerate(span)
    )
    ids: list[int] = []
    at = 0
    for offset, _, mark in cuts:
        ids += [*pieces.ids(text[at:offset]), mark]
        at = offset
    ids += pieces.ids(text[at:])
    return [_CLS, *_window(ids, longest - 2), _SEP]


def _window(ids: list[int], size: int) -> list[int]:
    """The `size` pieces around the marks; marks too far apart keep the words next to them."""
    if len(ids) <= size:
        return ids
    places = [i for i, n in enumerate(ids) if n <= max(_MARKS["recipient"])]
    first, last = places[0], places[-1] + 1
    if last - first > size:
        half = size // 2
        return [*ids[first : first + half], *ids[last - (size - half) : last]]
    start = max(0, min(first - (size - (last - first)) // 2, len(ids) - size))
    return ids[start : start + size]


@lru_cache(maxsize=1)
def shipped() -> PairModel | None:
    """The model in the package; None if its files or onnxruntime are missing."""
    return load(Path(str(files("foreigndesk.coding") / "models")))


def load(folder: Path) -> PairModel | None:
    """The model in a folder; None if a file of it or onnxruntime is missing."""
    if not all((folder / name).is_file() for name in (MODEL, VOCABULARY, WEIGHTS)):
        return None
    session = one_core_session(str(folder / MODEL))
    if session is None:
        return None
    weights = msgspec.convert(json.loads((folder / WEIGHTS).read_text("utf-8")), Weights)
    return PairModel(session, WordPiece.of((folder / VOCABULARY).read_text("utf-8")), weights)


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    raised = {root: math.exp(score - top) for root, score in scores.items()}
    total = sum(raised.values())
    return {root: value / total for root, value in raised.items()}
