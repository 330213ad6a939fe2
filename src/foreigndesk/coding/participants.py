"""Who fills the roles of a frame, in the order that its entry gives."""

from __future__ import annotations

from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.coding.beneath import beneath
from foreigndesk.coding.clause import Clause, clause_at
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.named import (
    actors_at,
    distinct,
    minus,
    named_at,
    owners_at,
    possessors_at,
)
from foreigndesk.coding.roles import fill
from foreigndesk.grammar.clauses import agents
from foreigndesk.model import EventType, Mention

_WHERE = ("in", "into", "near", "inside", "across", "around", "over", "at", "on", "from")
_PROMISED = frozenset({EventType.AGREE, EventType.THREATEN})
"""What one says of one's own doing: who does it beneath is no other side."""
_SAID_OF = frozenset({"object", "owner", "of"})
_AGAINST = frozenset({"REB", "OPP", "UAF", "CVL", "LAB", "PTY", "SOC", "JRN", "LEG", "REF", "EDU"})
_COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl", "pcomp")


def participants(
    clause: Clause, frame: Frame, content: list[Frame], on_place: bool = False
) -> Frame:
    """The frame with its roles filled, in the order that its entry gives.

    `on_place`: where nobody is named to whom it is done, it is done to where it is done.
    """
    entry = frame.entry
    between = fill(clause, "between") if entry.symmetric else ()
    if len(between) > 1:
        return frame.between(between[:1], between[1:])
    actor = _actor(clause, entry)
    recipient, guessed = _recipient(clause, frame, content, actor)
    if not recipient and on_place and not entry.symmetric:
        recipient = minus(_struck(clause), actor)
    vague = frame.event in _PROMISED and not any(m.code for m in recipient)
    if actor and not entry.symmetric and (vague or not recipient):
        found = () if "recipient" in entry.needs else beneath(clause, actor, on_place)
        recipient, guessed = found or recipient, bool(found) or guessed
    if entry.symmetric and not recipient and len(actor) > 1:
        actor, recipient = actor[:1], actor[1:]
    return frame.between(actor, recipient, guessed)


def _actor(clause: Clause, entry: PredicateEntry) -> tuple[Mention, ...]:
    if clause.converse:
        return fill(clause, "subject")
    brokers = _brokers(clause) if entry.symmetric else ()
    for role in entry.actor:
        found = _behind(clause) if role == "deed" else fill(clause, role)
        actor = minus(found, brokers)
        if actor:
            return actor
    return ()


def _recipient(
    clause: Clause, frame: Frame, content: list[Frame], actor: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], bool]:
    """To whom, and whether that is a guess: no role, but a name in the complement."""
    roles = ("object", *frame.entry.recipient) if clause.converse else frame.entry.recipient
    for role in roles:
        found = minus(_role(clause, role, content, frame, actor), actor)
        if found:
            return found, False
        if role == "content":
            found = minus(_named_in_complement(clause, actor), actor)
            if found:
                return found, True
    return (), False


def _role(
    clause: Clause,
    role: str,
    content: list[Frame],
    frame: Frame,
    actor: tuple[Mention, ...],
) -> tuple[Mention, ...]:
    if role == "subject":  # of a thing as subject ("the tests raise concern"): whose it is
        heads = (*clause.args.subject, *clause.carried.subject)
        return distinct(m for h in heads for m in named_at(clause.tree, clause.mentions, h))
    acting = distinct(m for f in content for m in f.actor)
    if role == "deed":
        return acting or _doers(clause)
    if role != "content":
        found = fill(clause, role)
        own = frame.event in _PROMISED and role in _SAID_OF
        return _foreign(found, actor) if own else found
    if frame.event in _PROMISED:
        acting = _foreign(acting, actor)
    suffering = distinct(m for f in content for m in f.recipient)
    return minus(acting, actor) or minus(suffering, actor)


def _foreign(found: tuple[Mention, ...], actor: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without the actor's own people: "agreed to withdraw its troops", "said the CIA would"."""
    codes = {m.code for m in actor if m.code}
    return tuple(m for m in found if m.code not in codes or _rivals(m, actor))


def _rivals(mention: Mention, actor: tuple[Mention, ...]) -> bool:
    """Whether they stand against those who act at home: rebels, an opposition, a people."""
    sided = mention.sector is not None and any(m.sector in _AGAINST for m in actor)
    return mention.sector in _AGAINST or sided


def _behind(clause: Clause) -> tuple[Mention, ...]:
    """Whose deed it is in which something befell: "were killed in an attack by the Taliban"."""
    tree, mentions = clause.tree, clause.mentions
    return distinct(m for h in clause.heads("in") for m in possessors_at(tree, mentions, h))


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
        inner = clause_at(tree, clause.mentions, k)
        for role in ("subject", "object", "owner", "to", "with", "against", "on", "for", "from"):
            found = minus(fill(inner, role), actor)
            if found:
                return found
    return ()
