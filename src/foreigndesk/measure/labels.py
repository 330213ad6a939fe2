"""A gold's own labels for event types, and types that it does not tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from foreigndesk.errors import UsageError
from foreigndesk.measure.found import Coded
from foreigndesk.model import EventType


@dataclass(frozen=True, slots=True)
class Labels:
    """What a label (in lower case) stands for, and by which type others go, on both sides."""

    own: Mapping[str, EventType] = field(default_factory=dict)
    joined: Mapping[str, EventType] = field(default_factory=dict)

    def of(self, event: EventType) -> EventType:
        """The type by which an event type goes."""
        return self.joined.get(event.value, event)

    def coded(self, found: Coded) -> Coded:
        """A coded event under the type by which its own goes."""
        return replace(found, event_type=self.of(EventType(found.event_type)).value)

    def notes(self) -> list[str]:
        """What each type stands for, where it stands for more than itself."""
        groups: dict[str, list[str]] = {}
        for name, event in self.joined.items():
            groups.setdefault(event.value, []).append(name)
        return [f"{to} stands for {' and '.join(names)}." for to, names in groups.items()]


def labels(text: str | None) -> Labels:
    """Labels from "YIELD=RETREAT|CONCEDE,HELP=AID": a label is right by any of its types.

    Raises UsageError for a type that is none, or a pair without "=".
    """
    own: dict[str, EventType] = {}
    joined: dict[str, EventType] = {}
    for pair in filter(None, (part.strip() for part in (text or "").split(","))):
        label, mark, names = (part.strip() for part in pair.partition("="))
        kinds = [name.strip().upper() for name in names.split("|")]
        if not mark or not label or not all(kind in EventType.__members__ for kind in kinds):
            raise UsageError(
                "--types", repr(pair), f"LABEL=TYPE|TYPE, types of {', '.join(EventType)}",
                "For instance --types 'YIELD=RETREAT|CONCEDE'",
            )  # fmt: skip
        first = EventType(kinds[0])
        own[label.casefold()] = first
        if len(kinds) > 1:
            joined.update(dict.fromkeys(kinds, first))
    return Labels(own, joined)
