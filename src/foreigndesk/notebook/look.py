"""What a shown row rests on: the reports whose sentences stand for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

import msgspec

from foreigndesk.analysis.query import ask
from foreigndesk.errors import DeskError
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Article, Report

R = TypeVar("R")
_TELLING = """
    SELECT e.event_id AS id, min_by(r.json, (r.event_type <> e.event_type, -r.confidence,
        r.report_id)) AS json
    FROM events e JOIN reports r ON r.event_id = e.event_id AND r.text = e.evidence
    WHERE e.event_id IN {ids} GROUP BY e.event_id"""
_REPORTS = "SELECT report_id AS id, json FROM reports WHERE report_id IN {ids}"
_ARTICLES = "SELECT document_id AS id, json FROM articles WHERE document_id IN {ids}"
_OF_ARTICLE = "SELECT report_id AS id, json FROM reports WHERE document_id IN {ids} ORDER BY start"


def telling(desk: Desk, events: Collection[str]) -> dict[str, Report]:
    """By event the report with the sentence that tells it best."""
    return _records(desk, _TELLING, events, Report)


def reports(desk: Desk, ids: Collection[str]) -> dict[str, Report]:
    """Reports by id."""
    return _records(desk, _REPORTS, ids, Report)


def articles(desk: Desk, ids: Collection[str]) -> dict[str, Article]:
    """Articles by document id."""
    return _records(desk, _ARTICLES, ids, Article)


def reports_in(desk: Desk, document_id: str) -> Iterable[Report]:
    """The reports of one article, in their order."""
    return _records(desk, _OF_ARTICLE, [document_id], Report).values()


def _records(desk: Desk, sql: str, ids: Collection[str], kind: type[R]) -> dict[str, R]:
    """By id what the ledger has; nothing where the desk is gone since: a look must not fail."""
    if not ids:
        return {}
    try:
        rows = ask(desk, sql.format(ids=f"({', '.join('?' * len(ids))})"), list(ids)).to_pylist()
    except DeskError:
        return {}
    return {row["id"]: msgspec.json.decode(row["json"], type=kind) for row in rows}
