"""Review: reports and links that a person should judge, one at a time, by keys if wished.

What is judged is appended to the desk's `judgements.jsonl`; the ledger follows it when it is
derived anew, which the page offers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foreigndesk.analysis.query import ask
from foreigndesk.desk.web.answers import Renderer
from foreigndesk.desk.web.asked import Asked, link
from foreigndesk.desk.web.jobs import Jobs
from foreigndesk.desk.web.marks import in_context, of_evidence
from foreigndesk.desk.web.texts import around
from foreigndesk.errors import ForeignDeskError, UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.judgements import pair
from foreigndesk.model import Judgement, Report

WHATS = {"reports": ("right", "wrong"), "links": ("same", "different")}
"""What is judged, and the verdicts on it."""
MOST = 400
"""Things in line at a time; those judged make room for others."""


def review(asked: Asked) -> dict[str, Any]:
    """One report or link to be judged, and how many there are."""
    what = asked.choice("what", WHATS, "reports")
    judged = asked.desk.judgements()
    queue = _reports(asked.desk, judged) if what == "reports" else _links(asked.desk, judged)
    at = min(asked.number("at", 0, 0, 1_000_000), max(len(queue) - 1, 0))
    ids = queue[at] if queue else ()
    shown = [_shown(asked.desk, report_id) for report_id in ids]
    return {
        "what": what,
        "at": at,
        "waiting": len(queue),
        "judged": len(judged),
        "pending": _pending(asked.desk, judged),
        "reports": [each["report"] for each in shown],
        "_shown": shown,
        "_verdicts": WHATS[what],
        "_back": link("/review", what=what, at=at - 1) if at > 0 else None,
        "_next": link("/review", what=what, at=at + 1) if at + 1 < len(queue) else None,
        "_last": judged[-1] if judged else None,
    }


def routes(renderer: Renderer, jobs: Jobs) -> list[Route]:
    """The addresses that judgements are sent to."""
    return [
        Route("/review/judge", _judge(renderer), methods=["POST"]),
        Route("/review/apply", _apply(renderer, jobs), methods=["POST"]),
    ]


def _reports(desk: Desk, judged: list[Judgement]) -> list[tuple[str, ...]]:
    """Reports that nobody has judged, the least sure first."""
    done = sorted({j.subject for j in judged if j.verdict in WHATS["reports"]})
    sql = (
        "SELECT report_id FROM reports WHERE NOT list_contains(?, report_id) "
        f"ORDER BY confidence, report_id LIMIT {MOST}"
    )
    rows = ask(desk, sql, [done]).to_pylist()
    return [(row["report_id"],) for row in rows]


def _links(desk: Desk, judged: list[Judgement]) -> list[tuple[str, ...]]:
    """Pairs of reports of different stories that were taken for one event, the least sure first."""
    sql = f"""
        SELECT a.report_id AS one, b.report_id AS other
        FROM reports a JOIN reports b ON a.event_id = b.event_id AND a.report_id < b.report_id
             AND a.story_id <> b.story_id
        ORDER BY a.confidence + b.confidence, one, other LIMIT {MOST + 2 * len(judged)}"""
    done = {pair(j.subject, j.other) for j in judged if j.other is not None}
    rows = ask(desk, sql).to_pylist()
    found = [pair(row["one"], row["other"]) for row in rows]
    return [each for each in found if each not in done][:MOST]


def _shown(desk: Desk, report_id: str) -> dict[str, Any]:
    rows = ask(desk, "SELECT json FROM reports WHERE report_id = ?", [report_id]).to_pylist()
    found = msgspec.json.decode(rows[0]["json"], type=Report)
    context = around(desk, found)
    if context is None:
        return {"report": found, "before": "", "pieces": of_evidence(found), "after": ""}
    before, pieces, after = in_context(found, context)
    return {"report": found, "before": before, "pieces": pieces, "after": after}


def _pending(desk: Desk, judged: list[Judgement]) -> int:
    """Decisions that are younger than the ledger."""
    made = datetime.fromtimestamp((desk.path / "ledger.duckdb").stat().st_mtime, UTC)
    return sum(_at(each) > made for each in judged)


def _at(judgement: Judgement) -> datetime:
    try:
        found = datetime.fromisoformat(judgement.at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _judge(renderer: Renderer) -> Any:
    async def judge(request: Request) -> Response:
        try:
            _writable(renderer)
            async with request.form(max_files=0, max_fields=10) as form:
                given = {name: str(value)[:200] for name, value in form.items()}
            judgement = _judgement(renderer.ledgers.current(), given)
            renderer.ledgers.desk.judge([judgement])
        except ForeignDeskError as error:
            return renderer.failed(error, request, "json" in request.headers.get("accept", ""))
        if "application/json" in request.headers.get("accept", ""):
            return Response(msgspec.json.encode(judgement), 201, media_type="application/json")
        what = "links" if judgement.other else "reports"
        at = given.get("at", "0")
        return RedirectResponse(
            link("/review", what=what, at=at if at.isascii() and at.isdigit() else 0), 303
        )

    return judge


def _judgement(desk: Desk, given: dict[str, str]) -> Judgement:
    """What was decided. Raises UsageError where the desk has no such report."""
    subject, other = given.get("subject", ""), given.get("other") or None
    verdict = given.get("verdict", "")
    if verdict not in WHATS["links" if other else "reports"]:
        raise UsageError("the judgement", f"the verdict {verdict!r}", "right or wrong of a report, "
                         "same or different of two", "Choose one.")  # fmt: skip
    rows = ask(
        desk,
        "SELECT report_id, text FROM reports WHERE list_contains(?, report_id)",
        [[subject, other or subject]],
    ).to_pylist()
    if {row["report_id"] for row in rows} != {subject, other or subject}:
        raise UsageError("the judgement", "no such report", "a report of this desk", "Look it up.")
    text = next(row["text"] for row in rows if row["report_id"] == subject)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    by = given.get("by", "").strip()[:80] or "a reader"
    told = "\n".join((subject, other or "", verdict, by, at))
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return Judgement(digest, subject, verdict, other, None, by, at, text)


def _apply(renderer: Renderer, jobs: Jobs) -> Callable[[Request], Response]:
    def apply(request: Request) -> Response:
        try:
            _writable(renderer)
            job = jobs.add("judgements")
        except ForeignDeskError as error:
            return renderer.failed(error, request, "json" in request.headers.get("accept", ""))
        if "application/json" in request.headers.get("accept", ""):
            return Response(msgspec.json.encode(job), 202, media_type="application/json")
        return RedirectResponse(f"/upload#job-{job.number}", 303)

    return apply


def _writable(renderer: Renderer) -> None:
    if renderer.serving.read_only:
        raise UsageError("the desk", "--read-only", "a desk that may be written",
                         "Start the server without --read-only.")  # fmt: skip


