"""Results as text, for a terminal and for logs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foreigndesk.desk import layouts
from foreigndesk.desk.tables import Column, Row, clean, rendered, shorten, width
from foreigndesk.notebook.kinds import Answer, CodedText, ManyTexts
from foreigndesk.notebook.lines import Cell, Line, Tidy, headline, names
from foreigndesk.notebook.tidy import tidy

ROWS = 10
"""Rows that a result prints."""


_AS_COMMANDS = {
    "timeline": "TIMELINE", "promises": "PROMISES", "dyads": "dyads_layout",
    "network": "network_layout", "blocs": "BLOCS", "balance": "BALANCE", "responses": "RESPONSES",
    "coverage": "COVERAGE", "sources": "SOURCES",
}  # fmt: skip
"""The questions that print as the commands of their names do, and the layouts of these."""

_WIDE = {"what", "of what", "one says", "another says", "title", "story", "who says so"}
"""The columns that share what width is left."""
_WIDE_SCREENS = {"where": 100, "what would settle it": 120}
"""Columns that are shown only on terminals of at least so many characters."""


def result(found: Answer) -> str:
    """A result's first rows as a table that fits the terminal."""
    table = tidy(found, ROWS)
    if not table.rows:
        return clean(table.title)
    if found.question.name in _AS_COMMANDS:
        layout = getattr(layouts, _AS_COMMANDS[found.question.name])
        columns = layout(found.question.given) if callable(layout) else layout
        return _text(table, found[:ROWS].records(), columns)
    return _text(table, [{"cells": row} for row in table.rows], _columns(table))


def desk(path: str | Path) -> str:
    """A desk in a line, with what it holds."""
    return f"OpenDesk({str(path)!r}): {held(path)}"


def held(path: str | Path) -> str:
    """What a desk holds, in words."""
    from foreigndesk.analysis.browse import counts
    from foreigndesk.errors import ForeignDeskError
    from foreigndesk.ledger.desk import Desk

    try:
        found = counts(Desk.open(path))
    except ForeignDeskError:
        there = (Path(path) / "desk.toml").exists()
        return "no ledger yet" if there else "no desk there yet"
    return ", ".join(f"{n:,} {what}" for what, n in found.items())


def coded(found: CodedText) -> str:
    """A coded text: its beginning, then a line for each report."""
    if found.error is not None:
        return f"Coded(error): {clean(found.error)}"
    said = [
        f"  {headline(r.event_type, r.event_mode, names(r.actor), names(r.recipient)).text}"
        f" ({r.status}{', ' + r.date.edtf if r.date.edtf else ''})"
        for r in found.reports
    ]
    text = clean(shorten(found.text, 100))
    return clean("\n".join([f"Coded: {_counted(len(found.reports), 'report')} in {text!r}", *said]))


def coded_texts(found: ManyTexts) -> str:
    """Many coded texts, in a line."""
    errors = len(found.errors)
    reports = sum(len(each.reports) for each in found)
    bad = f", {errors:,} could not be coded" if errors else ""
    return f"{_counted(len(found), 'text')}, {_counted(reports, 'report')}{bad}"


def _text(table: Tidy, rows: Sequence[Row], columns: Sequence[Column]) -> str:
    grid = rendered(rows, columns, width()).rstrip("\n")
    more = f"... and {table.more:,} more" if table.more else ""
    return "\n".join(part for part in (clean(table.title), grid, more) if part)


def _columns(table: Tidy) -> list[Column]:
    return [
        Column(
            head,
            _filler(place),
            flexible=head in _WIDE,
            from_width=_WIDE_SCREENS.get(head, 0),
            right=head in table.numbers,
        )
        for place, head in enumerate(table.heads)
    ]


def _filler(place: int) -> Any:
    def fill(row: Row) -> str:
        found: Cell = row["cells"][place]
        return "\n".join(_words(line) for line in found)

    return fill


def _words(line: Line) -> str:
    """A line in words; a span of days over two lines."""
    return line.text.replace(" / ", "/\n") if line.kind == "day" else shorten(line.text)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
