"""Tell journalism from furniture in text without markup.

Each unit gets a weight: what speaks for the article counts up, what speaks for furniture down. The
article is the run of units with the greatest sum (a maximum-sum segment, Kadane's method); lines
that close an article (comment form, related posts) cost extra to cross. Inside the run, each unit
is then kept or dropped by its own weight and its neighbours'.
"""

from __future__ import annotations

from foreigndesk.codebook.boilerplate import Marks
from foreigndesk.intake.listing import glued, mark_lists
from foreigndesk.intake.template import line_key
from foreigndesk.intake.units import Unit
from foreigndesk.intake.weights import TEMPLATE, Judged, alien, hear, weigh
from foreigndesk.model import SegmentKind as Kind

HEADED = 8.0
"""What a headline with byline or date just before it adds to a run of units."""
NEAR = 3
"""Units: what stands so little before a byline belongs to the article (standfirst, first words)."""
BLURB = -0.5
"""The weight of a paragraph to which a headline is glued, in a list of such."""
POINTED = 4
"""Headlines that may stand behind a line that points to other stories."""
FRAGMENT = 3
"""Units: a text this short is taken as it is, if it says anything."""


def judge(
    units: list[Unit], marks: Marks, common: frozenset[int] = frozenset()
) -> tuple[list[Judged], tuple[int, int] | None]:
    """Every unit with its verdict, and the range of units that is the article, None if none is.

    `common` holds the keys of lines known to be furniture (see `template`).
    """
    known = {text: marks.find(text) for text in {unit.text for unit in units}}
    found = [Judged(unit, known[unit.text]) for unit in units]
    for item in found if common else ():
        if item.mark is None and line_key(item.unit) in common:
            item.mark = TEMPLATE
    hear(found)
    mark_lists(found)
    weigh(found)
    for number in glued(found):
        found[number].weight = min(found[number].weight, BLURB)
    span = _heaviest(found)
    for item in found:
        item.kind = item.mark.kind if item.mark else Kind.OTHER
    if span is None:
        return found, None
    _keep(found, span)
    _drop_teasers(found, span)
    _drop_pointers(found, span)
    _drop_lists(found, span)
    _outside(found, span)
    return found, span


def _heaviest(found: list[Judged]) -> tuple[int, int] | None:
    """The half-open range of units with the greatest sum of weights."""
    best, best_range, total, start, headed = 0.0, None, 0.0, 0, False
    for place, item in enumerate(found):
        if total <= 0:
            total, start, headed = 0.0, place, False
        if not headed and item.weight > 1 and _headed(found, place):
            headed = True
            if place - start > NEAR and total < HEADED:
                total, start = 0.0, place
            total += HEADED
        total += item.weight
        if total > best:
            best, best_range = total, (start, place + 1)
    if best_range is None:
        return _fragment(found)
    return best_range


def _fragment(found: list[Judged]) -> tuple[int, int] | None:
    """All of a text of up to three lines without sentence's end, such as a bare headline."""
    says = any(item.mark is None and item.unit.words >= 4 for item in found)
    return (0, len(found)) if says and len(found) <= FRAGMENT else None


def _headed(found: list[Judged], place: int) -> bool:
    """Whether a headline and a byline or date stand just before a unit."""
    before = found[max(0, place - 7) : place]
    dated = any(i.mark is not None and i.mark.kind in (Kind.BYLINE, Kind.DATE) for i in before)
    return dated and any(
        i.mark is None and i.unit.words >= 4 and not i.unit.bullet and i.weight < 1.6
        for i in before
    )


def _keep(found: list[Judged], span: tuple[int, int]) -> None:
    """Inside the article keep what bears no mark; short lines before prose are subheads."""
    first, end = span
    for place in range(first, end):
        item = found[place]
        if item.mark is not None or item.weight <= -2 or alien(item.unit):
            continue
        item.kept = True
        follower = next((f for f in found[place + 1 : min(place + 3, end)] if f.mark is None), None)
        short = item.weight < 0 and not item.unit.bullet and not item.unit.sentence
        if short and follower is not None and follower.weight > 0:
            item.kind = Kind.TITLE
        else:
            item.kind = Kind.PARAGRAPH


def _drop_teasers(found: list[Judged], span: tuple[int, int]) -> None:
    """After a line that closes, drop teasers up to the next long run of prose."""
    first, end = span
    open_teaser = False
    for item in found[first:end]:
        if item.mark is not None and item.mark.closes:
            open_teaser = True
        elif item.prose and item.weight >= 2.5 and not item.unit.cut:
            open_teaser = False
        elif open_teaser:
            item.kept, item.kind = False, Kind.TEASER


def _drop_pointers(found: list[Judged], span: tuple[int, int]) -> None:
    """The headlines behind a bare "Read more" are other stories'."""
    left = 0
    for item in found[max(span[0] - 1, 0) : span[1]]:
        if item.mark is not None:
            left = POINTED if item.mark.kind is Kind.TEASER and item.mark.where == "line" else 0
        elif left and item.kept and item.weight < 0 and item.unit.words >= 4:
            item.kept, item.kind = False, Kind.TEASER
            left -= 1
        else:
            left = 0


def _drop_lists(found: list[Judged], span: tuple[int, int]) -> None:
    """Runs of four or more short lines that are no list of sentences are menus or tables."""
    first, end = span
    run: list[Judged] = []
    for item in [*found[first:end], None]:
        if item is not None and item.weight < 0 and item.kept:
            run.append(item)
            continue
        if item is not None and not item.kept:
            continue
        if len(run) >= 4 and sum(i.unit.words for i in run) < 7 * len(run):
            for dropped in run:
                dropped.kept, dropped.kind = False, Kind.NAVIGATION
        run = []


def _outside(found: list[Judged], span: tuple[int, int]) -> None:
    """Name what stands outside the article: menus before it, teasers after it."""
    for place, item in enumerate(found):
        if item.mark is None and not span[0] <= place < span[1]:
            item.kind = Kind.NAVIGATION if place < span[0] else Kind.TEASER
