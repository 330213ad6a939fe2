"""Review: reports and links that a person should judge, one at a time, by keys if wished.

What is judged is appended to the desk's `judgements.jsonl`; the ledger follows it when it is
derived anew, which the page offers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foreigndesk.analysis.doubts import Doubt, doubts
from foreigndesk.analysis.query import ask
from foreigndesk.desk.web.answers import Renderer
from foreigndesk.desk.web.asked import Asked, link
from foreigndesk.desk.web.jobs import Jobs
from foreigndesk.desk.web.marks import in_context, of_evidence
from foreigndesk.desk.web.texts import around
from foreigndesk.errors import ForeignDeskError, UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.obeying import judgement
from foreigndesk.model import Judgement, Report

WHATS = {"reports": ("right", "wrong"), "links": ("same", "different")}
"""What is judged, and the verdicts on it."""
MOST = 300
"""Things in line at a time; those judged make room for others."""
UNDO = "undo"


def review(asked: Asked) -> dict[str, Any]:
    """One report or link to be judged, and how many there are."""
    what = asked.choice("what", WHATS, "reports")
    judged = asked.desk.judgements()
    queue = _queue(asked, what, judged)
    at = min(asked.number("at", 0, 0, 1_000_000), max(len(queue) - 1, 0))
    doubt = queue[at] if queue else None
    told = [r for r in (doubt.report, doubt.other) if r is not None] if doubt else []
    shown = [_shown(asked.desk, report) for report in told]
    return {
        "what": what,
        "at": at,
        "waiting": len(queue),
        "judged": len(judged),
        "pending": _pending(asked.desk, judged),
        "reports": told,
        "why": doubt.why if doubt else None,
        "_shown": shown,
        "_verdicts": WHATS[what],
        "_back": link("/review", what=what, at=at - 1) if at > 0 else None,
        "_next": link("/review", what=what, at=at + 1) if at + 1 < len(queue) else None,
        "_last": _last(judged),
    }


def routes(renderer: Renderer, jobs: Jobs) -> list[Route]:
    """The addresses that judgements are sent to."""
    return [
        Route("/review/judge", _judge(renderer), methods=["POST"]),
        Route("/review/apply", _apply(renderer, jobs), methods=["POST"]),
    ]


def _queue(asked: Asked, what: str, judged: list[Judgement]) -> list[Doubt]:
    """What nobody has judged yet of the least certain reports or links, the worst first."""
    undone = {j.subject for j in judged if j.verdict == UNDO}
    done = {(j.subject, j.other) for j in judged if j.judgement_id not in undone}
    return [
        doubt
        for doubt in asked.remembered("doubts", lambda: doubts(asked.desk, MOST))
        if (doubt.other is None) == (what == "reports")
        and (doubt.report.report_id, doubt.other and doubt.other.report_id) not in done
    ]


def _shown(desk: Desk, found: Report) -> dict[str, Any]:
    context = around(desk, found)
    if context is None:
        return {"report": found, "before": "", "pieces": of_evidence(found), "after": ""}
    before, pieces, after = in_context(found, context)
    return {"report": found, "before": before, "pieces": pieces, "after": after}


def _last(judged: list[Judgement]) -> Judgement | None:
    """The last judgement that stands."""
    undone = {j.subject for j in judged if j.verdict == UNDO}
    standing = [j for j in judged if j.verdict != UNDO and j.judgement_id not in undone]
    return standing[-1] if standing else None


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
            made = _judgement(renderer.ledgers.current(), given)
            renderer.ledgers.desk.judge([made])
        except ForeignDeskError as error:
            return renderer.failed(error, request, "json" in request.headers.get("accept", ""))
        if "application/json" in request.headers.get("accept", ""):
            return Response(msgspec.json.encode(made), 201, media_type="application/json")
        what = "links" if made.other or given.get("what") == "links" else "reports"
        at = given.get("at", "0")
        return RedirectResponse(
            link("/review", what=what, at=at if at.isascii() and at.isdigit() else 0), 303
        )

    return judge


def _judgement(desk: Desk, given: dict[str, str]) -> Judgement:
    """What was decided. Raises UsageError where the desk has no such report or judgement."""
    subject, other = given.get("subject", ""), given.get("other") or None
    verdict = given.get("verdict", "")
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    by = given.get("by", "").strip()[:80] or "a reader"
    if verdict == UNDO:
        return _undo(desk, subject, by, at)
    if verdict not in WHATS["links" if other else "reports"]:
        raise UsageError("the judgement", f"the verdict {verdict!r}", "right or wrong of a report, "
                         "same or different of two", "Choose one.")  # fmt: skip
    ids = [subject, *([other] if other else [])]
    sql = "SELECT report_id, json FROM reports WHERE list_contains(?, report_id)"
    rows = {row["report_id"]: row["json"] for row in ask(desk, sql, [ids]).to_pylist()}
    if set(rows) != set(ids):
        raise UsageError("the judgement", "no such report", "a report of this desk", "Look it up.")
    reports = [msgspec.json.decode(rows[each], type=Report) for each in ids]
    return judgement(verdict, reports, None, by, at)


def _undo(desk: Desk, subject: str, by: str, at: str) -> Judgement:
    """A judgement that takes another back."""
    if not any(j.judgement_id == subject for j in desk.judgements()):
        raise UsageError("the judgement", "none to undo", "one of this desk", "Look it up.")
    return Judgement(f"{subject}-undo", subject, UNDO, None, None, by, at)


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
