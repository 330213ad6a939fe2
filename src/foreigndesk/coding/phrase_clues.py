"""What the words within a phrase say of the actor: country, sector, office."""

from __future__ import annotations

from foreigndesk.codebook.actors import Actor, Person, Role
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import ROLE as ROLE_KIND
from foreigndesk.coding.names import ADJECTIVE as ADJECTIVE_USE
from foreigndesk.coding.names import fold
from foreigndesk.coding.offices import FORMER, held, likeliest
from foreigndesk.coding.phrase_shape import PhraseShape, all_mods
from foreigndesk.coding.setting import Setting
from foreigndesk.coding.units import UNKNOWN, Unit

_BLOC_CODES = frozenset({"IGO", "UNO", "EUR", "NATO", "WEST", "NGO", "IMG", "MNC", "ISM"})
_ARMED = frozenset({"MIL", "COP", "SPY"})
_CIVIL = frozenset({"BUS", "LAB", "MED", "EDU", "JRN", "CVL"})
_LENT = frozenset({"GOV", "MIL", "CVL", "LAB", "UAF", "REB"})


class Clues:
    """Reads the modifiers of the phrases of one sentence."""

    def __init__(self, shape: PhraseShape, setting: Setting) -> None:
        self.shape = shape
        self.tree = shape.tree
        self.setting = setting

    def code(self, unit: Unit, draft: Draft) -> str | None:
        """The country that the modifiers of a phrase give; several make it a collective."""
        sources = [m for m in all_mods(unit) if m.entry is not None and self.gives(m, unit, draft)]
        own = [m for m in sources if not self._aimed_at(m, unit)]
        sources = own or sources
        states = [m for m in sources if isinstance(m.entry, Actor) and m.entry.kind != "people"]
        sources = states or sources  # "Burundi's Hutu rebels" are Burundi's
        codes = list(dict.fromkeys(m.entry.code for m in sources if m.entry and m.entry.code))
        if len(codes) > 1 and draft.number == "many":
            draft.members = [self.member(m, draft) for m in sources]
            return None
        return codes[-1] if codes else self._homeland(unit)

    def _aimed_at(self, mod: Unit, unit: Unit) -> bool:
        """Whether a country is but what the actor deals with: "the U.S. envoy for Syria"."""
        token = self.tree[mod.head]
        after = mod.first > unit.last and token.dep == "pobj"
        return after and self.tree[token.head].text.lower() in ("for", "at")

    def _homeland(self, unit: Unit) -> str | None:
        """The country of the town or region that the phrase begins with or belongs to."""
        for mod in unit.mods:
            if mod.sort == UNKNOWN and mod.first < unit.last:
                code = self.setting.homelands.of(self.words(mod))
                if code is not None:
                    return code
        return None

    def words(self, unit: Unit) -> str:
        """The words of a unit in one line."""
        tokens = self.tree.tokens[unit.first : unit.last + 1]
        return " ".join(t.text for t in tokens).replace(" - ", "-")

    def seated(self, unit: Unit, role: Role) -> str | None:
        """The country where a body or people are: "the government in Seoul"; not of troops."""
        place = self.shape.prep(unit, "in")
        where = self.shape.at.get(place) if place is not None and role.sector != "MIL" else None
        bodies = [
            m for m in unit.mods if m.role is not None and m.role.body and m.first > unit.last
        ]
        if where is None and bodies and bodies[0].role is not None:
            return self.seated(bodies[0], bodies[0].role)
        if where is not None and where.sort == UNKNOWN:
            return self.setting.homelands.of(self.words(where))
        return where.entry.code if where and where.is_country and where.entry else None

    def gives(self, mod: Unit, unit: Unit, draft: Draft) -> bool:
        if self.shape.suffix(mod) in self.setting.lexicon.words("reference-foreign-suffix"):
            return False
        owner = self.tree[mod.head].dep == "poss" or mod.first > unit.last
        return not (draft.relational and owner)

    def member(self, mod: Unit, draft: Draft) -> Draft:
        member = Draft(draft.first, draft.last, draft.head, draft.start, draft.end, ROLE_KIND)
        member.code = mod.entry.code if mod.entry else None
        member.sector = draft.sector
        return member

    def sector_from_names(self, draft: Draft, unit: Unit) -> None:
        """An organisation lends its own sector: "Hamas fighters", "a Labour Party leader"."""
        for mod in all_mods(unit):
            entry = mod.entry
            if not isinstance(entry, Actor) or entry.sector is None or draft.relational:
                continue
            lends = entry.kind != "people" and entry.sector != "GOV"
            weaker = draft.sector in _LENT and mod.sort != ADJECTIVE_USE and lends
            if draft.sector is None or (weaker and entry.code not in _BLOC_CODES):
                draft.sector = entry.sector
        for mod in unit.mods:
            body = mod.role is not None and (mod.role.body or self.shape.plural(mod))
            if not (body and mod.role and mod.role.sector):
                continue
            armed = mod.role.sector in _ARMED and mod.last < unit.first
            if draft.sector in (None, "GOV") or (armed and draft.sector in _CIVIL):
                draft.sector = mod.role.sector

    def titled(self, unit: Unit, titles: list[Unit]) -> Person | None:
        """The catalogue person of this surname who held the title: "President Duterte"."""
        surname = fold(self.tree[unit.last].text)
        namesakes = self.setting.names.surnames.get(surname, [])
        for loosely in (False, True):
            people = [p for p in namesakes for t in titles if held(p, t.word, loosely)]
            if people:
                return likeliest(people, self.setting.published)
        return None

    def of_another(self, unit: Unit) -> bool:
        """Whether the office is that of a body other than a state: "president of the League"."""
        of = self.shape.prep(unit, "of")
        whose = self.shape.at.get(of) if of is not None else None
        named = of is not None and self.tree[of].tag[:3] == "NNP"
        entry = whose.entry if whose is not None else None
        return named and not (isinstance(entry, Actor) and entry.sector is None)

    def holder(self, draft: Draft) -> None:
        """Name the one who holds the office on the day: "the Russian president"."""
        one = draft.number == "one" and draft.person and draft.sector != FORMER
        if not one or draft.code is None or draft.noun is None or draft.relational:
            return
        words = {t.text.lower() for t in self.tree.tokens[draft.first : draft.head]}
        if words & {"a", "an", "any", "another", "new", "next"}:
            return
        offices, day = self.setting.offices, self.setting.published
        person = offices.holder(draft.code, draft.noun, day)
        if person is not None:
            draft.name, draft.actor_id, draft.gender = person.name, person.id, person.gender
