"""The parts of which each kind of record is shown."""

from __future__ import annotations

from foreigndesk.analysis.find import context, find, reports_of
from foreigndesk.desk.parts import Part, labelled
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Article, Event, EventDate, Mention, Place, Report, Story


def event(desk: Desk, record: Event) -> list[Part]:
    """An event: what, who, when, where, standing, then all that is said of it."""
    told = reports_of(desk, record)
    parts = [
        (f"Event {record.event_id}", "head"),
        labelled("what", f"{record.event_type} {record.event_mode or ''}".strip()),
        labelled("actor", names(record.actors)),
        labelled("recipient", names(record.recipients)),
        labelled("when", when(record.date)),
        labelled("where", where(record.place)),
        labelled("standing", record.standing.value),
        labelled("told in", f"{record.stories} stories, {record.outlets} outlets"),
    ]
    if record.fulfils:
        parts.append(labelled("keeps", f"promise {record.fulfils}"))
    parts.append((f"Reports ({len(told)})", "head"))
    for found in told:
        parts += _short_report(found)
    return parts + _claims(record) + _discrepancies(record) + _links(record)


def _short_report(record: Report) -> list[Part]:
    where = record.document.outlet or record.document.path or record.document.id or "?"
    day = record.document.published or "undated"
    head = f"{record.report_id[:10]}  {record.status}  ({where}, {day})"
    return [(head, "line"), (_one_line(record.evidence.text), "dim")]


def _claims(record: Event) -> list[Part]:
    if not record.claims:
        return []
    parts: list[Part] = [(f"Claims ({len(record.claims)})", "head")]
    for claim in record.claims:
        speaker = claim.speaker or "an unnamed source"
        parts.append((f"{speaker} {claim.stance} ({claim.outlet or '?'})", "line"))
        parts.append((_one_line(claim.evidence), "dim"))
    return parts


def _discrepancies(record: Event) -> list[Part]:
    parts: list[Part] = []
    for found in record.discrepancies:
        parts.append((f"Discrepancy: {found.kind}", "head"))
        parts.append((found.says_first, "line"))
        parts.append((_one_line(found.evidence_first), "dim"))
        parts.append((found.says_second, "line"))
        parts.append((_one_line(found.evidence_second), "dim"))
        parts.append((found.settle, "line"))
    return parts


def _links(record: Event) -> list[Part]:
    if not record.links:
        return []
    return [("Why linked", "head"), *((reason, "line") for reason in record.links)]


def report(desk: Desk, record: Report) -> list[Part]:
    """A report: its sentence in context with the coded words marked, and every coded value."""
    found = context(desk, record)
    parts = [
        (f"Report {record.report_id}", "head"),
        labelled("article", record.document.path or record.document.id),
        labelled("published", _published(record)),
        labelled("event", record.event_id or "not linked"),
        labelled("what", f"{record.event_type} {record.event_mode or ''}".strip()),
        labelled("contexts", ", ".join(record.contexts) or "none"),
        labelled("CAMEO", f"{record.cameo}, quad {record.quad}, intensity {record.intensity}"),
        labelled("actor", names(record.actor)),
        labelled("recipient", names(record.recipient)),
        labelled("status", record.status.value + _hedges(record)),
        labelled("when", when(record.date)),
        labelled("where", where(record.place)),
        labelled("confidence", record.confidence),
        labelled("rule", record.rule),
    ]
    for act in record.attribution:
        cue = f" ({act.cue.text!r})" if act.cue else ""
        who = names((act.speaker,)) if act.speaker else "an unnamed source"
        parts.append(labelled("said by", f"{who} {act.stance}{cue}"))
    parts.append(("Evidence", "head"))
    if found:
        before, after = _one_line(found.before)[-200:], _one_line(found.after)[:200]
        parts += [(f"... {before}", "dim"), (marked(record), "text"), (f"{after} ...", "dim")]
    else:
        parts.append((marked(record), "text"))
    return parts


def marked(record: Report) -> str:
    """The evidence with its coded words in brackets with their role: [Kim]actor."""
    spans: list[tuple[int, int, str]] = [(record.trigger.start, record.trigger.end, "trigger")]
    spans += [(m.start, m.end, "actor") for m in record.actor]
    spans += [(m.start, m.end, "recipient") for m in record.recipient]
    if record.date.start is not None and record.date.end is not None:
        spans.append((record.date.start, record.date.end, "date"))
    if record.place and record.place.start is not None and record.place.end is not None:
        spans.append((record.place.start, record.place.end, "place"))
    base, text = record.evidence.start, record.evidence.text
    pieces, position = [], 0
    for start, end, role in sorted(spans):
        low, high = start - base, end - base
        if low < position or high > len(text):
            continue
        pieces += [text[position:low], f"[{text[low:high]}]{role}"]
        position = high
    return _one_line("".join([*pieces, text[position:]]))


def article(desk: Desk, record: Article) -> list[Part]:
    """An article: what is known of it, then the page with its dropped parts greyed."""
    text = desk.document_text(record.document_id) or ""
    published = record.published
    parts: list[Part] = [
        (record.title or "(no title)", "head"),
        labelled("article", record.document_id),
        labelled("path", record.path),
        labelled("outlet", record.outlet or "unknown"),
        labelled("byline", record.byline or "none"),
        labelled("published", f"{published.edtf or 'unknown'} ({published.basis or 'no basis'})"),
        labelled("language", record.language or "unknown"),
        labelled("story", record.story_id or "none"),
    ]
    if record.republished_from:
        parts.append(labelled("republished", f"from {record.republished_from}"))
    parts.append(("The page (|: dropped, with its kind)", "head"))
    for segment in record.segments:
        words = text[segment.start : segment.end].strip()
        if words and segment.language:
            parts.append((f"[{segment.language}, not coded] {words}", "text"))
        elif words and segment.kept:
            parts.append((words, "text"))
        elif words:
            parts.append((f"{segment.kind}: {_one_line(words)[:300]}", "dropped"))
    return parts


def story(desk: Desk, record: Story) -> list[Part]:
    """A story: its lead and its copies."""
    parts = [
        (f"Story {record.story_id}", "head"),
        labelled("outlets", record.outlets),
        labelled("lead", record.lead),
    ]
    for document_id in record.articles:
        page = find(desk, document_id)
        line = _page(page) if isinstance(page, Article) else ""
        parts.append(labelled("article", f"{document_id}  {line}"))
    return parts


def _page(record: Article) -> str:
    """An article in a line: outlet or path, day, title."""
    where = record.outlet or record.path or ""
    return f"{where}, {record.published.edtf or 'undated'}: {record.title or '(no title)'}"


def names(mentions: tuple[Mention, ...]) -> str:
    """Mentions as "Name (CODE SECTOR)", joined by commas."""
    shown = []
    for m in mentions:
        code = " ".join(part for part in (m.code, m.sector) if part)
        shown.append(f"{m.name or m.text} ({code})" if code else m.name or m.text)
    return ", ".join(shown) or "not said"


def when(date: EventDate) -> str:
    """A date with why: its basis and the words it comes from."""
    if not date.edtf:
        return "not said"
    words = f", from {date.text!r}" if date.text else ""
    return f"{date.edtf} ({date.basis}{words})"


def where(place: Place | None) -> str:
    """A place with why: its country, the words it comes from and its id in the gazetteer."""
    if place is None:
        return "not said"
    name = f"{place.name}, {place.country}" if place.country else str(place.name)
    source = f"GeoNames {place.geonameid}" if place.geonameid else "the codebook"
    if place.lat is None:
        source = "not in the gazetteer; the country is told beside it"
    return f"{name} (from {place.text!r}; {source})" if place.text else f"{name} ({source})"


def _published(record: Report) -> str:
    day, basis = record.document.published, record.document.published_basis
    return f"{day} ({basis})" if day else "unknown"


def _hedges(record: Report) -> str:
    return f" (hedged: {', '.join(record.hedges)})" if record.hedges else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
