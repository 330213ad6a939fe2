"""What the readers of other data sets share: cells, days, numbers, sides of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from foreigndesk.exchange.codes import Cameo, cameo_of, scores
from foreigndesk.ledger.rows import keys
from foreigndesk.model import Mention

Cells = Mapping[str, str]
"""A line's cells by column, the columns' names in small letters and digits only."""
Row = dict[str, Any]
Notes = Counter[str]
"""What was put right or left unknown on the way, with how often."""
Read = Callable[[Cells, Notes], Iterable[Row]]
"""The rows of a line: one for each pair of an event's sides."""
_UNKNOWN = {"", "none", "null", "na", "n/a", "nan", "---", "--", "-99"}


class BadLineError(Exception):
    """A line that holds no event that can be taken over; its text says why."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who acts, or to whom: `code` is ours (ISO alpha-3, UNO, EUR ...), `given` the file's."""

    name: str | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()
    given: str | None = None


def text(cells: Cells, column: str) -> str | None:
    """A cell, None where it is empty or says that it is unknown ("None", "NULL", "---")."""
    value = cells.get(column, "").strip()
    return None if value.casefold() in _UNKNOWN else value


def day(cells: Cells, column: str, notes: Notes) -> str | None:
    """A cell's ISO day, of YYYYMMDD or YYYY-MM-DD with whatever follows; None where it is empty.

    Raises BadLineError where it is no day.
    """
    value = cells.get(column, "").strip()
    if not value:
        notes["events without a day: kept, but compared with nothing"] += 1
        return None
    found = _iso(value[:10] if "-" in value else value[:8])
    if found is None:
        raise BadLineError(f"{column} {value[:40]!r} is no day")
    return found


@lru_cache(maxsize=5_000)
def _iso(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def day_or_none(cells: Cells, column: str, notes: Notes) -> str | None:
    """A cell's ISO day, None where there is none; one that cannot be read is noted."""
    if text(cells, column) is None:
        return None
    try:
        return day(cells, column, notes)
    except BadLineError:
        notes[f"{column} is no day: left unknown"] += 1
        return None


def number(cells: Cells, column: str, notes: Notes) -> float | None:
    """A cell's number, None where there is none; one that cannot be read is noted."""
    value = text(cells, column)
    if value is None:
        return None
    try:
        found = float(value)
    except ValueError:
        found = float("nan")
    if found != found or abs(found) == float("inf"):
        notes[f"{column} is no number: left unknown"] += 1
        return None
    return found


def whole(cells: Cells, column: str, notes: Notes) -> int | None:
    """A cell's whole number, None where there is none."""
    found = number(cells, column, notes)
    return None if found is None else int(found)


def coordinates(
    cells: Cells, columns: tuple[str, str], notes: Notes
) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees (WGS 84), both or neither."""
    lat, lon = (number(cells, column, notes) for column in columns)
    if lat is None or lon is None:
        return None, None
    if abs(lat) > 90 or abs(lon) > 180:
        notes["coordinates outside the world: left unknown"] += 1
        return None, None
    return lat, lon


def cameo(value: str, notes: Notes) -> Cameo:
    """What a CAMEO code of an event says. Raises BadLineError on one that is none.

    An event's code has three digits or four, so that "42", of a file that went through a
    spreadsheet, is "042", and "841" is "0841".
    """
    code = value.strip()
    cut = len(code) == 2 or (len(code) == 3 and code > "209")
    found = cameo_of(f"0{code}" if cut else code)
    if found is None or not code.isascii():
        raise BadLineError(f"{value[:20]!r} is no CAMEO code")
    if cut:
        code = f"0{code}"
        notes["CAMEO codes had lost their first 0: put back"] += 1
    return Cameo(code, found.event_type, found.event_mode, found.goldstein, found.label)


def of_cameo(found: Cameo) -> Row:
    """The columns that follow from a CAMEO code; of one without PLOVER type, CAMEO's own quad."""
    row: Row = {
        "cameo": found.code,
        "event_type": found.event_type,
        "event_mode": found.event_mode,
        "text": found.label,
    }
    quad, intensity = found.quad, None
    if found.event_type is not None:
        quad, intensity = scores(found.event_type, found.event_mode)
    return row | {"quad": quad, "intensity": intensity}


def sides(actor: Side, recipient: Side) -> Row:
    """The columns of both sides."""
    return _side("actor", actor) | _side("recipient", recipient)


def _side(name: str, side: Side) -> Row:
    return {
        name: side.name,
        f"{name}_code": side.code,
        f"{name}_sectors": list(side.sectors),
        f"{name}_given": side.given,
        f"{name}_keys": list(_keys(side.name, side.code)),
    }


@lru_cache(maxsize=50_000)
def _keys(name: str | None, code: str | None) -> tuple[str, ...]:
    """What a filter may name the side by."""
    if name is None and code is None:
        return ()
    mention = Mention(0, 0, name or "", name, code, None, None)
    return tuple(key for key in keys([mention]) if key)
