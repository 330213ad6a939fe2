"""Whom a deed touches where no role of its entry says so: the first other country beneath it.

"Gave millions to fight cholera in Mali", "mobilised troops for an attack on Chad", "agreed to set
up a clinic in Peru": none of these names its recipient by a role of the verb itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from foreigndesk.coding.clause import Clause
from foreigndesk.coding.mentions import ADJECTIVE, PRONOUN, ActorMention
from foreigndesk.coding.named import distinct
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention

_ASIDE = frozenset(
    {"nsubj", "nsubjpass", "agent", "csubj", "punct", "aux", "mark", "relcl", "parataxis"}
)
_TURNING = frozenset(
    {
        "after", "before", "since", "during", "until", "amid", "amidst", "despite", "like", "than",
        "unlike", "without", "by", "per", "following", "because", "as", "while", "when", "under",
        "alongside", "if", "although", "though", "where", "via", "through", "beside", "besides",
    }
)  # fmt: skip
"""Words behind which stands what goes with a deed, not whom it touches."""
_VENUE = frozenset({"in", "at", "on", "from", "near"})


def beneath(clause: Clause, actor: tuple[Mention, ...], done_there: bool) -> tuple[Mention, ...]:
    """The first mentions of another country beneath the predicate, with those joined to them.

    `done_there`: the deed touches where it is done; else the place where it is spoken ("agreed in
    Geneva") is nobody's.
    """
    codes = {m.code for m in actor}
    for node in _walk(clause, done_there):
        mention = clause.mentions.at(node)
        if mention is None or (mention.head != node and mention.kind != ADJECTIVE):
            continue
        found = _others(clause, mention, codes)
        if found:
            return distinct(found)
    return ()


def _others(clause: Clause, mention: ActorMention, codes: set[str | None]) -> list[Mention]:
    if mention.kind == PRONOUN:
        return []
    tree, mentions = clause.tree, clause.mentions
    joined = [found for k in tree.conjuncts(mention.head) if (found := mentions.at(k)) is not None]
    every = [m for found in joined or [mention] for m in mentions.actors(found)]
    return [m for m in every if m.code and m.code not in codes]


def _walk(clause: Clause, done_there: bool) -> Iterator[int]:
    """The tokens beneath the trigger, then beneath its carrier, in text order."""
    tree = clause.tree
    starts = [clause.trigger] + ([clause.carrier] if clause.carrier is not None else [])
    for start in starts:
        yield from sorted(_reached(tree, start, clause.trigger, done_there))


def _reached(tree: Tree, start: int, trigger: int, done_there: bool) -> Iterator[int]:
    for kid in tree.children(start):
        token = tree[kid]
        if token.dep in _ASIDE or (tree.is_verb(start) and token.dep == "conj"):
            continue
        if kid < start and tree.is_verb(start) and token.dep in ("prep", "advcl"):
            continue
        if token.text.lower() in _TURNING or _turned(tree, kid):
            continue
        if not done_there and start == trigger and token.text.lower() in _VENUE:
            continue
        yield kid
        yield from _reached(tree, kid, trigger, done_there)


def _turned(tree: Tree, i: int) -> bool:
    """Whether a clause is of another time or reason: "after it left", "as it struck"."""
    if tree[i].dep != "advcl":
        return False
    infinitive = any(tree[k].tag == "TO" for k in tree.children(i, "aux"))
    return not infinitive
