"""Records of gold into texts: rows of a table, PLOVER records, or texts with their events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from foreigndesk.errors import UsageError
from foreigndesk.measure import plover
from foreigndesk.measure.columns import Columns, Row
from foreigndesk.measure.gold import GoldEvent, GoldText, Said
from foreigndesk.measure.known import NOT_JUDGED, TRUE, FaultError, Known, one_of
from foreigndesk.model import Stance, Status

SHOWN = 5


@dataclass(slots=True)
class Gold:
    """Texts of gold by their key, as they are read, and notes on what was left out."""

    texts: dict[str, GoldText] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    twice: int = 0

    def add(self, where: str, text: GoldText) -> None:
        """Add a text, or more events of one that is there. Raises FaultError."""
        key = text.id or text.text
        known = self.texts.get(key)
        if known is None:
            self.texts[key] = text if text.id else msgspec.structs.replace(text, id=where)
            return
        if known.text != text.text:
            raise FaultError(f"the id {text.id!r} with another text", "one text for each id")
        new = tuple(event for event in text.events if event not in known.events)
        self.twice += len(text.events) - len(new)
        self.texts[key] = msgspec.structs.replace(
            known, events=known.events + new, published=known.published or text.published
        )


def read_gold(rows: Sequence[Row], columns: Columns, known: Known, lenient: bool = False) -> Gold:
    """The gold of these records. A text without events is a record with an empty event type.

    Raises UsageError for records that are no gold, naming the first five and how many there are;
    `lenient` leaves them out with a note instead. A file without a column of texts or of event
    types is refused anyway.
    """
    gold = Gold()
    gold.notes += faultless(
        rows, lambda row: gold.add(row.where, text_of(row, columns, known)), lenient
    )
    if gold.twice:
        gold.notes.append(f"Events that stand twice in the gold, and count once: {gold.twice:,}.")
    return gold


def faultless(
    rows: Sequence[Row], take: Callable[[Row], object], lenient: bool | None
) -> list[str]:
    """Take each record; notes on those left out for a fault.

    Raises UsageError for them where not `lenient` (None: nor can it be), and where no record is
    without fault.
    """
    faults = []
    for row in rows:
        try:
            take(row)
        except FaultError as fault:
            faults.append(UsageError(row.where, fault.found, fault.expected, fault.do))
    if faults and (not lenient or len(faults) == len(rows)):
        raise _refused(faults, len(rows), lenient is False)
    return [f"Records left out: {len(faults):,}. {_told(faults)}."] if faults else []


def _told(faults: Sequence[UsageError]) -> str:
    """The first faults with their places, like ones together."""
    places: dict[str, list[str]] = {}
    for fault in faults:
        places.setdefault(fault.found, []).append(fault.where)
    told = [
        f"{where[0]}{f' and {len(where) - 1:,} more' if len(where) > 1 else ''}: {found}"
        for found, where in list(places.items())[:SHOWN]
    ]
    return "; ".join(told) + ("; ..." if len(places) > SHOWN else "")


def _refused(faults: Sequence[UsageError], number: int, leave_out: bool) -> UsageError:
    first = faults[0]
    if len(faults) == 1:
        return first
    return UsageError(
        first.where,
        f"{len(faults):,} faults in {number:,} records. {_told(faults)}",
        first.expected,
        f"{first.do}{' Or leave such records out: --lenient' if leave_out else ''}",
    )


def text_of(row: Row, columns: Columns, known: Known) -> GoldText:
    """The text of a record with its events; its id "" where it has none. Raises FaultError."""
    if isinstance(row.fields.get("events"), list):
        return _nested(row.fields, known)
    if plover.is_plover(row.fields):
        return plover.text(row, known)
    columns.need("text", row)
    columns.need("event_type", row)
    text = columns.value("text", row.fields)
    if not isinstance(text, str) or not text.strip():
        raise FaultError("an empty text", "the text that was judged")
    day = columns.text("published", row.fields)
    return GoldText(
        columns.text("id", row.fields) or "",
        text,
        tuple(_event(row, columns, known)),
        known.date(day) if day else None,
    )


def _nested(fields: Any, known: Known) -> GoldText:
    """A text with its events as objects. Raises FaultError."""
    names = set(GoldText.__struct_fields__)
    kept = {key: value for key, value in fields.items() if key in names}
    try:
        text = msgspec.convert({"id": ""} | kept, GoldText, strict=False)
    except msgspec.ValidationError as error:
        raise FaultError(str(error), '{"text": "...", "events": [{"event_type": ...}]}') from error
    events = tuple(
        msgspec.structs.replace(event, event_type=known.labels.of(event.event_type))
        for event in text.events
    )
    for event in events:
        if event.event_mode:
            known.mode(event.event_type, event.event_mode)
        for party in (*(event.actor or ()), *(event.recipient or ())):
            known.party(party)
    return msgspec.structs.replace(text, events=events)


def _event(row: Row, columns: Columns, known: Known) -> Iterable[GoldEvent]:
    """The event of a row, none where its type is empty."""
    kind = columns.text("event_type", row.fields)
    if kind is None:
        return
    mode = columns.text("event_mode", row.fields)
    event, mode = known.kind(kind, mode if mode != NOT_JUDGED else None)
    status = columns.text("status", row.fields)
    date, place = columns.text("date", row.fields), columns.text("place", row.fields)
    yield GoldEvent(
        event_type=event,
        event_mode=mode,
        actor=_side("actor", row, columns, known),
        recipient=_side("recipient", row, columns, known),
        trigger=_trigger(row, columns),
        status=one_of(Status, status, "status") if status and status != NOT_JUDGED else None,
        attribution=_said(row, columns, known),
        date=known.date(date) if date and date != NOT_JUDGED else None,
        place=known.place(place) if place and place != NOT_JUDGED else None,
        symmetric=_flag("symmetric", row, columns),
        optional=_flag("optional", row, columns),
    )


def _side(name: str, row: Row, columns: Columns, known: Known) -> tuple[str, ...] | None:
    """A side: None where the gold has no such column; nobody where it is empty."""
    value = columns.value(name, row.fields)
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(known.party(str(each)) for each in value)
    return known.side(str(value))


def _trigger(row: Row, columns: Columns) -> str | None:
    trigger = columns.text("trigger", row.fields)
    if trigger and trigger not in str(columns.value("text", row.fields)):
        raise FaultError(f"the trigger {trigger!r}", "words as they stand in the text")
    return trigger


def _said(row: Row, columns: Columns, known: Known) -> tuple[Said, ...] | None:
    """Who says so: None where the gold has no such column; nobody where both are empty."""
    if not columns.has("stance", row.fields):
        return None
    stance = columns.text("stance", row.fields)
    speaker = columns.text("speaker", row.fields)
    if NOT_JUDGED in (stance, speaker):
        return None
    if stance is None:
        return ()
    return (Said(known.party(speaker) if speaker else None, one_of(Stance, stance, "stance")),)


def _flag(name: str, row: Row, columns: Columns) -> bool:
    return (columns.text(name, row.fields) or "").casefold() in TRUE
