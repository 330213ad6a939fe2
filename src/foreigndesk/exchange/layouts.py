"""Which table a file is, told from its first line: its format, kind, columns and delimiter."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from foreigndesk.errors import UnreadableError, UsageError
from foreigndesk.exchange import from_gdelt, from_tables
from foreigndesk.exchange.gdelt import EVENTS, MENTIONS
from foreigndesk.exchange.incoming import BadLineError, Cells, Read
from foreigndesk.exchange.tables import ICEWS, POLECAT

AUTO = "auto"
_GDELT = "61 columns (GDELT 2.0 Events), 58 or 57 (1.0) or 16 (Mentions), parted by tabs"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read: what must be in its header, and how its lines become rows."""

    format: str
    kind: str
    published: tuple[str, ...]
    needed: tuple[str, ...]
    read: Read


TABLES = (
    Table("gdelt", "events", EVENTS, ("globaleventid", "day", "eventcode"), from_gdelt.events),
    Table("gdelt", "mentions", MENTIONS, ("globaleventid", "mentionidentifier"),
          from_gdelt.mentions),
    Table("icews", "events", ICEWS, ("eventid", "eventdate", "cameocode", "sourcename",
          "targetname"), from_tables.icews),
    Table("polecat", "events", POLECAT, ("eventid", "eventdate", "eventtype", "actorname",
          "recipientname"), from_tables.polecat),
)  # fmt: skip
"""The tables, the more particular of two that fit first."""
FORMATS = (AUTO, *dict.fromkeys(table.format for table in TABLES))
SPAN = 20
"""Lines that a quoted cell may span."""
_SAME = {"sqldate": "day", "eventdateday": "day"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How one file's lines are read. `columns` are its names, in small letters and digits."""

    table: Table
    columns: tuple[str, ...]
    delimiter: str
    header: bool

    def rows(self, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Cells | BadLineError]]:
        """The cells of each line with its number, or what is wrong with it."""
        split = _by_commas if self.delimiter == "," else _by_tabs
        for number, cells in split(lines):
            if isinstance(cells, BadLineError):
                yield number, cells
            elif len(cells) == len(self.columns):
                yield number, dict(zip(self.columns, cells, strict=True))
            else:
                yield number, BadLineError(f"{len(cells)} columns, not {len(self.columns)}")


def layout_of(where: str, first: str, wanted: str = AUTO) -> Layout:
    """The layout of a file by its first line.

    Raises UnreadableError where it is none of `wanted`'s tables, UsageError on a format that is
    not in FORMATS.
    """
    if wanted not in FORMATS:
        raise UsageError(
            "--format", repr(wanted), f"one of {', '.join(FORMATS)}", "Name one of these."
        )
    tables = [t for t in TABLES if wanted in (AUTO, t.format)]
    delimiter = "\t" if "\t" in first else ","
    cells = next(_by_tabs(iter([(1, first)])) if delimiter == "\t" else csv.reader([first]), None)
    names = tuple(map(_plain, cells[1] if isinstance(cells, tuple) else cells or ()))
    for table in tables:
        if set(table.needed) <= set(names):
            return Layout(table, names, delimiter, header=True)
    width = first.count("\t") + 1
    if width in from_gdelt.COLUMNS and names[0].isdigit():
        columns = from_gdelt.COLUMNS[width]
        table = TABLES[1] if columns is MENTIONS else TABLES[0]
        if table in tables:
            return Layout(table, tuple(map(_plain, columns)), "\t", header=False)
    raise _wrong(f"{where}:1", names, delimiter, wanted)


def _plain(name: str) -> str:
    found = "".join(c for c in name.casefold() if c.isalnum())
    return _SAME.get(found, found)


def _wrong(where: str, names: tuple[str, ...], delimiter: str, wanted: str) -> UnreadableError:
    mark = "tabs" if delimiter == "\t" else "commas"
    found = f"{len(names)} columns parted by {mark}" if len(names) > 1 else "no columns"
    if len(names) == 27:
        found += " (GDELT's GKG has as many; it holds no events)"
    elif missing := _nearly(names, wanted):
        found += f", of which none is {missing}"
    tables = {
        "gdelt": _GDELT,
        "icews": f"{len(ICEWS)} columns with a header (ICEWS: {', '.join(ICEWS[:3])} ...)",
        "polecat": f"{len(POLECAT)} columns with a header (POLECAT: {', '.join(POLECAT[:3])} ...)",
    }
    expected = tables.get(wanted) or "; or ".join(tables.values())
    return UnreadableError(
        where, found, expected, "Give the file as it was published, or name its --format."
    )


def _nearly(names: tuple[str, ...], wanted: str) -> str:
    """The columns that are missing from a header that has others of a table."""
    for table in TABLES:
        missing = [n for n in table.needed if n not in names]
        if wanted in (AUTO, table.format) and len(missing) < len(table.needed) - 1:
            written = {_plain(n): n for n in table.published}
            return ", ".join(written[n] for n in missing)
    return ""


def _by_tabs(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    for number, line in lines:
        cells = line.split("\t")
        if '"' in line:
            cells = [_unquoted(cell) for cell in cells]
        yield number, cells


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _by_commas(
    lines: Iterator[tuple[int, str]],
) -> Iterator[tuple[int, list[str] | BadLineError]]:
    """Cells of lines parted by commas; a quoted cell may span up to SPAN lines."""
    ahead: deque[tuple[int, str]] = deque()

    def closed(size: int) -> bool:
        """Whether the next lines, so many, are there and close what they quote."""
        while len(ahead) < size and (line := next(lines, None)):
            ahead.append(line)
        return len(ahead) >= size and sum(ahead[n][1].count('"') for n in range(size)) % 2 == 0

    while closed(1) or ahead:
        size = next((n for n in range(1, SPAN + 1) if closed(n)), 0)
        taken = [ahead.popleft() for _ in range(size or 1)]
        try:
            cells = next(csv.reader(line + "\n" for _, line in taken)) if size else None
        except csv.Error as error:
            yield taken[0][0], BadLineError(str(error))
            continue
        yield taken[0][0], cells or BadLineError("a quotation mark that is not closed")
