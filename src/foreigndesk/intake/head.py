"""What stands at the head of an article: byline, outlet's credit, standfirst, quotes."""

from __future__ import annotations

import re

from foreigndesk.intake.weights import Judged, mostly_lower
from foreigndesk.model import SegmentKind as Kind

DATELINE = re.compile(r"[A-Z][A-Z.’' -]{2,40}(?:, [\w. ]{2,30})?(?: ?\([\w ]{2,20}\))? ?[—–-]+\Z")
SPEAKER = re.compile(r"[–—-]{1,2} ?(?:[A-Z]|the )")
QUOTED = re.compile(r"[\"“„«'‘].{10,}[\"”»'’][.,]?\Z", re.DOTALL)
HANDLE = re.compile(r"\(@\w{1,20}\)")
BYLINE_NAME = re.compile(
    r"\(?(?:(?:story|words|written|reported|reporting|posted|published|article|analysis|opinion"
    r"|author|reporter|writer)(?: and \w+)?:? )?(?:by:? )?(?P<name>[A-Z][^|/•·@()\d]{2,80})",
    re.IGNORECASE,
)
_NAME = (
    r"[A-Z][a-z][\w.’'-]*"
    r"(?: (?:(?:al|bin|da|de|del|der|el|la|van|von|[A-Z]\.) )?[A-Z][\w.’'-]+){1,3}"
)
NAMES = re.compile(rf"{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,3}}")
NAME_END = re.compile(
    r"\s*(?:,? (?:updated|published|posted|republished|reprinted|on|at|for|in|is|staff|the)\b"
    r"|,? (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|january"
    r"|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr"
    r"|may|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"|[–—]|\s-\s|,).*",
    re.IGNORECASE | re.DOTALL,
)
POSTED_BY = re.compile(rf"\d.{{0,30}}\bby:? (?P<name>{_NAME})(?=\Z|[|,•·/–-]| in | on )")
"""The author behind a date: "Posted on May 4, 2020 by Anna Roe"."""
EDITOR = re.compile(
    r"\W*(?:edited|editing|copy-?edited|fact-?checked|reviewed|published by(?=:))\b", re.IGNORECASE
)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)+ ?(?:copyright )?(?:(?:19|20)\d\d(?:[–-]\d{2,4})? )?(?:by )?"
    r"(?P<outlet>(?-i:[A-Z])[^.,|©\n\d]{2,40}?)"
    r"(?= (?:19|20)\d\d| (?:Pty|Ltd|Inc|LLC|GmbH|plc|AG|S\.?A)\b|[.,|–\n]| [–-] |\Z)",
    re.IGNORECASE,
)
SOURCE = re.compile(r"\W*(?:sources?|via|h/t|credit|text of)\b", re.IGNORECASE)
SITE_NAME = re.compile(r"(?:[A-Z&]{2,} ){0,3}[A-Z]{4,}")
REPUBLISHED = re.compile(
    r"(?:republished|reprinted|(?:first|originally) (?:published|appeared|posted))"
    r" (?:with permission )?(?:from|by|on|in|at) (?:the )?(?P<outlet>[A-Z][^.,)]{2,60})"
)


def join_quotes(found: list[Judged], text: str) -> list[Judged]:
    """Quote blocks with their speaker's line as one unit of kind quote; datelines named."""
    joined: list[Judged] = []
    for item in found:
        before = joined[-1] if joined else None
        if before is not None and _speaks(before, item):
            before.unit = before.unit.to(item.unit, text)
            before.kind, before.kept = Kind.QUOTE, True
            continue
        if item.unit.words <= 8 and DATELINE.match(item.unit.text):
            item.kind, item.kept = Kind.DATELINE, False
        joined.append(item)
    return joined


def _speaks(quote: Judged, line: Judged) -> bool:
    return (
        quote.kept
        and line.unit.words <= 20
        and SPEAKER.match(line.unit.text) is not None
        and (
            QUOTED.match(quote.unit.text[:4000]) is not None
            or HANDLE.search(line.unit.text) is not None
        )
        and not line.unit.cut
    )


def byline(found: list[Judged], span: tuple[int, int]) -> str | None:
    """The author's name as the page prints it, None if it prints none."""
    near = found[max(0, span[0] - 15) : span[0] + 4] + found[max(span[1] - 6, 0) : span[1] + 4]
    for item in near:
        if item.mark is None or item.unit.words > 24 or EDITOR.match(item.unit.text):
            continue
        if item.mark.kind is Kind.DATE and (signed := POSTED_BY.search(item.unit.text)):
            return _cased(signed["name"])
        if item.mark.kind is not Kind.BYLINE:
            continue
        if REPUBLISHED.search(item.unit.text) or SOURCE.match(item.unit.text):
            continue
        match = BYLINE_NAME.match(item.unit.text)
        name = NAME_END.sub("", match["name"]).strip() if match else ""
        if 1 <= name.count(" ") <= 6 or (name and item.unit.text.lower().startswith("by")):
            return _cased(" ".join(name.split()))
    return _bare_name(found, span)


def _cased(name: str) -> str:
    """A name in capitals only, as names are written."""
    return name.title() if name.isupper() else name


def _bare_name(found: list[Judged], span: tuple[int, int]) -> str | None:
    """A line of names alone, right before the date line of an article."""
    for place in range(max(1, span[0] - 8), min(span[0] + 1, len(found) - 1)):
        item, after = found[place], found[place + 1]
        dated = after.mark is not None and after.mark.kind is Kind.DATE
        if dated and item.mark is None and NAMES.fullmatch(item.unit.text.strip()):
            return " ".join(item.unit.text.split())
    return None


def republished_from(found: list[Judged]) -> str | None:
    """The outlet that the page says it took the article from, None if it names none."""
    for item in found:
        if item.mark is not None and item.mark.kind is Kind.BYLINE and item.unit.words <= 40:
            match = REPUBLISHED.search(item.unit.text)
            if match:
                return match["outlet"].strip()
    return None


def mark_standfirst(found: list[Judged], title: int | None, span: tuple[int, int]) -> None:
    """The one sentence between headline and byline is the standfirst."""
    if title is None:
        return
    for place in range(title + 1, min(title + 3, len(found) - 1)):
        item, after = found[place], found[place + 1]
        byline_next = after.mark is not None and after.mark.kind in (Kind.BYLINE, Kind.DATE)
        prose = item.unit.words >= 8 and mostly_lower(item.unit.text) and not item.unit.bullet
        if item.mark is None and byline_next and prose:
            item.kept, item.kind = True, Kind.STANDFIRST
            return


def outlet(found: list[Judged], body: tuple[int, int]) -> str | None:
    """The outlet that a page without metadata names: its copyright line, or a name at its top."""
    for item in reversed(found[body[1] :]):
        match = COPYRIGHT.search(item.unit.text[:200])
        if match:
            return match["outlet"].strip(" -–—,")
    for item in found[: min(3, body[0])]:
        if item.mark is None and SITE_NAME.fullmatch(item.unit.text.strip()):
            return item.unit.text.strip().title()
    return None
