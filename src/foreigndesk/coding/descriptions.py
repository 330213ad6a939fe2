"""Bare descriptions: "both nations", "the country", "the ministry", "the North"."""

from __future__ import annotations

from foreigndesk.codebook.actors import Actor, Person
from foreigndesk.coding.collectives import Collectives, is_one_person
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import NAMED
from foreigndesk.coding.names import fold
from foreigndesk.coding.offices import held, term_on
from foreigndesk.coding.salience import Entity
from foreigndesk.grammar.tree import Tree

_CLEAR = 2.0
"""How many times the salience of the next state makes a text one of the first."""


class Descriptions(Collectives):
    """Finds whom a description without a name means, on the stage of one article."""

    def settle(self, number: int, tree: Tree, draft: Draft) -> bool:
        """Resolve the draft; False if the text gives nobody."""
        words = [t.text.lower() for t in tree.tokens[draft.first : draft.last + 1]]
        if self.is_dyad(tree, draft, words):
            return self.collective(number, tree, draft)
        if draft.noun in self.lexicon.words("reference-north-south"):
            return self._compass(number, draft, draft.noun or "")
        if draft.relational or self._beside(draft, words):
            return self._neighbour(number, tree, draft)
        if draft.number == "many":
            return self._same_role(number, draft)
        if draft.noun in self.lexicon.words("reference-state"):
            return self._country(number, draft, self.styled(words))
        if draft.noun in self.lexicon.words("reference-pair-member"):
            return self._of_two(number, draft)
        return self._one(number, draft)

    # ------------------------------------------------------------------ one

    def _country(self, number: int, draft: Draft, allowed: frozenset[str] | None) -> bool:
        codes = [c for c, _ in self.stage.country_scores(number) if c in self.names.states]
        if allowed is not None:
            fitting = [c for c in codes if c in allowed]
            strict = draft.noun in self.lexicon.words("reference-strict-style")
            codes = fitting or ([] if strict else codes)
        if not codes:
            return False
        styled = [c for c in codes if self._styled(c, draft.noun or "")]
        draft.take(self.state_of((styled or codes)[0]))
        return True

    def _styled(self, code: str, noun: str) -> bool:
        """Whether a state bears the noun in its name: "the kingdom" of Saudi Arabia."""
        state = self.names.states[code]
        plain = noun in self.lexicon.words("reference-plain-state")
        return not plain and any(
            noun.title() in name.split() for name in (state.name, *state.names)
        )

    def _of_two(self, number: int, draft: Draft) -> bool:
        """ "The latter", "the former": of the two actors told of last."""
        told = [e.lead for e in self.stage.entities if number - e.seen < 2 and e.last > 1.0]
        pair = next((d.members for d in reversed(told) if len(d.members) == 2), None)
        single = [d for d in told if not d.members]
        chosen = pair or (single[-2:] if len(single) > 1 else [])
        if len(chosen) == 2:
            draft.take(chosen[0 if draft.noun == "former" else 1])
        return len(chosen) == 2

    def _compass(self, number: int, draft: Draft, side: str) -> bool:
        """ "The South" in a text on Korea: the state whose name joins the two words."""
        for code, _ in self.stage.country_scores(number):
            state = self.names.states.get(code)
            base = state.name.split()[-1] if state else ""
            wanted = f"{side.title()} {base}"
            for other in self.names.states.values():
                if other.name == wanted and other.code:
                    draft.take(self.state_of(other.code))
                    return True
        return False

    def _beside(self, draft: Draft, words: list[str]) -> bool:
        """Whether it is "the neighbouring country"."""
        nouns = self.lexicon.words("reference-neighbour")
        state = draft.noun in self.lexicon.words("reference-state")
        return draft.number == "one" and (
            draft.noun in nouns or (state and bool(nouns & set(words)))
        )

    def _neighbour(self, number: int, tree: Tree, draft: Draft) -> bool:
        """ "Its neighbour": of the two states in play, the other one."""
        owner = tree.child(draft.head, "poss")
        if draft.number == "many" or draft.code:
            return False
        words = [t.text.lower() for t in tree.tokens[draft.first : draft.last + 1]]
        other = self._beside(draft, words)
        if not other and (owner is None or tree[owner].text.lower() not in ("its", "their")):
            return False
        compass = next((w for w in ("north", "south") if f"{w}ern" in words), None)
        if compass and self._compass(number, draft, compass):
            return True
        codes = [c for c, _ in self.stage.country_scores(number) if c in self.names.states]
        if len(codes) < 2:
            return False
        draft.take(self.state_of(codes[1]))
        return True

    def holder(self, number: int, draft: Draft) -> None:
        """Name whom the text shows in an office of a country: "North Korea's supreme leader"."""
        if draft.number == "many" or not draft.person or draft.relational:
            return
        found = self.stage.best(
            number,
            lambda e: (
                e.lead.code == draft.code and (self._has_office(e, draft) or self._leads(e, draft))
            ),
        )
        if found is not None:
            draft.take(found.lead)

    def counterpart(self, draft: Draft, owner: Draft | None) -> None:
        """Who holds in another country the office of the possessor: "his Saudi counterpart"."""
        alike = draft.noun in self.lexicon.words("reference-counterpart")
        if not alike or owner is None or draft.code is None or draft.number == "many":
            return
        entry = self.names.by_id.get(owner.actor_id or "")
        day = self.setting.published
        term = term_on(entry, day) if isinstance(entry, Person) else None
        office = term.office if term is not None else owner.noun
        person = self.setting.offices.holder(draft.code, office, day) if office else None
        if person is not None:
            draft.name, draft.actor_id, draft.gender = person.name, person.id, person.gender

    def named_before(self, number: int, draft: Draft) -> None:
        """ "The alliance" after "NATO": a definite body without a country is the one named."""
        role = draft.role
        bare = role is not None and draft.definite and role.code == draft.code
        if not bare or draft.noun not in self.lexicon.words("reference-organisation"):
            return
        found = self.stage.best(
            number, lambda e: _is_organisation(e) and e.lead.sector == draft.sector
        )
        if found is not None:
            draft.take(found.lead)

    def _has_office(self, entity: Entity, draft: Draft) -> bool:
        """Whether a person has just this title, by the text or by the catalogue."""
        lead = entity.lead
        if lead.number == "many" or lead.members or lead.state or not draft.noun or not lead.name:
            return False
        entry = self.names.by_id.get(lead.actor_id or "")
        in_office = isinstance(entry, Person) and self._held(entry, draft.noun)
        return in_office or (draft.noun in entity.nouns and lead.person is True)

    def _leads(self, entity: Entity, draft: Draft) -> bool:
        """Whether "the Chilean leader" may be a person named before: Chile's president."""
        entry = self.names.by_id.get(entity.lead.actor_id or "")
        if not isinstance(entry, Person) or draft.noun not in self.lexicon.words("reference-chief"):
            return False
        term = term_on(entry, self.setting.published)
        return term is not None and fold(term.office) in self.names.foremost

    def _held(self, person: Person, noun: str, loosely: bool = False) -> bool:
        return held(person, noun, loosely, self.setting.offices.alike)

    def _one(self, number: int, draft: Draft) -> bool:
        found = self.stage.best(number, lambda e: self._has_office(e, draft))
        if found is None:
            found = self.stage.best(number, lambda e: self._has_role(e, draft))
            found = None if found and self._elsewhere(number, found) else found
        if found is None and draft.noun in self.lexicon.words("reference-person"):
            found = self.stage.best(number, lambda e: is_one_person(e))
        if found is None and draft.noun in self.lexicon.words("reference-organisation"):
            found = self.stage.best(number, lambda e: _is_organisation(e))
            found = found or self.stage.best(number, lambda e: _is_band(e.lead))
        if found is not None:
            draft.take(found.lead)
            return True
        return self._of_the_state(number, draft)

    def _elsewhere(self, number: int, found: Entity) -> bool:
        """Whether the sentence is about another country than that of a body named before."""
        here = [c for c, _ in self.stage.country_scores(number, only=True) if self.is_state(c)]
        return found.lead.person is not True and bool(here) and found.lead.code not in here

    def _has_role(self, entity: Entity, draft: Draft) -> bool:
        lead = entity.lead
        if lead.number == "many" or lead.members or lead.state:
            return False
        if draft.noun in entity.nouns or self._shortened(draft, entity):
            return lead.known()
        entry = self.names.by_id.get(lead.actor_id or "")
        if isinstance(entry, Person) and draft.noun:
            return self._held(entry, draft.noun, loosely=True)
        if isinstance(entry, Actor) and draft.noun:
            return entry.sector is not None and entry.name.lower().split()[-1] == draft.noun
        return False

    def _shortened(self, draft: Draft, entity: Entity) -> bool:
        """Whether "the minister" may be the foreign minister named before."""
        person = entity.lead.person is True and entity.lead.kind == NAMED
        return person and any(noun.endswith(f" {draft.noun}") for noun in entity.nouns)

    def _of_the_state(self, number: int, draft: Draft) -> bool:
        """ "The government", "the army": of the state in play."""
        if draft.role is None:
            return False
        body = draft.role.body and not draft.role.weak
        body = body or draft.noun in self.lexicon.words("reference-government")
        codes = [c for c, _ in self.stage.country_scores(number) if c in self.names.states]
        if body and codes:
            draft.code = codes[0]
        elif draft.noun not in self.lexicon.words("reference-abroad"):
            self._ruling(number, draft)
        return True

    def _same_role(self, number: int, draft: Draft) -> bool:
        found = self.stage.best(
            number,
            lambda e: (
                e.lead.number == "many"
                and (e.lead.code is not None or bool(e.lead.name))
                and (
                    draft.noun in e.nouns or (draft.role is not None and e.lead.role is draft.role)
                )
            ),
        )
        if found is None and draft.person and draft.role is not None and draft.definite:
            found = self.stage.best(
                number, lambda e: number - e.seen < 2 and _are_persons(e.lead, draft.sector)
            )
        if found is not None:
            draft.take(found.lead)
            return True
        return self._ruling(number, draft)

    def _ruling(self, number: int, draft: Draft) -> bool:
        """ "The military leaders", "troops": of the one state that the text is about."""
        if draft.role is None or draft.role.sector not in ("GOV", "MIL", "COP", "LEG", "JUD"):
            return False
        scores = [(c, s) for c, s in self.stage.country_scores(number) if c in self.names.states]
        if scores and (len(scores) == 1 or scores[0][1] > _CLEAR * scores[1][1]):
            draft.code = scores[0][0]
        return draft.code is not None

    def bare(self, number: int, draft: Draft) -> None:
        """ "Parliament", "police" without an article, where no state is told of in the sentence."""
        role = draft.role
        if role is None or draft.noun not in self.lexicon.words("reference-home-body"):
            return
        told = self.stage.country_scores(number, only=True)
        here = {c for c, _ in told if self.is_state(c)}
        play = [c for c, _ in self.stage.country_scores(number) if self.is_state(c)]
        home = role.sector == "LEG" and role.body  # "the government dissolved parliament"
        if here <= set(play[:1]) and (number or home):
            self._ruling(number, draft)


def _are_persons(draft: Draft, sector: str | None) -> bool:
    """Whether two or more named persons of one sector form the group: "the ministers"."""
    alike = [m for m in draft.members if m.person is True and m.name and m.sector == sector]
    return len(alike) > 1 and len(alike) == len(draft.members)


def _is_band(draft: Draft) -> bool:
    """Whether it is fighters of one side, told of without the name of their group."""
    return draft.number == "many" and draft.sector in ("REB", "UAF")


def _is_organisation(entity: Entity) -> bool:
    lead = entity.lead
    return lead.person is False and not lead.state and not lead.members and bool(lead.name)
