"""Articles for piles, composed with a seeded source of chance, and the copies that outlets print.

About `TELLING` of the sentences tell events, so that a sentence gives near 0.35 reports, as in the
world news of agencies; the reports of `python -m benchmarks` measure it anew. No paragraph stands
twice but in a copy.
"""

from __future__ import annotations

import hashlib
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.sentences import Sentences

TELLING = 0.32
"""The share of sentences drawn from those that tell events."""
WORDS = (250, 600)
"""The least and the most words of an article."""
NEAR = 200
"""A copy is of one of the so many articles before it: copies run on the same day or the next."""
PRINTED = 200
"""Articles a day."""
BEGAN = date(2021, 1, 4)
OUTLETS = (
    "Harbour Gazette", "Northern Ledger", "Meadow Herald", "The Daily Lantern", "Delta Observer",
    "Coastline Today", "Hilltop Post", "Union Dispatch", "The Evening Quill", "Plainsview Times",
)  # fmt: skip
AGENCIES = ("Aldine", "Nordwire", "PSN")


@dataclass(frozen=True)
class Piece:
    """An article as an outlet prints it; `number` counts from 0, `origin` is what it copies."""

    number: int
    origin: int
    outlet: str
    title: str
    byline: str
    town: str
    agency: str
    printed: date
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> list[str]:
        """The paragraphs, the first with its dateline."""
        opening = f"{self.town.upper()} ({self.agency}) - {self.paragraphs[0]}"
        return [opening, *self.paragraphs[1:]]


class Newsroom:
    """Composes `size` articles, of which the share `copied` are copies.

    Same size, share and seed: the same articles.
    """

    def __init__(self, size: int, copied: float = 0.0, seed: int = 11) -> None:
        self._size, self._copied = size, copied
        self._chance = random.Random(seed)
        self._sentences = Sentences(self._chance)
        self._seen = _Seen()

    def pieces(self) -> Iterator[Piece]:
        """One article after another, by day."""
        recent: deque[Piece] = deque(maxlen=NEAR)
        for number in range(self._size):
            if recent and self._chance.random() < self._copied:
                yield self._copy(number, self._chance.choice(recent))
            else:
                recent.append(self._new(number))
                yield recent[-1]

    def _new(self, number: int) -> Piece:
        return Piece(
            number=number,
            origin=number,
            outlet=self._chance.choice(OUTLETS),
            title=self._sentences.headline(),
            byline=self._sentences.person(),
            town=self._sentences.town(),
            agency=self._chance.choice(AGENCIES),
            printed=BEGAN + timedelta(days=number // PRINTED),
            paragraphs=tuple(self._paragraphs(self._chance.randint(*WORDS))),
        )

    def _copy(self, number: int, of: Piece) -> Piece:
        """The article as another outlet runs it: retitled, elsewhere dated, half of them cut."""
        kept = len(of.paragraphs)
        if self._chance.random() < 0.5:
            kept = max(2, kept - self._chance.randint(1, 3))
        others = [outlet for outlet in OUTLETS if outlet != of.outlet]
        return replace(
            of,
            number=number,
            outlet=self._chance.choice(others),
            title=self._sentences.headline(),
            byline=self._sentences.person(),
            town=self._sentences.town(),
            paragraphs=of.paragraphs[:kept],
        )

    def _paragraphs(self, words: int) -> Iterator[str]:
        """Paragraphs of two to four sentences until there are about so many words."""
        while words > 0:
            paragraph = " ".join(self._sentence() for _ in range(self._chance.randint(2, 4)))
            if paragraph not in self._seen:
                self._seen.add(paragraph)
                words -= len(paragraph.split())
                yield paragraph

    def _sentence(self) -> str:
        told = self._chance.random() < TELLING
        return self._sentences.telling() if told else self._sentences.neutral()


class _Seen:
    """Texts that were met, kept as their hashes."""

    def __init__(self) -> None:
        self._hashes: set[bytes] = set()

    def __contains__(self, text: str) -> bool:
        return _hash(text) in self._hashes

    def add(self, text: str) -> None:
        self._hashes.add(_hash(text))


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()
