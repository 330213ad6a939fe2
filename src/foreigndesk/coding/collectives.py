"""Collectives: "both nations", "the three countries", "the two leaders"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import ROLE
from foreigndesk.coding.salience import Entity, Stage
from foreigndesk.coding.setting import Setting
from foreigndesk.grammar.tree import Tree


class Collectives:
    """Finds whom a collective means, on the stage of one article."""

    def __init__(self, setting: Setting, stage: Stage) -> None:
        self.setting = setting
        self.lexicon = setting.lexicon
        self.names = setting.names
        self.stage = stage

    def is_dyad(self, tree: Tree, draft: Draft, words: list[str]) -> bool:
        each = bool(self.lexicon.words("reference-each") & set(words[:1]))
        if (draft.number != "many" and not each) or (draft.code and not self.styled(words)):
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
        if self.lexicon.words("reference-each") & set(words[:1]):
            return 2
        for number, key in ((3, "reference-three"), (4, "reference-four")):
            if self.lexicon.words(key) & set(words):
                return number
        return None

    def styled(self, words: Sequence[str]) -> frozenset[str] | None:
        """The codes of the states so styled ("Baltic", "kingdom"); None where nothing styles."""
        pairs = [f"{a} {b}" for a, b in pairwise(words)]
        found = [self.lexicon.styles[w] for w in (*words, *pairs) if w in self.lexicon.styles]
        return frozenset.intersection(*found) if found else None

    def _many(self, number: int, count: int) -> list[Draft]:
        """The latest group of so many states or persons of different states, empty if none."""
        group = self.stage.best(
            number, lambda e: number - e.seen < 4 and len(_all_codes(e.lead)) == count
        )
        scored = self.stage.country_scores(number)
        leading = [c for c, _ in scored if self.is_state(c)][:count]
        codes = _all_codes(group.lead) if group is not None else set(leading)
        found = len(codes) == count and all(map(self.is_state, codes))
        return [self.state_of(c) for c in sorted(codes)] if found else []

    def collective(self, number: int, tree: Tree, draft: Draft) -> bool:
        lemmas = {t.lemma.lower() for t in tree.tokens[draft.first : draft.last + 1]}
        persons = not lemmas & self.lexicon.words("reference-dyad-states")
        count = self._count([t.text.lower() for t in tree.tokens[draft.first : draft.last + 1]])
        told = self._accusers(number, tree, draft)
        members = self.dyad(number, persons, told) if count == 2 else self._many(number, count or 0)
        if not members and count == 2:
            members = self._two_named(number)
        bare = draft.role is None or draft.role.sector is None
        if not bare and all(m.state for m in members):
            members = [self.of_state(m, draft) for m in members]
        draft.members = members
        return bool(members)

    def _two_named(self, number: int) -> list[Draft]:
        """The latest two told of together, be they no states: "NATO and the rebels"."""
        group = self.stage.best(number, lambda e: number - e.seen < 3 and len(e.lead.members) == 2)
        return list(group.lead.members) if group is not None else []

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
        here = [c for c, _ in told if self.is_state(c) and c not in without]
        codes = here if len(here) == 2 else self._pair(number, set(here))
        return [self.state_of(code) for code in sorted(codes)] if len(codes) == 2 else []

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
        return [c for c, _ in self.stage.country_scores(number) if self.is_state(c)][:2]

    def _states(self, entity: Entity) -> bool:
        codes = _codes(entity.lead)
        national = all(m.state or m.sector in (None, "GOV", "MIL") for m in entity.lead.members)
        return len(codes) == 2 and national and all(map(self.is_state, codes))

    def is_state(self, code: str) -> bool:
        return code in self.names.states

    def two_persons(self, number: int, since: int = -1) -> list[Draft]:
        """The two most salient persons of different states named from sentence `since` on."""
        ranked = self.stage.ranked(number, lambda e: is_one_person(e) and e.seen >= since)
        chosen: list[Draft] = []
        for entity in ranked:
            if all(entity.lead.code != c.code or c.code is None for c in chosen):
                chosen.append(entity.lead)
        return sorted(chosen[:2], key=lambda d: d.name or "") if len(chosen) > 1 else []

    def state_of(self, code: str) -> Draft:
        entry = self.names.states[code]
        draft = Draft(0, 0, 0, 0, 0, ROLE, entry.name, entry.code, None, entry.id)
        draft.state, draft.person = True, False
        return draft

    def of_state(self, state: Draft, draft: Draft) -> Draft:
        """Those of one state in a collective: "the presidents of both countries"."""
        member = Draft(0, 0, 0, 0, 0, ROLE, None, state.code, draft.sector)
        member.role, member.person = draft.role, False
        return member


def _codes(draft: Draft) -> set[str]:
    return {m.code for m in draft.members if m.code} if len(draft.members) == 2 else set()


def _all_codes(draft: Draft) -> set[str]:
    return {m.code for m in draft.members if m.code}


def is_one_person(entity: Entity) -> bool:
    lead = entity.lead
    return lead.person is True and lead.number == "one" and bool(lead.name) and not lead.members
