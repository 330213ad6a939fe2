"""Who fills the roles of a frame, in the order that its entry gives."""

from __future__ import annotations

from dataclasses import replace

from foreigndesk.coding.frame import Frame
from foreigndesk.coding.roles import (
    Clause,
    actors_at,
    clause_at,
    distinct,
    fill,
    minus,
    named_at,
    owners_at,
    possessors_at,
)
from foreigndesk.grammar.clauses import agents
from foreigndesk.model import Mention

_WHERE = ("in", "into", "near", "inside", "across", "around", "over", "at", "on", "from")
_COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl", "pcomp")


def participants(
    clause: Clause, frame: Frame, content: list[Frame], on_place: bool = False
) -> Frame:
    """The frame with its roles filled, in the order that its entry gives."""
    entry = frame.entry
    between = fill(clause, "between") if entry.symmetric else ()
    if len(between) > 1:
        return replace(frame, actor=between[:1], recipient=between[1:])
    brokers = _brokers(clause) if entry.symmetric else ()
    actor: tuple[Mention, ...] = ()
    for role in entry.actor:
        actor = actor or minus(fill(clause, role), brokers)
    recipient: tuple[Mention, ...] = ()
    for role in entry.recipient:
        recipient = recipient or minus(_role(clause, role, content, actor), actor)
    if on_place and not recipient and not entry.symmetric:
        recipient = _struck(clause)
    if entry.symmetric and not recipient and len(actor) > 1:
        actor, recipient = actor[:1], actor[1:]
    return replace(frame, actor=actor, recipient=recipient)


def _role(
    clause: Clause, role: str, content: list[Frame], actor: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    if role == "subject":  # of a thing as subject ("the tests raise concern"): whose it is
        heads = (*clause.args.subject, *clause.carried.subject)
        return distinct(m for h in heads for m in named_at(clause.tree, clause.mentions, h))
    acting = distinct(m for f in content for m in f.actor)
    if role == "deed":
        return acting or _doers(clause)
    if role != "content":
        return fill(clause, role)
    suffering = distinct(m for f in content for m in f.recipient)
    return minus(acting, actor) or minus(suffering, actor) or _named_in_complement(clause, actor)


def _brokers(clause: Clause) -> tuple[Mention, ...]:
    """Who made others agree: "a truce brokered by X" is none of X's own."""
    tree, mentions = clause.tree, clause.mentions
    found = agents(tree, clause.trigger)
    return distinct(m for head in found for m in actors_at(tree, mentions, head))


def _struck(clause: Clause) -> tuple[Mention, ...]:
    """The state or people where the thing is done: behind "in", "near", "into", or in its noun."""
    tree, mentions = clause.tree, clause.mentions
    for role in _WHERE:
        for head in clause.heads(role):
            mention = mentions.at(head)
            found = mention.actors() if mention is not None else ()
            found = found or owners_at(tree, mentions, head)
            if any(m.code for m in found):
                return distinct(found)
    return ()


def _doers(clause: Clause) -> tuple[Mention, ...]:
    """Whose deed the object is, never whom it was done to: "condemned Mali's raid on Chad"."""
    tree, mentions = clause.tree, clause.mentions
    return distinct(m for h in clause.args.object for m in possessors_at(tree, mentions, h))


def _named_in_complement(clause: Clause, actor: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without a frame in the complement: the actors that are its subject, object or goal."""
    tree = clause.tree
    for k in tree.children(clause.trigger, *_COMPLEMENTS):
        inner = clause_at(tree, clause.mentions, k, frozenset())
        for role in ("subject", "object", "owner", "to", "with", "against", "on", "for", "from"):
            found = minus(fill(inner, role), actor)
            if found:
                return found
    return ()
