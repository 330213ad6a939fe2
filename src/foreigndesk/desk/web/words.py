"""Words and signs for values, as pages show them; colour never stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from foreigndesk.desk.web.asked import segment
from foreigndesk.ledger.parties import fold
from foreigndesk.model import EventDate, EventType, Mention, Stance, Standing, Status

STANDING = {
    "planned": "○", "alleged": "◔", "contested": "⇄", "reported": "◑", "corroborated": "●",
}  # fmt: skip
OUTCOME = {"kept": "●", "broken": "✕", "open": "○", "overdue": "!", "called off": "–"}
STANCE = {"asserts": "+", "reports": "+", "alleges": "?", "doubts": "~", "denies": "−"}
QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
SIGNS = {1: "+", 2: "++", 3: "−", 4: "−−"}
"""A quad class in short."""
TYPES, STANDINGS = tuple(EventType), tuple(Standing)
STATUSES, STANCES = tuple(Status), tuple(Stance)
FOR = frozenset({"asserts", "alleges", "reports"})
"""The stances of those who say that it happened."""
OUTCOMES = tuple(OUTCOME)


def day(row: Mapping[str, Any]) -> str:
    """An event's date; where it has none, when it was told, in brackets."""
    if row.get("date"):
        return str(row["date"]).replace("/", " / ")
    return f"({row['told']})" if row.get("told") else "undated"


def number(value: float | int | None) -> str:
    """A number with thousands set apart; a mean with one decimal."""
    if value is None:
        return ""
    return f"{value:,.1f}".replace("-", "−") if isinstance(value, float) else f"{value:,}"


def mention(value: Mention) -> str:
    """An actor's name as known, else as it stands."""
    return value.name or value.text


def key(value: Mention) -> str:
    """By what an actor's page is found: its id, else its name as the filters know it."""
    return value.actor_id or fold(value.name or value.text)


def actor_link(value: str) -> str:
    """The address of an actor's page."""
    return f"/actor/{segment(value)}"


def name_link(name: str) -> str:
    """The address of the page of an actor of that name."""
    return actor_link(fold(name))


def dyad_link(one: str, other: str) -> str:
    """The address of a pair's page."""
    return f"/dyad/{segment(one)}/{segment(other)}"


def one_line(text: str | None) -> str:
    """Running text: white space made single."""
    return " ".join((text or "").split())


def when(date: EventDate) -> str:
    """A date with what it rests on."""
    if not date.edtf:
        return "not said"
    words = f", from “{one_line(date.text)}”" if date.text else ""
    return f"{date.edtf} ({date.basis}{words})"


def web(address: str | None) -> str | None:
    """An address that may be made a link: the web's only, never a script's."""
    try:
        return address if address and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(values: Iterable[str]) -> str:
    """Values with commas."""
    return ", ".join(values)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day, "number": number, "mention": mention, "key": key, "one_line": one_line,
    "when": when, "web": web, "plural": plural, "listed": listed, "actor_link": actor_link,
    "name_link": name_link,
}  # fmt: skip
