"""The gold events: one text a line, with what a careful PLOVER coder reads in it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TypeVar

import msgspec

from foreigndesk.codebook.actors import Actor
from foreigndesk.codebook.load import open_codebook
from foreigndesk.codebook.ontology import ontology
from foreigndesk.measure.gold import INTERNATIONAL, SECTORS, GoldEvent, GoldText
from foreigndesk.model import EventType

T = TypeVar("T")

HERE = Path(__file__).parent
EVENTS = HERE / "gold" / "events.jsonl"
HALVES = ("dev", "test")
_DAY = r"(\d{4}|XXXX)(-\d{2}(-\d{2})?)?"
_EDTF = re.compile(rf"{_DAY}(/{_DAY})?")


def half_of(name: str) -> str:
    """The half of the gold that the text of that id is in, fixed by a hash of its id."""
    return HALVES[hashlib.sha256(name.encode()).digest()[0] % 2]


def read_gold(path: Path = EVENTS) -> tuple[GoldText, ...]:
    """All texts of a gold file. Raises ValueError naming the line that is no gold text."""
    return read_lines(path, GoldText)


def read_lines(path: Path, record: type[T]) -> tuple[T, ...]:
    """The records of a file of JSON lines. Raises ValueError naming the line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(msgspec.json.decode(line, type=record))
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return tuple(found)


def faults(texts: tuple[GoldText, ...]) -> list[str]:
    """What is wrong with the gold, each as a sentence that starts with the id of the text."""
    codes, modes = _codes(), _modes()
    found = [f"{t.id}: the id stands twice" for t in texts if _times(t.id, texts) > 1]
    for text in texts:
        for event in text.events:
            found += [f"{text.id}: {fault}" for fault in _faults(event, text, codes, modes)]
    return found


def _times(name: str, texts: tuple[GoldText, ...]) -> int:
    return sum(text.id == name for text in texts)


def _codes() -> frozenset[str]:
    actors = open_codebook(None).entries("actors", Actor)
    return frozenset(actor.code for actor in actors if actor.code) | INTERNATIONAL


def _modes() -> dict[EventType, frozenset[str]]:
    types = ontology(open_codebook(None)).types
    return {event: frozenset(entry.modes) for event, entry in types.items()}


def _faults(
    event: GoldEvent,
    text: GoldText,
    codes: frozenset[str],
    modes: dict[EventType, frozenset[str]],
) -> list[str]:
    speakers = [said.speaker for said in event.attribution or () if said.speaker]
    parties = [*(event.actor or ()), *(event.recipient or ()), *speakers]
    words = {word for party in parties for word in party.replace("|", " ").split()}
    found = [f"{word!r} is no code or sector" for word in sorted(words - codes - SECTORS)]
    if event.trigger is None or event.trigger not in text.text:
        found.append(f"the trigger {event.trigger!r} does not stand in the text")
    if event.event_mode and event.event_mode not in modes[event.event_type]:
        found.append(f"{event.event_type} has no mode {event.event_mode!r}")
    if event.date and not _EDTF.fullmatch(event.date):
        found.append(f"{event.date!r} is no EDTF date")
    if event.place and event.place not in codes:
        found.append(f"the place {event.place!r} is no country code")
    return found
