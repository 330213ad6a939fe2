"""One record with everything it rests on, as `desk.show(ID)` gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from foreigndesk.analysis.find import context, reports_of
from foreigndesk.desk.tables import clean, short_id
from foreigndesk.desk.web.marks import Piece, Stretch, in_context, stretches
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Article, Event, Report, Story
from foreigndesk.notebook import lines, look, tidy
from foreigndesk.notebook.html import block, facts, heading, line, table
from foreigndesk.notebook.lines import Line, Tidy
from foreigndesk.notebook.tidy import KINDS

Record = Event | Report | Article | Story


@dataclass(frozen=True, repr=False)
class Shown:
    """A record of a desk, which prints itself with its evidence."""

    desk: Desk
    record: Record

    @property
    def reports(self) -> list[Report]:
        """The reports it rests on: of an event, of an article, or the report itself."""
        if isinstance(self.record, Event):
            return reports_of(self.desk, self.record)
        if isinstance(self.record, Article):
            return list(look.reports_in(self.desk, self.record.document_id))
        return [self.record] if isinstance(self.record, Report) else []

    def __repr__(self) -> str:
        from foreigndesk.desk import showing_records as records

        show: dict[type[Any], Any] = {
            Event: records.event,
            Report: records.report,
            Article: records.article,
            Story: records.story,
        }
        return "\n".join(clean(text) for text, _ in show[type(self.record)](self.desk, self.record))

    def _repr_html_(self) -> str:
        show: dict[type[Any], Any] = {
            Event: _event,
            Report: _report,
            Article: _article,
            Story: _story,
        }
        parts: list[Markup] = show[type(self.record)](self)
        return block(*parts)


def _event(shown: Shown) -> list[Markup]:
    event, desk = shown.record, shown.desk
    assert isinstance(event, Event)
    told = shown.reports
    names = (lines.names(event.actors), lines.names(event.recipients))
    parts = [
        heading(lines.headline(event.event_type, event.event_mode, *names).text),
        facts(
            [
                ("event", event.event_id),
                ("when", tidy.when(event.date)),
                ("where", event.place.name if event.place else None),
                ("standing", line(lines.line(event.standing, "label"))),
                ("told in", f"{event.stories} stories, {event.outlets} outlets"),
                ("keeps", event.fulfils),
            ]
        ),
        _table(desk, "reports", told),
    ]
    if event.claims:
        parts.append(_table(desk, "claims", event.claims))
    if event.discrepancies:
        parts.append(_table(desk, "discrepancies", event.discrepancies))
    return parts


def _report(shown: Shown) -> list[Markup]:
    report = shown.record
    assert isinstance(report, Report)
    found = context(shown.desk, report)
    before, pieces, after = in_context(report, found) if found else ("", [], "")
    around = (Piece(f"… {before} "), *pieces, Piece(f" {after} …")) if found else ()
    told = Line(around) if around else lines.evidence(report)[0]
    names = (lines.names(report.actor), lines.names(report.recipient))
    return [
        heading(lines.headline(report.event_type, report.event_mode, *names).text),
        line(told),
        facts(
            [
                ("report", report.report_id),
                ("event", report.event_id),
                ("status", line(lines.line(report.status, "label"))),
                ("when", tidy.when(report.date)),
                ("where", report.place.name if report.place else None),
                ("contexts", ", ".join(report.contexts)),
                ("CAMEO", f"{report.cameo}, quad {report.quad}, intensity {report.intensity}"),
                ("confidence", report.confidence),
                ("rule", report.rule),
                ("article", report.document.path or report.document.id),
                ("published", report.document.published),
            ]
        ),
    ]


def _article(shown: Shown) -> list[Markup]:
    article = shown.record
    assert isinstance(article, Article)
    text = shown.desk.document_text(article.document_id) or ""
    page = stretches(text, article, shown.reports)
    return [
        heading(article.title or "(no title)"),
        facts(
            [
                ("article", article.document_id),
                ("path", article.path),
                ("outlet", article.outlet),
                ("byline", article.byline),
                ("published", article.published.edtf),
                ("story", article.story_id),
                ("republished from", article.republished_from),
            ]
        ),
        *(_stretch(part) for part in page),
    ]


def _stretch(part: Stretch) -> Markup:
    """A paragraph; what was dropped of the page folded away under its kind."""
    words = line(Line(part.pieces, "text" if part.kept else "dim"))
    if part.kept:
        return words
    return Markup('<details style="opacity:.75"><summary>dropped: {}</summary>{}</details>').format(
        part.kind, words
    )


def _story(shown: Shown) -> list[Markup]:
    story = shown.record
    assert isinstance(story, Story)
    found = look.articles(shown.desk, story.articles)
    told = [found[name] for name in story.articles if name in found]
    return [
        heading(f"Story {short_id(story.story_id)}"),
        facts([("outlets", story.outlets), ("lead", story.lead)]),
        _table(shown.desk, "articles", told),
    ]


def _table(desk: Desk, kind: str, records: Any) -> Markup:
    heads, make = KINDS[kind]
    title = f"{len(records):,} {kind}"
    return table(Tidy(title, heads, tuple(make(desk, records))))
