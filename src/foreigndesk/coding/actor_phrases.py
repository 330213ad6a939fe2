"""Noun phrases to actors: the drafts of one sentence, each phrase one mention."""

from __future__ import annotations

from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import ADJECTIVE, NAMED
from foreigndesk.coding.mentions import ROLE as ROLE_KIND
from foreigndesk.coding.names import ADJECTIVE as ADJECTIVE_USE
from foreigndesk.coding.names import DEMONYM, PERSON
from foreigndesk.coding.phrase_drafts import Drafter
from foreigndesk.coding.phrase_shape import PhraseShape, all_mods
from foreigndesk.coding.setting import Setting
from foreigndesk.coding.units import NOUN, ROLE, Unit
from foreigndesk.grammar.tree import Tree


class Phrases:
    """Composes the units of one sentence into drafts of mentions."""

    def __init__(self, tree: Tree, units: list[Unit], setting: Setting) -> None:
        self.tree = tree
        self.units = units
        self.shape = PhraseShape(tree, units, setting.lexicon)
        self.drafter = Drafter(self.shape, setting)
        self.words = setting.lexicon.words

    def compose(self) -> list[Draft]:
        """The drafts in text order, appositions joined."""
        self.shape.govern()
        drafts: list[Draft] = []
        for unit in self.units:
            if unit.governor is None:
                drafts.extend(self._top(unit))
        drafts.sort(key=lambda d: (d.first, -d.last))
        self._appositions(drafts)
        return drafts

    def _top(self, unit: Unit) -> list[Draft]:
        bare = self.shape.bare_governor(unit)
        if bare is not None and unit.sort != PERSON:
            return self._modifier(unit)
        if bare is not None:
            return [self.drafter.simple(unit, ADJECTIVE), *self._inner(unit)]
        if unit.sort in (ADJECTIVE_USE, DEMONYM) and not self.shape.heads_phrase(unit):
            return self._modifier(unit)
        return self._top_again(unit)

    def _modifier(self, unit: Unit) -> list[Draft]:
        """Before a noun that is no actor only a country counts: "Russian weapons"."""
        found = [d for mod in unit.mods for d in self._modifier(mod)]
        if unit.is_country and self.drafter.sure(unit) and unit.sort != PERSON:
            found.append(self.drafter.simple(unit, ADJECTIVE))
        return found

    def _inner(self, unit: Unit) -> list[Draft]:
        """Persons and bodies inside a phrase are mentions too: "[Kim]'s regime"."""
        found: list[Draft] = []
        counted = self.shape.counted(unit) if self.shape.counts(unit) else []
        for mod in unit.mods:
            if any(mod is c for c in counted):
                found.extend(self._inner(mod))
                continue
            apart = mod.sort == PERSON and unit.sort != PERSON
            told = mod.sort == ROLE and self.shape.possesses(mod, unit)
            if apart or told or self.shape.relational(unit):
                found.extend(self._top_again(mod))
            else:
                found.extend(self._inner(mod))
        return found

    def _top_again(self, unit: Unit) -> list[Draft]:
        if unit.sort == ADJECTIVE_USE:
            return []
        draft = self.drafter.draft(unit)
        if draft is None and unit.sort in (ROLE, NOUN):
            return self._freed(unit)
        if draft is not None and draft.kind != ADJECTIVE:
            within = [m for m in all_mods(unit) if m.is_country and m.sort != PERSON]
            draft.absorbed = [self.drafter.simple(m, ADJECTIVE) for m in within]
        return [d for d in (draft, *self._inner(unit)) if d is not None]

    def _freed(self, unit: Unit) -> list[Draft]:
        """What stands with a noun that is no actor: "[Kenya]'s opposition to [Sudan]"."""
        found: list[Draft] = []
        for mod in unit.mods:
            owner = self.shape.possesses(mod, unit) or mod.sort == PERSON
            found.extend(self._top_again(mod) if owner else self._modifier(mod))
        return found

    def _appositions(self, drafts: list[Draft]) -> None:
        heads = {d.head: d for d in drafts if d.kind != ADJECTIVE}
        for draft in drafts:
            token = self.tree[draft.head]
            host = heads.get(token.head) if token.dep == "appos" else None
            if host is not None and host is not draft:
                _join(self._bearer(host, draft, heads), draft)
        for host in list(heads.values()):
            self._office_of(host, heads)

    def _bearer(self, host: Draft, draft: Draft, heads: dict[int, Draft]) -> Draft:
        """Whose name it is: "a spokesman for the rebels, Ali Dhere" names the spokesman."""
        if host.number != "many" or draft.kind != NAMED:
            return host
        above = (heads.get(i) for i in self.tree.ancestors(host.head))
        outer = next((d for d in above if d is not None), None)
        fits = outer is not None and outer.kind == ROLE_KIND and outer.person
        return outer if fits and outer is not None and outer.number == "one" else host

    def _office_of(self, host: Draft, heads: dict[int, Draft]) -> None:
        """ "Chung Dong-hwa, head of a think tank": the body's country and sector are his."""
        if host.kind != NAMED or host.actor_id or host.person is False or host.sector:
            return
        for i in self.tree.children(host.head, "appos"):
            if self.tree[i].lemma not in self.words("reference-post"):
                continue
            objects = (
                self.tree.child(k, "pobj")
                for k in self.tree.children(i, "prep")
                if self.tree[k].text.lower() in ("of", "at", "for", "with")
            )
            body = heads.get(i) or next((heads[k] for k in objects if k in heads), None)
            if body is not None and not (host.code and body.code and host.code != body.code):
                host.code, host.sector = host.code or body.code, body.sector
                host.person = True


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
    name.sector = name.sector if name.sector not in (None, "CVL") else title.sector or name.sector
    name.person = title.person if name.person is None else name.person
    name.gender = name.gender or title.gender
    name.role, name.noun = name.role or title.role, name.noun or title.noun
    title.take(name)
    title.definite = False
