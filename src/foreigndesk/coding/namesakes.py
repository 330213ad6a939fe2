"""Names of states that are part of another name: "Michael Jordan", "the South China Sea"."""

from __future__ import annotations

from foreigndesk.codebook.actors import Actor
from foreigndesk.coding.lexicon import Lexicon
from foreigndesk.coding.names import PERSON as PERSON_USE
from foreigndesk.coding.names import SEAT as SEAT_USE
from foreigndesk.coding.names import Names, fold
from foreigndesk.coding.units import Unit
from foreigndesk.grammar.tree import Tree

_STATES = ("state", "territory", "region")
_NAME_TAGS = ("NNP", "NNPS")


class Namesakes:
    """Tells a state's name apart from the same word within a longer name."""

    def __init__(self, names: Names, lexicon: Lexicon) -> None:
        self._given = names.given
        self._heads = lexicon.words("reference-name-heads")
        self._leads = lexicon.words("reference-name-leads")
        self._elsewhere = lexicon.words("reference-other-place")
        self._compass = lexicon.words("reference-compass")
        self._bars = lexicon.words("reference-not-a-name")
        self._tails = lexicon.words("reference-name-tails")

    def within_place(self, tree: Tree, unit: Unit, at: dict[int, Unit]) -> range | None:
        """The tokens of a longer name of a place, war or crisis that holds the unit's name."""
        if not isinstance(unit.entry, Actor) or unit.entry.kind not in _STATES:
            return None
        end = self._head_after(tree, unit, at)
        if end is not None:
            return range(self._start(tree, unit.first, at), end + 1)
        begin = self._lead_before(tree, unit.first)
        return None if begin is None else range(begin, unit.last + 1)

    def _head_after(self, tree: Tree, unit: Unit, at: dict[int, Unit]) -> int | None:
        """The noun that makes it another name: "Sea" in "South China Sea"; else None."""
        i = unit.last + 1
        while i < len(tree) and (tree[i].text == "-" or (i in at and tree[i - 1].text == "-")):
            i += 1
        if i >= len(tree):
            return None
        pair = " ".join(t.text.lower() for t in tree.tokens[i : i + 2])
        if pair in self._heads:
            return i + 1
        word, one = tree[i].text, unit.last + 1 == i or tree[i - 1].text != "-"
        if word[:1].isupper() and word.lower() in self._heads and (one or word == "Contra"):
            return i
        return None

    def _start(self, tree: Tree, first: int, at: dict[int, Unit]) -> int:
        while first and first - 1 not in at and tree[first - 1].text.lower() in self._compass:
            first -= 1
        return first

    def _lead_before(self, tree: Tree, first: int) -> int | None:
        """The noun before that makes it another name: "Gulf of Mexico", "Lake Chad"."""
        before = tree[first - 1] if first else None
        if before is None:
            return None
        if before.text == "of" and first > 1:
            lead = tree[first - 2].text
            return first - 2 if lead[:1].isupper() and f"{lead.lower()} of" in self._leads else None
        named = before.text[:1].isupper() and before.text.lower() in self._leads
        return first - 1 if named else None

    def of_a_person(self, tree: Tree, unit: Unit, at: dict[int, Unit]) -> bool:
        """Whether a given name before or a surname after makes it part of a person's name."""
        entry = unit.entry
        if unit.sort == PERSON_USE or not isinstance(entry, Actor) or entry.kind not in _STATES:
            return False
        if unit.first and unit.first - 1 not in at and self._named_before(tree, unit):
            return True
        return self._named_after(tree, unit, at)

    def _named_before(self, tree: Tree, unit: Unit) -> bool:
        before = tree[unit.first - 1]
        word = before.text.lower()
        if before.tag not in _NAME_TAGS or not before.text[:1].isupper():
            return False
        if word in self._elsewhere:
            return True
        if word in self._compass or before.dep not in ("compound", "nmod", "amod"):
            return False
        one = unit.first == unit.last
        if unit.sort == SEAT_USE and one and self._told_of(tree, unit):
            return True
        if any(r.shared for r in unit.readings):
            return one and before.head == unit.head
        return one and unit.sort in (SEAT_USE, "name") and fold(before.text) in self._given

    def _told_of(self, tree: Tree, unit: Unit) -> bool:
        """Whether plain prose goes on behind a name with a capital before the seat's."""
        before = tree[unit.first - 1].text
        after = tree[unit.last + 1].text if unit.last + 1 < len(tree) else ""
        barred = before.lower() in self._bars or before.isupper() or not before.isalpha()
        joined = tree[unit.first - 1].head == unit.head and len(before) > 2
        return joined and not barred and after[:1].islower()

    def _named_after(self, tree: Tree, unit: Unit, at: dict[int, Unit]) -> bool:
        i = unit.last + 1
        if unit.first != unit.last or i >= len(tree) or i in at:
            return False
        after, own = tree[i], tree[unit.last]
        if after.tag not in _NAME_TAGS or after.text.lower() in self._tails or own.head != i:
            return False
        doubtful = any(r.shared for r in unit.readings)
        return own.dep == "compound" and doubtful and after.text[:1].isupper()
