"""What rules leave open in a sentence, asked of the small learned model.

Rules find the type of most events and both sides of many. Where one side is missing though another
actor stands where it could be, or two actors stand as subject and otherwise of a verb that no entry
knows, the pair model (pair_model.py) is asked whether, and as what, the two are related. What it
adds bears its name in the rule, and its probability counts in the confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.coding.askable import Sides, open_side, parties, sides_of_verbs
from foreigndesk.coding.factuality import FactualityReader
from foreigndesk.coding.frame import Frame
from foreigndesk.coding.mentions import ActorMention, SentenceMentions
from foreigndesk.coding.pair_model import NONE, RULE, PairModel, shipped
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType, Mention, Status

SIDE = 0.5
"""The least probability of the frame's own type at which a second actor becomes its other side."""
EVENT = 0.7
"""The least probability at which two actors without any frame are an event."""
_YIELD = "YIELD"
# An agreement or a threat is made by telling what will be done, a refusal by telling what will not.
_TOLD_BY = {
    EventType.AGREE: Status.PLANNED,
    EventType.THREATEN: Status.PLANNED,
    EventType.REJECT: Status.DENIED,
}


@dataclass(frozen=True, slots=True)
class Completer:
    """Adds to the frames of a sentence what the model finds; it is loaded at the first question.

    Where there is no model, or one that cannot tell that two are unrelated, nothing is added.
    `quiet`: lemmas of verbs that are no deed.
    """

    factuality: FactualityReader
    quiet: frozenset[str] = frozenset()
    model: Callable[[], PairModel | None] = shipped

    def complete(
        self, text: str, tree: Tree, mentions: SentenceMentions, frames: Sequence[Frame]
    ) -> list[Frame]:
        """The frames, those with one side completed; a new one if none has both sides.

        `text` is the document's; offsets of mentions count in it.
        """
        known = parties(mentions)
        if len(known) < 2:
            return list(frames)
        asked = _Asked(self.model, text, tree)
        found = [_sided(tree, frame, known, asked) for frame in frames]
        if not any(frame.actor and frame.recipient for frame in found):
            taken = {frame.trigger for frame in found}
            sides = [s for s in sides_of_verbs(tree, known, self.quiet) if s.trigger not in taken]
            new = _new(sides[0], asked) if sides else None
            found += [self._told(tree, new)] if new is not None else []
        return sorted(found, key=lambda frame: frame.trigger)

    def _told(self, tree: Tree, frame: Frame) -> Frame:
        """The frame, as occurred if what is said of its deed is what makes the event."""
        fact = self.factuality.read(tree, frame.trigger)
        if fact.status is _TOLD_BY.get(frame.event):
            return replace(frame, status=Status.OCCURRED)
        return frame


class _Asked:
    """The model's answers about one sentence, each pair asked once.

    One pair is asked of a frame, and one of a sentence for a new event, the nearest: asking three
    finds next to nothing more, at half as much time again.
    """

    def __init__(self, model: Callable[[], PairModel | None], text: str, tree: Tree) -> None:
        self._load = model
        self._start = tree[0].start
        self._text = text[self._start : tree[len(tree) - 1].end]
        self._known: dict[tuple[int, ...], dict[str, float]] = {}

    def shares(self, actor: Mention, recipient: Mention) -> dict[str, float]:
        """The probability of each root, and of none, from `actor` to `recipient`.

        Empty where nothing can tell.
        """
        model = self._load()
        if model is None or not model.weights.none:
            return {}
        key = (actor.start, actor.end, recipient.start, recipient.end)
        if key not in self._known:
            spans = [(m.start - self._start, m.end - self._start) for m in (actor, recipient)]
            self._known[key] = model.shares(self._text, *spans)
        return self._known[key]

    def holds(self, mention: Mention) -> bool:
        """Whether the mention stands in the sentence."""
        return self._start <= mention.start and mention.end <= self._start + len(self._text)


def _sided(tree: Tree, frame: Frame, known: Sequence[ActorMention], asked: _Asked) -> Frame:
    """The frame with its missing side, if one is missing and the model sees it."""
    if bool(frame.actor) == bool(frame.recipient):
        return frame
    named = (frame.actor or frame.recipient)[0]
    if not asked.holds(named):
        return frame
    others = open_side(tree, frame, known)
    if not others:
        return frame
    other = others[0].mention
    actor, recipient = (named, other) if frame.actor else (other, named)
    share = asked.shares(actor, recipient).get(_root(frame.event), 0.0)
    if share < SIDE:
        return frame
    entry = msgspec.structs.replace(frame.entry, id=f"{frame.entry.id}+{RULE}")
    if frame.actor:
        return replace(frame, entry=entry, recipient=(other,), share=share)
    return replace(frame, entry=entry, actor=(other,), share=share)


def _new(pair: Sides, asked: _Asked) -> Frame | None:
    """The likeliest event between the sides of a verb, if it is likely enough."""
    shares = asked.shares(pair.actor, pair.recipient)
    root = max(shares, key=lambda r: (shares[r], r), default=NONE)
    if root == NONE or shares[root] < EVENT:
        return None
    share = shares[root]
    event = EventType.RETREAT if root == _YIELD else EventType(root)
    entry = PredicateEntry(id=RULE, says="", not_="", event=event, weight=round(share, 3))
    return Frame(
        pair.trigger, entry, event, None, (pair.actor,), (pair.recipient,), False, 0.0, share=share
    )


def _root(event: EventType) -> str:
    return _YIELD if event in (EventType.CONCEDE, EventType.RETREAT) else str(event)
