"""Bare descriptions: "both nations", "the country", "the ministry", "the North"."""

from __future__ import annotations

from foreigndesk.codebook.actors import Actor, Person
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import ROLE
from foreigndesk.coding.offices import held, term_on
from foreigndesk.coding.salience import Entity, Stage
from foreigndesk.coding.setting import Setting
from foreigndesk.grammar.tree import Tree


class Descriptions:
    """Finds whom a description without a name means, on the stage of one article."""

    def __init__(self, setting: Setting, stage: Stage) -> None:
        self.setting = setting
        self.lexicon = setting.lexicon
        self.names = setting.names
        self.stage = stage

    def settle(self, number: int, tree: Tree, draft: Draft) -> bool:
        """Resolve the draft; False if the text gives nobody."""
        words = [t.text.lower() for t in tree.tokens[draft.first : draft.last + 1]]
        if self._is_dyad(tree, draft, words):
            return self._collective(number, tree, draft)
        if draft.noun in self.lexicon.words("reference-north-south"):
            return self._compass(number, draft)
        if draft.relational:
            return self._neighbour(number, tree, draft)
        if draft.number == "many":
            return self._same_role(number, draft)
        if draft.noun in self.lexicon.words("reference-state"):
            return self._country(number, draft)
        return self._one(number, draft)

    # ------------------------------------------------------------------ two

    def _is_dyad(self, tree: Tree, draft: Draft, words: list[str]) -> bool:
        if draft.number != "many" or draft.code:
            return False
        if self._count(words) is None:
            return False
        nouns = self.lexicon.words("reference-dyad-states") | self.lexicon.words(
            "reference-dyad-persons"
        )
        tokens = tree.tokens[draft.first : draft.last + 1]
        return any(t.lemma.lower() in nouns for t in tokens)

    def _count(self, words: list[str]) -> int | None:
        """How many a collective says it is: two of "both sides", three of "the three states"."""
        if self.lexicon.words("reference-both") & set(words):
            return 2
        for number, key in ((3, "reference-three"), (4, "reference-four")):
            if self.lexicon.words(key) & set(words):
                return number
        return None

    def _many(self, number: int, count: int) -> list[Draft]:
        """The latest group of so many states or persons of different states, empty if none."""
        group = self.stage.best(
            number, lambda e: number - e.seen < 4 and len(_all_codes(e.lead)) == count
        )
        scored = self.stage.country_scores(number)
        leading = [c for c, _ in scored if self._is_state(c)][:count]
        codes = _all_codes(group.lead) if group is not None else set(leading)
        found = len(codes) == count and all(map(self._is_state, codes))
        return [self._state(c) for c in sorted(codes)] if found else []

    def _collective(self, number: int, tree: Tree, draft: Draft) -> bool:
        lemmas = {t.lemma.lower() for t in tree.tokens[draft.first : draft.last + 1]}
        persons = not lemmas & self.lexicon.words("reference-dyad-states")
        count = self._count([t.text.lower() for t in tree.tokens[draft.first : draft.last + 1]])
        told = self._accusers(number, tree, draft)
        members = self.dyad(number, persons, told) if count == 2 else self._many(number, count or 0)
        bare = draft.role is None or draft.role.sector is None
        if not bare and all(m.state for m in members):
            members = [self.of_state(m, draft) for m in members]
        draft.members = members
        return bool(members)

    def _accusers(self, number: int, tree: Tree, draft: Draft) -> frozenset[str]:
        """The codes of the sentence's subject where the collective stands in a relative clause.

        In "Kenya and Chad made an accusation that both states denied" the two are others.
        """
        above = list(tree.ancestors(draft.head))
        clause = next((n for n, i in enumerate(above) if tree[i].dep == "relcl"), None)
        if clause is None or tree[above[clause]].head in tree.conjuncts(draft.head):
            return frozenset()
        subjects = [tree.child(i, "nsubj") for i in above[clause + 1 :] if tree.is_verb(i)]
        heads = {k for i in subjects if i is not None for k in (i, *tree.conjuncts(i))}
        told = [e.lead for e in self.stage.entities if e.seen == number]
        found = {m.code for d in told for m in d.members if m.head in heads and m.code}
        return frozenset(found) if len(found) == 2 else frozenset()

    def dyad(
        self, number: int, persons: bool, without: frozenset[str] = frozenset()
    ) -> list[Draft]:
        """The two most salient states, or leading persons of two states; empty if not two."""
        if persons:
            found = self.two_persons(number)
            if found:
                return found
        told = self.stage.country_scores(number, only=True)
        here = [c for c, _ in told if self._is_state(c) and c not in without]
        codes = here if len(here) == 2 else self._pair(number, set(here))
        return [self._state(code) for code in sorted(codes)] if len(codes) == 2 else []

    def _pair(self, number: int, here: set[str]) -> list[str]:
        """The codes of the latest pair named together, else of the two most salient states."""
        group = self.stage.best(
            number,
            lambda e: (
                number - e.seen < 4
                and len(codes := _codes(e.lead)) == 2
                and (len(here) != 1 or here <= codes)
                and self._states(e)
            ),
        )
        if group is None and len(here) == 1:
            group = self.stage.best(number, lambda e: number - e.seen < 4 and self._states(e))
        if group is not None:
            return sorted(_codes(group.lead))
        return [c for c, _ in self.stage.country_scores(number) if self._is_state(c)][:2]

    def _states(self, entity: Entity) -> bool:
        codes = _codes(entity.lead)
        national = all(m.state or m.sector in (None, "GOV", "MIL") for m in entity.lead.members)
        return len(codes) == 2 and national and all(map(self._is_state, codes))

    def _is_state(self, code: str) -> bool:
        return code in self.names.states

    def two_persons(self, number: int, since: int = -1) -> list[Draft]:
        """The two most salient persons of different states named from sentence `since` on."""
        ranked = self.stage.ranked(number, lambda e: _is_one_person(e) and e.seen >= since)
        chosen: list[Draft] = []
        for entity in ranked:
            if all(entity.lead.code != c.code or c.code is None for c in chosen):
                chosen.append(entity.lead)
        return sorted(chosen[:2], key=lambda d: d.name or "") if len(chosen) > 1 else []

    def _state(self, code: str) -> Draft:
        entry = self.names.states[code]
        draft = Draft(0, 0, 0, 0, 0, ROLE, entry.name, entry.code, None, entry.id)
        draft.state, draft.person = True, False
        return draft

    def of_state(self, state: Draft, draft: Draft) -> Draft:
        """Those of one state in a collective: "the presidents of both countries"."""
        member = Draft(0, 0, 0, 0, 0, ROLE, None, state.code, draft.sector)
        member.role, member.person = draft.role, False
        return member

    # ------------------------------------------------------------------ one

    def _country(self, number: int, draft: Draft) -> bool:
        codes = [c for c, _ in self.stage.country_scores(number) if c in self.names.states]
        if not codes:
            return False
        styled = [c for c in codes if self._styled(c, draft.noun or "")]
        draft.take(self._state((styled or codes)[0]))
        return True

    def _styled(self, code: str, noun: str) -> bool:
        """Whether a state bears the noun in its name: "the kingdom" of Saudi Arabia."""
        state = self.names.states[code]
        plain = noun in self.lexicon.words("reference-plain-state")
        return not plain and any(
            noun.title() in name.split() for name in (state.name, *state.names)
        )

    def _compass(self, number: int, draft: Draft) -> bool:
        """ "The South" in a text on Korea: the state whose name joins the two words."""
        for code, _ in self.stage.country_scores(number):
            state = self.names.states.get(code)
            base = state.name.split()[-1] if state else ""
            wanted = f"{(draft.noun or '').title()} {base}"
            for other in self.names.states.values():
                if other.name == wanted and other.code:
                    draft.take(self._state(other.code))
                    return True
        return False

    def _neighbour(self, number: int, tree: Tree, draft: Draft) -> bool:
        """ "Its neighbour": of the two states in play, the other one."""
        owner = tree.child(draft.head, "poss")
        if draft.number == "many" or draft.code or owner is None:
            return False
        if tree[owner].text.lower() not in ("its", "their"):
            return False
        codes = [c for c, _ in self.stage.country_scores(number) if c in self.names.states]
        if len(codes) < 2:
            return False
        draft.take(self._state(codes[1]))
        return True

    def holder(self, number: int, draft: Draft) -> None:
        """Name whom the text shows in an office of a country: "North Korea's supreme leader"."""
        if draft.number == "many" or not draft.person or draft.relational:
            return
        found = self.stage.best(
            number, lambda e: e.lead.code == draft.code and self._has_office(e, draft)
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
        in_office = isinstance(entry, Person) and held(entry, draft.noun)
        return in_office or (draft.noun in entity.nouns and lead.person is True)

    def _one(self, number: int, draft: Draft) -> bool:
        found = self.stage.best(number, lambda e: self._has_office(e, draft))
        if found is None:
            found = self.stage.best(number, lambda e: self._has_role(e, draft))
            found = None if found and self._elsewhere(number, found) else found
        if found is None and draft.noun in self.lexicon.words("reference-person"):
            found = self.stage.best(number, lambda e: _is_one_person(e))
        if found is None and draft.noun in self.lexicon.words("reference-organisation"):
            found = self.stage.best(number, lambda e: _is_organisation(e))
        if found is not None:
            draft.take(found.lead)
            return True
        return self._of_the_state(number, draft)

    def _elsewhere(self, number: int, found: Entity) -> bool:
        """Whether the sentence is about another country than that of a body named before."""
        here = [c for c, _ in self.stage.country_scores(number, only=True) if self._is_state(c)]
        return found.lead.person is not True and bool(here) and found.lead.code not in here

    def _has_role(self, entity: Entity, draft: Draft) -> bool:
        lead = entity.lead
        if lead.number == "many" or lead.members or lead.state:
            return False
        if draft.noun in entity.nouns:
            return lead.known()
        entry = self.names.by_id.get(lead.actor_id or "")
        if isinstance(entry, Person) and draft.noun:
            return held(entry, draft.noun, loosely=True)
        if isinstance(entry, Actor) and draft.noun:
            return entry.sector is not None and entry.name.lower().split()[-1] == draft.noun
        return False

    def _of_the_state(self, number: int, draft: Draft) -> bool:
        """ "The government", "the army": of the state in play."""
        if draft.role is None:
            return False
        body = draft.role.body and not draft.role.weak
        body = body or draft.noun in self.lexicon.words("reference-government")
        codes = [c for c, _ in self.stage.country_scores(number) if c in self.names.states]
        if body and codes:
            draft.code = codes[0]
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
        return found is not None


def _codes(draft: Draft) -> set[str]:
    return {m.code for m in draft.members if m.code} if len(draft.members) == 2 else set()


def _all_codes(draft: Draft) -> set[str]:
    return {m.code for m in draft.members if m.code}


def _is_one_person(entity: Entity) -> bool:
    lead = entity.lead
    return lead.person is True and lead.number == "one" and bool(lead.name) and not lead.members


def _are_persons(draft: Draft, sector: str | None) -> bool:
    """Whether two or more named persons of one sector form the group: "the ministers"."""
    alike = [m for m in draft.members if m.person is True and m.name and m.sector == sector]
    return len(alike) > 1 and len(alike) == len(draft.members)


def _is_organisation(entity: Entity) -> bool:
    lead = entity.lead
    return lead.person is False and not lead.state and not lead.members and bool(lead.name)
