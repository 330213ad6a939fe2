"""Promises as iCalendar (RFC 5545): what is due when, by the icalendar library."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO

from icalendar import Calendar, Event

from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.lists import promises
from foreigndesk.ledger.desk import Desk

_STATUS = {"kept": "CONFIRMED", "called off": "CANCELLED", "broken": "CANCELLED"}


def write_calendar(desk: Desk, filters: Filters | None, out: BinaryIO) -> int:
    """Write each promise whose day is known as an all-day entry; how many there are."""
    calendar = Calendar()
    calendar.add("prodid", "-//Foreign Desk//promises//EN")
    calendar.add("version", "2.0")
    found = 0
    for row in promises(desk, filters).to_pylist():
        entry = _entry(row)
        if entry is not None:
            calendar.add_component(entry)
            found += 1
    out.write(calendar.to_ical())
    return found


def _entry(row: dict[str, str | None]) -> Event | None:
    first, _, last = (row["due"] or "").partition("/")
    if not first:
        return None
    entry = Event()
    entry.add("uid", f"{row['promise_id']}@foreigndesk")
    entry.add("dtstamp", _stamp(row["made"] or first))
    entry.add("dtstart", date.fromisoformat(first))
    entry.add("dtend", date.fromisoformat(last or first) + timedelta(days=1))
    entry.add("summary", f"{row['event']} ({row['outcome']})")
    entry.add("description", row["evidence"] or "")
    entry.add("status", _STATUS.get(row["outcome"] or "", "TENTATIVE"))
    entry.add("categories", [row["event_type"] or "", row["outcome"] or ""])
    return entry


def _stamp(day: str) -> datetime:
    """When it was promised: the same in every export, where RFC 5545 wants a time."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
