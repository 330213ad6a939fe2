"""The one relation that a text states between two marked actors.

The marked spans are read as actors, whatever stands there, so that their roles are found even
where the actor reader would see a mere thing; the frame that holds both, outermost first, decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from foreigndesk.coding.mentions import ADJECTIVE, NAMED, ActorMention, SentenceMentions
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
    """The relation of a pair: the best-fitting Report's, else a guess of low confidence."""
    marked = _marked(coder, reading, pair)
    found = reports(coder, marked)
    inner = _embedded(marked)
    ranked = sorted(
        found,
        key=lambda r: (-_fit(r, pair), r.trigger.start in inner, -r.confidence, r.trigger.start),
    )
    if ranked:
        return _from_report(ranked[0], _fit(ranked[0], pair))
    return PairRelation(EventType.CONSULT, None, Status.POSSIBLE, _FALLBACK, "pair.no-report")


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


def _from_report(report: Report, fit: float) -> PairRelation:
    event, mode = report.event_type, report.event_mode
    if event in _FAVOURS and report.status is Status.PLANNED:
        event, mode = EventType.AGREE, None
    elif event in _HARMS and report.status is Status.PLANNED:
        event, mode = EventType.THREATEN, None
    elif event in (*_FAVOURS, EventType.AGREE) and report.status is Status.DENIED:
        event, mode = EventType.REJECT, None
    confidence = round(fit * report.confidence, 3)
    return PairRelation(event, mode, report.status, confidence, report.rule)
