"""The shape of noun phrases: which unit modifies which, and where a phrase begins and ends."""

from __future__ import annotations

from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.lexicon import Lexicon
from foreigndesk.coding.names import ADJECTIVE as ADJECTIVE_USE
from foreigndesk.coding.names import DEMONYM, PERSON
from foreigndesk.coding.names import SEAT as SEAT_USE
from foreigndesk.coding.units import NOUN, ROLE, UNKNOWN, Unit
from foreigndesk.grammar.tree import Tree

_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "det"})
_INSIDE = _PREMODIFIERS | {"case", "advmod", "punct", "prep", "pobj", "npadvmod"}
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "its", "their", "his", "her"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss", "ROOT", "appos", "attr"})
_CORE = _ACTING - {"appos", "attr"}
_SIDES = frozenset({"with", "between", "against"})


class PhraseShape:
    """The units of one sentence and how they hang together."""

    def __init__(self, tree: Tree, units: list[Unit], lexicon: Lexicon) -> None:
        self.tree = tree
        self.units = units
        self.lexicon = lexicon
        self.at: dict[int, Unit] = {}
        for unit in units:
            for i in range(unit.first, unit.last + 1):
                self.at[i] = unit

    def govern(self) -> None:
        for unit in self.units:
            governor = self._governor(unit)
            if governor is not None and governor is not unit and not _below(governor, unit):
                unit.governor = governor
                governor.mods.append(unit)

    def _governor(self, unit: Unit) -> Unit | None:
        follower = self.at.get(unit.last + 1)
        if follower is not None and self._leads(unit, follower):
            return follower
        i = unit.head
        for _ in range(6):
            token = self.tree[i]
            hyphened = token.dep == "npadvmod" and self._next(unit.last) == "-"
            if not (token.dep in _PREMODIFIERS or hyphened) or token.head < i:
                break
            i = token.head
            owner = self.at.get(i)
            if owner is not None and owner is not unit:
                return owner if self._takes(owner, unit) else None
        return self._of_whom(unit)

    def _next(self, i: int) -> str:
        return self.tree[i + 1].text.lower() if i + 1 < len(self.tree) else ""

    def _leads(self, unit: Unit, follower: Unit) -> bool:
        """Whether adjacency alone makes a modifier: "Russian troops", "President Putin"."""
        if unit.sort == ADJECTIVE_USE:
            return follower.sort in (ROLE, UNKNOWN, PERSON, NOUN)
        if unit.sort not in (ROLE, NOUN) or follower.sort not in (PERSON, UNKNOWN):
            return False
        tight = self.tree[unit.head].dep in _PREMODIFIERS or (
            self.tree[follower.head].dep == "appos"
        )
        return tight and not self.plural(unit)

    def _takes(self, owner: Unit, unit: Unit) -> bool:
        if owner.sort in (ROLE, UNKNOWN, NOUN):
            return True
        return owner.sort == PERSON and unit.sort not in (PERSON, SEAT_USE)

    def _of_whom(self, unit: Unit) -> Unit | None:
        """The role that an "of" phrase completes: "the government of Sudan", "troops from Chad"."""
        token = self.tree[unit.head]
        joined = token.dep == "conj" and unit.is_country
        token = self.tree[self.tree.first_conjunct(unit.head)] if joined else token
        if token.dep != "pobj":
            return None
        prep = self.tree[token.head]
        owner = self.at.get(prep.head) if prep.head < prep.i else None
        if owner is None or owner is unit or owner.head != prep.head:
            return None
        of = self.lexicon.words("reference-of")
        if prep.text.lower() not in of or (prep.text.lower() == "to" and owner.sort != ROLE):
            return None
        if owner.sort == NOUN and not self.counts(owner):
            return None
        if self._named_of(owner, prep.text, unit):
            return owner
        if owner.sort not in (ROLE, NOUN) or (unit.sort == UNKNOWN and owner.sort != ROLE):
            return None
        if joined:
            return owner if self.plural(owner) else None
        return owner if not self._between(prep.i, unit.first, unit.head) else None

    def _named_of(self, owner: Unit, prep: str, unit: Unit) -> bool:
        """Whether "of" stands within a name: "Department of Transportation"."""
        if owner.sort != UNKNOWN or owner.first != owner.last or prep != "of":
            return False
        return unit.first == owner.last + 2 and unit.sort != PERSON

    def _between(self, prep: int, first: int, head: int) -> bool:
        """Whether a unit that is no part of the phrase stands between it and its preposition."""
        between = [self.at[i] for i in range(prep + 1, first) if i in self.at]
        return any(head not in self.tree.ancestors(u.head) for u in between)

    def counts(self, unit: Unit) -> bool:
        return unit.word in self.lexicon.words("reference-quantity")

    def plural(self, unit: Unit) -> bool:
        many = unit.role is not None and unit.role.number == "many"
        return many or self.tree[unit.last].tag in ("NNS", "NNPS")

    def bare_governor(self, unit: Unit) -> int | None:
        token = self.tree[unit.head]
        if token.dep in _PREMODIFIERS and token.dep != "poss" and token.head > unit.last:
            return token.head
        return None

    def heads_phrase(self, unit: Unit) -> bool:
        token = self.tree[unit.head]
        if unit.sort == DEMONYM or token.tag in ("NNPS", "NNS"):
            return True
        return token.tag[:2] == "NN" and token.dep in _ACTING | {"pobj", "conj"}

    def possesses(self, mod: Unit, unit: Unit) -> bool:
        return self.tree[mod.head].dep == "poss" or mod.first > unit.last

    def edges(self, unit: Unit) -> tuple[int, int]:
        first, last = unit.first, unit.last
        for mod in unit.mods:
            a, b = self.edges(mod)
            first, last = min(first, a), max(last, b)
        while first > 0 and self._inside(first - 1, first, last):
            first -= 1
        return first, last

    def _inside(self, i: int, first: int, last: int) -> bool:
        """Whether token `i`, just before the phrase, belongs to it."""
        for _ in range(5):
            token = self.tree[i]
            if token.dep not in _INSIDE or token.tag in (",", ":", "(", "-LRB-", "``", "''", "CC"):
                return False
            direct = first <= token.head <= last
            hyphened = self._next(token.i) == "-"  # "oil" of "the oil-rich kingdom"
            if direct and token.dep in ("advmod", "npadvmod") and not hyphened:
                return False
            i = token.head
            if direct:
                return True
        return False

    def in_place(self, unit: Unit) -> bool:
        token = self.tree[self.tree.first_conjunct(unit.head)]
        if token.dep != "pobj":
            return False
        places = self.lexicon.words("reference-place-prepositions")
        return self.tree[token.head].text.lower() in places

    def acts(self, unit: Unit) -> bool:
        if any(m.sort == ROLE for m in unit.mods):
            return True
        token = self.tree[self.tree.first_conjunct(unit.head)]
        if token.dep != "pobj":
            return token.dep in _ACTING
        parties = self.lexicon.words("reference-party-prepositions")
        return self.tree[token.head].text.lower() in parties

    def core(self, unit: Unit) -> bool:
        """Whether the unit stands where one acts or is acted on: subject, object, agent."""
        counting = unit.governor
        if counting is not None and unit in self.counted(counting):
            return self.core(counting)
        token = self.tree[self.tree.first_conjunct(unit.head)]
        if token.dep == "pobj":
            prep = self.tree[token.head]
            return prep.dep == "agent" or prep.text.lower() in _SIDES
        return token.dep in _CORE

    def acronym_acts(self, unit: Unit) -> bool:
        """Whether an acronym is a subject by itself: "the RUF fired", not "the plane's ETA"."""
        token = self.tree[unit.last]
        if unit.first != unit.last or not token.text.isupper() or len(token.text) < 3:
            return False
        before = self.tree[unit.first - 1] if unit.first else None
        alone = before is None or before.tag in ("DT", "IN", "CC", ",", "``", ":")
        verb = self.tree[token.head]
        return alone and token.dep in ("nsubj", "nsubjpass") and verb.lemma not in ("be", "mean")

    def nominal(self, unit: Unit) -> bool:
        token = self.tree[unit.head]
        last = self.tree[unit.last]
        if token.tag[:2] in ("NN", "CD") or (unit.first < unit.last and last.tag[:2] == "NN"):
            return True
        noun_like = self.tree.child(unit.head, "det") is not None
        return token.tag[:2] == "JJ" and noun_like and token.dep in _ACTING | {"pobj", "conj"}

    def counted(self, unit: Unit) -> list[Unit]:
        return [m for m in unit.mods if m.first > unit.last]

    def relational(self, unit: Unit) -> bool:
        words = self.lexicon.words("reference-relational")
        return unit.word in words or self.tree[unit.last].lemma in words

    def prep(self, unit: Unit, word: str) -> int | None:
        """The object of the preposition `word` on the unit's head, or None."""
        for i in self.tree.children(unit.head, "prep"):
            if self.tree[i].text.lower() == word and i > unit.last:
                return self.tree.child(i, "pobj")
        return None

    def suffix(self, mod: Unit) -> str:
        """What a hyphen joins to a name: "backed" in "Iran-backed"."""
        if self._next(mod.last) == "-":
            return self._next(mod.last + 1)
        text = self.tree[mod.last].text.lower()
        return text.rpartition("-")[2] if "-" in text else ""

    def determined(self, unit: Unit, draft: Draft) -> bool:
        tokens = self.tree.tokens[draft.first : unit.first]
        words = {t.text.lower() for t in tokens}
        both = self.lexicon.words("reference-both")
        before = range(draft.first, unit.first)
        owned = any(self.tree[i].tag in ("PRP$", "WP$") for i in before)
        each = bool(words & self.lexicon.words("reference-each"))
        return owned or each or bool(words & _DEFINITE) or "both" in words & both

    def former(self, draft: Draft, unit: Unit) -> bool:
        words = self.lexicon.words("reference-former")
        tokens = self.tree.tokens[draft.first : unit.last + 1]
        return any(t.text.lower() in words for t in tokens)


def all_mods(unit: Unit) -> list[Unit]:
    found: list[Unit] = []
    for mod in unit.mods:
        found.extend((*all_mods(mod), mod) if mod.sort != PERSON else (mod,))
    return sorted(found, key=lambda m: m.first)


def _below(unit: Unit, other: Unit) -> bool:
    while unit.governor is not None:
        unit = unit.governor
        if unit is other:
            return True
    return False
