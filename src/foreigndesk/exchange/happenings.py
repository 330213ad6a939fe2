"""What the field's event formats are written from: an Event with its Reports and their articles.

These formats hold only what happened. Events that were planned, asked for or denied are left out,
unless asked for; what a format cannot hold (status, claims, discrepancies) is lost in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.query import clauses, opened, source
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Event, Mention, Report, Standing, Status

BATCH = 500
HAPPENED = (Status.OCCURRED, Status.ONGOING)
STOOD = (Standing.REPORTED, Standing.CORROBORATED)


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
    stood = "true" if everything else f"standing IN ({', '.join(repr(str(s)) for s in STOOD)})"
    sql = f"SELECT json FROM {source('events')} WHERE {condition[0]} AND {stood} ORDER BY {order}"
    with opened(desk) as connection, opened(desk) as other:
        connection.execute(f"{sql} {limit}", list(condition[1]))
        while rows := connection.fetchmany(BATCH):
            events = [msgspec.json.decode(row[0], type=Event) for row in rows]
            for happening in _with_reports(other, events):
                if everything or any(r.status in HAPPENED for r in happening.reports):
                    yield happening


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
    """The CAMEO code, as text: "042". PLOVER's types have one each, so it is never missing."""
    codes = Counter(
        r.cameo for r in happening.reports if r.cameo and r.event_type is happening.event.event_type
    )
    if not codes:
        return happening.lead.cameo or ""
    return min(codes, key=lambda code: (-codes[code], -len(code), code))


@dataclass(frozen=True, slots=True)
class Codes:
    """A country's codes: FIPS 10-4 and the Correlates of War number; "" where it has none."""

    fips: str
    cow: str


@cache
def countries() -> dict[str, Codes]:
    """The codes of countries by ISO 3166-1 alpha-3."""
    text = (files("foreigndesk.exchange") / "countries.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {row[0]: Codes(row[1], row[2] if len(row) > 2 else "") for row in rows}
