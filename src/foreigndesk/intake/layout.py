"""Where the units of an HTML page stand in its markup: what holds them, how much is link."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from lxml import html as lxml_html

from foreigndesk.codebook.boilerplate import Marks
from foreigndesk.intake.render import ROOTS, Block, Hint, blocks
from foreigndesk.intake.units import Unit
from foreigndesk.model import SegmentKind as Kind

TAGS = {
    "figcaption": Kind.CAPTION,
    "aside": Kind.TEASER,
    "nav": Kind.NAVIGATION,
    "footer": Kind.LEGAL,
    "form": Kind.FORM,
}
NAMES = ("class", "id", "role")
MUCH = 0.5
"""The share of the body's words from which an element holds the article, whatever its names."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a page's rendering, in order."""

    blocks: tuple[Block, ...] = ()

    def of(self, unit: Unit) -> Block | None:
        """The block that a unit stands in, None if the page has no layout."""
        place = bisect_right(self.blocks, unit.start, key=lambda block: block.start) - 1
        return self.blocks[place] if place >= 0 else None


def layout(tree: lxml_html.HtmlElement, hint: Hint) -> Layout:
    """The layout of a parsed page; `hint` as made by `hints`."""
    return Layout(tuple(blocks(tree, hint)[1]))


def hints(marks: Marks) -> Hint:
    """What an element says of itself, by its tag and the marks on its names."""

    @lru_cache(maxsize=16_384)
    def named(names: str) -> str | None:
        entry = marks.named(names)
        return entry.kind.value if entry else None

    def hint(element: lxml_html.HtmlElement) -> str | None:
        tag = element.tag
        if tag in ROOTS or not isinstance(tag, str):
            return None
        if element.attrib and _hidden(element):
            return Kind.OTHER.value
        names = " ".join(element.get(name) or "" for name in NAMES) if element.attrib else ""
        kind = TAGS.get(tag)
        return kind.value if kind else (named(names) if names.strip() else None)

    return hint


def _hidden(element: lxml_html.HtmlElement) -> bool:
    style = element.get("style")
    off = style is not None and "display:none" in style.replace(" ", "").lower()
    return off or element.get("hidden") is not None


def furniture(units: list[Unit], page: Layout, body: set[int]) -> dict[int, Kind]:
    """Units in elements that name themselves furniture, and as what.

    An element that holds much of the body is the article's own, whatever it is called.
    """
    held = {n: block for n, unit in enumerate(units) if (block := page.of(unit)) is not None}
    share: Counter[int] = Counter()
    for number in body & held.keys():
        share[held[number].holder] += units[number].words
    most = MUCH * max(1, sum(units[number].words for number in body))
    return {
        number: Kind(block.hint)
        for number, block in held.items()
        if block.hint is not None and share[block.holder] < most
    }
