"""The parts of which a shown record is made, and how each is printed."""

from __future__ import annotations

from typing import Any

import click

from foreigndesk.desk.tables import clean, width

Part = tuple[str, str]
"""A stretch of output and its style: "head", "label", "line", "dim", "text" or "dropped"."""

_STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "dim": {"dim": True},
    "dropped": {"dim": True},
}
_INDENTS = {
    "label": ("  ", " " * 15),
    "line": ("  ", "    "),
    "text": ("    ", "    "),
    "dim": ("    ", "    "),
    "dropped": ("  | ", "  | "),
}
"""Indents of a style's first line and of the others; styles without any are not wrapped."""


def print_part(part: Part) -> None:
    """Print one part, wrapped to the terminal if it is running text."""
    text, style = clean(part[0]), part[1]
    if style in _INDENTS:
        first, rest = _INDENTS[style]
        text = click.wrap_text(
            text.lstrip(" "), max(width(), 40), initial_indent=first, subsequent_indent=rest,
            preserve_paragraphs=style == "text",
        )  # fmt: skip
    click.echo(click.style(text, **_STYLES.get(style, {})))


def labelled(label: str, value: object) -> Part:
    """A line `label: value`."""
    return f"{label + ':':<13}{value}", "label"
