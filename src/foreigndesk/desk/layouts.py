"""How the rows of each question of the ledger are laid out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foreigndesk.desk.tables import Column, Row, short_id, shorten


def _text(name: str) -> Column:
    return Column(name.replace("_", " "), lambda row: str(_or(row, name)))


def _number(name: str, head: str | None = None, from_width: int = 0) -> Column:
    return Column(head or name, lambda row: str(_or(row, name)), right=True, from_width=from_width)


def _or(row: Row, name: str) -> object:
    value = row.get(name)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.1f}"
    return "" if value is None else value


def _id(name: str) -> Column:
    return Column("id", lambda row: short_id(row.get(name)))


def _day(row: Row) -> str:
    """The event's date; where it has none, when it was told, in brackets."""
    date = row.get("date")
    if date:
        return str(date).replace("/", "/\n")
    return f"({row['told']})".replace("/", "/\n") if row.get("told") else "undated"


def _happening(row: Row) -> str:
    kind = f"{row['event_type']} {row['event_mode'] or ''}".strip()
    sides = f"{_or(row, 'actors') or '?'}"
    if row.get("recipients"):
        sides += f" → {_or(row, 'recipients')}"
    return f"{kind}: {sides}\n{shorten(row.get('evidence'))}"


def _standing(row: Row) -> str:
    count = row.get("stories") or 0
    return f"{row['standing']}\n{count} {'story' if count == 1 else 'stories'}"


TIMELINE = (
    Column("date", _day),
    Column("what", _happening, flexible=True),
    Column("place", lambda row: str(_or(row, "place")), from_width=110),
    Column("standing", _standing),
    _id("event_id"),
)

CLAIMS = (
    Column("told", lambda row: str(_or(row, "told") or "undated")),
    Column("who says", lambda row: f"{row.get('speaker') or 'unnamed'}\n{row['stance']}"),
    Column("what", lambda row: f"{row['event']}\n{shorten(row.get('evidence'))}", flexible=True),
    Column("outlet", lambda row: str(_or(row, "outlet")), from_width=110),
    _id("event_id"),
)

PROMISES = (
    Column("made", lambda row: str(_or(row, "made") or "undated")),
    Column("what", lambda row: f"{row['event']}\n{shorten(row.get('evidence'))}", flexible=True),
    Column("due", lambda row: str(_or(row, "due")).replace("/", "/\n"), from_width=90),
    Column("outcome", lambda row: str(row["outcome"])),
    Column("kept by", lambda row: short_id(row.get("kept_by")), from_width=100),
    _id("event_id"),
)

DISCREPANCIES = (
    Column("kind", lambda row: str(row["kind"])),
    Column(
        "one says",
        lambda row: f"{row['says_first']}\n{shorten(row.get('evidence_first'))}",
        flexible=True,
    ),
    Column(
        "another says",
        lambda row: f"{row['says_second']}\n{shorten(row.get('evidence_second'))}",
        flexible=True,
    ),
    Column("what would settle it", lambda row: str(row["settle"]), flexible=True, from_width=120),
    _id("event_id"),
)


def dyads_layout(chosen: Mapping[str, Any]) -> tuple[Column, ...]:
    """Of dyads, by the period that was chosen."""
    return (
        Column(chosen["by"], lambda row: str(_or(row, chosen["by"]) or "unknown")),
        _text("source"),
        _text("target"),
        _number("quad1", "verbal\ncoop."),
        _number("quad2", "material\ncoop."),
        _number("quad3", "verbal\nconfl."),
        _number("quad4", "material\nconfl."),
        _number("mean_intensity", "mean\nintensity"),
    )


def network_layout(chosen: Mapping[str, Any]) -> tuple[Column, ...]:
    """Of the network, by period if one was chosen."""
    period = chosen["by"]
    first = (Column(period, lambda row: str(_or(row, period) or "unknown")),) if period else ()
    return (
        *first,
        _text("one"),
        _text("other"),
        _number("events"),
        _number("positive"),
        _number("negative"),
        _number("mean_intensity", "mean\nintensity"),
        Column("sign", lambda row: {1: "+", 0: "0", -1: "-"}[row["sign"]], right=True),
    )


_PERIOD = Column("period", lambda row: str(_or(row, "period") or "all"))
BLOCS = (
    _PERIOD,
    _number("bloc"),
    Column("states", lambda row: str(_or(row, "states")), flexible=True),
    _number("events_within", "events\nwithin"),
    _number("events_between", "with\nothers"),
)

BALANCE = (
    _PERIOD,
    _number("states"),
    _number("ties"),
    _number("positive"),
    _number("negative"),
    _number("triangles"),
    _number("balanced"),
    Column("balance", lambda row: "" if row["balance"] is None else f"{row['balance']:.2f}",
           right=True),
)  # fmt: skip

_QUAD = {1: "verbal coop.", 2: "material coop.", 3: "verbal confl.", 4: "material confl."}
RESPONSES = (
    _text("source"),
    _text("target"),
    Column("action", lambda row: _QUAD[row["quad"]].replace(" ", "\n")),
    _number("actions"),
    _number("answered"),
    *(_number(f"then_quad{n}", f"quad\n{n}", 100) for n in (1, 2, 3, 4)),
    _number("median_days", "median\ndays"),
    Column("usual", lambda row: "" if row["usual"] is None else f"{row['usual']:.2f}", right=True),
)

COVERAGE = (
    Column("event", lambda row: f"{row['event']}\n{row['date'] or ''}", flexible=True),
    Column("outlet", lambda row: str(row["outlet"])),
    Column("tells", lambda row: "tells" if row["tells"] else "omits"),
    Column("words", lambda row: f"{_or(row, 'words')}\n{shorten(row.get('evidence'))}",
           flexible=True),
    _id("event_id"),
)  # fmt: skip

SOURCES = (
    Column("outlet", lambda row: str(_or(row, "outlet") or "unknown"), flexible=True),
    _number("articles"),
    _number("copies"),
    _number("stories"),
    _number("reports"),
    _number("events"),
    _number("alone"),
)
