"""Which actors of a sentence could be the sides of an event, by who and where they are in it.

Each question costs the learned model as much as coding a sentence costs the rules, so that only
actors are asked about that are known for what they are and stand where a side would stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from foreigndesk.coding.frame import Frame
from foreigndesk.coding.mentions import ADJECTIVE, PLACE, PRONOUN, ActorMention, SentenceMentions
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Mention

_SUBJECTS = ("nsubj", "agent", "poss")
_SUFFERS = ("nsubj", "nsubjpass")
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_PER_VERB = 2


class Sides(NamedTuple):
    """A verb with one actor as its subject or agent and another beneath it."""

    trigger: int
    actor: Mention
    recipient: Mention


def parties(mentions: SentenceMentions) -> list[ActorMention]:
    """The mentions by name or role that are known by country, organisation or sector."""
    return [
        m
        for m in mentions.mentions
        if m.kind not in (PRONOUN, PLACE) and not m.members and (m.mention.code or m.mention.sector)
    ]


def open_side(tree: Tree, frame: Frame, known: Sequence[ActorMention]) -> list[ActorMention]:
    """Who could be the side that a frame lacks, nearest to its trigger first.

    Who acts stands as subject, agent or possessor, of the event's word or of one above or beneath
    it; who is acted on, deeper beneath it than its own arguments, which the rules have read.
    """
    named = frame.actor or frame.recipient
    top = frame.trigger if frame.carrier is None else frame.carrier
    above = {top, *tree.ancestors(top)}
    found = []
    for m in known:
        if frame.actor:
            fits = not _read(tree, m.head, top) and top in tree.ancestors(m.head)
        else:
            fits = m.kind != ADJECTIVE and _governs(tree, m, top, above)
        if fits and not any(_same(n, m.mention) for n in named):
            found.append(m)
    return sorted(found, key=lambda m: (abs(m.head - frame.trigger), m.first))


def _read(tree: Tree, head: int, top: int) -> bool:
    """Whether it is an argument of the event's word that the rules read: any but its subject."""
    return tree[head].head == top and tree[head].dep not in _SUFFERS


def _governs(tree: Tree, mention: ActorMention, top: int, above: set[int]) -> bool:
    """Whether a mention is a subject or the like above an event's word, or beneath it."""
    node = _subject(tree, mention)
    return node is not None and (tree[node].head in above or top in tree.ancestors(node))


def sides_of_verbs(tree: Tree, known: Sequence[ActorMention], quiet: frozenset[str]) -> list[Sides]:
    """Verbs with one party as subject or agent and another beneath them, in text order.

    At least one of the two has a code, and they are not of one country. `quiet`: verbs (lemmas)
    that are no deed.
    """
    found = []
    for actor in known:
        verb = _acts_at(tree, actor)
        if verb is None or tree[verb].lemma.lower() in quiet:
            continue
        others = [m for m in known if _other(actor, m) and _beneath(tree, m, verb)]
        found += [Sides(verb, actor.mention, m.mention) for m in others[:_PER_VERB]]
    return found


def _other(one: ActorMention, two: ActorMention) -> bool:
    return one.mention.code != two.mention.code and not _overlap(one.mention, two.mention)


def _acts_at(tree: Tree, actor: ActorMention) -> int | None:
    """The verb whose subject or agent the mention heads; None if it is nothing such."""
    head = None if actor.kind == ADJECTIVE else _subject(tree, actor)
    return tree[head].head if head is not None and tree.is_verb(tree[head].head) else None


def _subject(tree: Tree, mention: ActorMention) -> int | None:
    """The node by which a mention is subject, agent or possessor; None if it is none of them."""
    head = tree.first_conjunct(mention.head)
    if tree[head].dep == "pobj" and tree[tree[head].head].dep == "agent":
        head = tree[head].head
    return head if tree[head].dep in _SUBJECTS else None


def _beneath(tree: Tree, mention: ActorMention, verb: int) -> bool:
    """Whether a mention hangs on a verb, and not in a finite clause beneath with its own subject.

    What a speaker says of others would be asked in vain most of the time.
    """
    for above in tree.ancestors(mention.head):
        if above == verb:
            return True
        if _finite(tree, above) and tree.child(above, "nsubj", "nsubjpass") is not None:
            return False
    return False


def _finite(tree: Tree, i: int) -> bool:
    nodes = (i, *tree.children(i, "aux", "auxpass"))
    return any(tree[k].tag in _FINITE for k in nodes)


def _same(one: Mention, other: Mention) -> bool:
    """Whether two mentions share words or are one party."""
    if one.actor_id is not None and one.actor_id == other.actor_id:
        return one.sector == other.sector
    return _overlap(one, other)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
