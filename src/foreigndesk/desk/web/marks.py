"""Text cut into pieces, each with the roles that its words were coded in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from foreigndesk.analysis.find import Context
from foreigndesk.model import Article, Mention, Report

ROLES = ("actor", "recipient", "trigger", "speaker", "cue", "date", "place", "number")
"""The roles of coded words, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the document's text that was coded in a role."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `roles` of its words, `ends` those of them that end with it.

    `at` is its offset in the document's text where a sentence of evidence begins, else None.
    """

    text: str
    roles: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment of a page, or what stands between two; `reports` are coded in it."""

    kind: str
    kept: bool
    pieces: tuple[Piece, ...]
    reports: tuple[Report, ...] = ()


def marks(report: Report) -> list[Marked]:
    """The coded words of a report by role."""
    found = [Marked(report.trigger.start, report.trigger.end, "trigger")]
    found += _mentions(report.actor, "actor") + _mentions(report.recipient, "recipient")
    speakers = [a.speaker for a in report.attribution if a.speaker is not None]
    found += _mentions(speakers, "speaker")
    cues = [a.cue for a in report.attribution if a.cue is not None]
    found += [Marked(cue.start, cue.end, "cue") for cue in cues]
    found += [Marked(s.start, s.end, "number") for s in report.quantities.other]
    for role, words in (("date", report.date), ("place", report.place)):
        if words is not None and words.start is not None and words.end is not None:
            found.append(Marked(words.start, words.end, role))
    return found


def pieces(
    text: str, base: int, marked: Iterable[Marked], anchors: Iterable[int] = ()
) -> list[Piece]:
    """`text`, which begins at `base` of its document, cut where a role or a sentence begins."""
    end = base + len(text)
    within = sorted(
        {(max(m.start, base), min(m.end, end), m.role) for m in marked if m.start < end > base}
    )
    within = [m for m in within if m[0] < m[1]]
    starts = {a for a in anchors if base <= a < end}
    cuts = sorted({base, end, *starts, *(x for m in within for x in m[:2])})
    found = []
    for low, high in pairwise(cuts):
        roles = {role for a, b, role in within if a <= low and high <= b}
        ends = {role for a, b, role in within if b == high and a < high}
        at = low if low in starts else None
        found.append(Piece(text[low - base : high - base], _ordered(roles), _ordered(ends), at))
    return found


def of_evidence(report: Report) -> list[Piece]:
    """The sentence of a report with its coded words."""
    return pieces(report.evidence.text, report.evidence.start, marks(report))


def in_context(report: Report, context: Context) -> tuple[str, list[Piece], str]:
    """What stands before a report's sentence, the sentence in pieces, what stands after."""
    return _tail(context.before), of_evidence(report), _head(context.after)


def stretches(text: str, article: Article, reports: Iterable[Report]) -> list[Stretch]:
    """The whole page, kept and dropped parts in their order, coded words marked."""
    told = list(reports)
    found, position = [], 0
    for segment in sorted(article.segments, key=lambda s: (s.start, s.end)):
        start = max(segment.start, position)
        found += _between(text[position:start])
        low, high = _trimmed(text, start, segment.end)
        if low < high:
            own = tuple(r for r in told if low <= r.evidence.start < high)
            near = [r for r in told if r.evidence.start < high and low < r.evidence.end]
            marked = [m for r in near for m in marks(r)]
            cut = pieces(text[low:high], low, marked, [r.evidence.start for r in own])
            found.append(Stretch(segment.kind.value, segment.kept, tuple(cut), own))
        position = max(position, segment.end)
    return _joined(found + _between(text[position:]))


def _between(text: str) -> list[Stretch]:
    """What stands between two segments, where it is more than white space."""
    return [Stretch("between", False, (Piece(text.strip()),))] if text.strip() else []


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _joined(found: list[Stretch]) -> list[Stretch]:
    """Dropped stretches of one kind that follow one another made one: menus are many lines."""
    joined: list[Stretch] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and not last.kept and not each.kept and last.kind == each.kind:
            both = (*last.pieces, Piece("\n"), *each.pieces)
            joined[-1] = Stretch(each.kind, False, both, last.reports + each.reports)
        else:
            joined.append(each)
    return joined


def _mentions(mentions: Iterable[Mention], role: str) -> list[Marked]:
    return [Marked(m.start, m.end, role) for m in mentions]


def _ordered(roles: set[str]) -> tuple[str, ...]:
    return tuple(role for role in ROLES if role in roles)


def _tail(text: str) -> str:
    """The end of a text, begun at a word."""
    words = " ".join(text.split())
    return words[-220:].partition(" ")[2] if len(words) > 220 else words


def _head(text: str) -> str:
    words = " ".join(text.split())
    return words[:220].rpartition(" ")[0] if len(words) > 220 else words
