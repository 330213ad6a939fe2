"""Sentences made from phrases.yaml: verb phrases crossed with frames, two actors marked.

The same seed gives the same sentences. What the label is follows PLOVER's habits: a future favour
is AGREE, a future harm THREATEN, a refused favour REJECT.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from training.data import Example, parse_marks
from training.inflect import Inflector

PHRASES = Path(__file__).with_name("phrases.yaml")
FAVOURS = ("CONSULT", "COOPERATE", "AID", "SUPPORT", "YIELD")
HARMS = ("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST")
_OF = re.compile(r"\b(?:the|an?) ([\w ]+?) (?:of|by|from) <R>")
_JOINS = [", a day after ", ", while ", "; ", ", weeks before ", " after ", " as "]
_NOMINAL, _OTHER, _POSSESSOR, _PASSIVE = 0.18, 0.2, 0.5, 0.35
# For each label made by a carrier: which carriers, over whose deeds, in what share.
_CARRIED: dict[str, tuple[tuple[str, tuple[str, ...], float], ...]] = {
    "AGREE": (("AGREE", FAVOURS, 0.65),),
    "REJECT": (("REJECT", FAVOURS, 0.45), ("DENY", HARMS, 0.1)),
    "THREATEN": (("THREATEN", HARMS, 0.5),),
    "REQUEST": (("REQUEST", ("CONSULT",), 0.08),),
    "SANCTION": (("SANCTION", ("AID", "COOPERATE"), 0.12),),
    "YIELD": (("YIELD", ("COERCE", "ASSAULT", "SANCTION"), 0.12),),
}


@dataclass
class Generator:
    """Makes labelled sentences; `seed` fixes them all."""

    seed: int = 1
    words: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.words = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
        self.inflect = Inflector(self.words["irregular"])
        self.random = random.Random(self.seed)
        self.labels = sorted(self.words["nominals"])

    def examples(self, per_label: int) -> list[Example]:
        """`per_label` different sentences for each of the 15 labels, in a fixed order."""
        found: dict[str, Example] = {}
        for label in self.labels:
            wanted = len(found) + per_label
            while len(found) < wanted:
                example = parse_marks(label, self._sentence(label))
                if example is not None:
                    found.setdefault(example.text, example)
        return list(found.values())

    def actor(self, kind: str) -> str:
        """The words for an actor of a kind (a list under `roles`)."""
        state, adjective = self._pick(self.words["states"]).split(":")
        form: str = self._pick(self.words["roles"][kind])
        form = form.replace("<S>", state).replace("<J>", adjective)
        return form.replace("<N>", self._pick(self.words["names"]))

    def kind(self, label: str, side: str) -> str:
        """A kind of actor that is usual on a side ("A", "R") of a label."""
        kinds = self.words["kinds"]
        return self._pick(kinds.get(label, kinds["default"])[side])

    def _deed_of_others(self) -> str:
        deed = self._pick(self.words["deeds"][self.random.choice(FAVOURS + HARMS)])
        return "<third> " + self.inflect.past(deed.replace("<R>", "<third>"))

    def _slots(self, text: str) -> str:
        while slot := re.search(r"<(\w+)>", text):
            text = text[: slot.start()] + self._slot(slot[1]) + text[slot.end() :]
        return text

    def _pick(self, items: list[str]) -> str:
        return self.random.choice(items)

    def _sentence(self, label: str) -> str:
        if self.random.random() < _NOMINAL:
            template = self._pick(self.words["nominals"][label])
        else:
            template = self._framed(self._phrase(label))
        if self.random.random() < _OTHER:
            template = self._beside(template)
        return self._filled(template, label)

    def _phrase(self, label: str) -> str:
        dice = self.random.random()
        for carrier, deeds, share in _CARRIED.get(label, ()):
            if dice < share:
                return self._carried(self._pick(self.words["carriers"][carrier]), deeds)
            dice -= share
        source = "operators" if label in self.words["operators"] else "deeds"
        return self._pick(self.words[source][label])

    def _carried(self, carrier: str, deeds: tuple[str, ...]) -> str:
        deed = self._pick(self.words["deeds"][self.random.choice(deeds)])
        if "Ving" in carrier:
            return carrier.replace("Ving", self.inflect.gerund(deed))
        if carrier == "no longer V":
            return carrier.replace("V", deed)
        return re.sub(r"\bV\b", lambda _: deed, carrier)

    def _framed(self, phrase: str) -> str:
        if self.random.random() < _POSSESSOR:
            phrase = re.sub(
                r"\b(?:the|an?) ([\w ]+?) (?:of|by|from) <R>", r"<R>'s \1", phrase, count=1
            )
        verb, *rest = phrase.split()
        finite = self.inflect.finite_only(phrase)
        if rest and rest[0] == "<R>" and not finite and self.random.random() < _PASSIVE:
            return self._passive(verb, " ".join(rest[1:]))
        frame = self._pick(self.words["frames"])
        if finite and "past>" not in frame and "present" not in frame:
            frame = "<A> <past>."
        forms = {
            "<past>": self.inflect.past(phrase),
            "<pluperfect>": phrase if finite else "had " + self.inflect.participle(phrase),
            "<perfect>": "has " + self.inflect.participle(phrase),
            "<present>": self.inflect.present(phrase),
            "<ing>": self.inflect.gerund(phrase),
        }
        for slot, form in forms.items():
            frame = frame.replace(slot, form)
        return frame

    def _passive(self, verb: str, rest: str) -> str:
        participle = f"{self.inflect.participle(verb)} {rest}".strip()
        frame = self._pick(self.words["passives"])
        frame = frame.replace("<passive>", self._pick(["was ", "were ", "has been "]) + participle)
        return frame.replace("<perfectpassive>", f"had been {participle}")

    def _beside(self, template: str) -> str:
        """The sentence with a clause about two other actors before or after it."""
        other = self._deed_of_others()
        if self.random.random() < 0.4:
            return (
                self._pick(["After <o>, <s>", "As <o>, <s>", "While <o>, <s>"])
                .replace("<o>", other)
                .replace("<s>", template)
            )
        return template.rstrip(".") + self._pick(_JOINS) + other + "."

    def _filled(self, template: str, label: str) -> str:
        actor, recipient = self._sides(label)
        text = template.replace("<A>", f"⟦A:{actor}⟧", 1).replace("<R>", f"⟦R:{recipient}⟧", 1)
        text = self._slots(text)
        start = re.search(r"\w", text.replace("⟦A:", "\0\0\0").replace("⟦R:", "\0\0\0"))
        at = start.start() if start else 0
        return text[:at] + text[at].upper() + text[at + 1 :]

    def _sides(self, label: str) -> tuple[str, str]:
        actor = self.actor(self.kind(label, "A"))
        recipient = actor
        while recipient == actor:
            recipient = self.actor(self.kind(label, "R"))
        return actor, recipient

    def _slot(self, name: str) -> str:
        if name in ("A", "R"):
            return "it"
        if name in ("T", "third"):
            return self.actor(self._pick(["state", "state", "leader", "bodies", "armed"]))
        if name in ("wronging", "asking", "gooding"):
            return self.inflect.gerund(self._pick(self.words[name.removesuffix("ing") + "s"]))
        if name == "wronged":
            return self.inflect.past(self._pick(self.words["wrongs"]))
        if name == "year":
            return str(self.random.randint(1990, 2022))
        if name == "witness":
            return self._pick(self.words["witnesses"])
        picked = self._pick(self.words[name.lower() + "s"])
        return picked.upper() if name == "PLACE" else picked
