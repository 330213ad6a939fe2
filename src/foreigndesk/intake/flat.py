"""Tell journalism from furniture in text without markup.

Each unit gets a weight: what speaks for the article counts up, what speaks for furniture down. The
article is the run of units with the greatest sum (a maximum-sum segment, Kadane's method); lines
that close an article (comment form, related posts) cost extra to cross. Inside the run, each unit
is then kept or dropped by its own weight and its neighbours'.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from foreigndesk.codebook.boilerplate import Boilerplate, Marks
from foreigndesk.intake.units import QUOTE_END, Unit
from foreigndesk.model import SegmentKind as Kind

CROSS = {Kind.TEASER: 3.0, Kind.BYLINE: 3.0}
"""What crossing a line that closes the article costs, in weight (a paragraph has 3 to 6): little
where related stories may stand inside an article, else `END`."""
END = 10.0
BEARS = {
    Kind.CAPTION: -0.3,
    Kind.BYLINE: -0.3,
    Kind.DATE: -0.3,
    Kind.TEASER: -0.5,
    Kind.LEGAL: -3.0,
}
"""The weight of a marked line by kind; -1.2 for other kinds."""
HEADED = 8.0
"""What a headline with byline or date just before it adds to a run of units."""
NEAR = 3
"""Units: what stands so little before a byline belongs to the article (standfirst, first words)."""
FRAGMENT = 3
"""Units: a text this short is taken as it is, if it says anything."""
SHORT = 8
"""Words: a unit without sentence end and shorter than twice this says little by itself."""


@dataclass(slots=True)
class Judged:
    """A unit, the mark found on it, its weight, and the verdict."""

    unit: Unit
    mark: Boilerplate | None
    weight: float = 0.0
    kept: bool = False
    kind: Kind = Kind.OTHER

    @property
    def prose(self) -> bool:
        """Whether it reads as a paragraph: no mark, some length, a sentence's end."""
        return self.mark is None and self.weight >= 1.0


def judge(units: list[Unit], marks: Marks) -> tuple[list[Judged], tuple[int, int] | None]:
    """Every unit with its verdict, and the range of units that is the article, None if none is."""
    known = {text: marks.find(text) for text in {unit.text for unit in units}}
    found = [Judged(unit, known[unit.text]) for unit in units]
    _weigh(found)
    span = _heaviest(found)
    for item in found:
        item.kind = item.mark.kind if item.mark else Kind.OTHER
    if span is None:
        return found, None
    _keep(found, span)
    _drop_teasers(found, span)
    _drop_lists(found, span)
    _outside(found, span)
    return found, span


def _weigh(found: list[Judged]) -> None:
    repeats = Counter(item.unit.text for item in found)
    for place, item in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        item.weight = _weight(item, after)
        if repeats[item.unit.text] > 1 and item.weight < 3:
            item.weight -= 2.0
    _doubt_blurbs(found)


def _doubt_blurbs(found: list[Judged]) -> None:
    """After a closing line, a paragraph between two short lines is likely a teaser's blurb."""
    doubtful = False
    for place, item in enumerate(found):
        if item.mark is not None and item.mark.closes:
            doubtful = True
        if item.weight < 1.5:
            continue
        if place and found[place - 1].weight >= 1.5:
            doubtful = False
        elif doubtful and not (place + 1 < len(found) and found[place + 1].weight >= 1.5):
            item.weight *= 0.4


def _weight(item: Judged, after: Judged | None) -> float:
    unit = item.unit
    if item.mark is not None:
        cost = CROSS.get(item.mark.kind, END) if item.mark.closes else 0.0
        return BEARS.get(item.mark.kind, -1.2) - cost
    if unit.cut and after is not None and after.mark is not None:
        return -3.0
    if unit.words < 12 and foreign_script(unit.text):
        return -1.5
    if unit.sentence or QUOTE_END.search(unit.text[-3:]):
        return _prose_weight(unit)
    if unit.text.endswith(":"):
        return 0.5 if unit.words >= SHORT else -0.5
    if unit.words >= 3 * SHORT:
        return 1.0 + unit.words / 40 if mostly_lower(unit.text) else -0.5
    return -0.8 if unit.words >= 4 else -1.0


def _prose_weight(unit: Unit) -> float:
    if unit.words >= 2 * SHORT:
        return 2.0 + min(unit.words, 80) / 20
    if unit.words >= SHORT:
        return 1.5 if mostly_lower(unit.text) else 0.0
    return 0.3 if unit.words >= 3 and mostly_lower(unit.text) else -0.8


def mostly_lower(text: str) -> bool:
    """Whether at most two words in five begin with a capital: prose, no headline or menu."""
    words = [w for w in text[:600].split() if w[0].isalpha() or w[0] in "\"'“‘("]
    capitals = sum(w.lstrip("\"'“‘(")[:1].isupper() for w in words)
    return bool(words) and capitals <= 0.4 * len(words) + 1


def foreign_script(text: str) -> bool:
    """Whether most letters are outside the Latin script."""
    letters = [c for c in text[:400] if c.isalpha()]
    return bool(letters) and sum(c > "\u024f" for c in letters) * 2 > len(letters)


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
        if item.mark is not None or item.weight <= -2:
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
