"""Reference over the sentences of an article: pronouns, collectives and bare descriptions.

By salience, after Lappin and Leass (1994) in outline: subjects before objects before others, a
decay for each sentence, agreement in number, gender and animacy, and no clause mate as antecedent
of a plain pronoun. The weights are this project's own.
"""

from __future__ import annotations

from foreigndesk.coding.agreement import agrees, clause_mates, groups, is_expletive, relative_head
from foreigndesk.coding.descriptions import Descriptions
from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.lexicon import Lexicon
from foreigndesk.coding.mentions import ADJECTIVE, PLACE, PRONOUN, ROLE
from foreigndesk.coding.salience import Entity, Stage, fill, weight
from foreigndesk.coding.setting import Setting
from foreigndesk.coding.speakers import first_persons
from foreigndesk.grammar.tree import Tree

_REACH, _FAR = 3, 15
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_PRONOUNS, _WORDS = _RELATIVE | {"PRP", "PRP$"}, frozenset({"that", "other"})
"""Tags and words of what may be a pronoun."""


class Resolver:
    """Resolves what a name alone does not: one resolver for any number of articles."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.lexicon = setting.lexicon

    def resolve(self, trees: list[Tree], drafts: list[list[Draft]]) -> list[list[Draft]]:
        """The drafts of each sentence, references settled; descriptions of nobody are dropped."""
        stage = Stage()
        scene = Scene(stage, Descriptions(self.setting, stage), self.lexicon)
        resolved = [
            scene.sentence(number, tree, found)
            for number, (tree, found) in enumerate(zip(trees, drafts, strict=True))
        ]
        fill(stage.entities)
        first_persons(trees, resolved, self.lexicon)
        return resolved


class Scene:
    """One article while it is read."""

    def __init__(self, stage: Stage, descriptions: Descriptions, lexicon: Lexicon) -> None:
        self.stage = stage
        self.descriptions = descriptions
        self.lexicon = lexicon

    def sentence(self, number: int, tree: Tree, found: list[Draft]) -> list[Draft]:
        """Settle one sentence from left to right."""
        kept: list[Draft] = []
        pronouns = [
            p
            for t in tree.tokens
            if (t.tag in _PRONOUNS or t.text.lower() in _WORDS)
            and (p := self._pronoun(tree, t.i)) is not None
        ]
        ordered = sorted([*found, *pronouns], key=lambda d: (d.head, d.first))
        sets = groups(tree, found)
        for draft in ordered:
            if self._settle(number, tree, draft, kept):
                kept.append(draft)
                self._see(number, tree, draft)
            if draft.head in sets:
                self._see_group(number, tree, draft, sets[draft.head])
        self._of_bodies(tree, kept)
        return sorted(kept, key=lambda d: (d.first, -d.last))

    def _settle(self, number: int, tree: Tree, draft: Draft, before: list[Draft]) -> bool:
        if draft.kind == PRONOUN:
            return self._settle_pronoun(number, tree, draft, before)
        if draft.role is not None and not draft.known():
            self._owned(tree, draft, before)
        if draft.noun and not draft.known() and (draft.definite or draft.role is None):
            found = self.descriptions.settle(number, tree, draft)
            useful = draft.role is not None and (bool(draft.person) or not draft.role.weak)
            return found or useful or draft.relational
        if draft.noun and not draft.known() and draft.role is not None:
            self.descriptions.bare(number, draft)
        if draft.noun and draft.code and not draft.name and draft.kind == ROLE:
            if draft.relational:
                i = tree.child(draft.head, "poss")
                self.descriptions.counterpart(draft, next((d for d in before if d.head == i), None))
            self.descriptions.named_before(number, draft)
            self.descriptions.holder(number, draft)
        return True

    def _owned(self, tree: Tree, draft: Draft, before: list[Draft]) -> None:
        """ "Its army", "whose navy", "their leaders": the possessor's."""
        i = tree.child(draft.head, "poss")
        if draft.relational or i is None:
            return
        owner = next((d for d in before if d.head == i and d.known()), None)
        if owner is not None and not (owner.person and draft.person is None):
            self._belong(draft, owner)

    def _of_bodies(self, tree: Tree, kept: list[Draft]) -> None:
        """ "The leaders of the alliance", "the ministers of both states": of whom, once known."""
        heads = {d.head: d for d in kept if d.kind != ADJECTIVE}
        for draft in kept:
            if draft.role is None or draft.known() or draft.relational:
                continue
            ofs = [i for i in tree.children(draft.head, "prep") if tree[i].text.lower() == "of"]
            owner = heads.get(tree.child(ofs[0], "pobj") or -1) if ofs else None
            if owner is not None and owner.known() and not owner.person:
                self._belong(draft, owner)

    def _belong(self, draft: Draft, owner: Draft) -> None:
        """Give a draft the country, or the countries, of those it belongs to."""
        draft.code, draft.definite = owner.code, False
        if draft.number == "many" and len(owner.members) > 1:
            draft.members = [self.descriptions.of_state(m, draft) for m in owner.members]
        if owner.sector and draft.sector in (None, "GOV") and not owner.person:
            draft.sector = owner.sector

    def _see(self, number: int, tree: Tree, draft: Draft) -> None:
        if not draft.known() and draft.role is None:
            return
        dep = tree[tree.first_conjunct(draft.head)].dep
        if dep == "pobj" and tree[tree[draft.head].head].dep == "agent":
            dep = "agent"
        amount = weight("" if draft.kind == PLACE else dep, draft.kind)
        amount *= 0.5 if draft.kind == PRONOUN else 1.0
        self.stage.see(draft, number, amount)
        for part in draft.absorbed:
            self.stage.see(part, number, weight("", ADJECTIVE))

    def _see_group(self, number: int, tree: Tree, first: Draft, others: list[Draft]) -> None:
        members = sorted((d for d in (first, *others) if d.known()), key=lambda d: d.head)
        if len(members) < 2 or any(d.members for d in members):
            return
        group = Draft(first.first, first.last, first.head, first.start, first.end, PRONOUN)
        group.members, group.number = members, "many"
        group.person = all(d.person for d in members)
        group.state = all(d.state for d in members)
        self.stage.see(group, number, weight(tree[tree.first_conjunct(first.head)].dep, first.kind))

    # ------------------------------------------------------------------ pronouns

    def _pronoun(self, tree: Tree, i: int) -> Draft | None:
        token = tree[i]
        word = token.text.lower()
        if token.tag in _RELATIVE or (word == "that" and token.dep in ("nsubj", "dobj")):
            return self._draft(tree, i) if relative_head(tree, i) is not None else None
        if word == "other" and i and tree[i - 1].text.lower() == "each":
            draft = self._draft(tree, i)
            draft.first, draft.start, draft.number = i - 1, tree[i - 1].start, "many"
            return draft
        if token.tag not in ("PRP", "PRP$"):
            return None
        entry = self.lexicon.pronouns.get(word)
        if entry is None or (word == "it" and is_expletive(tree, i)):
            return None
        draft = self._draft(tree, i)
        draft.number, draft.gender = entry.number or "one", entry.gender
        return draft

    def _draft(self, tree: Tree, i: int) -> Draft:
        token = tree[i]
        return Draft(i, i, i, token.start, token.end, PRONOUN)

    def _settle_pronoun(self, number: int, tree: Tree, draft: Draft, before: list[Draft]) -> bool:
        head = relative_head(tree, draft.head)
        if head is not None:
            return self._relative(number, tree, draft, before)
        if draft.first != draft.last:
            return self._each_other(number, tree, draft, before)
        mates = clause_mates(tree, draft.head, before)
        owner = self._same_phrase(tree, draft, before) or possessor(tree, draft, before)
        if owner is not None:
            draft.take(owner)
            return True
        reach = _REACH if draft.gender in (None, "n") else _FAR
        lowered = tree[draft.head].dep in ("dobj", "dative", "pobj")
        entity = self.stage.best(
            number, lambda e: number - e.seen <= reach and agrees(draft, e, mates), lowered
        )
        if draft.number == "many" and (entity is None or number - entity.seen > 1):
            entity = self.stage.best(
                number, lambda e: number - e.seen < 2 and agrees(draft, e, mates)
            )
            if entity is None:
                return self._they(number, draft, mates)
        if entity is None:
            return draft.gender != "n"
        draft.take(entity.lead)
        return True

    def _same_phrase(self, tree: Tree, draft: Draft, before: list[Draft]) -> Draft | None:
        """The possessor of the phrase in which a possessive stands: "Iran's row with its ally"."""
        if tree[draft.head].tag != "PRP$":
            return None
        for i in tree.ancestors(draft.head):
            owner = tree.child(i, "poss")
            found = next((d for d in before if d.head == owner and d.known()), None)
            if found is not None and owner != draft.head:
                return found if agrees(draft, Entity([found]), []) else None
            if tree[i].tag[:2] in ("VB", "MD"):
                return None
        return None

    def _they(self, number: int, draft: Draft, mates: list[Draft]) -> bool:
        """Without a plural just before: two persons together, else a state or body."""
        people = self.descriptions.two_persons(number, since=number - 1)
        if people and not mates:
            draft.members = people
            return True
        entity = self.stage.best(
            number,
            lambda e: (
                number - e.seen < _REACH
                and e.lead.person is False
                and not any(e.lead is m for m in mates)
            ),
        )
        if entity is not None:
            draft.take(entity.lead)
        return True

    def _relative(self, number: int, tree: Tree, draft: Draft, before: list[Draft]) -> bool:
        """The noun before; all of a coordination where the verb is plural."""
        head = relative_head(tree, draft.head)
        owner = next((d for d in before if d.head == head and d.kind != ADJECTIVE), None)
        if owner is None:
            return False
        draft.take(owner)
        draft.number = owner.number
        who = owner.identity()
        group = self.stage.best(
            number, lambda e: e.seen == number and any(m.identity() == who for m in e.lead.members)
        )
        if group is not None and tree[tree[draft.head].head].tag == "VBP":
            draft.take(group.lead)
            draft.name = draft.code = draft.sector = draft.actor_id = None
        return True

    def _each_other(self, number: int, tree: Tree, draft: Draft, before: list[Draft]) -> bool:
        group = self.stage.best(number, lambda e: len(e.lead.members) > 1)
        if group is not None and group.seen == number:
            draft.take(group.lead)
            return True
        draft.members = self.descriptions.dyad(number, persons=False)
        return bool(draft.members)


def possessor(tree: Tree, draft: Draft, before: list[Draft]) -> Draft | None:
    """Whose a thing is by the clause's own shape, None where the shape does not tell.

    The object's owner is the clause's subject ("the junta stepped up its raids"); what is given for
    somebody's use is for the receiver's ("lent Mali planes for its war").
    """
    noun = tree[draft.head].head
    if tree[draft.head].dep != "poss":
        return None
    heads: list[int] = []
    if tree[noun].dep == "dobj":
        heads = tree.children(tree[noun].head, "nsubj")
    elif tree[noun].dep == "pobj" and tree[tree[noun].head].text.lower() == "for":
        verb = next((i for i in tree.ancestors(noun) if tree.is_verb(i)), None)
        heads = tree.children(verb, "dobj", "dative") if verb is not None else []
    for other in reversed(before):
        if other.head in heads and other.head < draft.head and _alike(draft, other):
            return other
    return None


def _alike(draft: Draft, other: Draft) -> bool:
    """Whether a pronoun's number and gender fit a mention that is surely one of them."""
    return draft.number == other.number and other.gender in (None, draft.gender)
