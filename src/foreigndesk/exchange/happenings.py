"""What the field's event formats are written from: an Event with its Reports and their articles.

These formats hold only what happened. Events that were planned, asked for or denied are left out,
and so are the reports that say no more than that, unless asked for; what a format cannot hold
(status, claims, discrepancies) is lost in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.happened import HAPPENED, THAT_HAPPENED
from foreigndesk.analysis.query import clauses, opened, source
from foreigndesk.exchange.codes import cameo_table, countries, plover
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Event, Mention, Report

__all__ = ["Happening", "Source", "cameo", "countries", "happenings"]

BATCH = 500


@dataclass(frozen=True, slots=True)
class Source:
    """The article in which a Report stands. Days are ISO days, None if unknown."""

    document_id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """An Event, its Reports in order, the best of them first in `lead`, and their articles."""

    event: Event
    reports: tuple[Report, ...]
    sources: dict[str, Source]

    @property
    def lead(self) -> Report:
        """The Report that speaks for the Event: it happened, of its type, the surest."""
        return min(
            self.reports,
            key=lambda r: (
                r.status not in HAPPENED,
                r.event_type is not self.event.event_type,
                -r.confidence,
                r.report_id,
            ),
        )

    @property
    def day(self) -> str | None:
        """The first day on which it may have happened, None if unknown."""
        return self.event.date.earliest

    @property
    def told(self) -> str | None:
        """The first day on which it was told, None if unknown."""
        return min((s.published for s in self.sources.values() if s.published), default=None)

    @property
    def pairs(self) -> list[tuple[Mention | None, Mention | None]]:
        """Each actor with each recipient; of a symmetric one without recipient, each two once."""
        actors: Sequence[Mention | None] = self.event.actors or (None,)
        recipients: Sequence[Mention | None] = self.event.recipients or (None,)
        if self.event.symmetric and not self.event.recipients and len(self.event.actors) > 1:
            return [(a, b) for i, a in enumerate(actors) for b in actors[i + 1 :]]
        return [(a, r) for a in actors for r in recipients]

    def source(self, report: Report) -> Source:
        """The article of a Report."""
        return self.sources[report.document.id or ""]


def happenings(
    desk: Desk, filters: Filters | None = None, everything: bool = False
) -> Iterator[Happening]:
    """The events that happened, in the ledger's stable order; all of them if `everything`.

    What is only planned, alleged or contested is left out, and what no page says to have occurred.
    """
    condition, order, limit = clauses("events", filters or Filters(), "export --what events")
    stood = "true" if everything else THAT_HAPPENED
    sql = f"SELECT json FROM {source('events')} WHERE {condition[0]} AND {stood} ORDER BY {order}"
    with opened(desk) as connection, opened(desk) as other:
        connection.execute(f"{sql} {limit}", list(condition[1]))
        while rows := connection.fetchmany(BATCH):
            events = [msgspec.json.decode(row[0], type=Event) for row in rows]
            for happening in _with_reports(other, events):
                yield happening if everything else _happened(happening)


def _happened(happening: Happening) -> Happening:
    """Only the reports that say that it happened, and their articles."""
    reports = tuple(r for r in happening.reports if r.status in HAPPENED)
    told = {r.document.id for r in reports}
    sources = {key: s for key, s in happening.sources.items() if key in told}
    return Happening(happening.event, reports, sources)


def _with_reports(connection: object, events: list[Event]) -> Iterator[Happening]:
    sql = """
        SELECT r.event_id, r.json, a.document_id, a.title, a.outlet,
               json_extract_string(a.json, '$.url'), a.earliest
        FROM reports r JOIN articles a USING (document_id)
        WHERE r.event_id IN (SELECT unnest(?))
        ORDER BY r.event_id, coalesce(r.told, '9999'), r.document_id, r.start, r.report_id"""
    found: dict[str, tuple[list[Report], dict[str, Source]]] = {
        e.event_id: ([], {}) for e in events
    }
    answer = connection.execute(sql, [list(found)])  # type: ignore[attr-defined]  # DuckDB's
    for event_id, text, *article in answer.fetchall():
        reports, sources = found[event_id]
        reports.append(msgspec.json.decode(text, type=Report))
        sources.setdefault(article[0], Source(*article))
    for event in events:
        reports, sources = found[event.event_id]
        if reports:
            yield Happening(event, tuple(reports), sources)


def cameo(happening: Happening) -> str:
    """The CAMEO code, as text: "042". PLOVER's types have one each, so it is never missing.

    The one that most reports have, of those that lead back (codes.py) to the event's type and
    mode; else the ontology's code of the mode or type; so that who reads it gets what we coded.
    """
    kind, mode = happening.event.event_type, happening.event.event_mode
    codes = Counter(r.cameo for r in happening.reports if r.cameo)
    fits = [code for code in codes if _leads_to(code, kind, None)]
    exact = [code for code in fits if _leads_to(code, kind, mode)]
    usual = _usual(kind, mode)
    if not fits or (not exact and _leads_to(usual, kind, mode)):
        return usual
    return min(exact or fits, key=lambda code: (-codes[code], -len(code), code))


def _leads_to(code: str, event_type: str, event_mode: str | None) -> bool:
    """Whether who reads the code gets the type, and the mode if there is one."""
    found = cameo_table().get(code)
    if found is None or found.event_type != event_type:
        return False
    return event_mode in (None, found.event_mode)


def _usual(event_type: str, event_mode: str | None) -> str:
    """The ontology's code of a mode, where it leads back to the type, else that of the type."""
    entry = plover()[event_type]
    mode = entry.modes.get(event_mode) if event_mode else None
    found = mode.cameo if mode else None
    return found if found and _leads_to(found, event_type, None) else entry.cameo
