"""What the reading of one article needs beside its sentences."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.coding.homelands import Homelands
from foreigndesk.coding.lexicon import Lexicon
from foreigndesk.coding.names import Names
from foreigndesk.coding.offices import Offices


@dataclass(frozen=True, slots=True)
class Setting:
    """The words, the offices and the day; `supported` are ids that the text names surely.

    `abroad`: it names a state surely, so that a doubtful name where an actor stands is a state's.
    """

    lexicon: Lexicon
    names: Names
    offices: Offices
    homelands: Homelands
    published: str | None
    supported: frozenset[str] = frozenset()
    abroad: bool = False
