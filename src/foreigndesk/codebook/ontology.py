"""PLOVER as data: event types, their modes, quad classes, intensities and contexts.

Source: PLOVER manual, draft 2.0 (Open Event Data Alliance); CAMEO codes from Schrodt's CAMEO
manual 1.1b3 and the project's own mapping of modes to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.errors import CodebookError
from foreigndesk.model import EventType

OWN_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
"""A type of one's own: capitals and digits, parts joined by hyphens."""


class Mode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mode of an event type: `score` on PLOVER's scale (-10 to 10), default CAMEO code.

    `quad`: its class where that is not its type's, 1 to 4.
    """

    score: float
    cameo: str | None = None
    quad: int | None = None


class TypeEntry(Entry, frozen=True, kw_only=True):
    """An event type: `quad` class 1 to 4, `score` -10 to 10, default CAMEO root.

    `on_place`: where nobody is named to whom it is done, it is done to where it is done ("shelled
    a plant in Kharkiv", "imposed a curfew in Guayaquil").

    With `under`, it is a type of one's own, a kind of one of PLOVER's: SABOTAGE under ASSAULT.
    Reports of it bear PLOVER's type and, as their mode, its name in lower case ("sabotage"), with
    a mode of its own behind a stroke ("sabotage/cable"). Where it gives no quad class or CAMEO
    code, those of the type that it stands under hold.
    """

    event: str
    under: EventType | None = None
    quad: int | None = None
    score: float
    cameo: str | None = None
    modes: dict[str, Mode] = {}
    on_place: bool = False


@dataclass(frozen=True, slots=True)
class PloverType:
    """One of PLOVER's types, with the modes that types of one's own add to it."""

    quad: int
    score: float
    cameo: str
    modes: dict[str, Mode]
    on_place: bool


class ContextEntry(Entry, frozen=True, kw_only=True):
    """A PLOVER context and the lemmas in a report's clause that show it."""

    context: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """The event types by name, and the contexts by the lemma that shows them."""

    types: dict[EventType, PloverType]
    contexts: dict[str, tuple[str, ...]]

    def quad(self, event: EventType, mode: str | None = None) -> int:
        """The quad class of a mode where it has one, else of the type: 1 to 4."""
        found = self.types[event].modes.get(mode) if mode else None
        return (found.quad if found else None) or self.types[event].quad

    def intensity(self, event: EventType, mode: str | None) -> float:
        """The mode's score where the mode has one, else the type's: -10 to 10."""
        entry = self.types[event]
        found = entry.modes.get(mode) if mode else None
        return found.score if found else entry.score

    def cameo(self, event: EventType, mode: str | None) -> str:
        """The CAMEO code that a type and mode fall under when no entry says a finer one."""
        entry = self.types[event]
        found = entry.modes.get(mode) if mode else None
        return (found.cameo if found else None) or entry.cameo


def ontology(codebook: Codebook) -> Ontology:
    """The ontology of a codebook. Raises CodebookError on a damaged file."""
    entries = codebook.entries("ontology", TypeEntry)
    own: dict[EventType, list[TypeEntry]] = {}
    for entry in entries:
        if entry.under is not None:
            own.setdefault(entry.under, []).append(entry)
    types = {
        _plover(entry): _merged(entry, own.get(_plover(entry), ()))
        for entry in entries
        if entry.under is None
    }
    table: dict[str, list[str]] = {}
    for context in codebook.entries("contexts", ContextEntry):
        for word in context.words:
            table.setdefault(word, []).append(context.context)
    return Ontology(types, {word: tuple(found) for word, found in table.items()})


def own_types(codebook: Codebook) -> dict[str, TypeEntry]:
    """The types of one's own by name. Raises CodebookError as `Codebook.entries` does."""
    entries = codebook.entries("ontology", TypeEntry)
    return {entry.event: entry for entry in entries if entry.under is not None}


def mode_name(own: str, mode: str | None = None) -> str:
    """The mode that reports of a type of one's own bear: "sabotage", "sabotage/cable"."""
    return f"{own.lower()}/{mode}" if mode else own.lower()


def _plover(entry: TypeEntry) -> EventType:
    if entry.event not in EventType.__members__:
        raise CodebookError(
            f"ontology entry {entry.id}",
            f"the event type {entry.event!r}, which is none of PLOVER's, without `under`",
            "`under` with the type of PLOVER's that it is a kind of",
            f"Add, say, `under: ASSAULT`; the types are {', '.join(EventType)}.",
        )
    return EventType(entry.event)


def _merged(entry: TypeEntry, own: Iterable[TypeEntry]) -> PloverType:
    if entry.quad is None or entry.cameo is None:
        raise CodebookError(
            f"ontology entry {entry.id}", "no quad class or CAMEO code", "both", "Add them."
        )
    modes = dict(entry.modes)
    for each in own:
        modes.update(_modes(each))
    return PloverType(entry.quad, entry.score, entry.cameo, modes, entry.on_place)


def _modes(own: TypeEntry) -> Iterator[tuple[str, Mode]]:
    """The modes under PLOVER's type that a type of one's own stands for."""
    yield mode_name(own.event), Mode(own.score, own.cameo, own.quad)
    for name, mode in own.modes.items():
        whole = Mode(mode.score, mode.cameo or own.cameo, mode.quad or own.quad)
        yield mode_name(own.event, name), whole
