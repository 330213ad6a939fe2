"""PLOVER JSON lines (manual, draft 2.0): the field's own record, an event a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any

from foreigndesk.exchange.happenings import Happening
from foreigndesk.exchange.tables import plover_country
from foreigndesk.model import Mention, Place, Report, Status

_AUXILIARY = {
    Status.PLANNED: "future",
    Status.POSSIBLE: "hypothetical",
    Status.CONDITIONAL: "hypothetical",
    Status.REQUESTED: "hypothetical",
    Status.DENIED: "negation",
}
"""PLOVER's auxiliary modes for what has not happened; seen only if everything is exported."""


def records(happenings: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    """One PLOVER record for each event; required fields are always there, others if known."""
    for happening in happenings:
        yield {key: value for key, value in _record(happening).items() if value is not None}


def _record(happening: Happening) -> dict[str, Any]:
    event, lead = happening.event, happening.lead
    return {
        "id": event.event_id,
        "has_event": True,
        "date": happening.day or happening.told or "",
        "enddate": event.date.latest if event.date.latest != event.date.earliest else None,
        "actor": [_entity(m) for m in event.actors],
        "recipient": [_entity(m) for m in event.recipients],
        "event": [str(event.event_type)],
        "mode": [m for m in (event.event_mode, _AUXILIARY.get(lead.status)) if m],
        "context": list(lead.contexts),
        "event_loc": [_place(event.place)] if event.place else None,
        "event_text": [lead.trigger.text],
        "quad_code": lead.quad,
        "event_scale": lead.intensity,
        "link": [event.fulfils] if event.fulfils else None,
        "text": lead.evidence.text,
        "text_info": _sizes(happening.reports),
        "cite_info": [_citation(happening, report) for report in happening.reports],
        "coder": "Foreign Desk",
        "comment": f"standing: {event.standing}; status: {lead.status}",
    }


def _entity(mention: Mention) -> dict[str, Any]:
    found = {
        "code": plover_country(mention.code),
        "sector": [mention.sector] if mention.sector else [],
        "entity_text": mention.text,
        "identifier_id": mention.actor_id,
        "identifier_text": mention.name,
    }
    return {key: value for key, value in found.items() if value is not None}


def _place(place: Place) -> dict[str, Any]:
    found = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "country_code": plover_country(place.country) or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _sizes(reports: tuple[Report, ...]) -> dict[str, int] | None:
    """The largest number of dead, injured and arrested that is told."""
    found = {
        name: max(n for r in reports if (n := getattr(r.quantities, name)) is not None)
        for name in ("dead", "injured", "arrested")
        if any(getattr(r.quantities, name) is not None for r in reports)
    }
    return found or None


def _citation(happening: Happening, report: Report) -> dict[str, Any]:
    source = happening.source(report)
    found = {
        "citation": source.document_id,
        "url": source.url,
        "title": source.title,
        "publication": source.outlet,
        "language": "eng",
        "coder": report.rule,
        "codebook": "PLOVER 2.0",
        "version": version("foreigndesk"),
    }
    return {key: value for key, value in found.items() if value is not None}
