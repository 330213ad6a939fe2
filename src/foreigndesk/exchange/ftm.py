"""FollowTheMoney entities (followthemoney, an extra): what OpenSanctions and OpenAleph read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from foreigndesk.errors import UsageError
from foreigndesk.exchange.happenings import Happening, Source, countries
from foreigndesk.model import Mention

_SCHEMA = {"GOV": "Person", "IGO": "Organization", "NGO": "Organization", "BUS": "Company"}


def entities(happenings: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    """Event, Article, Mention and actor entities, each once, as FollowTheMoney's own JSON.

    Raises UsageError where the package is not installed.
    """
    try:
        model = import_module("followthemoney").model
    except ImportError:
        raise UsageError(
            "--format ftm",
            "no package followthemoney",
            "it, which is not part of the plain install",
            "Install it: pip install 'foreigndesk[ftm]'",
        ) from None
    seen: set[str] = set()
    for happening in happenings:
        for proxy in _of(model, happening):
            if proxy.id not in seen:
                seen.add(proxy.id)
                yield proxy.to_dict()


def _of(model: Any, happening: Happening) -> Iterator[Any]:
    event = happening.event
    found = _make(model, "Event", event.event_id)
    mode = f" {event.event_mode}" if event.event_mode else ""
    found.add("name", f"{event.event_type}{mode}: {_names(event.actors, event.recipients)}")
    found.add("summary", happening.lead.evidence.text)
    found.add("startDate", event.date.earliest or happening.told)
    found.add("endDate", event.date.latest)
    if event.place is not None:
        found.add("location", event.place.name or event.place.text)
    for mention in (*event.actors, *event.recipients):
        actor = _actor(model, mention)
        found.add("involved", actor)
        yield actor
    for source in happening.sources.values():
        article = _article(model, source)
        found.add("proof", article)
        yield article
    yield from _mentions(model, happening)
    yield found


def _mentions(model: Any, happening: Happening) -> Iterator[Any]:
    for report in happening.reports:
        for mention in (*report.actor, *report.recipient):
            key = f"{report.document.id}|{mention.start}|{mention.text}"
            found = _make(model, "Mention", hashlib.sha256(key.encode()).hexdigest()[:32])
            found.add("name", mention.text)
            found.add("document", _article(model, happening.source(report)))
            found.add("resolved", _actor(model, mention))
            yield found


def _actor(model: Any, mention: Mention) -> Any:
    key = mention.actor_id or f"{mention.name or mention.text}|{mention.code}"
    found = _make(model, _schema(mention), "fd-" + hashlib.sha256(key.encode()).hexdigest()[:32])
    found.add("name", mention.name or mention.text)
    if mention.code in countries():
        found.add("country", mention.code)
    return found


def _schema(mention: Mention) -> str:
    kind = (mention.actor_id or "").partition(".")[0]
    if kind == "person":
        return "Person"
    if kind == "state":
        return "PublicBody"
    return _SCHEMA.get(mention.sector or "", "LegalEntity") if kind else "LegalEntity"


def _article(model: Any, source: Source) -> Any:
    found = _make(model, "Article", source.document_id)
    found.add("title", source.title)
    found.add("sourceUrl", source.url)
    found.add("publisher", source.outlet)
    found.add("publishedAt", source.published)
    return found


def _make(model: Any, schema: str, key: str) -> Any:
    proxy = model.make_entity(schema)
    proxy.id = key
    return proxy


def _names(actors: tuple[Mention, ...], recipients: tuple[Mention, ...]) -> str:
    sides = ["; ".join(m.name or m.text for m in side) for side in (actors, recipients) if side]
    return " → ".join(sides)
