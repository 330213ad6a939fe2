"""PLOVER records (manual, draft 2.0) as gold: one event, or none, of one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foreigndesk.measure.columns import Row
from foreigndesk.measure.gold import INTERNATIONAL, NAMED, SECTORS, GoldEvent, GoldText
from foreigndesk.measure.known import FaultError, Known
from foreigndesk.model import EventType, Status

AUXILIARY = {
    "negation": Status.DENIED,
    "future": Status.PLANNED,
    "hypothetical": Status.POSSIBLE,
    "historical": Status.OCCURRED,
}
"""PLOVER's auxiliary modes, and the status that each comes to."""


def is_plover(fields: Mapping[str, Any]) -> bool:
    """Whether a record is PLOVER's: it says whether it has an event, or lists its types."""
    return "has_event" in fields or isinstance(fields.get("event"), list)


def text(row: Row, known: Known) -> GoldText:
    """The record's text with its event. Raises FaultError.

    Its `date` is not judged: it is the event's or, where that is not known, the page's.
    """
    fields = row.fields
    words = fields.get("text")
    if not isinstance(words, str) or not words.strip():
        raise FaultError("a PLOVER record without text", 'the field "text", which was coded')
    events = () if fields.get("has_event") is False else tuple(_events(fields, known))
    return GoldText("", words, events, None)


def _events(fields: Mapping[str, Any], known: Known) -> Iterator[GoldEvent]:
    kinds, modes = _list(fields, "event"), [str(m) for m in _list(fields, "mode") if m]
    if not kinds:
        raise FaultError("no event", 'its types in "event", or "has_event": false')
    types = dict(known.kind(str(kind), None) for kind in kinds)
    status = next((AUXILIARY[mode] for mode in modes if mode in AUXILIARY), None)
    own = [mode for mode in modes if mode not in AUXILIARY]
    for mode in own:
        if not any(mode in known.modes_of(event) for event in types):
            known.mode(next(iter(types)), mode)
    for event, mode_of_own in types.items():
        yield GoldEvent(
            event_type=event,
            event_mode=mode_of_own or _mode(event, own, known),
            actor=_side(fields, "actor"),
            recipient=_side(fields, "recipient"),
            trigger=_trigger(fields),
            status=status,
            place=_place(fields, known),
        )


def _mode(event: EventType, modes: list[str], known: Known) -> str | None:
    return next((mode for mode in modes if mode in known.modes_of(event)), None)


def _side(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(party for entity in _list(fields, name) if (party := _party(entity)))


def _party(entity: Any) -> str:
    """A PLOVER entity as a party: its code with each of its sectors, else its sectors, else its
    words."""
    if isinstance(entity, str):
        entity = {"code": entity}
    if not isinstance(entity, Mapping):
        raise FaultError(f"the entity {entity!r}", 'an object such as {"code": "RUS"}')
    code = str(entity.get("code") or "").strip()
    sectors = [str(each) for each in _list(entity, "sector") if str(each) in SECTORS]
    if code and len(code) != 3 and code not in INTERNATIONAL:
        raise FaultError(f"the code {code!r}", "an ISO alpha-3 code or a bloc's")
    if code:
        return "|".join(f"{code} {sector}" for sector in sectors) or code
    words = str(entity.get("identifier_text") or entity.get("entity_text") or "").strip()
    return f"{NAMED}{words}" if words else "|".join(sectors)


def _trigger(fields: Mapping[str, Any]) -> str | None:
    words = [str(each) for each in _list(fields, "event_text") if each]
    return next((each for each in words if each in fields["text"]), None)


def _place(fields: Mapping[str, Any], known: Known) -> str | None:
    codes = [
        place.get("country_code")
        for place in _list(fields, "event_loc")
        if isinstance(place, Mapping)
    ]
    return next((str(code) for code in codes if code in known.codes), None)


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]
