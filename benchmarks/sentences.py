"""Sentences for piles: those that tell events, from the project's own, and neutral ones.

States in the telling ones are exchanged for others, with their adjectives and people, so that few
sentences stand twice; the neutral ones have slots.
"""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from foreigndesk.codebook.actors import Actor
from foreigndesk.codebook.load import open_codebook
from foreigndesk.codebook.predicates import PredicateEntry

HERE = Path(__file__).parent
GOLD = HERE.parent / "evaluation" / "gold"
SHORT = 16
"""Words: a shorter sentence is given a tail, as the press writes longer ones than codebooks."""
_WORD = re.compile(r"[A-Z][a-z]+")
_SLOT = re.compile(r"{(\w+)}")
_END = re.compile(r"(?<=[a-z][.!?]) (?=[A-Z])")
_ARTICLE = re.compile(r"\b([Aa])n? (?=([A-Z])[a-z])")
State = tuple[str, str, str]
"""Name, adjective and people: Norway, Norwegian, Norwegians."""


class Sentences:
    """Draws sentences with a seeded source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._told = _told()
        self._states = _states()
        self._forms = {form: n for n, s in enumerate(self._states) for form in s}
        neutral: dict[str, Any] = yaml.safe_load((HERE / "neutral.yaml").read_text("utf-8"))
        self._slots: dict[str, list[str]] = neutral["slots"]
        self._neutral: list[str] = neutral["sentences"]
        self._tails: list[str] = neutral["tails"]

    def telling(self) -> str:
        """A sentence (or the two or three of a gold text) that mostly tells events."""
        text = self._elsewhere(self._chance.choice(self._told))
        plain = text.endswith(".") and '"' not in text
        if plain and len(text.split()) < SHORT:
            text = text[:-1] + self._filled(self._chance.choice(self._tails)) + "."
        return text

    def neutral(self) -> str:
        """A sentence in which nobody does anything to anybody."""
        text = self._filled(self._chance.choice(self._neutral))
        return text[0].upper() + text[1:]

    def headline(self) -> str:
        """A short line without a full stop, of either kind."""
        text = self._elsewhere(self._chance.choice(self._told))
        first = _END.split(text)[0] if self._chance.random() < 0.5 else self.neutral()
        return " ".join(first.rstrip(".").split(",")[0].split()[:14])

    def town(self) -> str:
        """The name of a town."""
        return self._chance.choice(self._slots["town"])

    def person(self) -> str:
        """The name of somebody unknown."""
        return self._chance.choice(self._slots["person"])

    def _filled(self, text: str) -> str:
        return _SLOT.sub(lambda slot: self._value(slot.group(1)), text)

    def _value(self, slot: str) -> str:
        if slot == "n":
            return str(self._chance.randint(2, 98))
        if slot == "big":
            return f"{self._chance.randint(11, 989) * 100:,}"
        return self._chance.choice(self._slots[slot])

    def _elsewhere(self, text: str) -> str:
        """The sentence told of other states, each for the same one throughout."""
        named = {self._forms[w]: 0 for w in _WORD.findall(text) if w in self._forms}
        others = self._chance.sample(range(len(self._states)), len(named))
        swap = dict(zip(named, others, strict=True))

        def other(match: re.Match[str]) -> str:
            n = self._forms.get(match.group())
            if n is None:
                return match.group()
            return self._states[swap[n]][self._states[n].index(match.group())]

        return _ARTICLE.sub(_article, _WORD.sub(other, text))


def _article(match: re.Match[str]) -> str:
    return f"{match.group(1)}{'n' if match.group(2) in 'AEIO' else ''} "


@cache
def _told() -> tuple[str, ...]:
    """What the codebook's predicates must code, and the texts of the gold, each once."""
    entries = open_codebook().entries("predicates", PredicateEntry)
    lines = [line for file in sorted(GOLD.glob("*.jsonl")) for line in file.open(encoding="utf-8")]
    texts = [entry.says for entry in entries] + [json.loads(line)["text"] for line in lines]
    return tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


@cache
def _states() -> tuple[State, ...]:
    """The states whose three names are single words that no other state bears."""
    actors = open_codebook().entries("actors", Actor)
    found: dict[str, State] = {}
    for actor in actors:
        if actor.kind != "state" or not actor.adjectives or not actor.demonyms:
            continue
        forms = (actor.name, actor.adjectives[0], actor.demonyms[0])
        if len({*forms}) == 3 and all(_WORD.fullmatch(f) for f in forms):
            found.setdefault(actor.name, forms)
    forms_of = [form for state in found.values() for form in state]
    return tuple(s for s in found.values() if all(forms_of.count(f) == 1 for f in s))
