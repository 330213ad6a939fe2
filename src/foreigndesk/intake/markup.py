"""Judge the units of an HTML page's rendering by what the extraction took for the body."""

from __future__ import annotations

from foreigndesk.intake.flat import Judged
from foreigndesk.intake.page import Page, body_units
from foreigndesk.model import SegmentKind as Kind

NEVER = frozenset({Kind.SHARE, Kind.DONATION, Kind.FORM, Kind.NAVIGATION, Kind.LEGAL})
ASIDE = frozenset({Kind.BYLINE, Kind.DATE})


def judge_page(found: list[Judged], page: Page) -> tuple[int, int] | None:
    """Set the verdict of each unit; the half-open range of the body, None if nothing is body."""
    body = body_units([item.unit for item in found], page.body)
    kept = sorted(n for n in body if not _furniture(found[n]))
    if not kept:
        return None
    for number, item in enumerate(found):
        item.kept = number in body and not _furniture(item)
        item.kind = _kind(item, number < kept[0])
    return kept[0], kept[-1] + 1


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
