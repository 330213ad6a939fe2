"""Noun phrases to actors: premodifiers, names, role nouns and "of" phrases made into one mention."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.actors import Actor, Person, Role
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import ADJECTIVE, NAMED, PLACE, SEAT
from foreigndesk.coding.mentions import ROLE as ROLE_KIND
from foreigndesk.coding.names import ADJECTIVE as ADJECTIVE_USE
from foreigndesk.coding.names import DEMONYM, PERSON, Names, fold
from foreigndesk.coding.names import SEAT as SEAT_USE
from foreigndesk.coding.offices import FORMER, Offices, likeliest, sector_on
from foreigndesk.coding.units import NOUN, ROLE, UNKNOWN, Lexicon, Unit
from foreigndesk.grammar.tree import Tree

_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "det"})
_INSIDE = _PREMODIFIERS | {"case", "advmod", "punct", "prep", "pobj", "npadvmod"}
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "its", "their", "his", "her"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss", "ROOT", "appos", "attr"})
_BLOC_CODES = frozenset({"IGO", "UNO", "EUR", "NATO", "WEST", "NGO", "IMG", "MNC", "ISM"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What composition needs beside the tree: the words, the offices and the day."""

    lexicon: Lexicon
    names: Names
    offices: Offices
    published: str | None
    supported: frozenset[str] = frozenset()


class Phrases:
    """Composes the units of one sentence into drafts of mentions."""

    def __init__(self, tree: Tree, units: list[Unit], setting: Setting) -> None:
        self.tree = tree
        self.setting = setting
        self.units = units
        self.at: dict[int, Unit] = {}
        for unit in units:
            for i in range(unit.first, unit.last + 1):
                self.at[i] = unit

    def compose(self) -> list[Draft]:
        """The drafts in text order, appositions joined."""
        self._govern()
        drafts: list[Draft] = []
        for unit in self.units:
            if unit.governor is None:
                drafts.extend(self._top(unit))
        drafts.sort(key=lambda d: (d.first, -d.last))
        self._appositions(drafts)
        return drafts

    # ------------------------------------------------------------------ who modifies whom

    def _govern(self) -> None:
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
        return tight and not self._plural(unit)

    def _takes(self, owner: Unit, unit: Unit) -> bool:
        if owner.sort in (ROLE, UNKNOWN, NOUN):
            return True
        return owner.sort == PERSON and unit.sort not in (PERSON, SEAT_USE)

    def _of_whom(self, unit: Unit) -> Unit | None:
        """The role that an "of" phrase completes: "the government of Sudan", "troops from Chad"."""
        token = self.tree[unit.head]
        if token.dep != "pobj":
            return None
        prep = self.tree[token.head]
        owner = self.at.get(prep.head) if prep.head < prep.i else None
        if owner is None or owner is unit or owner.head != prep.head:
            return None
        of = self.setting.lexicon.words("reference-of")
        if prep.text.lower() not in of or (prep.text.lower() == "to" and owner.sort != ROLE):
            return None
        if owner.sort == NOUN and not self._counts(owner):
            return None
        if owner.sort not in (ROLE, NOUN) or unit.sort == UNKNOWN and owner.sort != ROLE:
            return None
        return owner if not self._between(prep.i, unit.first) else None

    def _between(self, prep: int, first: int) -> bool:
        """Whether another unit stands between a preposition and the phrase's first token."""
        return any(self.at.get(i) is not None for i in range(prep + 1, first))

    def _counts(self, unit: Unit) -> bool:
        return unit.word in self.setting.lexicon.words("reference-quantity")

    def _plural(self, unit: Unit) -> bool:
        many = unit.role is not None and unit.role.number == "many"
        return many or self.tree[unit.last].tag in ("NNS", "NNPS")

    # ------------------------------------------------------------------ drafts of one phrase

    def _top(self, unit: Unit) -> list[Draft]:
        bare = self._bare_governor(unit)
        if bare is not None and unit.sort != PERSON:
            return self._modifier(unit)
        if bare is not None:
            return [self._simple(unit, ADJECTIVE), *self._inner(unit)]
        if unit.sort in (ADJECTIVE_USE, DEMONYM) and not self._heads_phrase(unit):
            return self._modifier(unit)
        draft = self._draft(unit)
        return [d for d in (draft, *self._inner(unit)) if d is not None]

    def _bare_governor(self, unit: Unit) -> int | None:
        token = self.tree[unit.head]
        if token.dep in _PREMODIFIERS and token.dep != "poss" and token.head > unit.last:
            return token.head
        return None

    def _heads_phrase(self, unit: Unit) -> bool:
        token = self.tree[unit.head]
        if unit.sort == DEMONYM or token.tag in ("NNPS", "NNS"):
            return True
        return token.tag[:2] == "NN" and token.dep in _ACTING | {"pobj", "conj"}

    def _modifier(self, unit: Unit) -> list[Draft]:
        """Before a noun that is no actor only a country counts: "Russian weapons"."""
        found = [d for mod in unit.mods for d in self._modifier(mod)]
        if unit.is_country and self._sure(unit) and unit.sort != PERSON:
            found.append(self._simple(unit, ADJECTIVE))
        return found

    def _inner(self, unit: Unit) -> list[Draft]:
        """Persons and bodies inside a phrase are mentions too: "[Kim]'s regime"."""
        found: list[Draft] = []
        for mod in unit.mods:
            apart = mod.sort == PERSON and unit.sort != PERSON
            told = mod.sort == ROLE and self._possesses(mod, unit)
            if apart or told or self._relational(unit):
                found.extend(self._top_again(mod))
            else:
                found.extend(self._inner(mod))
        return found

    def _top_again(self, unit: Unit) -> list[Draft]:
        if unit.sort == ADJECTIVE_USE:
            return []
        draft = self._draft(unit)
        return [d for d in (draft, *self._inner(unit)) if d is not None]

    def _possesses(self, mod: Unit, unit: Unit) -> bool:
        return self.tree[mod.head].dep == "poss" or mod.first > unit.last

    def _draft(self, unit: Unit) -> Draft | None:
        if not self._sure(unit):
            return None
        if unit.sort == PERSON:
            return self._named_person(unit)
        if unit.sort == ROLE and not (self._counts(unit) and self._counted(unit)):
            return self._role(unit)
        if unit.sort in (NOUN, ROLE):
            return self._noun(unit)
        if unit.sort == UNKNOWN:
            return self._unknown(unit)
        return self._country(unit)

    def _sure(self, unit: Unit) -> bool:
        if not unit.unsure or unit.entry is None:
            return True
        return unit.governor is not None or unit.entry.id in self.setting.supported

    def _simple(self, unit: Unit, kind: str) -> Draft:
        draft = Draft(unit.first, unit.last, unit.head, unit.start, unit.end, kind)
        self._identify(draft, unit)
        return draft

    def _identify(self, draft: Draft, unit: Unit) -> None:
        entry = unit.entry
        draft.misspelt = unit.misspelt
        if isinstance(entry, Person):
            draft.name, draft.code, draft.actor_id = entry.name, entry.code, entry.id
            draft.sector = sector_on(entry, self.setting.published)
            draft.gender, draft.person = entry.gender, True
        elif isinstance(entry, Actor):
            draft.name, draft.code, draft.actor_id = entry.name, entry.code, entry.id
            draft.sector, draft.person, draft.gender = entry.sector, False, "n"
            draft.number = "many" if entry.plural else "one"
            draft.state = entry.sector is None and entry.kind in ("state", "territory")

    def _spread(self, unit: Unit, kind: str) -> Draft:
        first, last = self._edges(unit)
        tokens = self.tree.tokens
        start = min(unit.start, tokens[first].start)
        end = max(unit.end, tokens[last].end) if last != unit.last else unit.end
        draft = Draft(first, last, unit.head, start, end, kind)
        self._identify(draft, unit)
        return draft

    def _edges(self, unit: Unit) -> tuple[int, int]:
        first, last = unit.first, unit.last
        for mod in unit.mods:
            a, b = self._edges(mod)
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
            i = token.head
            if first <= i <= last:
                return True
        return False

    # ------------------------------------------------------------------ the sorts of phrases

    def _named_person(self, unit: Unit) -> Draft:
        draft = self._spread(unit, NAMED)
        for mod in _all_mods(unit):
            if mod.sort == ROLE and mod.role is not None:
                draft.role, draft.noun = mod.role, mod.word
        if self._former(draft, unit):
            draft.sector = FORMER
        elif draft.sector is None and draft.role is not None:
            draft.sector = draft.role.sector
        return draft

    def _country(self, unit: Unit) -> Draft:
        draft = self._spread(unit, NAMED)
        if unit.sort == DEMONYM or (unit.sort == ADJECTIVE_USE):
            draft.number = "many" if self.tree[unit.last].tag[-1] == "S" else "one"
            draft.state, draft.person, draft.gender = False, True, None
        place = self._in_place(unit)
        if place:
            draft.kind = PLACE
        elif unit.sort == SEAT_USE:
            draft.kind, draft.sector = SEAT, draft.sector or "GOV"
        return draft

    def _in_place(self, unit: Unit) -> bool:
        token = self.tree[self.tree.first_conjunct(unit.head)]
        if token.dep != "pobj":
            return False
        places = self.setting.lexicon.words("reference-place-prepositions")
        return self.tree[token.head].text.lower() in places

    def _unknown(self, unit: Unit) -> Draft | None:
        if not self._acts(unit):
            return None
        draft = self._spread(unit, NAMED)
        titles = [m for m in _all_mods(unit) if m.sort == ROLE]
        draft.code = self._code(unit, draft)
        before = [m for m in unit.mods if m.is_country and m.sort != ADJECTIVE_USE]
        glued = [m for m in before if self.tree[m.head].dep == "compound" and not titles]
        glued += [m for m in unit.mods if m.sort == ADJECTIVE_USE and m.last + 1 == unit.first]
        first = min([unit.first, *(m.first for m in glued)])
        tokens = self.tree.tokens[first : unit.last + 1]
        if titles and unit.first == unit.last and not unit.word:
            holder = self._titled(unit, titles)
            if holder is not None:
                unit.entry, unit.sort = holder, PERSON
                return self._named_person(unit)
        draft.name = unit.word or " ".join(t.text for t in tokens).replace(" - ", "-")
        if titles:
            draft.role, draft.noun, draft.person = titles[0].role, titles[0].word, True
            draft.sector = titles[0].role.sector if titles[0].role else None
            draft.gender = titles[0].role.gender if titles[0].role else None
            draft.sector = FORMER if self._former(draft, unit) else draft.sector
        return draft

    def _titled(self, unit: Unit, titles: list[Unit]) -> Person | None:
        """The catalogue person of this surname who held the title: "President Duterte"."""
        people = [
            person
            for person in self.setting.names.surnames.get(fold(self.tree[unit.last].text), ())
            for title in titles
            if self.setting.offices.held(person, title.word, title.role)
        ]
        return likeliest(people, self.setting.published)

    def _acts(self, unit: Unit) -> bool:
        if any(m.sort == ROLE for m in unit.mods):
            return True
        token = self.tree[self.tree.first_conjunct(unit.head)]
        if token.dep != "pobj":
            return token.dep in _ACTING
        parties = self.setting.lexicon.words("reference-party-prepositions")
        return self.tree[token.head].text.lower() in parties

    def _role(self, unit: Unit) -> Draft | None:
        role = unit.role
        if role is None or not self._nominal(unit):
            return None
        draft = self._spread(unit, ROLE_KIND)
        draft.role, draft.noun, draft.sector = role, unit.word, role.sector
        draft.gender = "n" if role.body else role.gender
        draft.person = not role.body
        draft.number = "many" if self._plural(unit) else "one"
        draft.relational = self._relational(unit)
        given = self._code(unit, draft) or self._seated(unit, role)
        draft.code = given or role.code
        if given is None and self._prep(unit, "between") is not None:
            return None
        self._sector_from_names(draft, unit)
        draft.sector = FORMER if self._former(draft, unit) else draft.sector
        draft.definite = given is None and self._determined(unit, draft)
        named = any(m.sort == UNKNOWN for m in unit.mods)
        vague = role.weak or (role.body and role.code is not None)
        if vague and not (given or named) and not draft.members and not draft.definite and not draft.name:
            return None
        self._proper(draft, unit)
        self._holder(draft)
        return draft

    def _proper(self, draft: Draft, unit: Unit) -> None:
        """A body that bears a name of its own: "Oxford University", "Madras High Court"."""
        own = [m for m in unit.mods if m.sort == UNKNOWN and m.first < unit.first]
        if draft.person or not own or self.tree[unit.last].tag[:3] != "NNP":
            return
        first = min([m.first for m in _all_mods(unit)] + [unit.first])
        tokens = self.tree.tokens[first : unit.last + 1]
        draft.name = " ".join(t.text for t in tokens).replace(" - ", "-").replace(" 's", "'s")
        draft.kind, draft.definite = NAMED, False

    def _nominal(self, unit: Unit) -> bool:
        token = self.tree[unit.head]
        if token.tag[:2] in ("NN", "CD"):
            return True
        noun_like = self.tree.child(unit.head, "det") is not None
        return token.tag[:2] == "JJ" and noun_like and token.dep in _ACTING | {"pobj", "conj"}

    def _noun(self, unit: Unit) -> Draft | None:
        """A word that refers: resolved later, or it counts others ("dozens of soldiers")."""
        draft = self._spread(unit, ROLE_KIND)
        draft.noun, draft.relational = unit.word, self._relational(unit)
        draft.number = "many" if self._plural(unit) else "one"
        counted = self._counted(unit)
        if counted and self._counts(unit):
            inner = self._draft(counted[0])
            if inner is None:
                return None
            draft.code, draft.sector, draft.name = inner.code, inner.sector, inner.name
            draft.person, draft.role, draft.members = inner.person, inner.role, inner.members
            draft.actor_id = inner.actor_id if inner.person is False else None
            draft.number = "many"
            return draft
        draft.code = self._code(unit, draft) if draft.relational else None
        draft.definite = self._determined(unit, draft)
        return draft if draft.definite or draft.code else None

    def _counted(self, unit: Unit) -> list[Unit]:
        return [m for m in unit.mods if m.first > unit.last]

    # ------------------------------------------------------------------ what modifiers say

    def _relational(self, unit: Unit) -> bool:
        words = self.setting.lexicon.words("reference-relational")
        return unit.word in words or self.tree[unit.last].lemma in words

    def _code(self, unit: Unit, draft: Draft) -> str | None:
        """The country that the modifiers of a phrase give; several make it a collective."""
        sources = [
            m for m in _all_mods(unit) if m.entry is not None and self._gives(m, unit, draft)
        ]
        codes = list(dict.fromkeys(m.entry.code for m in sources if m.entry and m.entry.code))
        if len(codes) > 1 and draft.number == "many":
            draft.members = [self._member(m, draft) for m in sources]
            return None
        return codes[-1] if codes else None

    def _prep(self, unit: Unit, word: str) -> int | None:
        """The object of the preposition `word` on the unit's head, or None."""
        for i in self.tree.children(unit.head, "prep"):
            if self.tree[i].text.lower() == word and i > unit.last:
                return self.tree.child(i, "pobj")
        return None

    def _seated(self, unit: Unit, role: Role) -> str | None:
        """The country where a body or people are: "the government in Seoul"; not of troops."""
        place = self._prep(unit, "in")
        where = self.at.get(place) if place is not None and role.sector != "MIL" else None
        return where.entry.code if where and where.is_country and where.entry else None

    def _gives(self, mod: Unit, unit: Unit, draft: Draft) -> bool:
        if self._suffix(mod) in self.setting.lexicon.words("reference-foreign-suffix"):
            return False
        return not draft.relational or mod.sort == ADJECTIVE_USE

    def _suffix(self, mod: Unit) -> str:
        """What a hyphen joins to a name: "backed" in "Iran-backed"."""
        if self._next(mod.last) == "-":
            return self._next(mod.last + 1)
        text = self.tree[mod.last].text.lower()
        return text.rpartition("-")[2] if "-" in text else ""

    def _member(self, mod: Unit, draft: Draft) -> Draft:
        member = Draft(draft.first, draft.last, draft.head, draft.start, draft.end, ROLE_KIND)
        member.code = mod.entry.code if mod.entry else None
        member.sector = draft.sector
        return member

    def _sector_from_names(self, draft: Draft, unit: Unit) -> None:
        """An organisation lends its own sector: "Hamas fighters", "a Labour Party leader"."""
        for mod in _all_mods(unit):
            entry = mod.entry
            if not isinstance(entry, Actor) or entry.sector is None or draft.relational:
                continue
            bloc = entry.code in _BLOC_CODES
            if not bloc or draft.sector is None:
                draft.sector = entry.sector
        for mod in unit.mods:
            body = mod.role is not None and (mod.role.body or self._plural(mod))
            if body and mod.role and mod.role.sector and draft.sector in (None, "GOV"):
                draft.sector = mod.role.sector

    def _former(self, draft: Draft, unit: Unit) -> bool:
        words = self.setting.lexicon.words("reference-former")
        tokens = self.tree.tokens[draft.first : unit.last + 1]
        return any(t.text.lower() in words for t in tokens)

    def _determined(self, unit: Unit, draft: Draft) -> bool:
        tokens = self.tree.tokens[draft.first : unit.first]
        words = {t.text.lower() for t in tokens}
        both = self.setting.lexicon.words("reference-both")
        owned = any(self.tree[i].dep == "poss" for i in range(draft.first, unit.first))
        return owned or bool(words & _DEFINITE) or "both" in words & both

    def _holder(self, draft: Draft) -> None:
        """Name the one who holds the office on the day: "the Russian president"."""
        one = draft.number == "one" and draft.person and draft.sector != FORMER
        if not one or draft.code is None or draft.noun is None or draft.relational:
            return
        words = {t.text.lower() for t in self.tree.tokens[draft.first : draft.head]}
        if words & {"a", "an", "any", "another", "new", "next"}:
            return
        offices, day = self.setting.offices, self.setting.published
        person = offices.holder(draft.code, draft.noun, draft.role, day)
        if person is not None:
            draft.name, draft.actor_id, draft.gender = person.name, person.id, person.gender

    # ------------------------------------------------------------------ apposition

    def _appositions(self, drafts: list[Draft]) -> None:
        heads = {d.head: d for d in drafts if d.kind != ADJECTIVE}
        for draft in drafts:
            token = self.tree[draft.head]
            host = heads.get(token.head) if token.dep == "appos" else None
            if host is not None and host is not draft:
                _join(host, draft)


def _join(host: Draft, other: Draft) -> None:
    """One actor, said twice: "Ivan Petrov, a Russian diplomat"."""
    name, title = (host, other) if host.kind == NAMED else (other, host)
    if name.kind != NAMED or title.kind != ROLE_KIND or title.number == "many":
        return
    if title.person is False:
        return
    if name.state or name.person is False or (name.code and title.code and name.code != title.code):
        return
    name.code = name.code or title.code
    name.sector = name.sector or title.sector
    name.person = title.person if name.person is None else name.person
    name.gender = name.gender or title.gender
    name.role, name.noun = name.role or title.role, name.noun or title.noun
    title.take(name)
    title.definite = False


def _all_mods(unit: Unit) -> list[Unit]:
    found: list[Unit] = []
    for mod in unit.mods:
        found.extend((*_all_mods(mod), mod) if mod.sort != PERSON else (mod,))
    return sorted(found, key=lambda m: m.first)


def _below(unit: Unit, other: Unit) -> bool:
    while unit.governor is not None:
        unit = unit.governor
        if unit is other:
            return True
    return False
