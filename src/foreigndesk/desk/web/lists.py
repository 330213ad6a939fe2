"""The pages that are lists: events, claims, promises, discrepancies, articles, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foreigndesk.analysis import browse
from foreigndesk.analysis import lists as questions
from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.sources import sources as ask_sources
from foreigndesk.desk.web import words
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.charts import chart

COMMON = ("actor", "dyad", "event_type", "since", "until", "text", "as_of")
PLACED = (*COMMON, "standing", "status", "place", "country", "outlet", "mode", "context")
SPOKEN = (*COMMON, "speaker", "about", "stance", "outlet")
PAGED = ("page", "size")
ALONE = (
    "outlets = 1 AND NOT EXISTS (SELECT 1 FROM reports r "
    "WHERE r.event_id = events.event_id AND r.outlet IS NULL)"
)
"""The condition of events that one outlet alone reports."""
CLAIM_COLUMNS = (
    "claim_id, event_id, told, speaker, speaker_code, stance, cue, event, outlet, published, "
    "report_id, document_id, text AS evidence"
)
DISCREPANCY_COLUMNS = (
    "discrepancy_id, kind, event_id, event, says_first, says_second, first, evidence_first, "
    "second, evidence_second, settle, told"
)
ARTICLE_COLUMNS = (
    "document_id, title, outlet, published, story_id, path, republished_from, is_copy, "
    "(SELECT count(*) FROM reports r WHERE r.document_id = articles.document_id) AS reports"
)


def events(asked: Asked) -> dict[str, Any]:
    """Events by filters, sorted, some at a time, with counts by facet and a chart of time."""
    filters, sort = asked.filters(*PLACED), asked.choice("sort", browse.SORTS, "newest")
    also = ALONE if asked.given.get("alone") else "true"
    found = browse.events(asked.desk, filters, sort, asked.cut(also))
    return {
        "total": found.total,
        "events": found.rows,
        "facets": asked.remembered(
            ("facets", filters, also), lambda: browse.facets(asked.desk, filters, also=also)
        ),
        **_paging(asked, found.total),
        "_sort": sort,
        "_chart": chart(asked, "timeline", "Events by month", PLACED) if found.total else None,
    }


def claims(asked: Asked) -> dict[str, Any]:
    """Claims by filters, the newest first."""
    cut = replace(asked.cut(), order="told DESC NULLS LAST, event_id, claim_id")
    found = browse.part(asked.desk, "claims", asked.filters(*SPOKEN), CLAIM_COLUMNS, cut)
    return {"total": found.total, "claims": found.rows, **_paging(asked, found.total)}


def promises(asked: Asked) -> dict[str, Any]:
    """Promises by filters and by what became of them."""
    outcome = asked.given.get("outcome")
    filters = replace(asked.filters(*COMMON), status=outcome)
    rows = asked.remembered(("promises", filters), lambda: _promises(asked, filters))
    counts = {name: sum(row["outcome"] == name for row in rows) for name in words.OUTCOMES}
    cut = asked.cut()
    return {
        "total": len(rows),
        "as_of": asked.given.get("as_of") or questions.latest_day(asked.desk),
        "promises": rows[cut.start : cut.start + cut.size],
        "outcomes": counts,
        **_paging(asked, len(rows)),
    }


def discrepancies(asked: Asked) -> dict[str, Any]:
    """Pairs of reports that cannot both be right, by filters and kind."""
    cut = replace(asked.cut(), order="told DESC NULLS LAST, kind, event_id, discrepancy_id")
    filters = asked.filters(*COMMON)
    found = browse.part(asked.desk, "discrepancies", filters, DISCREPANCY_COLUMNS, cut)
    return {"total": found.total, "discrepancies": found.rows, **_paging(asked, found.total)}


def articles(asked: Asked) -> dict[str, Any]:
    """Articles by outlet and words, the newest first."""
    cut = replace(asked.cut(), order="latest DESC NULLS LAST, document_id")
    filters = asked.filters("outlet", "text", "as_of")
    found = browse.part(asked.desk, "articles", filters, ARTICLE_COLUMNS, cut)
    return {"total": found.total, "articles": found.rows, **_paging(asked, found.total)}


def sources(asked: Asked) -> dict[str, Any]:
    """Outlets: their articles, copies, stories, reports, events, what they alone report."""
    filters = asked.filters("outlet", "text", "as_of")
    rows = asked.remembered(("sources", filters), lambda: _sources(asked, filters))
    cut = asked.cut()
    shown = rows[cut.start : cut.start + cut.size]
    return {"total": len(rows), "sources": shown, **_paging(asked, len(rows))}


def _promises(asked: Asked, filters: Filters) -> list[dict[str, Any]]:
    """Promises, those due or made last first."""
    rows: list[dict[str, Any]] = questions.promises(asked.desk, filters).to_pylist()
    last = {row["promise_id"]: row["due"] or row["made"] or "" for row in rows}
    return sorted(rows, key=lambda r: (last[r["promise_id"]], r["promise_id"]), reverse=True)


def _sources(asked: Asked, filters: Filters) -> list[dict[str, Any]]:
    """Outlets, those with most articles first."""
    rows: list[dict[str, Any]] = ask_sources(asked.desk, filters).to_pylist()
    return sorted(rows, key=lambda row: (-row["articles"], row["outlet"] or "~"))


def _paging(asked: Asked, total: int) -> Mapping[str, Any]:
    """Which rows these are, and the addresses of those before and after."""
    cut = asked.cut()
    page = cut.start // cut.size + 1
    last = max(1, -(-total // cut.size))
    return {
        "page": page,
        "pages": last,
        "size": cut.size,
        "_back": asked.address(page=page - 1) if page > 1 else None,
        "_next": asked.address(page=page + 1) if page < last else None,
    }
