"""Lists of other stories that no line announces: known by their even spacing, or by glued words."""

from __future__ import annotations

import re
from itertools import pairwise

from foreigndesk.codebook.boilerplate import Boilerplate
from foreigndesk.intake.weights import Judged
from foreigndesk.model import SegmentKind as Kind

ENTRIES = 3
"""Stories in a row that make a list."""
WIDEST = 5
"""Lines from one entry's date to the next one's, at most."""
PROSE = 20
"""Words of a line with a sentence's end that no entry of a list holds."""
GLUED = re.compile(r"[a-z0-9]{3}[A-Z][a-z]+ \w")
"""A headline and its blurb without space between: "Oil prices fallThe price of crude ..." """
NEAR = 3
"""Units before and after a glued one among which others are looked for."""
LISTED = Boilerplate(
    id="list.date",
    kind=Kind.TEASER,
    marks=(),
    where="anywhere",
    says="The date of one of several other stories that stand in a list",
    not_="The date of the article",
)
"""The mark of a date that belongs to an entry of a list."""


def mark_lists(found: list[Judged]) -> None:
    """Mark the dates of evenly spaced entries: they are other stories', not the article's."""
    dates = [n for n, item in enumerate(found) if _dated(item)]
    run: list[int] = dates[:1]
    for before, place in pairwise([*dates, -1]):
        step = place - before
        even = len(run) < 2 or step == run[-1] - run[-2]
        if 2 <= step <= WIDEST and even and not _prose(found, before, place):
            run.append(place)
            continue
        _mark(found, run)
        again = 2 <= step <= WIDEST and not _prose(found, before, place)
        run = [before, place] if again else [place]


def _mark(found: list[Judged], run: list[int]) -> None:
    if len(run) >= ENTRIES and len({found[n].unit.text for n in run}) >= ENTRIES:
        for number in run:
            found[number].mark = LISTED


def _dated(item: Judged) -> bool:
    return item.mark is not None and item.mark.kind is Kind.DATE


def _prose(found: list[Judged], start: int, end: int) -> bool:
    """Whether there is prose, or no headline, between two lines."""
    between = [item.unit for item in found[start + 1 : end]]
    told = any(unit.sentence and unit.words >= PROSE for unit in between)
    return told or not any(unit.words >= 4 for unit in between)


def glued(found: list[Judged]) -> set[int]:
    """Units in which a headline and its blurb stand without space, if several do."""
    hits = [n for n, item in enumerate(found) if GLUED.search(item.unit.text[:160])]
    return {n for n in hits if sum(abs(n - other) <= NEAR for other in hits) >= ENTRIES}
