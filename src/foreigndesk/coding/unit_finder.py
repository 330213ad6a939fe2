"""Finds the units of a sentence: catalogue names, role nouns, nouns that refer, unknown names."""

from __future__ import annotations

from foreigndesk.coding.lexicon import Lexicon, forms, singular
from foreigndesk.coding.names import Found, Names, Piece, pieces
from foreigndesk.coding.namesakes import Namesakes
from foreigndesk.coding.units import NOUN, ROLE, UNKNOWN, Unit, unit_head
from foreigndesk.grammar.tree import Tree


class UnitFinder:
    """Finds the units of a sentence."""

    def __init__(self, names: Names, lexicon: Lexicon) -> None:
        self.names = names
        self.lexicon = lexicon
        self._namesakes = Namesakes(names, lexicon)
        self._bars = lexicon.words("reference-not-a-name")
        self._pair = lexicon.words("reference-pair-member")
        self._particles = lexicon.words("reference-particles")

    def find(self, tree: Tree, unknown: bool = True) -> list[Unit]:
        """The units of a sentence in text order; names not in the catalogue if `unknown`."""
        parts = pieces(tree.tokens)
        found = [_name_unit(tree, parts, f) for f in self.names.find(parts)]
        found += self._role_units(tree, parts, found)
        found, barred = self._apart(tree, found)
        found += self._noun_units(tree, found)
        found += self._unknown_units(tree, found, barred) if unknown else []
        return sorted(found, key=lambda u: (u.start, -u.end))

    def _apart(self, tree: Tree, found: list[Unit]) -> tuple[list[Unit], set[int]]:
        """The units without those inside another name, and the tokens of the places so named."""
        at = {i: u for u in found for i in range(u.first, u.last + 1)}
        barred: set[int] = set()
        kept: list[Unit] = []
        for unit in found:
            place = self._namesakes.within_place(tree, unit, at)
            barred.update(place or ())
            if place is None and not self._namesakes.of_a_person(tree, unit, at):
                kept.append(unit)
        return [u for u in kept if barred.isdisjoint(range(u.first, u.last + 1))], barred

    def _role_units(self, tree: Tree, parts: list[Piece], names: list[Unit]) -> list[Unit]:
        taken = {i: u for u in names for i in range(u.first, u.last + 1)}
        found: list[Unit] = []

        def rivals(a: int, b: int) -> list[Unit]:
            inside = [taken[i] for i in range(a, b + 1) if i in taken]
            return [u for n, u in enumerate(inside) if all(u is not v for v in inside[:n])]

        def free(first: int, last: int) -> bool:
            a, b = parts[first].token, parts[last].token
            noun = tree[b].tag[:2] in ("NN", "JJ", "VB", "CD")
            return noun and not any(_outdoes(r, b - a) for r in rivals(a, b))

        for first, last, role in self.lexicon.roles_in(tree, parts, free):
            a, b = parts[first], parts[last]
            for rival in rivals(a.token, b.token):
                names[:] = [n for n in names if n is not rival]
            word = " ".join([*(p.key for p in parts[first:last]), forms(tree, b)[-1]])
            head = unit_head(tree, a.token, b.token)
            found.append(Unit(ROLE, a.token, b.token, head, a.start, b.end, role=role, word=word))
        return found

    def _noun_units(self, tree: Tree, others: list[Unit]) -> list[Unit]:
        taken = {i for u in others for i in range(u.first, u.last + 1)}
        found = []
        for token in tree.tokens:
            noun = token.tag[:2] == "NN" or self._one_of_two(tree, token.i)
            if token.i in taken or not noun or _in_a_name(tree, token.i, taken):
                continue
            named = token.tag[:3] == "NNP"
            word = singular(token.text.lower()) if named else token.lemma.lower()
            word = word if noun and token.tag[:2] == "NN" else token.text.lower()
            if word in self.lexicon.nouns:
                i = token.i
                found.append(Unit(NOUN, i, i, i, token.start, token.end, word=word))
        return found

    def _one_of_two(self, tree: Tree, i: int) -> bool:
        """Whether it is "the latter", "the former" without a noun behind."""
        if tree[i].text.lower() not in self._pair or not i or tree[i - 1].text.lower() != "the":
            return False
        return i + 1 == len(tree) or tree[i + 1].tag[:2] not in ("NN", "JJ", "CD", "HY")

    def _unknown_units(self, tree: Tree, others: list[Unit], barred: set[int]) -> list[Unit]:
        taken = barred | {i for u in others for i in range(u.first, u.last + 1)}
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
