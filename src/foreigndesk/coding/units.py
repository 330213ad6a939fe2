"""Units: stretches of a sentence that are a catalogue name, a role noun or an unknown name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from foreigndesk.codebook.actors import Actor, Person, Role, roles
from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.reference import reference_words
from foreigndesk.coding.names import PERSON, Found, Names, Piece, Reading, fold, pieces, words_of
from foreigndesk.grammar.tree import Tree

ROLE, UNKNOWN, NOUN = "role", "unknown", "noun"
_NOUN_CLASSES = (
    "reference-relational",
    "reference-dyad-states",
    "reference-dyad-persons",
    "reference-state",
    "reference-organisation",
    "reference-quantity",
    "reference-north-south",
)


@dataclass(slots=True)
class Unit:
    """Tokens `first` to `last` with syntactic head `head`; characters `start` to `end`.

    `sort` is a use of a catalogue name (see names.py), "role", "noun" (a word that may refer to
    an actor) or "unknown" (a name that is not in the catalogue). `word` is the role noun as found.
    """

    sort: str
    first: int
    last: int
    head: int
    start: int
    end: int
    entry: Actor | Person | None = None
    role: Role | None = None
    word: str = ""
    unsure: bool = False
    misspelt: bool = False
    readings: tuple[Reading, ...] = ()
    mods: list[Unit] = field(default_factory=list)
    governor: Unit | None = None

    @property
    def is_country(self) -> bool:
        """Whether it names a state, bloc or organisation, by any form of its name."""
        return isinstance(self.entry, Actor)


class Lexicon:
    """The role nouns by lemma and the closed classes of words, indexed once for a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._trie: dict[str, Any] = {}
        for role in roles(codebook):
            for noun in role.nouns:
                self._add(noun, role)
        self.classes = {
            key: frozenset(entry.words) for key, entry in reference_words(codebook).items()
        }
        self.pronouns = {
            word: entry
            for key, entry in reference_words(codebook).items()
            if entry.number or entry.gender
            for word in entry.words
        }
        self.nouns = frozenset().union(*(self.words(key) for key in _NOUN_CLASSES))

    def words(self, key: str) -> frozenset[str]:
        """The words of the class `key`, none if the codebook lacks it."""
        return self.classes.get(key, frozenset())

    def _add(self, noun: str, role: Role) -> None:
        node = self._trie
        for word in words_of(noun):
            node = node.setdefault(fold(word), {})
        node.setdefault("", role)

    def roles_in(self, tree: Tree, sentence: Sequence[Piece]) -> Iterable[tuple[int, int, Role]]:
        """(first piece, last piece, role), longest first from the left, none overlapping."""
        trie = self._trie
        keys = [_keys(tree, piece) for piece in sentence]
        at = 0
        while at < len(sentence):
            if not any(key in trie for key in keys[at]):
                at += 1
                continue
            last, role = self._longest(keys, at)
            if role is not None:
                yield at, last, role
            at = last + 1

    def _longest(self, keys: Sequence[tuple[str, ...]], first: int) -> tuple[int, Role | None]:
        nodes, best, at = [self._trie], (first, None), first
        while nodes and at < len(keys):
            nodes = [node[key] for node in nodes for key in keys[at] if key in node]
            best = next(((at, node[""]) for node in nodes if "" in node), best)
            at += 1
        return best


def _keys(tree: Tree, piece: Piece) -> tuple[str, ...]:
    token = tree[piece.token]
    return _forms(piece.key, token.tag, token.lemma)


@lru_cache(maxsize=100_000)
def _forms(key: str, tag: str, lemma: str) -> tuple[str, ...]:
    """A word as it stands and, of a noun, adjective or verb, its lemma."""
    if tag[:2] not in ("NN", "JJ", "VB", "CD"):
        return (key,)
    other = singular(key) if tag[:3] == "NNP" else fold(lemma)
    return (key,) if other == key else (key, other)


def singular(word: str) -> str:
    """A lower-case noun without the ending of the plural (for words tagged as names)."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def unit_head(tree: Tree, first: int, last: int) -> int:
    """The token of the stretch whose governor lies outside of it; the rightmost if several."""
    for i in range(last, first - 1, -1):
        head = tree[i].head
        if head == i or not first <= head <= last:
            return i
    return last


class UnitFinder:
    """Finds the units of a sentence."""

    def __init__(self, names: Names, lexicon: Lexicon) -> None:
        self.names = names
        self.lexicon = lexicon
        self._bars = lexicon.words("reference-not-a-name")
        self._particles = lexicon.words("reference-particles")

    def find(self, tree: Tree, unknown: bool = True) -> list[Unit]:
        """The units of a sentence in text order; names not in the catalogue if `unknown`."""
        parts = pieces(tree.tokens)
        found = [_name_unit(tree, parts, f) for f in self.names.find(parts)]
        found = [u for u in found if not self._another_place(tree, u)]
        found += self._role_units(tree, parts, found)
        found += self._noun_units(tree, found)
        found += self._unknown_units(tree, found) if unknown else []
        return sorted(found, key=lambda u: (u.start, -u.end))

    def _another_place(self, tree: Tree, unit: Unit) -> bool:
        """Whether a word before makes another place of a name: "New Mexico"."""
        before = tree[unit.first - 1] if unit.first else None
        words = self.lexicon.words("reference-other-place")
        return before is not None and before.tag == "NNP" and before.text.lower() in words

    def _role_units(self, tree: Tree, parts: list[Piece], names: list[Unit]) -> list[Unit]:
        taken = {i: u for u in names for i in range(u.first, u.last + 1)}
        found: list[Unit] = []
        for first, last, role in self.lexicon.roles_in(tree, parts):
            a, b = parts[first], parts[last]
            rivals = {id(taken[i]): taken[i] for i in range(a.token, b.token + 1) if i in taken}
            if any(_outdoes(r, b.token - a.token) for r in rivals.values()):
                continue
            if tree[b.token].tag[:2] not in ("NN", "JJ", "VB", "CD"):
                continue
            for rival in rivals.values():
                names.remove(rival)
            word = " ".join([*(p.key for p in parts[first:last]), _keys(tree, b)[-1]])
            head = unit_head(tree, a.token, b.token)
            found.append(Unit(ROLE, a.token, b.token, head, a.start, b.end, role=role, word=word))
        return found

    def _noun_units(self, tree: Tree, others: list[Unit]) -> list[Unit]:
        taken = {i for u in others for i in range(u.first, u.last + 1)}
        found = []
        for token in tree.tokens:
            if token.i in taken or token.tag[:2] != "NN" or _in_a_name(tree, token.i, taken):
                continue
            word = singular(token.text.lower()) if token.tag[:3] == "NNP" else token.lemma
            if word in self.lexicon.nouns:
                i = token.i
                found.append(Unit(NOUN, i, i, i, token.start, token.end, word=word))
        return found

    def _unknown_units(self, tree: Tree, others: list[Unit]) -> list[Unit]:
        taken = {i for u in others for i in range(u.first, u.last + 1)}
        runs: list[list[int]] = []
        for token in tree.tokens:
            i = token.i
            within = bool(runs) and runs[-1][-1] == i - 1
            if not (within or token.text[:1].isupper()) or i in taken:
                continue
            if token.text.lower() not in self._bars and self._is_name(tree, i, within):
                if within:
                    runs[-1].append(i)
                else:
                    runs.append([i])
        return [unit for run in runs if (unit := _unknown_unit(tree, run))]

    def _is_name(self, tree: Tree, i: int, within: bool) -> bool:
        token, particles = tree[i], self._particles
        if token.text[:1].isupper():
            return token.tag in ("NNP", "NNPS") or _shown_as_name(tree, i)
        if within and tree[i - 1].text == "-" and token.tag == "NNP":
            return True
        if not within or (token.text != "-" and token.text not in particles):
            return False
        after = [t.text for t in tree.tokens[i + 1 : i + 3]]
        after = after[1:] if after[:1] == ["-"] else after[:1] if token.text != "-" else after[:2]
        part = token.text == "-" and i + 1 < len(tree) and tree[i + 1].tag == "NNP"
        return bool(after) and (bool(part) or after[0][:1].isupper() or after[0] in particles)


def _in_a_name(tree: Tree, i: int, taken: set[int]) -> bool:
    """Whether a noun with a capital stands beside other words of a name."""
    if tree[i].tag[:3] != "NNP":
        return False
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(tree) and k not in taken]
    return any(tree[k].tag[:3] == "NNP" for k in beside)


def _shown_as_name(tree: Tree, i: int) -> bool:
    """Whether a capital within plain prose shows a name where the tagger saw a common noun."""
    if tree[i].tag not in ("NN", "NNS", "FW") or (i == 0 and len(tree) > 1):
        return False
    lower = sum(t.text[:1].islower() for t in tree.tokens)
    return len(tree) == 1 or (lower >= 5 and tree[i - 1].text[:1].islower())


def _outdoes(name: Unit, length: int) -> bool:
    """Whether a name stands against a role noun of `length` + 1 tokens at its place."""
    doubtful = bool(name.readings) and all(r.unsure for r in name.readings)
    return name.last - name.first + (0 if doubtful else 1) > length


def _may_end(tree: Tree, i: int) -> bool:
    token = tree[i]
    return token.text[:1].isalnum() and (token.text[0].isupper() or token.tag[:3] == "NNP")


def _unknown_unit(tree: Tree, run: list[int]) -> Unit | None:
    while run and not _may_end(tree, run[-1]):
        run = run[:-1]
    if not run:
        return None
    first, last = run[0], run[-1]
    head = unit_head(tree, first, last)
    return Unit(UNKNOWN, first, last, head, tree[first].start, tree[last].end)


def _name_unit(tree: Tree, parts: list[Piece], found: Found) -> Unit:
    a, b = parts[found.first], parts[found.last]
    reading = found.readings[0]
    head = unit_head(tree, a.token, b.token)
    unit = Unit(reading.use, a.token, b.token, head, a.start, b.end, entry=reading.entry)
    unit.unsure = reading.unsure
    unit.readings = found.readings
    return unit


def is_person(unit: Unit) -> bool:
    """Whether the unit names a person of the catalogue."""
    return unit.sort == PERSON
