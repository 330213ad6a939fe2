"""What stands at the head of an article: title, byline, outlet's credit, standfirst, quotes."""

from __future__ import annotations

import re
from collections import Counter

from foreigndesk.intake.flat import Judged, mostly_lower
from foreigndesk.model import SegmentKind as Kind

REACH = 60
"""Units before the body among which the title is looked for."""
OPENING = 5
"""Units of the body whose words a title shares."""
ON_TOPIC = 3.0
"""The weight of a title all of whose longer words stand in the opening."""
LIKE_TITLE = 0.6
"""The share of words in common above which a line is the title that the metadata give."""
REPEATED = 0.5
"""The weight of a line that stands in the page two to four times."""
LONG_WORD = re.compile(r"\w{4,}")

DATELINE = re.compile(r"[A-Z][A-Z.’' -]{2,40}(?:, [\w. ]{2,30})?(?: ?\([\w ]{2,20}\))? ?[—–-]+\Z")
SPEAKER = re.compile(r"[–—-]{1,2} ?(?:[A-Z]|the )")
QUOTED = re.compile(r"[\"“„«'‘].{10,}[\"”»'’][.,]?\Z", re.DOTALL)
HANDLE = re.compile(r"\(@\w{1,20}\)")
BYLINE_NAME = re.compile(
    r"\(?(?:(?:story|words|written|reported|reporting|posted|published|article|analysis|opinion"
    r"|author|reporter|writer)(?: and \w+)?:? )?(?:by:? )?(?P<name>[A-Z][^|/•·@()\d]{2,80})",
    re.IGNORECASE,
)
NAME_END = re.compile(
    r"\s*(?:,? (?:updated|published|posted|republished|reprinted|on|at|for|in|is|staff|the)\b"
    r"|,? (?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|[–—]|\s-\s|,).*",
    re.IGNORECASE | re.DOTALL,
)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)+ ?(?:copyright )?(?:(?:19|20)\d\d(?:[–-]\d{2,4})? )?(?:by )?"
    r"(?P<outlet>(?-i:[A-Z])[^.,|©\n\d]{2,40}?)"
    r"(?= (?:19|20)\d\d| (?:Pty|Ltd|Inc|LLC|GmbH|plc|AG|S\.?A)\b|[.,|–\n]| [–-] |\Z)",
    re.IGNORECASE,
)
SITE_NAME = re.compile(r"(?:[A-Z&]{2,} ){0,3}[A-Z]{4,}")
REPUBLISHED = re.compile(
    r"(?:republished|reprinted|(?:first|originally) (?:published|appeared|posted))"
    r" (?:with permission )?(?:from|by|on|in|at) (?:the )?(?P<outlet>[A-Z][^.,)]{2,60})"
)


def find_title(found: list[Judged], span: tuple[int, int], given: str | None) -> int | None:
    """The number of the unit that is the headline; None if the page shows none.

    `given` is the title known from metadata: the unit that says the same is taken.
    """
    if given:
        return _same_words(found, given)
    first = span[0] + 1 if _opens_short(found, span) else span[0]
    topic = _topic(found[first : first + OPENING])
    times = Counter(item.unit.text for item in found)
    scored = [
        (
            _title_score(found, place, first)
            + ON_TOPIC * _shared(found[place], topic)
            + (REPEATED if 2 <= times[found[place].unit.text] <= 4 else 0.0),
            -place,
        )
        for place in range(max(0, first - REACH), first)
        if _could_be_title(found[place])
    ]
    score, place = max(scored, default=(0.0, 0))
    return -place if score > 1.0 else None


def _opens_short(found: list[Judged], span: tuple[int, int]) -> bool:
    """Whether the body's first unit may be the headline: short, before a longer one."""
    first, end = span
    unit = found[first].unit
    longer = first + 1 < end and found[first + 1].unit.words > 2 * unit.words
    return longer and 3 <= unit.words <= 20 and not unit.text.endswith(".")


def _could_be_title(item: Judged) -> bool:
    unit = item.unit
    plain = item.mark is None and 2 <= unit.words <= 30 and not unit.cut and not unit.bullet
    return plain and not unit.text.startswith("(") and " > " not in unit.text


def _topic(opening: list[Judged]) -> set[str]:
    """The longer words with which the body begins."""
    text = " ".join(item.unit.text[:2000] for item in opening)
    return set(LONG_WORD.findall(text.casefold()))


def _shared(item: Judged, topic: set[str]) -> float:
    """The share, 0 to 1, of a line's longer words with which the body begins."""
    words = set(LONG_WORD.findall(item.unit.text.casefold()))
    return len(words & topic) / max(4, len(words))


def _title_score(found: list[Judged], place: int, first: int) -> float:
    unit = found[place].unit
    score = 1.5 - 0.12 * min(12, sum(f.mark is None for f in found[place + 1 : first]))
    score += 1.0 if 5 <= unit.words <= 18 else 0.0
    score -= 1.0 if unit.text.endswith((".", ":", ",")) else 0.0
    after = [f.mark.kind for f in found[place + 1 : place + 5] if f.mark is not None]
    score += 1.2 if Kind.BYLINE in after or Kind.DATE in after else 0.0
    return score


def _same_words(found: list[Judged], title: str) -> int | None:
    """The unit with the title's words; else the one that shares most of them, if most."""
    wanted = _bare(title)
    best = (LIKE_TITLE, 0)
    for place, item in enumerate(found):
        if item.unit.words > 60 or item.unit.cut:
            continue
        words = _bare(item.unit.text)
        if words == wanted and wanted:
            return place
        shared, union = len(set(words) & set(wanted)), len(set(words) | set(wanted))
        best = max(best, (shared / union if union else 0.0, -place))
    return -best[1] if best[0] > LIKE_TITLE else None


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


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
        if item.mark is None or item.mark.kind is not Kind.BYLINE or item.unit.words > 24:
            continue
        match = BYLINE_NAME.match(item.unit.text)
        name = NAME_END.sub("", match["name"]).strip() if match else ""
        if 1 <= name.count(" ") <= 6 or (name and item.unit.text.lower().startswith("by")):
            return " ".join(name.split())
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
        prose = item.unit.words >= 8 and mostly_lower(item.unit.text)
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
