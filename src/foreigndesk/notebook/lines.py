"""Of what a table that is read is made: cells of lines, each of pieces with their words' roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foreigndesk.desk.web.marks import Piece, of_evidence
from foreigndesk.model import Mention, Report


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell. `kind`: text, head, dim, label (a status), day, or code (an id)."""

    pieces: tuple[Piece, ...]
    kind: str = "text"

    @property
    def text(self) -> str:
        """The line's words on one line."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tidy:
    """A table to be read: its title, heads and rows; `more` rows are not shown."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0
    numbers: frozenset[str] = frozenset()


def line(text: object, kind: str = "text") -> Line:
    """A line without marked words."""
    return Line((Piece(str(text)),), kind)


def cell(text: object, kind: str = "text") -> Cell:
    """A cell of one line, empty for None and ""."""
    return (line(text, kind),) if text not in (None, "") else ()


def evidence(report: Report | None, else_text: str | None = None) -> Cell:
    """The sentence of a report with its coded words marked; else bare words."""
    if report is None:
        return cell(else_text)
    return (Line(tuple(of_evidence(report))),)


def headline(kind: str, mode: str | None, doers: str, others: str) -> Line:
    """What, who, whom."""
    sides = f"{doers or '?'} → {others}" if others else doers or "?"
    return line(f"{kind} {mode}: {sides}" if mode else f"{kind}: {sides}", "head")


def names(mentions: Iterable[Mention]) -> str:
    """Actors by their known names."""
    return ", ".join(dict.fromkeys(m.name or m.text for m in mentions))
