"""The one relation that a text states between two marked actors.

The marked spans are read as actors, whatever stands there, so that their roles are found even
where the actor reader would see a mere thing; the frame that holds both, outermost first, speaks
first. Where there is a learned model, it is asked too, and both are weighed (pair_model.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from foreigndesk.coding.mentions import ADJECTIVE, NAMED, ActorMention, SentenceMentions
from foreigndesk.coding.pair_model import RULE, PairModel, Vote, shipped
from foreigndesk.coding.reading import Coder, Reading
from foreigndesk.coding.reports import reports
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventType, Mention, PairRelation, Report, Status

# PLOVER's manual: what an actor will do in a cooperative type is, today, an agreement to do it, and
# in a hostile type a threat; what it did not or will not do for another is a refusal.
_FAVOURS = frozenset(
    {
        EventType.CONSULT,
        EventType.SUPPORT,
        EventType.COOPERATE,
        EventType.AID,
        EventType.RETREAT,
        EventType.CONCEDE,
    }
)
_HARMS = frozenset(
    {
        EventType.SANCTION,
        EventType.COERCE,
        EventType.ASSAULT,
        EventType.MOBILIZE,
        EventType.PROTEST,
    }
)
_FALLBACK = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """The marked actor and recipient, as half-open character ranges of the text."""

    actor: tuple[int, int]
    recipient: tuple[int, int]


def relation(coder: Coder, reading: Reading, pair: Pair) -> PairRelation:
    """The relation of a pair: what rules and the package's model together hold likeliest.

    The model is loaded at the first call; if it or onnxruntime is not there, rules alone answer.
    `rule` is the id of the codebook entry that states the answer, or "model.pair-minilm".
    """
    return weighed(coder, reading, pair, shipped())


def weighed(coder: Coder, reading: Reading, pair: Pair, model: PairModel | None) -> PairRelation:
    """The relation by rules and `model`; without one the best-fitting Report's, else a guess."""
    ranked = candidates(coder, reading, pair)
    if model is not None:
        return _pooled(model, reading, pair, ranked)
    if ranked:
        return _from_report(*ranked[0])
    return PairRelation(EventType.CONSULT, None, Status.POSSIBLE, _FALLBACK, "pair.no-report")


def candidates(coder: Coder, reading: Reading, pair: Pair) -> list[tuple[Report, float]]:
    """The Reports of a text with how well their sides fit the pair (0 to 1), best first."""
    marked = _marked(coder, reading, pair)
    inner = _embedded(marked)
    fitted = [(report, _fit(report, pair)) for report in reports(coder, marked)]
    return sorted(
        fitted,
        key=lambda r: (-r[1], r[0].trigger.start in inner, -r[0].confidence, r[0].trigger.start),
    )


def votes(ranked: Sequence[tuple[Report, float]]) -> list[Vote]:
    """What the Reports say, in the form in which the model weighs it."""
    return [Vote(root_of(stated(report)[0]), fit, report.confidence) for report, fit in ranked]


def root_of(event: EventType) -> str:
    """The event type with CONCEDE and RETREAT as one, "YIELD"."""
    return "YIELD" if event in (EventType.CONCEDE, EventType.RETREAT) else str(event)


def _pooled(
    model: PairModel, reading: Reading, pair: Pair, ranked: Sequence[tuple[Report, float]]
) -> PairRelation:
    """The likeliest root; a Report that states it gives its finer type, mode and status."""
    logs = model.logs(reading.text, pair.actor, pair.recipient)
    shares = model.weights.probabilities(logs, votes(ranked))
    root = max(shares, key=lambda r: (shares[r], r))
    confidence = round(shares[root], 3)
    for report, fit in ranked:
        found = _from_report(report, fit)
        if root_of(found.event_type) == root:
            return replace(found, confidence=confidence)
    event = EventType.RETREAT if root == "YIELD" else EventType(root)
    return PairRelation(event, None, Status.OCCURRED, confidence, RULE)


def _marked(coder: Coder, reading: Reading, pair: Pair) -> Reading:
    """The reading with the marked spans as mentions of their own, its frames read anew."""
    mentions = [
        _with_marks(tree, found, pair, reading.text)
        for tree, found in zip(reading.trees, reading.mentions, strict=True)
    ]
    frames = [coder.frames.read(t, m) for t, m in zip(reading.trees, mentions, strict=True)]
    return replace(reading, mentions=mentions, frames=frames)


def _with_marks(tree: Tree, found: SentenceMentions, pair: Pair, text: str) -> SentenceMentions:
    marks = [m for span in (pair.actor, pair.recipient) if (m := _mark(tree, found, span, text))]
    kept = [m for m in found.mentions if all(m.last < x.first or m.first > x.last for x in marks)]
    return SentenceMentions.of([*kept, *marks])


def _mark(
    tree: Tree, found: SentenceMentions, span: tuple[int, int], text: str
) -> ActorMention | None:
    """The marked span as a mention; it keeps the identity of the actor that was read there."""
    inside = [t.i for t in tree.tokens if t.start < span[1] and t.end > span[0]]
    if not inside:
        return None
    within = set(inside)
    head = next((i for i in inside if tree[i].head not in within or tree[i].head == i), inside[-1])
    known = found.at(head)
    start, end = tree[inside[0]].start, tree[inside[-1]].end
    mention = Mention(start, end, text[start:end], text[start:end], None, None, None)
    if known is not None:
        mention = replace(known.mention, start=start, end=end, text=text[start:end])
    before_noun = tree[head].dep in ("amod", "compound", "nmod")
    return ActorMention(inside[0], inside[-1], head, mention, ADJECTIVE if before_noun else NAMED)


def _embedded(reading: Reading) -> set[int]:
    """Where the triggers stand that are content of another frame, as character offsets."""
    return {
        tree[c].start
        for tree, frames in zip(reading.trees, reading.frames, strict=True)
        for frame in frames
        for c in frame.content
    }


def _fit(report: Report, pair: Pair) -> float:
    """How well a Report's sides cover the pair: 1 both, 0.6 one, less if only the wrong way."""
    actor, recipient = _covers(report.actor, pair.actor), _covers(report.recipient, pair.recipient)
    if actor and recipient:
        return 1.0
    swapped = _covers(report.actor, pair.recipient), _covers(report.recipient, pair.actor)
    if all(swapped):
        return 0.95 if report.symmetric else 0.5
    if actor or recipient:
        return 0.6
    return 0.35 if any(swapped) else 0.2


def _covers(mentions: tuple[Mention, ...], span: tuple[int, int]) -> bool:
    return any(m.start < span[1] and m.end > span[0] for m in mentions)


def stated(report: Report) -> tuple[EventType, str | None]:
    """The type and mode that a Report states today: a planned favour is an agreement to it."""
    event, mode = report.event_type, report.event_mode
    if event in _FAVOURS and report.status is Status.PLANNED:
        return EventType.AGREE, None
    if event in _HARMS and report.status is Status.PLANNED:
        return EventType.THREATEN, None
    if event in (*_FAVOURS, EventType.AGREE) and report.status is Status.DENIED:
        return EventType.REJECT, None
    return event, mode


def _from_report(report: Report, fit: float) -> PairRelation:
    event, mode = stated(report)
    confidence = round(fit * report.confidence, 3)
    return PairRelation(event, mode, report.status, confidence, report.rule)
