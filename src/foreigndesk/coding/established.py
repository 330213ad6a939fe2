"""Names that a text has established, and how parts and misspellings of them are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from foreigndesk.codebook.actors import Actor, Person
from foreigndesk.coding.names import PERSON, Names, Reading, fold, skeleton, words_of
from foreigndesk.coding.offices import leading, likeliest
from foreigndesk.coding.spelling import near, same_person
from foreigndesk.coding.units import UNKNOWN, Unit
from foreigndesk.grammar.tree import Tree

_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A person's full name that stands in the text: a catalogue entry, or the words alone."""

    words: tuple[str, ...]
    entry: Person | None


class Established:
    """What the whole text says of its names, gathered before any phrase is composed."""

    def __init__(self, names: Names, published: str | None) -> None:
        self.names = names
        self.published = published
        self.supported: set[str] = set()
        self._trees: list[Tree] = []
        self.people: list[Known] = []
        self._parts: dict[str, list[Known]] = {}
        self._initials: dict[str, list[tuple[str, Known]]] = {}
        self._read: dict[tuple[str, ...], tuple[Known | None, bool]] = {}

    # ------------------------------------------------------------------ gathering

    def gather(self, units: Iterable[Unit], tree: Tree) -> None:
        """Note the sure names of a sentence, and its words."""
        self._trees.append(tree)
        for unit in units:
            if unit.readings:
                sure = [r for r in unit.readings if not (r.unsure or r.shared)]
                if len(sure) == 1 or (sure and sure[0].use != PERSON):
                    self._note(sure[0], unit)
            elif unit.sort == UNKNOWN and _may_be_person(unit):
                words = tuple(t.text for t in tree.tokens[unit.first : unit.last + 1])
                self._add(Known(tuple(w for w in words if w != "-"), None))

    def _note(self, reading: Reading, unit: Unit) -> None:
        self.supported.add(reading.entry.id)
        if isinstance(reading.entry, Person) and len(reading.written) > 1:
            self._add(Known(reading.written, reading.entry))

    def _add(self, known: Known) -> None:
        if known in self.people:
            return
        self.people.append(known)
        for word in known.words if len(known.words) > 1 else ():
            self._initials.setdefault(fold(word)[:1], []).append((word, known))
        for word in known.words:
            if len(word) >= _SHORTEST_PART or word == known.words[-1]:
                self._parts.setdefault(fold(word), []).append(known)

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of the whole text, asked for once all is gathered."""
        return frozenset(t.text.lower() for tree in self._trees for t in tree.tokens)

    # ------------------------------------------------------------------ reading

    def choose(self, unit: Unit) -> None:
        """Fix which reading of a catalogue name is meant."""
        readings = unit.readings
        if not readings:
            return
        lost = [r for r in readings if self._another_bears(r)]
        readings = tuple(r for r in readings if not any(r is other for other in lost))
        if not readings:
            unit.entry, unit.sort, unit.readings, unit.unsure = None, UNKNOWN, (), False
            unit.namesake = True
            return
        people = [r.entry for r in readings if isinstance(r.entry, Person)]
        other = next((r for r in readings if isinstance(r.entry, Actor)), None)
        sure = other is not None and (bool(lost) or not other.unsure)
        if other is not None and (sure or other.entry.id in self.supported):
            unit.entry, unit.sort, unit.unsure = other.entry, other.use, False
            return
        if people:
            named = [p for p in people if any(k.entry is p for k in self.people)]
            unit.entry, unit.sort = likeliest(named or people, self.published), PERSON
            unit.unsure = not named and all(r.unsure for r in readings)

    def _another_bears(self, reading: Reading) -> bool:
        """Whether a shared name is not the state's here: the text tells of another of the name."""
        entry = reading.entry
        if not reading.shared or not isinstance(entry, Actor) or entry.id in self.supported:
            return False
        namesakes = self._parts.get(fold(reading.written[-1]), [])
        if any(len(k.words) > 1 and k.words[-1] == reading.written[-1] for k in namesakes):
            return True
        return not self._words.isdisjoint(entry.against)

    def resolve(self, unit: Unit, words: tuple[str, ...], bare: bool = False) -> None:
        """Read an unknown name as part or misspelling of an established one.

        `bare`: no title stands before it, so that it is a name known to every reader.
        """
        if words not in self._read:
            self._read[words] = self._meaning(words)
        known, unit.misspelt = self._read[words]
        if known is None and bare and len(words) == 1:
            known = self._in_office(words[0])
        if known is not None and known.entry is not None:
            unit.entry, unit.sort = known.entry, PERSON
        elif known is not None:
            unit.word = " ".join(known.words)

    def _meaning(self, words: tuple[str, ...]) -> tuple[Known | None, bool]:
        """Whom an unknown name means, and whether it is misspelt."""
        if len(words) > 1:
            return self._whole(words), False
        known = self._part(words[0])
        if known is not None:
            return known, False
        known = self._misspelling(words[0])
        return known, known is not None

    def _part(self, word: str) -> Known | None:
        found = self._parts.get(fold(word), [])
        full = [k for k in found if len(k.words) > 1 and _same_case(word, k)]
        if not full:
            return None
        entries = [k.entry for k in full if k.entry is not None]
        if len({e.id for e in entries}) > 1:
            chosen = likeliest(entries, self.published)
            return next(k for k in full if k.entry is chosen)
        surname = [k for k in full if fold(k.words[-1]) == fold(word)]
        return (surname or full)[0]

    def _in_office(self, word: str) -> Known | None:
        """Who of this surname holds an office on the day, where the text tells of states."""
        if self.published is None or not self.supported or word.isupper():
            return None
        people = self.names.surnames.get(fold(word), ())
        person = leading(people, self.published, self.names.foremost)
        return Known(words_of(person.name), person) if person else None

    def _whole(self, words: tuple[str, ...]) -> Known | None:
        alike = [k for w, k in self._initials.get(fold(words[-1])[:1], []) if w == k.words[-1]]
        found = [k for k in alike if k.words != words and same_person(words, k.words)]
        known = next((k for k in found if k.entry is not None), None)
        return known or self._catalogued(words)

    def _catalogued(self, words: tuple[str, ...]) -> Known | None:
        """A catalogue person of this surname whose given name is this one written otherwise."""
        if len(words[0].rstrip(".")) == 1 and len(words) == 2:
            return None
        people = [
            p
            for p in self.names.surnames.get(fold(words[-1]), ())
            if same_person(words, words_of(p.name))
        ] or self._one_letter_off(words)
        person = likeliest(people, self.published)
        return Known(words_of(person.name), person) if person else None

    def _one_letter_off(self, words: tuple[str, ...]) -> list[Person]:
        """Catalogue persons of this given name whose surname has other vowels: "Milosovic"."""
        return [
            p
            for p in self.names.skeletons.get(skeleton(words[-1]), ())
            if fold(words_of(p.name)[0]) == fold(words[0]) and near(words[-1], words_of(p.name)[-1])
        ]

    def _misspelling(self, word: str) -> Known | None:
        found = {
            (k.entry.id if k.entry else " ".join(k.words)): k
            for part, k in self._initials.get(fold(word)[:1], [])
            if near(word, part)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _same_case(word: str, known: Known) -> bool:
    """Whether an acronym ("UN") is not taken for a part of a name ("Un")."""
    return not word.isupper() or len(word) > 3 or word in known.words


def _may_be_person(unit: Unit) -> bool:
    return 1 <= unit.last - unit.first <= 4
