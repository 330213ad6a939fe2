"""Judge the units of an HTML page's rendering by what the extraction took for the body.

The extraction sometimes stops where the markup breaks (an advertisement between two containers).
Paragraphs that the flat judgement keeps and that go on without a closing line are taken too.
"""

from __future__ import annotations

from collections import Counter

from foreigndesk.intake.layout import Layout, furniture
from foreigndesk.intake.matching import body_units, triples
from foreigndesk.intake.page import Page
from foreigndesk.intake.render import Block
from foreigndesk.intake.units import Unit
from foreigndesk.intake.weights import TEMPLATE, Judged
from foreigndesk.model import SegmentKind as Kind

NEVER = frozenset({Kind.SHARE, Kind.DONATION, Kind.FORM, Kind.NAVIGATION, Kind.LEGAL})
ASIDE = frozenset({Kind.BYLINE, Kind.DATE})
GAP = 4
"""Units without prose over which the body may go on."""
PROSE = 2.0
"""The weight of a paragraph that goes on with the body: 8 words and more, with a sentence's end."""

LINKED = 0.8
"""The share of a line that is link from which it points elsewhere."""
PROSE_LINKED, LIST_LINKED = 0.5, 0.1
"""The share that is link from which a paragraph, or a list item, is left where it was dropped."""
TELLING = frozenset({"p", "li", "h2", "h3", "h4"})
HEADINGS = frozenset({"h1", "h2", "h3"})
FEW = 3
"""Words of a line that a menu leaves before the body."""
LONG = 40
"""Words of a unit from which one looks whether it only repeats the rest of the body."""


def judge_page(found: list[Judged], page: Page) -> tuple[int, int] | None:
    """Set the verdict of each unit; the half-open range of the body, None if nothing is body."""
    units = [item.unit for item in found]
    body = body_units(units, page.body)
    body -= repeats(units, body)
    aside = furniture(units, page.layout, body)
    body = {n for n in body if not _furniture(found[n]) and n not in aside}
    body -= linked(found, page.layout, body)
    body |= missed(found, page.layout, body, aside)
    if not any(found[n].unit.words >= 3 for n in body):
        return None
    body -= _beyond(found, body)
    body -= _leading(found, page.layout, body)
    body |= _onward(found, max(body), aside)
    first = min(body)
    for number, item in enumerate(found):
        item.kept = number in body
        item.kind = _kind(item, number < first)
        if not item.kept and item.mark is None:
            item.kind = aside.get(number, item.kind)
    return first, max(body) + 1


def repeats(units: list[Unit], body: set[int]) -> set[int]:
    """Long units whose words stand in other units of the body too: a copy for another screen."""
    own = {n: triples(units[n].text) for n in body}
    times = Counter(t for n in own for t in own[n])
    found: set[int] = set()
    for number in sorted(body, key=lambda n: (-units[n].words, -n)):
        if units[number].words < LONG:
            break
        inside = Counter(own[number])
        if sum(times[t] > inside[t] for t in own[number]) >= 0.9 * len(own[number]):
            found.add(number)
            times -= inside
    return found


def linked(found: list[Judged], page: Layout, body: set[int]) -> set[int]:
    """Lines of the body that are all link: they point to other stories."""
    lines = {n for n in body if 4 <= found[n].unit.words <= 30}
    blocks = {n: page.of(found[n].unit) for n in lines}
    return {n for n, block in blocks.items() if block is not None and block.linked >= LINKED}


def missed(found: list[Judged], page: Layout, body: set[int], aside: dict[int, Kind]) -> set[int]:
    """Quotes, paragraphs, list items and headings amid the body that the extraction left out."""
    if not body:
        return set()
    between = set(range(min(body), max(body))) - body - aside.keys()
    return {n for n in between if _belongs(found[n], page.of(found[n].unit))}


def _belongs(item: Judged, block: Block | None) -> bool:
    if block is None or item.mark is not None or item.unit.words < 3 or item.unit.cut:
        return False
    most = LIST_LINKED if block.tag == "li" else PROSE_LINKED
    return block.linked < most and (block.quoted or block.tag in TELLING)


def _beyond(found: list[Judged], body: set[int]) -> set[int]:
    """What both judgements part on: behind a closing line, and dropped by the flat judgement."""
    agreed = {n for n in body if found[n].kept}
    if sum(found[n].unit.words for n in agreed) * 10 < 7 * sum(found[n].unit.words for n in body):
        return set()
    end = max(agreed)
    closed = next((n for n in range(end, len(found)) if _closes(found[n])), len(found))
    return {n for n in body if n > end and (n > closed or found[n].mark is not None)}


def _leading(found: list[Judged], page: Layout, body: set[int]) -> set[int]:
    """Lines of a few words before the first longer one, in no heading: the end of a menu."""
    few: set[int] = set()
    for number in sorted(body):
        block = page.of(found[number].unit)
        heading = block is not None and block.tag in HEADINGS
        if found[number].unit.words > FEW or found[number].unit.sentence or heading:
            return few
        few.add(number)
    return set()


def _closes(item: Judged) -> bool:
    return item.mark is not None and item.mark.closes


def _onward(found: list[Judged], last: int, aside: dict[int, Kind]) -> set[int]:
    """Paragraphs that go on after the body's last unit, in no element that is furniture."""
    taken: set[int] = set()
    for number in range(last + 1, len(found)):
        item = found[number]
        if number - last > GAP or _closes(item):
            break
        if item.kept and item.weight >= PROSE and number not in aside:
            taken.add(number)
            last = number
    return taken


def _furniture(item: Judged) -> bool:
    """Whether a line is furniture whatever the extraction says."""
    if item.mark is TEMPLATE:
        return True
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
