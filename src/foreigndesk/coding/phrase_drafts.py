"""Each sort of phrase made a draft: persons, states and organisations, roles, unknown names."""

from __future__ import annotations

from foreigndesk.codebook.actors import Actor, Person
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import NAMED, PLACE, SEAT
from foreigndesk.coding.mentions import ROLE as ROLE_KIND
from foreigndesk.coding.names import ADJECTIVE as ADJECTIVE_USE
from foreigndesk.coding.names import DEMONYM, PERSON
from foreigndesk.coding.names import SEAT as SEAT_USE
from foreigndesk.coding.offices import FORMER, code_on, sector_on
from foreigndesk.coding.phrase_clues import Clues
from foreigndesk.coding.phrase_shape import PhraseShape, all_mods
from foreigndesk.coding.setting import Setting
from foreigndesk.coding.units import NOUN, ROLE, UNKNOWN, Unit

IGO = "IGO"


class Drafter:
    """Drafts the phrases of one sentence."""

    def __init__(self, shape: PhraseShape, setting: Setting) -> None:
        self.shape = shape
        self.tree = shape.tree
        self.setting = setting
        self.clues = Clues(shape, setting)

    def draft(self, unit: Unit) -> Draft | None:
        if not self.sure(unit):
            return None
        if unit.sort == PERSON:
            return self._named_person(unit)
        if unit.sort == ROLE and not (self.shape.counts(unit) and self.shape.counted(unit)):
            return self._role(unit)
        if unit.sort in (NOUN, ROLE):
            return self._noun(unit)
        if unit.sort == UNKNOWN:
            return self._unknown(unit)
        return self._country(unit)

    def sure(self, unit: Unit) -> bool:
        if not unit.unsure or unit.entry is None:
            return True
        if unit.governor is not None or unit.entry.id in self.setting.supported:
            return True
        if not isinstance(unit.entry, Actor):
            return False
        if self.shape.acronym_acts(unit):
            return True
        told = self.shape.core(unit) or self.shape.acts(unit)
        return self.setting.abroad and told

    def simple(self, unit: Unit, kind: str) -> Draft:
        draft = Draft(unit.first, unit.last, unit.head, unit.start, unit.end, kind)
        self._identify(draft, unit)
        return draft

    def _identify(self, draft: Draft, unit: Unit) -> None:
        entry = unit.entry
        draft.misspelt = unit.misspelt
        if isinstance(entry, Person):
            draft.name, draft.actor_id = entry.name, entry.id
            draft.code = code_on(entry, self.setting.published)
            draft.sector = sector_on(entry, self.setting.published)
            draft.gender, draft.person = entry.gender, True
        elif isinstance(entry, Actor):
            draft.name, draft.code, draft.actor_id = entry.name, entry.code, entry.id
            draft.sector, draft.person, draft.gender = entry.sector, False, "n"
            draft.number = "many" if entry.plural else "one"
            draft.state = entry.sector is None and entry.kind in ("state", "territory")

    def _spread(self, unit: Unit, kind: str) -> Draft:
        first, last = self.shape.edges(unit)
        tokens = self.tree.tokens
        start = min(unit.start, tokens[first].start)
        end = max(unit.end, tokens[last].end) if last != unit.last else unit.end
        draft = Draft(first, last, unit.head, start, end, kind)
        self._identify(draft, unit)
        return draft

    def _named_person(self, unit: Unit) -> Draft:
        draft = self._spread(unit, NAMED)
        for mod in all_mods(unit):
            if mod.sort == ROLE and mod.role is not None:
                draft.role, draft.noun = mod.role, mod.word
        if self.shape.former(draft, unit):
            draft.sector = FORMER
        elif draft.sector in (None, FORMER) and draft.role is not None:
            draft.sector = draft.role.sector or draft.sector
        return draft

    def _country(self, unit: Unit) -> Draft:
        draft = self._spread(unit, NAMED)
        if unit.sort == DEMONYM or (unit.sort == ADJECTIVE_USE):
            draft.number = "many" if self.tree[unit.last].tag[-1] == "S" else "one"
            draft.state, draft.person, draft.gender = False, True, None
        place = self.shape.in_place(unit)
        if place:
            draft.kind = PLACE
        elif unit.sort == SEAT_USE:
            draft.kind, draft.sector = SEAT, draft.sector or "GOV"
        return draft

    def _unknown(self, unit: Unit) -> Draft | None:
        if not self.shape.acts(unit):
            return None
        draft = self._spread(unit, NAMED)
        titles = [m for m in all_mods(unit) if m.sort == ROLE]
        draft.code = self.clues.code(unit, draft)
        before = [m for m in unit.mods if m.is_country and m.sort != ADJECTIVE_USE]
        glued = [m for m in before if self.tree[m.head].dep == "compound" and not titles]
        glued += [m for m in unit.mods if m.sort == ADJECTIVE_USE and m.last + 1 == unit.first]
        first = min([unit.first, *(m.first for m in glued)])
        last = max([unit.last, *(m.last for m in unit.mods)])
        tokens = self.tree.tokens[first : last + 1]
        if titles and unit.first == unit.last and not unit.word:
            holder = self.clues.titled(unit, titles)
            if holder is not None:
                unit.entry, unit.sort = holder, PERSON
                return self._named_person(unit)
        draft.name = unit.word or " ".join(t.text for t in tokens).replace(" - ", "-")
        if titles:
            draft.role, draft.noun, draft.person = titles[0].role, titles[0].word, True
            draft.sector = titles[0].role.sector if titles[0].role else None
            draft.gender = titles[0].role.gender if titles[0].role else None
            self.clues.sector_from_names(draft, unit)
            draft.sector = FORMER if self.shape.former(draft, unit) else draft.sector
        elif draft.code is None and not (unit.word or unit.namesake):
            draft.code = self.setting.homelands.of(draft.name, alone=True)
        return draft

    def _role(self, unit: Unit) -> Draft | None:
        role = unit.role
        if role is None or not self.shape.nominal(unit) or self._abstract(unit):
            return None
        draft = self._spread(unit, ROLE_KIND)
        draft.role, draft.noun, draft.sector = role, unit.word, role.sector
        draft.gender = "n" if role.body else role.gender
        draft.person = not role.body
        draft.number = "many" if self.shape.plural(unit) else "one"
        draft.relational = self.shape.relational(unit)
        given = self.clues.code(unit, draft) or self.clues.seated(unit, role)
        state = unit.word in self.setting.lexicon.words("reference-state")
        if state and self.shape.former(draft, unit):  # "the former Soviet republic"
            given = None
        draft.code = given or role.code
        if role.code == IGO and given is not None and given in self.setting.names.states:
            draft.sector = None
        self.clues.sector_from_names(draft, unit)
        draft.sector = FORMER if not state and self.shape.former(draft, unit) else draft.sector
        draft.definite = given is None and self.shape.determined(unit, draft)
        named = any(m.sort == UNKNOWN for m in unit.mods)
        acting = draft.person and role.sector is not None and self.shape.core(unit)
        vague = (role.weak and not acting) or (role.code is not None and " " not in unit.word)
        if (
            vague
            and not (given or named)
            and not draft.members
            and not draft.definite
            and not draft.name
        ):
            return None
        self._proper(draft, unit)
        if draft.person and self.clues.of_another(unit):
            bodies = [m.role.sector for m in unit.mods if m.role and m.first > unit.last]
            draft.noun = None
            draft.sector = next(iter(bodies), None if draft.sector == "GOV" else draft.sector)
        self.clues.holder(draft)
        return draft

    def _abstract(self, unit: Unit) -> bool:
        """Whether a body's noun names a deed or state: "opposition to X", "alliance between"."""
        if self.shape.prep(unit, "between") is not None:
            return True
        if unit.word not in self.setting.lexicon.words("reference-abstract"):
            return False
        if any(self.shape.prep(unit, word) is not None for word in ("to", "with")):
            return True
        own = [m for m in unit.mods if m.sort == PERSON and m.first > unit.last]
        if (
            any(m.sort != NOUN and m not in own for m in unit.mods)
            or self.tree[unit.last].tag[-1] == "S"
        ):
            return False
        bare = not self.shape.determined(unit, self._spread(unit, ROLE_KIND))
        of = self.shape.prep(unit, "of") is not None
        return of or (bare and not self.shape.core(unit)) or not self.shape.acts(unit)

    def _proper(self, draft: Draft, unit: Unit) -> None:
        """A body that bears a name of its own: "Oxford University", "Madras High Court"."""
        own = [m for m in unit.mods if m.sort == UNKNOWN and m.first < unit.first]
        if draft.person or not own or self.tree[unit.last].tag[:3] != "NNP":
            return
        first = min([m.first for m in all_mods(unit)] + [unit.first])
        tokens = self.tree.tokens[first : unit.last + 1]
        draft.name = " ".join(t.text for t in tokens).replace(" - ", "-").replace(" 's", "'s")
        draft.kind, draft.definite = NAMED, False

    def _noun(self, unit: Unit) -> Draft | None:
        """A word that refers: resolved later, or it counts others ("dozens of soldiers")."""
        if not self.shape.nominal(unit):
            return None
        draft = self._spread(unit, ROLE_KIND)
        draft.noun, draft.relational = unit.word, self.shape.relational(unit)
        draft.number = "many" if self.shape.plural(unit) else "one"
        counted = self.shape.counted(unit)
        if counted and self.shape.counts(unit):
            inner = self.draft(counted[0])
            if inner is None:
                return None
            draft.code, draft.sector, draft.name = inner.code, inner.sector, inner.name
            draft.person, draft.role, draft.members = inner.person, inner.role, inner.members
            draft.actor_id = inner.actor_id if inner.person is False else None
            draft.number = "many"
            return draft
        state = unit.word in self.setting.lexicon.words("reference-state")
        if draft.relational or not state:
            draft.code = self.clues.code(unit, draft)
            self.clues.sector_from_names(draft, unit)
        draft.definite = self.shape.determined(unit, draft)
        return draft if draft.definite or draft.code else None
