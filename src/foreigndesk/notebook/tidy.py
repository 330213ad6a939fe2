"""Rows made ready to be read: cells of lines, each line of pieces with the roles of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from foreigndesk.desk.tables import short_id
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import (
    Article,
    Claim,
    Discrepancy,
    Event,
    EventDate,
    Mention,
    Place,
    Report,
    Story,
)
from foreigndesk.notebook import look
from foreigndesk.notebook.kinds import Answer
from foreigndesk.notebook.lines import Cell, Tidy, cell, evidence, headline, line, names

SHOWN = 20
"""Rows that a table shows; the others are counted below it."""


def tidy(result: Answer, limit: int = SHOWN) -> Tidy:
    """The first rows of a result, made ready to be read."""
    question = result.question
    records = result[:limit].records()
    title = f"{len(result):,} {_noun(question.name, len(result))}: {question}"
    heads, rows, numbers = _made(question.desk, question.name, records)
    return Tidy(title, heads, rows, len(result) - len(records), numbers)


Made = tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...], frozenset[str]]


def _made(desk: Desk, name: str, records: Sequence[Any]) -> Made:
    if name in KINDS:
        heads, make = KINDS[name]
        return heads, tuple(make(desk, records)), frozenset()
    own = tuple(records[0]) if records else ()
    numbers = {n for n in own if any(_is_number(row[n]) for row in records)}
    rows = [tuple(cell(_value(row[n])) for n in own) for row in records]
    return tuple(n.replace("_", " ") for n in own), tuple(rows), frozenset(
        n.replace("_", " ") for n in numbers
    )  # fmt: skip


def events(desk: Desk, records: Sequence[Event]) -> Iterable[tuple[Cell, ...]]:
    """When, what with the sentence that tells it best, where, standing, id."""
    told = look.telling(desk, [e.event_id for e in records])
    for e in records:
        best = told.get(e.event_id)
        head = headline(e.event_type, e.event_mode, names(e.actors), names(e.recipients))
        yield (
            _when(e.date.edtf, best.document.published if best else None),
            (head, *evidence(best)),
            cell(_where(e.place)),
            _standing(e.standing, e.stories),
            cell(short_id(e.event_id), "code"),
        )


def timeline(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Cell, ...]]:
    """As `events`, of the flat rows of a timeline."""
    told = look.telling(desk, [row["event_id"] for row in rows])
    for row in rows:
        whom = (row["actors"] or "", row["recipients"] or "")
        yield (
            _when(row["date"], row["told"]),
            (
                headline(row["event_type"], row["event_mode"], *whom),
                *evidence(told.get(row["event_id"]), row["evidence"]),
            ),
            cell(row["place"]),
            _standing(row["standing"], row["stories"]),
            cell(short_id(row["event_id"]), "code"),
        )


def reports(desk: Desk, records: Sequence[Report]) -> Iterable[tuple[Cell, ...]]:
    """When, what with the sentence, who says so, status, source, id."""
    for r in records:
        head = headline(r.event_type, r.event_mode, names(r.actor), names(r.recipient))
        said = [f"{_speaker(a.speaker)} {a.stance}" for a in r.attribution]
        yield (
            cell(r.date.edtf, "day"),
            (head, *evidence(r), *(line(words, "dim") for words in said)),
            cell(_where(r.place)),
            cell(r.status, "label"),
            _source(r.document.outlet, r.document.published),
            cell(short_id(r.report_id), "code"),
        )


def claims(desk: Desk, records: Sequence[Claim]) -> Iterable[tuple[Cell, ...]]:
    """Who says so, with which stance, of what, where it is printed."""
    told = look.reports(desk, [c.report_id for c in records])
    for c in records:
        code = f" ({c.speaker_code})" if c.speaker_code else ""
        yield (
            cell(f"{c.speaker or 'an unnamed source'}{code}"),
            cell(c.stance, "label"),
            evidence(told.get(c.report_id), c.evidence),
            _source(c.outlet, c.published),
            cell(short_id(c.event_id), "code"),
        )


def discrepancies(desk: Desk, records: Sequence[Discrepancy]) -> Iterable[tuple[Cell, ...]]:
    """What two reports say, each with its sentence, and what would settle it."""
    told = look.reports(desk, [r for d in records for r in (d.first, d.second)])
    for d in records:
        yield (
            cell(d.kind, "label"),
            (line(d.says_first, "head"), *evidence(told.get(d.first), d.evidence_first)),
            (line(d.says_second, "head"), *evidence(told.get(d.second), d.evidence_second)),
            cell(d.settle),
            cell(short_id(d.event_id), "code"),
        )


def promises(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Cell, ...]]:
    """What was promised, when it is due, what has become of it."""
    for row in rows:
        yield (
            cell(row["made"], "day"),
            (line(row["event"], "head"), *cell(row["evidence"])),
            cell(row["due"], "day"),
            cell(row["outcome"], "label"),
            cell(short_id(row["event_id"]), "code"),
        )


def articles(desk: Desk, records: Sequence[Article]) -> Iterable[tuple[Cell, ...]]:
    """Day, title, outlet, how much of the page was kept, id."""
    for a in records:
        kept = sum(s.end - s.start for s in a.segments if s.kept)
        whole = sum(s.end - s.start for s in a.segments) or 1
        yield (
            cell(a.published.edtf, "day"),
            (line(a.title or "(no title)", "head"), *cell(_known(a.outlet, a.path), "dim")),
            cell(f"{100 * kept // whole}%"),
            cell(short_id(a.document_id), "code"),
        )


def stories(desk: Desk, records: Sequence[Story]) -> Iterable[tuple[Cell, ...]]:
    """The title of the first, how many copies, in how many outlets, id."""
    leads = look.articles(desk, [s.lead for s in records])
    for s in records:
        lead = leads.get(s.lead)
        yield (
            cell((lead.title if lead else None) or s.lead, "head"),
            cell(_counted(len(s.articles), "article")),
            cell(_counted(s.outlets, "outlet")),
            cell(short_id(s.story_id), "code"),
        )


KINDS: dict[str, tuple[tuple[str, ...], Callable[[Desk, Any], Iterable[tuple[Cell, ...]]]]] = {
    "events": (("when", "what", "where", "standing", "id"), events),
    "timeline": (("when", "what", "where", "standing", "id"), timeline),
    "reports": (("when", "what", "where", "status", "source", "id"), reports),
    "claims": (("who says so", "stance", "of what", "source", "event"), claims),
    "discrepancies": (("of", "one says", "another says", "what would settle it", "event"),
                      discrepancies),
    "promises": (("made", "what", "due", "outcome", "event"), promises),
    "articles": (("published", "title", "page kept", "id"), articles),
    "stories": (("story", "articles", "outlets", "id"), stories),
}  # fmt: skip
"""The questions whose rows are more than counts: their heads, and how rows are made."""


def when(date: EventDate) -> str | None:
    """A date with what it rests on."""
    words = f", from “{date.text}”" if date.text else ""
    return f"{date.edtf} ({date.basis}{words})" if date.edtf else None


def _when(edtf: str | None, told: str | None) -> Cell:
    """The event's date; where it has none, when it was told, in brackets."""
    return cell(edtf.replace("/", " / ") if edtf else f"({told})" if told else "undated", "day")


def _where(place: Place | None) -> str | None:
    if place is None:
        return None
    return _known(place.name, place.country)


def _known(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _standing(value: str, told_in: int) -> Cell:
    return (line(value, "label"), line(_counted(told_in, "story", "stories"), "dim"))


def _source(outlet: str | None, published: str | None) -> Cell:
    return (*cell(outlet), line(published or "undated", "dim"))


def _speaker(mention: Mention | None) -> str:
    return "an unnamed source" if mention is None else mention.name or mention.text


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _noun(name: str, count: int) -> str:
    """What the rows of a question are called."""
    if name in KINDS and name != "timeline":
        singular = {"stories": "story", "discrepancies": "discrepancy"}.get(name, name[:-1])
        return singular if count == 1 else name
    return "row" if count == 1 else "rows"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _value(value: object) -> object:
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value
