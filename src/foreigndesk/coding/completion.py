"""What rules leave open in a sentence, asked of the small learned model.

Rules find the type of most events and both sides of many. Where one side is missing though another
actor stands in the sentence, or two actors stand in clause with a verb that no entry knows, the
pair model (pair_model.py) is asked whether, and as what, the two are related. What it adds bears
its name in the rule, and a confidence lowered by its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.mentions import ADJECTIVE, PLACE, PRONOUN, ActorMention, SentenceMentions
from foreigndesk.coding.pair_model import RULE, PairModel
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType, Mention

SIDE = 0.5
"""The least probability of the frame's own type at which a second actor becomes its other side."""
EVENT = 0.8
"""The least probability at which two actors without any frame are an event."""
NONE = "NONE"
"""The model's label of two actors that a sentence does not relate."""
_PAIRS = 3
_SUBJECTS = ("nsubj", "nsubjpass", "agent", "poss")
_NO_DEED = frozenset({"be", "have", "include", "remain", "seem", "become"})


@dataclass(frozen=True, slots=True)
class Completer:
    """Adds to the frames of a sentence what the model finds."""

    model: PairModel

    def complete(
        self, text: str, tree: Tree, mentions: SentenceMentions, frames: Sequence[Frame]
    ) -> list[Frame]:
        """The frames, those with one side completed; a new one if none has both sides.

        `text` is the document's; offsets of mentions count in it.
        """
        shown = [m for m in mentions.mentions if m.kind != PRONOUN and not m.members]
        if len(shown) < 2:
            return list(frames)
        asked = _Asked(self.model, text, tree)
        found = [_sided(frame, shown, asked) for frame in frames]
        if not any(frame.actor and frame.recipient for frame in found):
            found += _new(tree, shown, asked, {frame.trigger for frame in found})
        return sorted(found, key=lambda frame: frame.trigger)


class _Asked:
    """The model's answers about one sentence, each pair asked once."""

    def __init__(self, model: PairModel, text: str, tree: Tree) -> None:
        self._model = model
        self._start = tree[0].start
        self._text = text[self._start : tree[len(tree) - 1].end]
        self._known: dict[tuple[Mention, Mention], dict[str, float]] = {}

    def shares(self, actor: Mention, recipient: Mention) -> dict[str, float]:
        """The probability of each root, and of none, from `actor` to `recipient`."""
        key = actor, recipient
        if key not in self._known:
            logs = self._model.logs(self._text, self._span(actor), self._span(recipient))
            roots = self._model.weights.roots
            self._known[key] = {r: math.exp(x) for r, x in zip(roots, logs, strict=True)}
        return self._known[key]

    def holds(self, mention: Mention) -> bool:
        """Whether the mention stands in the sentence."""
        return self._start <= mention.start and mention.end <= self._start + len(self._text)

    def _span(self, mention: Mention) -> tuple[int, int]:
        return mention.start - self._start, mention.end - self._start


def _sided(frame: Frame, shown: Sequence[ActorMention], asked: _Asked) -> Frame:
    """The frame with its missing side, if one is missing and the model sees it."""
    if bool(frame.actor) == bool(frame.recipient):
        return frame
    named = (frame.actor or frame.recipient)[0]
    if not asked.holds(named):
        return frame
    root = _root(frame.event)
    ranked = []
    for other in shown:
        if other.kind == PLACE or _overlap(named, other.mention):
            continue
        sides = (named, other.mention) if frame.actor else (other.mention, named)
        ranked.append((asked.shares(*sides)[root], -other.first, other.mention))
    if not ranked or (best := max(ranked, key=lambda r: r[:2]))[0] < SIDE:
        return frame
    entry = _weighted(frame.entry, best[0])
    if frame.actor:
        return replace(frame, entry=entry, recipient=(best[2],))
    return replace(frame, entry=entry, actor=(best[2],))


def _new(tree: Tree, shown: Sequence[ActorMention], asked: _Asked, taken: set[int]) -> list[Frame]:
    """The likeliest event between two actors that stand as subject and otherwise of one verb."""
    ranked = []
    for trigger, actor, recipient in _pairs(tree, shown)[:_PAIRS]:
        shares = asked.shares(actor.mention, recipient.mention)
        root = max(shares, key=lambda r: (shares[r], r))
        if NONE in shares and root != NONE and shares[root] >= EVENT and trigger not in taken:
            ranked.append((shares[root], -trigger, root, actor.mention, recipient.mention))
    if not ranked:
        return []
    share, at, root, who, whom = max(ranked, key=lambda r: r[:2])
    event = EventType.RETREAT if root == "YIELD" else EventType(root)
    entry = PredicateEntry(id=RULE, says="", not_="", event=event, weight=round(share, 3))
    return [Frame(-at, entry, event, None, (who,), (whom,), False, 0.0)]


def _pairs(
    tree: Tree, shown: Sequence[ActorMention]
) -> list[tuple[int, ActorMention, ActorMention]]:
    """Verbs with an actor as subject or agent and another beneath them, in text order."""
    found = []
    for actor in shown:
        trigger = _acts_at(tree, actor)
        if trigger is None:
            continue
        beneath = set(tree.subtree(trigger))
        for other in shown:
            inside = other.first in beneath and not _overlap(actor.mention, other.mention)
            if inside and not _beside(tree, actor, other):
                found.append((trigger, actor, other))
    return found


def _acts_at(tree: Tree, actor: ActorMention) -> int | None:
    """The verb whose subject or agent the mention heads; None if it is nothing of the kind."""
    if actor.kind in (ADJECTIVE, PLACE):
        return None
    head = tree.first_conjunct(actor.head)
    if tree[head].dep == "pobj" and tree[tree[head].head].dep == "agent":
        head = tree[head].head
    verb = tree[head].head
    if tree[head].dep not in _SUBJECTS or not tree.is_verb(verb):
        return None
    return None if tree[verb].lemma.lower() in _NO_DEED else verb


def _beside(tree: Tree, one: ActorMention, other: ActorMention) -> bool:
    """Whether both are members of one coordination."""
    return tree.first_conjunct(one.head) == tree.first_conjunct(other.head)


def _weighted(entry: PredicateEntry, share: float) -> PredicateEntry:
    """The entry as far as the model vouches for a side, with the model's name beside its id."""
    weight = round(entry.weight * share, 3)
    return msgspec.structs.replace(entry, id=f"{entry.id}+{RULE}", weight=weight)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _root(event: EventType) -> str:
    return "YIELD" if event in (EventType.CONCEDE, EventType.RETREAT) else str(event)
