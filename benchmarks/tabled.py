"""Tables in Markdown, and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table."""
    rule = ["---"] * len(head)
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *rows)]


def megabytes(found: float | None) -> str:
    """A peak, where the system tells it."""
    return "not told" if found is None else f"{found:,.0f}"


def chart_of(rows: list[dict[str, Any]]) -> Any:
    """A chart of these rows, to be marked and encoded."""
    data: Any = alt.Data  # not typed
    return alt.Chart(data(values=rows))
