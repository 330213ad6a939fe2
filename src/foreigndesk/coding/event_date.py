"""An event's own date: which time expression is said of it, or what its tense tells.

A date is the event's own if the path from the expression up to the event passes no other event
and no other verb. Else the clause that governs it may lend its date: the light verb of a noun
("held talks on Friday"), the clause of "began to ..." or "..., killing dozens". Publication day
only where the page speaks of news: a headline, the present tense, a main clause's simple past.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foreigndesk.coding.calendar import has_year, interval, is_day, is_yearless
from foreigndesk.coding.event_date_clauses import (
    DateWords,
    asks,
    event_hosts,
    event_owner,
    package_words,
    sharing,
)
from foreigndesk.coding.event_date_clauses import date_words as date_words  # the public name
from foreigndesk.coding.tense import auxiliaries
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import EventDate, SegmentKind, Sentence, Status, TimeExpression

NO_DATE = EventDate(None, None, None, None, None, None, None)
_WEEKDAYS = frozenset((*calendar.day_name, *calendar.day_abbr))
_MONTHS = frozenset((*calendar.month_name, *calendar.month_abbr))
LONG_AGO = 60
_AHEAD = (Status.PLANNED, Status.REQUESTED, Status.CONDITIONAL)
_HAPPENED = (Status.OCCURRED, Status.ONGOING, None)
_MONTH = re.compile(r"^(?:XXXX|\d{4})-\d\d")


@dataclass(frozen=True, slots=True)
class DateContext:
    """What an event's date may lean on besides its sentence.

    `published`: the day of publication (EDTF), None if unknown; `anchor`: the inferred interval
    of writing (EDTF); `kind`: the segment's; `status`: the event's; `events`: tokens of the
    sentence that denote other events; `paragraph`: how far down the page, 0 for the first;
    `before`: the long past of which the sentence before tells (`background`).
    """

    published: str | None = None
    anchor: str | None = None
    kind: SegmentKind = SegmentKind.PARAGRAPH
    status: Status | None = None
    events: frozenset[int] = frozenset()
    paragraph: int = 0
    words: DateWords | None = None
    before: str | None = None


def event_date(
    tree: Tree, trigger: int, times: tuple[TimeExpression, ...], context: DateContext
) -> EventDate:
    """When the event at token `trigger` was or is to be; `NO_DATE` if the page does not say.

    `times` are the whole text's or the sentence's. The basis is "explicit" (the words name the
    year), "inferred" (the year, or the day of writing, was inferred), "relative" (to the day of
    publication) or "published". A planned event never gets the publication day.
    """
    words = context.words or package_words()
    owned = _owners(tree, trigger, times, context, words)
    for host in event_hosts(tree, trigger, words):
        if host in owned:
            time = min(owned[host], key=lambda t: (-_fineness(t), abs(t.start - tree[host].start)))
            if _is_of_the_asking(tree, trigger, time, context):
                return NO_DATE
            ahead = context.status in _AHEAD or _under_will(tree, trigger)
            return _dated(tree, _on_side(time, context, ahead), context, words)
    if (
        context.published
        and context.status in _HAPPENED
        and _is_news(tree, trigger, context, words)
    ):
        return _of_the_page(context)
    return NO_DATE


def _of_the_page(context: DateContext) -> EventDate:
    """The day of publication or, within background, the time that was named before."""
    edtf = context.before or context.published or ""
    basis = "inferred" if context.before else "published"
    return EventDate(edtf, *interval(edtf), None, None, None, basis)


def background(
    sentences: Sequence[Sentence],
    n: int,
    times: Sequence[TimeExpression],
    published: str | None,
) -> str | None:
    """The EDTF of the long past of which sentence `n` goes on to tell, None if of none.

    `times` are those of the sentence before. It is their last date with a year, if it ended
    over `LONG_AGO` days before publication, in the same paragraph, with no later date beside it.
    """
    if n == 0 or not is_day(published) or sentences[n - 1].paragraph != sentences[n].paragraph:
        return None
    told = [t for t in times if t.type == "DATE"]
    ends = [interval(t.edtf)[1] for t in told if t.edtf]
    if not ends or not has_year(told[-1].text) or told[-1].edtf is None:
        return None
    limit = (date.fromisoformat(published or "") - timedelta(days=LONG_AGO)).isoformat()
    return told[-1].edtf if all(end and end < limit for end in ends) else None


def _is_of_the_asking(tree: Tree, trigger: int, time: TimeExpression, context: DateContext) -> bool:
    """ "Invited Kim in June": the time is that of the inviting, not of the visit asked for."""
    ahead = context.status in (Status.REQUESTED, Status.PLANNED)
    past = tree[trigger].tag == "VBD"
    return (
        ahead
        and past
        and not _is_coming(_on_side(time, replace(context, status=None), False), context)
    )


def _is_coming(time: TimeExpression, context: DateContext) -> bool:
    latest = interval(time.edtf or "")[1]
    return not (latest and context.published) or latest > context.published


def _under_will(tree: Tree, trigger: int) -> bool:
    """Whether a verb above speaks of the future: "will travel to meet X on Thursday"."""
    above = (i for i in tree.ancestors(trigger) if tree.is_verb(i))
    return any({"will", "shall", "'ll"} & set(auxiliaries(tree, i)) for i in above)


def _on_side(time: TimeExpression, context: DateContext, ahead: bool) -> TimeExpression:
    """A bare weekday or month put on the side of the day of publication where the event lies.

    Of what is to come it is the next one; of what has happened, the last.
    """
    day, published = time.edtf, context.published
    if day is None or published is None or not is_day(published):
        return time
    if not ahead and context.status not in _HAPPENED:
        return time
    if is_day(day) and time.text in _WEEKDAYS and day != published and (day > published) != ahead:
        moved = (date.fromisoformat(day) + timedelta(days=7 if ahead else -7)).isoformat()
    elif time.text in _MONTHS and not ahead and len(day) == 7 and day > published[:7]:
        moved = f"{int(day[:4]) - 1}{day[4:]}"
    else:
        return time
    return replace(time, edtf=moved, value=moved)


def _owners(
    tree: Tree,
    trigger: int,
    times: tuple[TimeExpression, ...],
    context: DateContext,
    words: DateWords,
) -> dict[int, list[TimeExpression]]:
    """The datable expressions of the sentence by the event token that each is said of."""
    found: dict[int, list[TimeExpression]] = {}
    for time in times:
        inside = tree.sentence.start <= time.start < tree.sentence.end
        if not inside or time.edtf is None or time.type not in ("DATE", "TIME"):
            continue
        head = _head(tree, time)
        if head is None:
            continue
        for clause in _clauses_of(tree, time):
            found.setdefault(clause, []).append(time)
        owner = event_owner(tree, head, trigger, context.events, words)
        if owner is not None:
            found.setdefault(owner, []).append(time)
    return found


def _clauses_of(tree: Tree, time: TimeExpression) -> list[int]:
    """The verbs of clauses that the time governs: "in July 2000, when Putin met Kim"."""
    inside = [t.i for t in tree.tokens if t.start < time.end and time.start < t.end]
    return [k for i in inside for k in tree.children(i, "relcl", "acl", "advcl") if asks(tree, k)]


def _head(tree: Tree, time: TimeExpression) -> int | None:
    """The token of the expression whose governor stands outside of it."""
    inside = {t.i for t in tree.tokens if t.start < time.end and time.start < t.end}
    tops = [i for i in sorted(inside) if tree[i].head not in inside or tree[i].head == i]
    return tops[0] if tops else None


def _fineness(time: TimeExpression) -> int:
    return len((time.edtf or "").split("/")[0])


def _dated(tree: Tree, time: TimeExpression, context: DateContext, words: DateWords) -> EventDate:
    edtf = time.edtf or ""
    side = _side(tree, time, words)
    if side and "/" not in edtf:
        edtf = f"{edtf}/.." if side == "from" else f"../{edtf}"
    bounds = tuple(None if ".." in edge else _edge(edge, n) for n, edge in _edges(edtf))
    basis = _basis(time, context, words)
    return EventDate(edtf, bounds[0], bounds[1], time.text, time.start, time.end, basis)


def _edges(edtf: str) -> tuple[tuple[int, str], tuple[int, str]]:
    first, slash, last = edtf.partition("/")
    return (0, first), (1, last if slash else first)


def _edge(edtf: str, side: int) -> str | None:
    return interval(edtf)[side]


def _side(tree: Tree, time: TimeExpression, words: DateWords) -> str | None:
    head = _head(tree, time)
    if head is None or tree[head].dep not in ("pobj", "pcomp"):
        return None
    return words.bound.get(tree[tree[head].head].text.lower())


def _basis(time: TimeExpression, context: DateContext, words: DateWords) -> str:
    if has_year(time.text):
        return "explicit"
    if is_yearless(time.edtf):
        return "relative"
    if words.months.search(time.text) or not context.published:
        return "inferred"
    return "relative"


def _is_news(tree: Tree, trigger: int, context: DateContext, words: DateWords) -> bool:
    """Whether tense and place of the clause say that it tells of the day of publication."""
    verb = trigger
    if not tree.is_verb(trigger):
        governor = sharing(tree, trigger, words)
        if governor is None or not tree.is_verb(governor):
            return False
        verb = governor
    if _is_background(tree, verb, words) or not _is_main(tree, verb):
        return False
    if context.kind is SegmentKind.TITLE:
        return "to" not in auxiliaries(tree, verb)
    return _is_simple(tree, verb)


def _is_background(tree: Tree, verb: int, words: DateWords) -> bool:
    beside = [*tree.children(verb, "advmod", "npadvmod"), *_aux(tree, verb)]
    return any(tree[k].text.lower() in words.background or tree[k].lemma == "have" for k in beside)


def _aux(tree: Tree, verb: int) -> list[int]:
    return tree.children(verb, "aux")


def _is_main(tree: Tree, verb: int) -> bool:
    """A root, its conjunct, or words reported before their speaker ("..., officials said")."""
    top = tree.first_conjunct(verb)
    token = tree[top]
    if token.dep == "ROOT":
        return True
    before = token.dep == "ccomp" and token.head > top and not tree.children(top, "mark")
    return before and tree[token.head].dep == "ROOT"


def _is_simple(tree: Tree, verb: int) -> bool:
    """Simple past or present, active or passive; no modal, no perfect, no bare participle."""
    aux = [tree[k] for k in tree.children(verb, "aux", "auxpass")]
    if any(a.tag in ("MD", "TO") or a.lemma in ("have", "do") for a in aux):
        return False
    if aux:
        return all(a.lemma == "be" for a in aux)
    return tree[verb].tag in ("VBD", "VBZ", "VBP")
