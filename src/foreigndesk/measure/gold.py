"""Gold: texts with the events that a careful coder reads in them."""

from __future__ import annotations

import re

import msgspec

from foreigndesk.model import EventType, Stance, Status

SECTORS = frozenset(
    re.findall(
        r"\w+",
        "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED OPP PRE "
        "REF REL SOC",
    )
)
"""PLOVER's sectors."""
INTERNATIONAL = frozenset(("IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC", "NATO", "WEST"))
"""Codes in place of a country's for those that have none."""
NAMED = "="
"""What a party begins with that is told by name, for want of a code: "=Boko Haram"."""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An attribution: `speaker` is a party, None for an unnamed source."""

    speaker: str | None
    stance: Stance


class GoldEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that the text states.

    A party is a code, a sector or both ("RUS", "REB", "RUS MIL"), or a name after "=", or several
    of them between bars where more than one is right; no party means that nobody must be coded. A
    field that is None (but for the mode of types without modes) is not judged.
    An `optional` event may be coded or not; if it is, its details count, the event does not.
    `symmetric`: the two sides may change places.
    """

    event_type: EventType
    event_mode: str | None = None
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    trigger: str | None = None
    status: Status | None = None
    attribution: tuple[Said, ...] | None = None
    date: str | None = None
    place: str | None = None
    symmetric: bool = False
    optional: bool = False


class GoldText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text with its events; `traps` says what in it is easily coded wrong.

    `published` is its publication date in EDTF, None if unknown.
    """

    id: str
    text: str
    events: tuple[GoldEvent, ...]
    published: str | None = None
    traps: tuple[str, ...] = ()
