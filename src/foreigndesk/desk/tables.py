"""Arrow tables on a terminal: columns that fit 80 characters and use more where there are more."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
import msgspec
import pyarrow as pa

Row = Mapping[str, Any]
SHORT = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how a row fills it; `flexible` ones share what width is left.

    `from_width`: shown only on terminals of at least so many characters.
    """

    head: str
    cell: Callable[[Row], str]
    flexible: bool = False
    from_width: int = 0
    right: bool = False


def width() -> int:
    """The width to print at: the terminal's, or COLUMNS, or 80 in a pipe."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def print_rows(table: pa.Table, columns: Sequence[Column], as_json: bool, empty: str) -> None:
    """Print a table's rows; as JSON lines with all columns for programs."""
    rows = table.to_pylist()
    if as_json:
        for row in rows:
            click.echo(msgspec.json.encode(row).decode())
        return
    if not rows:
        click.echo(empty)
        return
    click.echo(rendered(rows, columns, width()), nl=False)


def rendered(rows: Sequence[Row], columns: Sequence[Column], wide: int) -> str:
    """The rows as a table of at most `wide` characters a line."""
    import io

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = [column for column in columns if wide >= column.from_width]
    grid = Table(box=box.SIMPLE_HEAD, expand=wide <= 100, pad_edge=False, show_edge=False)
    for column in shown:
        grid.add_column(
            column.head,
            ratio=1 if column.flexible else None,
            overflow="fold",
            justify="right" if column.right else "left",
            min_width=12 if column.flexible else max(map(len, column.head.split())),
            max_width=None if column.flexible else max(16, wide // 4),
        )
    for row in rows:
        grid.add_row(*(_styled(Text, clean(column.cell(row))) for column in shown))
    colour = sys.stdout.isatty()
    out = io.StringIO()
    console = Console(
        file=out, width=wide, force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, emoji=False, markup=False,
    )  # fmt: skip
    console.print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _styled(text_type: Any, value: str) -> Any:
    """First line plain, those below it (the evidence) dim."""
    first, _, rest = value.partition("\n")
    text = text_type(first)
    if rest:
        text.append("\n" + rest, style="dim")
    return text


def clean(value: str) -> str:
    """Text safe for a terminal: control characters of hostile pages become spaces."""
    return "".join(c if c == "\n" or c.isprintable() else " " for c in value)


def shorten(text: str | None, limit: int = 160) -> str:
    """One line of at most `limit` characters, cut at a word."""
    line = " ".join((text or "").split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + " …"


def short_id(value: str | None) -> str:
    """The beginning of an id, enough to `show` it by."""
    return (value or "")[:SHORT]
