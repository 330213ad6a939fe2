"""The weight of each unit of a text without markup: for journalism up, for furniture down."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from foreigndesk.codebook.boilerplate import Boilerplate
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
BETWEEN = frozenset({Kind.SHARE, Kind.DATE, Kind.NAVIGATION})
"""Marks that stand again and again behind the entries of a live page, or amid paragraphs."""
AMID = -0.6
"""The weight of such a mark right behind a paragraph, where advertisements stand."""
BOX, BOXED = 5, -0.2
"""Headlines at the top of a box of other stories, and the weight of each."""
SHORT = 8
"""Words: a unit without sentence end and shorter than twice this says little by itself."""


@dataclass(slots=True)
class Judged:
    """A unit, the mark found on it, its weight, and the verdict.

    `language` is set where it is another one than the article's.
    """

    unit: Unit
    mark: Boilerplate | None
    weight: float = 0.0
    kept: bool = False
    kind: Kind = Kind.OTHER
    language: str | None = None

    @property
    def prose(self) -> bool:
        """Whether it reads as a paragraph: no mark, some length, a sentence's end."""
        return self.mark is None and self.weight >= 1.0


TEMPLATE = Boilerplate(
    id="template.line",
    kind=Kind.OTHER,
    marks=(),
    says="A line that stands in many pages of the outlet",
    not_="A line of this article alone",
)
"""The mark of a line that the pile has shown to be furniture of its outlet."""


def hear(found: list[Judged]) -> None:
    """Take back the marks that count only where the next line echoes them, and it does not."""
    for place, item in enumerate(found):
        if item.mark is None or not item.mark.echoed:
            continue
        name = re.findall(r"\w+", item.unit.text.casefold())[1:]
        name = name[1:] if name[:1] == ["the"] else name
        after = [f.unit.text[:80].casefold() for f in found[place + 1 : place + 3]]
        if not any(name and name[0] in re.findall(r"\w+", text)[:2] for text in after):
            item.mark = None


def weigh(found: list[Judged]) -> None:
    repeats = Counter(item.unit.text for item in found)
    for place, item in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        item.weight = _weight(item, after)
        told = any(f.weight >= 1.5 for f in found[max(0, place - 2) : place])
        mark = item.mark
        between = told and mark is not None and mark.kind in BETWEEN
        if between:
            item.weight = max(item.weight, AMID) if mark and not mark.closes else item.weight
        elif repeats[item.unit.text] > 1 and item.weight < 3:
            item.weight -= 2.0
    _doubt_blurbs(found)
    _count_boxes(found)


def _count_boxes(found: list[Judged]) -> None:
    """The few headlines behind a line that opens a box of other stories cost little to cross."""
    for place, item in enumerate(found):
        if item.mark is None or not item.mark.closes or item.mark.kind is not Kind.TEASER:
            continue
        for line in found[place + 1 : place + 1 + BOX]:
            if line.mark is not None or line.weight >= 0 or line.unit.words < 4:
                break
            line.weight = max(line.weight, BOXED)


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
    if alien(unit):
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


def alien(unit: Unit) -> bool:
    """Whether a line is too short for a quotation in another script: a menu or pointer."""
    return unit.words < 12 and foreign_script(unit.text)


def foreign_script(text: str) -> bool:
    """Whether most letters are outside the Latin script."""
    letters = [c for c in text[:400] if c.isalpha()]
    return bool(letters) and sum(c > "\u024f" for c in letters) * 2 > len(letters)
