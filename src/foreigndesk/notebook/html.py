"""HTML of which the representations are made: everything from a page is escaped, styles inline.

Notebooks strip style sheets and differ in their ground, so each element bears its own style, and
none sets the colour of text or paper: marks are translucent over whatever stands below, and told
apart by their line as well. What is marked says its role when pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from foreigndesk.desk.tables import clean
from foreigndesk.desk.web.marks import Piece
from foreigndesk.notebook.lines import Cell, Line, Tidy

INKS: dict[str, str] = {
    "actor": "31,119,180",
    "recipient": "148,83,189",
    "trigger": "214,90,30",
    "speaker": "44,140,44",
    "cue": "44,140,44",
    "date": "170,130,0",
    "place": "0,140,130",
    "number": "140,100,75",
}
"""The colour of each role, as red, green, blue."""
SHADE = 0.25
"""How much of its colour a mark lays over the ground."""
_LINES: dict[str, str] = {
    "actor": "2px solid",
    "recipient": "3px double",
    "trigger": "2px solid",
    "speaker": "4px double",
    "cue": "1px solid",
    "date": "2px dotted",
    "place": "2px dashed",
    "number": "1px dotted",
}
_FIRST = ("trigger", "actor", "recipient", "speaker", "cue", "date", "place", "number")
"""Which of several roles of a word gives it its colour."""
_LABEL = (
    "border:1px solid rgba(128,128,128,.6);border-radius:3px;padding:0 .35em;white-space:nowrap"
)
_STYLES: dict[str, str] = {
    "head": "font-weight:600",
    "dim": "opacity:.75;font-size:.9em",
    "day": "white-space:nowrap",
    "code": "font-family:monospace;opacity:.75;white-space:nowrap",
}
_CELL = "text-align:left;vertical-align:top;padding:.3em .6em"
_HEADING = "font-weight:600;font-size:1.1em;margin:.6em 0 .2em"
_WHITE = "white-space:normal;overflow-wrap:anywhere"


def safe(text: object) -> str:
    """Words without control characters, which some viewers stumble over."""
    return clean(str(text))


def piece(part: Piece) -> Markup:
    """A stretch of text, marked where it has a role."""
    if not part.roles:
        return Markup("{}").format(safe(part.text))
    role = next(r for r in _FIRST if r in part.roles)
    return Markup('<mark style="{}" title="{}">{}</mark>').format(
        mark_style(role), ", ".join(part.roles), safe(part.text)
    )


def mark_style(role: str) -> str:
    """The style of a marked word."""
    ink = INKS[role]
    weight = ";font-weight:600" if role == "trigger" else ""
    return (
        f"background:rgba({ink},{SHADE});color:inherit;border-bottom:{_LINES[role]} rgb({ink});"
        f"border-radius:2px;padding:0 .1em{weight}"
    )


def line(part: Line) -> Markup:
    """A line of a cell."""
    words = Markup("").join(piece(p) for p in part.pieces)
    if part.kind == "label":
        return Markup('<span style="{}">{}</span>').format(_LABEL, words)
    return Markup('<div dir="auto" style="{}">{}</div>').format(
        ";".join((_WHITE, _STYLES.get(part.kind, ""))), words
    )


def cell(lines: Cell) -> Markup:
    """The lines of a cell."""
    return Markup("").join(line(part) for part in lines)


def table(found: Tidy) -> Markup:
    """A table with its title above and the number of rows not shown below."""
    title = Markup('<div style="{}">{}</div>').format(_STYLES["dim"], safe(found.title))
    if not found.rows:
        return title
    right = ";text-align:right"
    sides = [right if head in found.numbers else "" for head in found.heads]
    heads = Markup("").join(
        Markup('<th style="{}">{}</th>').format(_CELL + side, safe(head))
        for head, side in zip(found.heads, sides, strict=True)
    )
    rows = Markup("").join(_row(row, sides) for row in found.rows)
    more = Markup('<div style="{}">… and {} more</div>').format(_STYLES["dim"], f"{found.more:,}")
    return Markup("{}<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}").format(
        title, heads, rows, more if found.more else ""
    )


def _row(cells: Sequence[Cell], sides: Sequence[str]) -> Markup:
    return Markup("<tr>{}</tr>").format(
        Markup("").join(
            Markup('<td style="{}">{}</td>').format(_CELL + side, cell(lines))
            for lines, side in zip(cells, sides, strict=True)
        )
    )


def legend(roles: Iterable[str]) -> Markup:
    """What the marks mean."""
    return Markup('<div style="{}">{}</div>').format(
        _STYLES["dim"], Markup(" ").join(piece(Piece(role, (role,))) for role in roles)
    )


def facts(rows: Iterable[tuple[str, object]]) -> Markup:
    """Labels with their values; those without are left out."""
    told = [(label, value) for label, value in rows if value not in (None, "")]
    style = _CELL + ";border:0"
    return Markup("<table><tbody>{}</tbody></table>").format(
        Markup("").join(
            Markup('<tr><th style="{}">{}</th><td style="{}">{}</td></tr>').format(
                style, label, style, value if isinstance(value, Markup) else safe(value)
            )
            for label, value in told
        )
    )


def heading(text: object) -> Markup:
    """A heading within a representation."""
    return Markup('<div dir="auto" style="{}">{}</div>').format(_HEADING, safe(text))


def block(*parts: Markup) -> str:
    """Everything that one value shows."""
    return str(Markup('<div style="max-width:75em">{}</div>').format(Markup("").join(parts)))
