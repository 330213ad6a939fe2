"""Which actors a noun phrase names, and whose the thing is that it names."""

from __future__ import annotations

from collections.abc import Iterable

from foreigndesk.coding.mentions import SentenceMentions
from foreigndesk.grammar.clauses import agents, is_passive, preps
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention

_OWNING = ("of", "by", "from", "between", "against", "with", "on", "in")
_BEFORE = ("poss", "compound", "nmod", "amod", "npadvmod")


def actors_at(tree: Tree, mentions: SentenceMentions, head: int) -> tuple[Mention, ...]:
    """The actors that the noun phrase headed at `head` names, its coordination included."""
    found: list[Mention] = []
    for node in tree.conjuncts(head):
        mention = mentions.at(node)
        if mention is not None and mention.kind != "adjective":
            found.extend(mentions.actors(mention))
    return distinct(found)


def owners_at(
    tree: Tree, mentions: SentenceMentions, head: int, depth: int = 2
) -> tuple[Mention, ...]:
    """The actors to whom a thing belongs or whose it is: "Iran's tests", "a ban by the EU"."""
    before: list[Mention] = []
    for kid in tree.children(head, *_BEFORE):
        mention = mentions.at(kid)
        if mention is not None:
            before.extend(mentions.actors(mention))
            before.extend(m for k in tree.conjuncts(kid)[1:] for m in actors_at(tree, mentions, k))
    if before:
        return distinct(before)
    doers = distinct(m for k in agents(tree, head) for m in actors_at(tree, mentions, k))
    if doers:
        return doers
    for name, noun in preps(tree, head):
        if name not in _OWNING:
            continue
        found = actors_at(tree, mentions, noun)
        if not found and depth:
            found = owners_at(tree, mentions, noun, depth - 1)
        if found:
            return found
    return ()


def possessors_at(tree: Tree, mentions: SentenceMentions, head: int) -> tuple[Mention, ...]:
    """Who stands before a thing or behind its "of" or "by": "Iran's tests", "a raid by Mali"."""
    found = [m for k in tree.children(head, *_BEFORE) if (m := mentions.at(k)) is not None]
    if found:
        return distinct(m for mention in found for m in mentions.actors(mention))
    return distinct(
        m
        for name, noun in (*preps(tree, head), *_hung_too_high(tree, head))
        if name in ("of", "by")
        for m in actors_at(tree, mentions, noun)
    )


def _hung_too_high(tree: Tree, head: int) -> tuple[tuple[str, int], ...]:
    """The by-phrase of an object that a parser hung on its active verb: "condemned drills by X"."""
    verb = tree[head].head
    if tree[head].dep != "dobj" or not tree.is_verb(verb) or is_passive(tree, verb):
        return ()
    return tuple((name, noun) for name, noun in preps(tree, verb) if name == "by" and noun > head)


def named_at(tree: Tree, mentions: SentenceMentions, head: int) -> tuple[Mention, ...]:
    """The actors at `head` itself, else those whom the thing there belongs to."""
    return actors_at(tree, mentions, head) or owners_at(tree, mentions, head)


def distinct(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions without repeats of the same actor, in order."""
    every = tuple(found)
    if len(every) < 2:
        return every
    kept: dict[tuple[object, ...], Mention] = {}
    for mention in every:
        key = (
            (mention.actor_id, mention.code)
            if mention.actor_id
            else (mention.start, mention.end, mention.name, mention.code)
        )
        kept.setdefault(key, mention)
    return tuple(kept.values())


def same_actor(a: Mention, b: Mention) -> bool:
    """Whether two mentions are of one actor: the same entry, or the same name or words."""
    if a.actor_id or b.actor_id:
        return a.actor_id == b.actor_id and a.sector == b.sector
    if a.code != b.code:
        return False
    return (a.start, a.end) == (b.start, b.end) or (a.name is not None and a.name == b.name)


def minus(found: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """`found` without any actor that is among `others`."""
    if not found or not others:
        return found
    return tuple(m for m in found if not any(same_actor(m, o) for o in others))
