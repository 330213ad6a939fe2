"""The summary in a few points that some papers set between headline and text."""

from __future__ import annotations

from foreigndesk.intake.layout import Layout
from foreigndesk.intake.weights import Judged, mostly_lower
from foreigndesk.model import SegmentKind as Kind

FEWEST, MOST = 2, 8
"""Points of a summary."""
SHORTEST, LONGEST = 5, 45
"""Words of a point."""
LINKED = 0.5
"""The share of a point that is link from which it points to another story."""
FAR = 25
"""Units between headline and text among which a summary is looked for."""
AROUND = frozenset({Kind.BYLINE, Kind.DATE, Kind.CAPTION, Kind.SHARE})
"""What ends a summary whose points have no bullets."""


def mark_summary(
    found: list[Judged], title: int | None, span: tuple[int, int], page: Layout
) -> None:
    """Mark the points of a summary before the text as standfirst, and keep them.

    They are bullets that read as prose, or lines between one that announces them ("Key points")
    and the byline.
    """
    first = title + 1 if title is not None else max(0, span[0] - FAR)
    last = next((n for n in range(max(first, span[0]), span[1]) if _begins(found[n])), span[0])
    announced = next((n for n in range(first, last + 1) if _announces(found[n])), None)
    if announced is not None:
        points = _announced(found, announced + 1, page)
    else:
        points = [n for n in range(first, last) if _point(found[n], page, True)]
        points = points if title is not None and _sure(found, title, points) else []
    if FEWEST <= len(points) <= MOST:
        for number in points:
            found[number].kept, found[number].kind = True, Kind.STANDFIRST


def _sure(found: list[Judged], title: int, points: list[int]) -> bool:
    """Whether bullets are no list of other stories: they read as sentences or lie between
    headline and byline."""
    if any(found[n].kept or found[n].unit.sentence for n in points):
        return True
    end = title + 1 + len(points)
    run = points == list(range(title + 1, end)) and end < len(found)
    after = found[end].mark if run else None
    return after is not None and after.kind in (Kind.BYLINE, Kind.DATE)


def _begins(item: Judged) -> bool:
    """Whether the text begins with a unit: prose without a bullet."""
    return item.prose and not item.unit.bullet


def _announced(found: list[Judged], start: int, page: Layout) -> list[int]:
    """The points behind a line that announces them; without bullets only up to a byline."""
    bullets = start < len(found) and found[start].unit.bullet
    points: list[int] = []
    for number in range(start, min(start + MOST + 1, len(found))):
        mark = found[number].mark
        if not _point(found[number], page, bullets):
            return points if bullets or (mark is not None and mark.kind in AROUND) else []
        points.append(number)
    return []


def _announces(item: Judged) -> bool:
    return item.mark is not None and item.mark.kind is Kind.STANDFIRST


def _point(item: Judged, page: Layout, bullet: bool) -> bool:
    """Whether a line may be a point: prose of some length that is no link and no furniture."""
    unit, block = item.unit, page.of(item.unit)
    free = block is None or (block.linked < LINKED and block.hint is None)
    right = SHORTEST <= unit.words <= LONGEST and not unit.cut and mostly_lower(unit.text)
    return free and right and item.mark is None and unit.bullet is bullet
