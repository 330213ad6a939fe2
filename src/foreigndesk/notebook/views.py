"""Results and desks as HTML."""

from __future__ import annotations

from pathlib import Path

from foreigndesk.notebook.html import block, facts, heading, legend, table
from foreigndesk.notebook.kinds import Answer
from foreigndesk.notebook.plain import held
from foreigndesk.notebook.tidy import tidy

_MARKED = {"events", "timeline", "reports", "claims", "discrepancies"}


def result(found: Answer) -> str:
    """A result's first rows, the evidence marked, with a legend of the marks."""
    marked = found.question.name in _MARKED and len(found) > 0
    roles = ("actor", "trigger", "recipient", "speaker", "cue", "date", "place", "number")
    return block(table(tidy(found)), *([legend(roles)] if marked else []))


def desk(path: str | Path) -> str:
    """A desk with what it holds."""
    return block(heading(f"Desk {path}"), facts([("holds", held(path))]))
