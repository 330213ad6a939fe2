"""Judge the units of an HTML page's rendering by what the extraction took for the body.

The extraction sometimes stops where the markup breaks (an advertisement between two containers).
Paragraphs that the flat judgement keeps and that go on without a closing line are taken too.
"""

from __future__ import annotations

from foreigndesk.intake.flat import Judged
from foreigndesk.intake.page import Page, body_units
from foreigndesk.model import SegmentKind as Kind

NEVER = frozenset({Kind.SHARE, Kind.DONATION, Kind.FORM, Kind.NAVIGATION, Kind.LEGAL})
ASIDE = frozenset({Kind.BYLINE, Kind.DATE})
GAP = 4
"""Units without prose over which the body may go on."""
PROSE = 2.0
"""The weight of a paragraph that goes on with the body: 8 words and more, with a sentence's end."""


def judge_page(found: list[Judged], page: Page) -> tuple[int, int] | None:
    """Set the verdict of each unit; the half-open range of the body, None if nothing is body."""
    body = body_units([item.unit for item in found], page.body)
    body = {n for n in body if not _furniture(found[n])}
    if not any(found[n].unit.words >= 3 for n in body):
        return None
    body -= _beyond(found, body)
    body |= _onward(found, max(body))
    first = min(body)
    for number, item in enumerate(found):
        item.kept = number in body
        item.kind = _kind(item, number < first)
    return first, max(body) + 1


def _beyond(found: list[Judged], body: set[int]) -> set[int]:
    """What both judgements part on: behind a closing line, and dropped by the flat judgement."""
    agreed = {n for n in body if found[n].kept}
    if sum(found[n].unit.words for n in agreed) * 10 < 7 * sum(found[n].unit.words for n in body):
        return set()
    end = max(agreed)
    closed = next((n for n in range(end, len(found)) if _closes(found[n])), len(found))
    return {n for n in body if n > end and (n > closed or found[n].mark is not None)}


def _closes(item: Judged) -> bool:
    return item.mark is not None and item.mark.closes


def _onward(found: list[Judged], last: int) -> set[int]:
    """Paragraphs that go on after the body's last unit."""
    taken: set[int] = set()
    for number in range(last + 1, len(found)):
        item = found[number]
        if number - last > GAP or _closes(item):
            break
        if item.kept and item.weight >= PROSE:
            taken.add(number)
            last = number
    return taken


def _furniture(item: Judged) -> bool:
    """Whether a line is furniture whatever the extraction says."""
    if item.mark is None or item.unit.words > 25:
        return False
    return item.mark.kind in NEVER or item.mark.kind in ASIDE or item.mark.closes


def _kind(item: Judged, before: bool) -> Kind:
    if item.kept:
        short = item.weight < 0 and not item.unit.bullet and item.unit.words <= 14
        return Kind.TITLE if short and item.mark is None else Kind.PARAGRAPH
    if item.mark is not None:
        return item.mark.kind
    return Kind.NAVIGATION if before else Kind.TEASER
