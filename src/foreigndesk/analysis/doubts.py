"""The least certain links and reports of a desk: what a person should judge first."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from foreigndesk.analysis.query import ask
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Report

SURE = 3.0
"""How much a link's score may lie over the least one of the desk before it is no doubt any more."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A report to judge; `other` is the one it was linked with, None for the report itself.

    `doubt` is 0 (sure) to 1; `why` what the link rests on.
    """

    doubt: float
    report: Report
    other: Report | None
    why: str | None


def doubts(desk: Desk, limit: int = 100) -> list[Doubt]:
    """The links with the lowest scores and the reports with the lowest confidence, worst first."""
    links = ask(
        desk,
        """WITH scored AS (
             SELECT report_id, founder, why, TRY_CAST(split_part(why, ' ', 1) AS DOUBLE) AS score
             FROM places WHERE founder <> report_id)
           SELECT one.json AS report, other.json AS other, why,
                  score - (SELECT min(score) FROM scored) AS over
           FROM scored JOIN reports one USING (report_id)
           JOIN reports other ON other.report_id = founder
           WHERE score IS NOT NULL ORDER BY score, one.report_id LIMIT ?""",
        [limit],
    ).to_pylist()
    alone = ask(
        desk,
        "SELECT json AS report, confidence FROM reports WHERE event_id IS NOT NULL "
        "ORDER BY confidence, report_id LIMIT ?",
        [limit],
    ).to_pylist()
    found = [_link(row["report"], row["other"], row["why"], row["over"]) for row in links]
    found += [Doubt(1 - row["confidence"], _report(row["report"]), None, None) for row in alone]
    return sorted(found, key=lambda d: (-d.doubt, d.report.report_id, d.other is None))[:limit]


def _link(report: str, other: str, why: str, over: float) -> Doubt:
    doubt = max(0.0, 1.0 - over / SURE)
    return Doubt(round(doubt, 6), _report(report), _report(other), why)


def _report(text: str) -> Report:
    return msgspec.json.decode(text, type=Report)
