"""Gold and coded events in a few words."""

from __future__ import annotations

from typing import Any

from foreigndesk.measure.found import Coded, Party
from foreigndesk.measure.gold import GoldEvent, GoldText
from foreigndesk.model import EventType

QUADS = {"AGREE": 1, "AID": 2, "ACCUSE": 3, "REJECT": 3, "ASSAULT": 4, "COERCE": 4}


def event(kind: str, actor: str | None, recipient: str | None, **more: Any) -> GoldEvent:
    """A gold event between two parties; None: nobody."""
    sides = [(party,) if party else () for party in (actor, recipient)]
    return GoldEvent(EventType(kind), actor=sides[0], recipient=sides[1], **more)


def text(words: str, *events: GoldEvent, name: str = "t") -> GoldText:
    """A gold text."""
    return GoldText(name, words, events)


def found(kind: str, actor: str | None, recipient: str | None, **more: Any) -> Coded:
    """A coded event between two parties."""
    sides = [(Party(party, None),) if party else () for party in (actor, recipient)]
    values: dict[str, Any] = {
        "event_mode": None,
        "symmetric": False,
        "trigger": "",
        "start": 0,
        "end": 0,
        "status": "occurred",
        "attribution": (),
        "date": None,
        "place": None,
        "confidence": 0.9,
        "rule": "some.rule",
        "evidence": "The sentence.",
    }
    return Coded(event_type=kind, actor=sides[0], recipient=sides[1], **(values | more))
