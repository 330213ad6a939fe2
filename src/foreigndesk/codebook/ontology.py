"""PLOVER as data: event types, their modes, quad classes, intensities and contexts.

Source: PLOVER manual, draft 2.0 (Open Event Data Alliance); CAMEO codes from Schrodt's CAMEO
manual 1.1b3 and the project's own mapping of modes to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.model import EventType


class Mode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mode of an event type: `score` on PLOVER's scale (-10 to 10), default CAMEO code."""

    score: float
    cameo: str | None = None


class TypeEntry(Entry, frozen=True, kw_only=True):
    """An event type: `quad` class 1 to 4, `score` -10 to 10, default CAMEO root.

    `on_place`: where nobody is named to whom it is done, it is done to where it is done ("shelled
    a plant in Kharkiv", "imposed a curfew in Guayaquil").
    """

    event: EventType
    quad: int
    score: float
    cameo: str
    modes: dict[str, Mode] = {}
    on_place: bool = False


class ContextEntry(Entry, frozen=True, kw_only=True):
    """A PLOVER context and the lemmas in a report's clause that show it."""

    context: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """The event types by name, and the contexts by the lemma that shows them."""

    types: dict[EventType, TypeEntry]
    contexts: dict[str, tuple[str, ...]]

    def quad(self, event: EventType) -> int:
        """The quad class of a type, 1 to 4."""
        return self.types[event].quad

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
    types = {entry.event: entry for entry in codebook.entries("ontology", TypeEntry)}
    table: dict[str, list[str]] = {}
    for entry in codebook.entries("contexts", ContextEntry):
        for word in entry.words:
            table.setdefault(word, []).append(entry.context)
    return Ontology(types, {word: tuple(found) for word, found in table.items()})
