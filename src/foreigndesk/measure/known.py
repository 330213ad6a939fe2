"""What a gold may say: types and modes, statuses, codes and names, dates; and what is at fault."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from foreigndesk.measure.gold import INTERNATIONAL, NAMED, SECTORS
from foreigndesk.measure.labels import Labels
from foreigndesk.model import EventType

E = TypeVar("E", bound=StrEnum)
NOT_JUDGED = "*"
TRUE = ("1", "true", "yes", "y", "x")


class FaultError(Exception):
    """A value of the gold that cannot be: what was found, what is expected, what to do."""

    def __init__(self, found: str, expected: str, do: str = "Correct it.") -> None:
        self.found, self.expected, self.do = found, expected, do
        super().__init__(found)


@dataclass(frozen=True, slots=True)
class Known:
    """What the codebook knows, as far as gold is concerned.

    `codes` are countries' and blocs'; `names` lead from a name in lower case to the party it is;
    `modes` and `quads` are told by event type; `day` reads a date as EDTF, None where it is none.
    `own` are types of one's own in lower case, with the type and mode that reports of them bear.
    """

    codes: frozenset[str]
    names: Mapping[str, str]
    modes: Mapping[EventType, frozenset[str]]
    quads: Mapping[str, int]
    day: Callable[[str], str | None]
    labels: Labels = field(default_factory=Labels)
    own: Mapping[str, tuple[EventType, str]] = field(default_factory=dict)

    def event_type(self, text: str) -> EventType:
        """An event type in any case, or a label that stands for one. Raises FaultError."""
        label = self.labels.own.get(text.strip().casefold())
        return label or self.labels.of(one_of(EventType, text, "event type"))

    def kind(self, text: str, mode: str | None) -> tuple[EventType, str | None]:
        """An event type with its mode; of a type of one's own, what it stands for in reports.

        Raises FaultError.
        """
        if text.strip().casefold() in self.own:
            event, under = self.own[text.strip().casefold()]
            return event, self.mode(event, f"{under}/{mode}" if mode else under)
        event = self.event_type(text)
        return event, self.mode(event, mode) if mode else None

    def mode(self, event: EventType, text: str) -> str:
        """A mode of a type. Raises FaultError."""
        mode = text.strip().lower().replace("_", "-").replace(" ", "-")
        modes = self.modes_of(event)
        if mode not in modes:
            has = ", ".join(sorted(modes)) or "no modes"
            raise FaultError(f"the mode {text!r} of {event}", has)
        return mode

    def modes_of(self, event: EventType) -> set[str]:
        """The modes of a type, and of those that go by it."""
        return {m for kind in EventType if self.labels.of(kind) is event for m in self.modes[kind]}

    def date(self, text: str) -> str:
        """A date in EDTF. Raises FaultError."""
        found = self.day(text)
        if found is None:
            raise FaultError(f"the date {text!r}", "a day such as 2024-06-19, or EDTF")
        return found

    def place(self, text: str) -> str:
        """A country's code, from code or name. Raises FaultError."""
        if text.upper() in self.codes:
            return text.upper()
        code = self.names.get(text.casefold(), NAMED)
        if code.startswith(NAMED):
            raise FaultError(f"the place {text!r}", "a country's code (MLI) or name")
        return code.split()[0]

    def side(self, text: str) -> tuple[str, ...] | None:
        """The parties of one side: "RUS; REB|RUS MIL". None for "*", which is not judged."""
        if text.strip() == NOT_JUDGED:
            return None
        return tuple(self.party(part) for part in text.split(";") if part.strip())

    def party(self, text: str) -> str:
        """A party in our words, alternatives between bars. Raises FaultError."""
        return "|".join(self._party(part.strip()) for part in text.split("|") if part.strip())

    def _party(self, text: str) -> str:
        if text.startswith(NAMED):
            return text
        words = _apart(text).split()
        codes = [w for w in words if w in self.codes or w in INTERNATIONAL or w in SECTORS]
        if len(codes) == len(words) and len(words) <= 3:
            return " ".join(words[:2])
        if text.casefold() in self.names:
            return self.names[text.casefold()]
        if len(text) == 3 and text.isupper() and text.isascii():
            near = [c for name, c in self.names.items() if name.startswith(text.casefold())]
            codes = sorted(set(near) & self.codes)[:3]
            do = f"Perhaps {' or '.join(codes)}." if codes else "Correct it."
            raise FaultError(f"the code {text!r}", "an ISO alpha-3 code, a bloc's or a sector", do)
        return NAMED + text


def _apart(text: str) -> str:
    """CAMEO's joined codes apart: RUSMIL is RUS MIL."""
    if text.isascii() and text.isupper() and text.isalpha() and len(text) in (6, 9):
        return " ".join(text[at : at + 3] for at in range(0, len(text), 3))
    return text


def one_of(kind: type[E], text: str, what: str) -> E:
    """A member of an enum by its value in any case. Raises FaultError with the nearest."""
    values = {member.value.casefold(): member for member in kind}
    found = values.get(text.strip().casefold())
    if found is None:
        near = difflib.get_close_matches(text.strip().casefold(), list(values), 1)
        do = f"Did you mean {values[near[0]].value}?" if near else "Rename it."
        raise FaultError(f"the {what} {text!r}", ", ".join(member.value for member in kind), do)
    return found
