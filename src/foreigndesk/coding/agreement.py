"""What syntax allows a pronoun to mean: agreement, clause mates, relative clauses, coordination."""

from __future__ import annotations

from foreigndesk.coding.drafts import Draft
from foreigndesk.coding.mentions import ADJECTIVE, ROLE
from foreigndesk.coding.salience import Entity
from foreigndesk.grammar.tree import Tree

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_EXPLETIVE_LEMMAS = frozenset({"be", "seem", "appear", "happen", "remain", "take"})


def agrees(draft: Draft, entity: Entity, mates: list[Draft]) -> bool:
    lead = entity.lead
    if mates and any(lead is m or lead.identity() == m.identity() for m in mates if m.known()):
        return False
    if draft.number == "many":
        told = lead.number == "many" and lead.kind != ADJECTIVE
        return told or len(lead.members) > 1
    plural = lead.number == "many" and (draft.gender != "n" or lead.kind == ROLE)
    if lead.members or plural:
        return False
    if draft.gender == "n":
        return lead.person is False or (lead.person is None and lead.gender != "m")
    return lead.person is not False and lead.gender in (None, draft.gender)


def clause_mates(tree: Tree, i: int, before: list[Draft]) -> list[Draft]:
    """The subject of the verb whose object the pronoun is: no antecedent for a plain pronoun."""
    token = tree[i]
    if token.dep not in ("dobj", "dative", "pobj") or token.text.lower().endswith("sel"):
        return []
    verb = token.head if token.dep != "pobj" else tree[token.head].head
    subject = tree.child(verb, "nsubj", "nsubjpass")
    return [d for d in before if d.head == subject]


def relative_head(tree: Tree, i: int) -> int | None:
    """The noun that a relative pronoun stands for, by the tree."""
    if tree[i].tag not in _RELATIVE and tree[i].text.lower() != "that":
        return None
    for verb in tree.ancestors(i):
        if tree[verb].dep == "relcl":
            return tree[verb].head if tree[verb].head < i else None
        if tree[verb].dep in ("ccomp", "advcl", "ROOT"):
            return None
    return None


def is_expletive(tree: Tree, i: int) -> bool:
    token = tree[i]
    verb = tree[token.head]
    if token.dep == "expl" or (token.dep == "dobj" and verb.lemma == "make"):
        return True
    if verb.lemma == "be" and tree.child(verb.i, "attr") is not None:
        return True
    if token.dep != "nsubj" or verb.lemma not in _EXPLETIVE_LEMMAS:
        return False
    return tree.child(verb.i, "ccomp", "csubj", "xcomp") is not None and (
        tree.child(verb.i, "acomp", "attr", "oprd") is not None or verb.lemma != "be"
    )


def groups(tree: Tree, found: list[Draft]) -> dict[int, list[Draft]]:
    """Coordinated actors by the head of the last: (head of the last) -> the others before it."""
    heads = {d.head: d for d in found if d.kind != ADJECTIVE}
    found_sets: dict[int, list[Draft]] = {}
    for draft in found:
        joined = tree[draft.head].dep == "conj" and tree[draft.head].head in heads
        if draft.kind == ADJECTIVE or joined:
            continue
        chain = [heads[i] for i in tree.conjuncts(draft.head) if i in heads]
        chain = [d for n, d in enumerate(chain) if d not in chain[:n]]
        if len(chain) > 1:
            found_sets[chain[-1].head] = chain[:-1]
    return found_sets
