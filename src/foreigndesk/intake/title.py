"""Which line of a page is its headline."""

from __future__ import annotations

import re
from collections import Counter

from foreigndesk.intake.listing import LISTED
from foreigndesk.intake.weights import Judged
from foreigndesk.model import SegmentKind as Kind

REACH = 100
"""Units before the body among which the title is looked for."""
OPENING = 5
"""Units of the body whose words a title shares."""
ON_TOPIC = 3.0
"""The weight of a title all of whose longer words stand in the opening."""
LABEL = 5
"""Words of the longest line in capitals that names a section above a headline in small letters."""
LIKE_TITLE = 0.6
"""The share of words in common above which a line is the title that the metadata give."""
FAR_LINE, FAR_WORD = 0.12, 0.08
"""What each unmarked line, or word or two, between a line and the body takes from its weight."""
SIGNED = 1.4
"""The weight of a byline or date right behind a line."""
NEARER = 0.05
"""What each line between takes from that."""
IN_LIST = 1.5
"""What a line loses that stands in a list of other stories."""
FEW, NAME_ALONE = 4, 0.7
"""A line of so few words, each with a capital, is likelier a name: what it loses."""
REPEATED = 0.5
"""The weight of a line that stands in the page two to four times."""
CRUMBS = re.compile(r"\A\w+(?: \w+)?(?: [/>»›] \w+(?: [\w&]+){0,2})+\Z")
"""The path of a page within its site: "Home / World / Europe"."""
CLOCK = re.compile(r"\A\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?\Z", re.IGNORECASE)
"""The hour of an entry of a live page."""
LONG_WORD = re.compile(r"\w{4,}")


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
    return _above(found, -place, topic) if score > 1.0 else None


def _above(found: list[Judged], place: int, topic: set[str]) -> int:
    """The line above where that opens the head of the page and `place` is its standfirst."""
    above = place - 1
    while above > 0 and _beside(found[above]):
        above -= 1
    if above < 0 or not _could_be_title(found[above]) or found[above].unit.words < 4:
        return place
    line, below = found[above].unit, found[place].unit
    label = line.words <= LABEL and line.text.isupper() and not below.text.isupper()
    behind_crumbs = above > 0 and CRUMBS.search(found[above - 1].unit.text) is not None
    longer = below.words >= line.words or behind_crumbs
    standfirst = below.text.endswith(".") or (below.words >= 8 and longer)
    crumbs = line.text.endswith(below.text)
    on_topic = not (label or crumbs) and _shared(found[above], topic) > 0
    fits = _opens_head(found, above) and standfirst and on_topic
    return above if fits and not _listed(found, above) else place


def _opens_head(found: list[Judged], place: int) -> bool:
    """Whether a line is the first of the head of its article."""
    if place == 0:
        return True
    before = found[place - 1]
    crumbs = CRUMBS.search(before.unit.text) is not None
    return before.mark is not None or before.unit.words <= 3 or before.unit.bullet or crumbs


def _opens_short(found: list[Judged], span: tuple[int, int]) -> bool:
    """Whether the body's first unit may be the headline: short, before a longer one."""
    first, end = span
    unit = found[first].unit
    after = found[first + 1] if first + 1 < end else None
    if after is None:
        return False
    if after.mark is not None and after.mark.kind in (Kind.BYLINE, Kind.DATE):
        return 3 <= unit.words <= 20
    longer = after.unit.words > 2 * unit.words
    return longer and 3 <= unit.words <= 20 and not unit.text.endswith(".")


def _could_be_title(item: Judged) -> bool:
    unit = item.unit
    plain = item.mark is None and 2 <= unit.words <= 30 and not unit.cut and not unit.bullet
    return plain and not unit.text.startswith("(") and " > " not in unit.text


def _beside(item: Judged) -> bool:
    """Whether a line may stand between a headline and its standfirst: share bar, comment count."""
    return item.mark is not None and item.mark.kind in (Kind.SHARE, Kind.FORM)


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
    between = [f.unit.words for f in found[place + 1 : first] if f.mark is None]
    score = 1.5 - min(1.5, sum(FAR_LINE if words >= 4 else FAR_WORD for words in between))
    score += 1.0 if 5 <= unit.words <= 18 else 0.0
    score -= 1.0 if unit.text.endswith((".", ":", ",", ")")) else 0.0
    score -= 0.5 if unit.text.startswith(("“", '"', "(")) and not unit.text.endswith("?") else 0.0
    score -= NAME_ALONE if unit.words <= FEW and _names_only(unit.text) else 0.0
    score += _signed(found, place)
    entry = place > 0 and CLOCK.match(found[place - 1].unit.text) is not None
    listed = entry or _listed(found, place) or _in_summary(found, place)
    return score - (IN_LIST if listed else 0.0)


def _in_summary(found: list[Judged], place: int) -> bool:
    """Whether a line stands behind one that announces a summary ("Key points")."""
    before = (f.mark for f in found[max(0, place - 6) : place])
    return any(mark is not None and mark.kind is Kind.STANDFIRST for mark in before)


def _names_only(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    return bool(words) and all(w[0].isupper() or w in ("of", "the", "and", "for") for w in words)


def _signed(found: list[Judged], place: int) -> float:
    """How surely a byline or date behind a line is its own: the fewer lines between, the more."""
    lines = 0
    for item in found[place + 1 : place + 13]:
        if item.mark is None:
            lines += item.unit.words >= 3
        elif item.mark.kind in (Kind.BYLINE, Kind.DATE):
            return SIGNED - NEARER * lines
        if lines > 3:
            break
    return 0.0


def _listed(found: list[Judged], place: int) -> bool:
    """Whether a line stands in a list of other stories: behind a line that opens one."""
    before = [f.mark for f in found[max(0, place - 4) : place] if f.mark is not None]
    after = [f.mark for f in found[place + 1 : place + 3]]
    listing = any(mark.kind is Kind.TEASER for mark in before) or LISTED in after
    return listing and _signed(found, place) == 0.0


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
