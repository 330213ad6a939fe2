"""The first page: what is new, what is contested, promises due, the busiest pairs."""

from __future__ import annotations

from typing import Any

import msgspec

from foreigndesk.analysis import browse, series
from foreigndesk.analysis.filters import Filters
from foreigndesk.analysis.lists import latest_day
from foreigndesk.analysis.query import ask
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.charts import Chart, chart
from foreigndesk.ledger.promises import Outcome, Promise, outcome

SHOWN = 8
YEARS = 3
"""Before the latest day, that the chart shows."""


def overview(asked: Asked) -> dict[str, Any]:
    """What the desk holds and what in it wants a look."""
    counts = browse.counts(asked.desk)
    day = latest_day(asked.desk)
    cut = browse.Cut(SHOWN)
    contested = browse.events(asked.desk, Filters(standing="contested"), "told", cut)
    return {
        "counts": counts,
        "latest_day": day,
        "new": browse.events(asked.desk, Filters(), "told", cut).rows,
        "contested": contested.rows,
        "contested_total": contested.total,
        "due": _due(asked, day),
        "pairs": series.pairs(asked.desk, Filters(), 12).to_pylist(),
        "most_told": browse.events(asked.desk, Filters(), "stories", browse.Cut(5)).rows,
        "_chart": _timeline(asked, day) if counts["events"] else None,
    }


def _timeline(asked: Asked, day: str | None) -> Chart:
    """The chart of the last years that articles were published in."""
    if day is None:
        return chart(asked, "timeline", "Events by month", ())
    since = f"{int(day[:4]) - YEARS}-{day[5:7]}"
    return chart(asked, "timeline", f"Events by month since {since}", (), since=since)


def _due(asked: Asked, day: str | None) -> list[dict[str, Any]]:
    """Promises still open or overdue, those due soonest around the desk's latest day first."""
    sql = (
        "SELECT json, event FROM promises WHERE latest IS NOT NULL AND kept_by IS NULL "
        "ORDER BY abs(date_diff('day', CAST(latest AS DATE), CAST(? AS DATE))), promise_id LIMIT 60"
    )
    found = []
    for row in ask(asked.desk, sql, [day]).to_pylist() if day else []:
        promise = msgspec.json.decode(row["json"], type=Promise)
        became = outcome(promise, day)
        if became in (Outcome.OPEN, Outcome.OVERDUE):
            found.append(
                {
                    "event_id": promise.event_id,
                    "event": row["event"],
                    "due": promise.due_latest,
                    "outcome": became.value,
                    "evidence": promise.evidence,
                }
            )
    return found[:SHOWN]
