"""The task "pair": the one relation that a text states between two marked actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from foreigndesk.measure.columns import Columns, Row
from foreigndesk.measure.found import Coded
from foreigndesk.measure.gold import GoldText
from foreigndesk.measure.known import FaultError, Known
from foreigndesk.measure.reading import faultless, text_of
from foreigndesk.model import PairRelation

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with one event, and where its actor and its recipient stand, half-open.

    The event's trigger is the whole text and its sides are not judged, so that whatever relation is
    found is compared with it.
    """

    gold: GoldText
    actor: Span
    recipient: Span


def read_pairs(
    rows: Sequence[Row], columns: Columns, known: Known, lenient: bool = False
) -> tuple[list[Marked], list[str]]:
    """The gold's texts with their marked actors, one a record, and notes on what was left out.

    The marks are in "pair": {"actor": [start, end], "recipient": [start, end]}, or they are the
    words in actor_text and recipient_text (of PLOVER, in the entities), the first time that these
    stand in the text. Records without an event are left out. Raises UsageError as `read_gold` does.
    """
    found: list[Marked] = []
    empty: list[str] = []

    def take(row: Row) -> None:
        text = text_of(row, columns, known)
        if len(text.events) != 1:
            empty.append(row.where)
            return
        sides = [_span(side, row, columns, text.text) for side in ("actor", "recipient")]
        found.append(Marked(_judged(text, row.where), sides[0], sides[1]))

    notes = faultless(rows, take, lenient)
    if empty:
        notes.append(f"Records left out, without just one event: {len(empty):,} ({empty[0]}).")
    return found, notes


def _judged(text: GoldText, where: str) -> GoldText:
    event = msgspec.structs.replace(text.events[0], actor=None, recipient=None, trigger=text.text)
    return msgspec.structs.replace(text, id=text.id or where, events=(event,))


def _span(side: str, row: Row, columns: Columns, text: str) -> Span:
    """Where a side is marked. Raises FaultError where it is not."""
    pair = row.fields.get("pair")
    if isinstance(pair, dict):
        return _offsets(pair.get(side), len(text))
    words = columns.text(f"{side}_text", row.fields) or _entity(row.fields.get(side))
    start = text.find(words) if words else -1
    if start < 0 or not words:
        raise FaultError(
            f"the {side} {words!r}, which does not stand in the text" if words else f"no {side}",
            f'its words in {side}_text, or "pair": {{"{side}": [start, end]}}',
        )
    return start, start + len(words)


def _offsets(given: Any, length: int) -> Span:
    try:
        start, end = given
        if 0 <= start < end <= length:
            return start, end
    except (TypeError, ValueError):
        pass
    raise FaultError(f"the marks {given!r}", f"[start, end] within 0 to {length}")


def _entity(entities: Any) -> str | None:
    """The words of PLOVER's first entity."""
    first = entities[0] if isinstance(entities, list) and entities else None
    return str(first.get("entity_text") or "") if isinstance(first, dict) else None


def related(text: GoldText, relation: PairRelation | None) -> tuple[Coded, ...]:
    """A relation found between the marked actors as the one event of the text."""
    if relation is None:
        return ()
    return (
        Coded(
            event_type=relation.event_type.value,
            event_mode=relation.event_mode,
            actor=(),
            recipient=(),
            symmetric=False,
            trigger=text.text,
            start=0,
            end=len(text.text),
            status=relation.status.value,
            attribution=(),
            date=None,
            place=None,
            confidence=relation.confidence,
            rule=relation.rule,
            evidence=text.text,
        ),
    )
