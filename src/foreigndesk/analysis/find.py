"""Find a record by its id, by the beginning of it, or an article by its path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from foreigndesk.analysis.query import ask
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Article, Event, Report, Story

KINDS: tuple[tuple[str, str, Any], ...] = (
    ("events", "event_id", Event),
    ("reports", "report_id", Report),
    ("articles", "document_id", Article),
    ("stories", "story_id", Story),
)


@dataclass(frozen=True, slots=True)
class Context:
    """A report's sentence where it stands: `before`, `evidence`, `after` make up one stretch.

    `start` and `end` are the stretch's offsets in the document's text.
    """

    before: str
    evidence: str
    after: str
    start: int
    end: int


def find(desk: Desk, id_prefix: str) -> Event | Report | Article | Story:
    """The one record whose id is, or begins with, `id_prefix`; or the article at that path.

    A path is given whole or by its last part. Raises UsageError where there is none, or more
    than one.
    """
    exact: list[tuple[str, str, Any]] = []
    begun: list[tuple[str, str, Any]] = []
    for table, column, kind in KINDS:
        sql = f"SELECT {column} AS id, json FROM {table} WHERE starts_with({column}, ?) ORDER BY 1"
        for row in ask(desk, sql + " LIMIT 20", [id_prefix]).to_pylist():
            (exact if row["id"] == id_prefix else begun).append((row["id"], row["json"], kind))
    found = exact[:1] or begun or _at_path(desk, id_prefix)
    if len(found) != 1 or not id_prefix:
        raise _not_one(desk, id_prefix, [f"{kind.__name__} {name}" for name, _, kind in found])
    record: Event | Report | Article | Story = msgspec.json.decode(found[0][1], type=found[0][2])
    return record


def _at_path(desk: Desk, path: str) -> list[tuple[str, str, Any]]:
    """The articles at a path, or whose path ends with it as its last part."""
    sql = (
        "SELECT path AS id, json FROM articles WHERE path = ? OR ends_with(path, ?) "
        "ORDER BY path <> ?, path, document_id LIMIT 20"
    )
    rows = ask(desk, sql, [path, "/" + path, path]).to_pylist() if path else []
    exact = [row for row in rows if row["id"] == path]
    return [(row["id"], row["json"], Article) for row in exact or rows]


def reports_of(desk: Desk, event: Event) -> list[Report]:
    """The reports of an event, the first told first."""
    sql = (
        "SELECT json FROM reports WHERE event_id = ? "
        "ORDER BY told NULLS LAST, document_id, start, report_id"
    )
    rows = ask(desk, sql, [event.event_id]).to_pylist()
    return [msgspec.json.decode(row["json"], type=Report) for row in rows]


def context(desk: Desk, report: Report, around: int = 300) -> Context | None:
    """The text `around` (code points on each side) a report's sentence; None if it is not there."""
    text = desk.document_text(report.document.id) if report.document.id is not None else None
    if text is None:
        return None
    start, end = report.evidence.start, report.evidence.end
    low, high = max(0, start - around), min(len(text), end + around)
    return Context(text[low:start], text[start:end], text[end:high], low, high)


def _not_one(desk: Desk, prefix: str, found: list[str]) -> UsageError:
    if not found or not prefix:
        return UsageError(
            f"{desk.place}, id {prefix!r}",
            "no event, report, article or story with it",
            "an id, its beginning, or an article's path",
            f"Look ids up: foreigndesk timeline --desk {desk.place} --json",
        )
    shown = ", ".join(found[:5]) + (" ..." if len(found) > 5 else "")
    return UsageError(
        f"{desk.place}, id {prefix!r}", f"{len(found)} ({shown})", "one", "Write more of the id."
    )
