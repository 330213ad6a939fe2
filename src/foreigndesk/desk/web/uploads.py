"""Files sent to the desk to be read, with live progress; bounded in size and number."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message

from foreigndesk.desk.web.answers import Renderer
from foreigndesk.desk.web.jobs import ENDED, Job, Jobs
from foreigndesk.desk.web.options import Serving
from foreigndesk.errors import ForeignDeskError, UsageError
from foreigndesk.ledger.store import write_whole

FOLDER = "uploaded"
"""Where the files stand in the desk, as they were sent."""
MOST_FILES = 200
BEAT = 10.0
"""Seconds after which a stream without news sends a sign of life."""
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def upload_routes(renderer: Renderer, jobs: Jobs) -> list[Route]:
    """The page with the form, the sending, the work and its live progress."""
    return [
        Route("/upload", _form(renderer, jobs), methods=["GET"]),
        Route("/upload", _take(renderer, jobs), methods=["POST"]),
        Route("/jobs.json", _list(jobs)),
        Route("/jobs/{number:int}.json", _one(jobs)),
        Route("/jobs/{number:int}/events", _live(jobs)),
    ]


def _form(renderer: Renderer, jobs: Jobs) -> Callable[[Request], Response]:
    def form(request: Request) -> Response:
        serving = renderer.serving
        answer = {"jobs": jobs.all(), "most": serving.max_upload, "watch": serving.watch,
                  "files": MOST_FILES}  # fmt: skip
        page = renderer.html("upload.html", answer, None, "Read pages")
        return Response(page, media_type="text/html", headers={"cache-control": "no-store"})

    return form


def _take(renderer: Renderer, jobs: Jobs) -> Any:
    async def take(request: Request) -> Response:
        as_json = "application/json" in request.headers.get("accept", "")
        try:
            if renderer.serving.read_only:
                raise UsageError("the desk", "--read-only", "a desk that may be written",
                                 "Start the server without --read-only.")  # fmt: skip
            job = await _accepted(_bounded(request, renderer.serving), renderer.serving, jobs)
        except ForeignDeskError as error:
            return renderer.failed(error, request, as_json)
        if as_json:
            return Response(msgspec.json.encode(job), 202, media_type="application/json")
        return RedirectResponse(f"/upload#job-{job.number}", 303)

    return take


def _bounded(request: Request, serving: Serving) -> Request:
    """The request, cut off where it is longer than allowed."""
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > serving.max_upload:
        raise HTTPException(413, f"Over {serving.max_upload:,} bytes; send less at once.")
    taken = 0
    receive = request.receive

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > serving.max_upload:
            raise HTTPException(413, f"Over {serving.max_upload:,} bytes; send less at once.")
        return message

    return Request(request.scope, counted)


async def _accepted(request: Request, serving: Serving, jobs: Jobs) -> Job:
    async with request.form(max_files=MOST_FILES, max_fields=10) as form:
        day = str(form.get("published") or "").strip() or None
        if day is not None and not _DAY.fullmatch(day):
            raise UsageError(f"published={day[:40]}", "no day", "YYYY-MM-DD, YYYY-MM or YYYY",
                             "Write it so.")  # fmt: skip
        sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
        if not sent:
            raise UsageError("the upload", "no file", "at least one", "Choose files of news pages.")
        folder = serving.desk / FOLDER
        folder.mkdir(exist_ok=True)
        paths = [await asyncio.to_thread(_keep, folder, f.filename or "", await f.read())
                 for f in sent]  # fmt: skip
    names = ", ".join((f.filename or "")[:60] for f in sent[:3])
    more = f" and {len(sent) - 3} more" if len(sent) > 3 else ""
    return jobs.add(names + more, tuple(str(p) for p in paths), day)


def _keep(folder: Path, name: str, content: bytes) -> Path:
    """Write a file under a name that is safe and belongs to its content alone."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", os.path.basename(name.replace("\\", "/")))
    plain = plain.lstrip(".-")[-80:] or "page.txt"
    target = folder / f"{hashlib.sha256(content).hexdigest()[:12]}-{plain}"
    write_whole(target, lambda path: _put(path, content))
    return target


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _list(jobs: Jobs) -> Callable[[Request], Response]:
    def listed(request: Request) -> Response:
        return _told(jobs.all())

    return listed


def _one(jobs: Jobs) -> Callable[[Request], Response]:
    def one(request: Request) -> Response:
        return _told(_job(jobs, request))

    return one


def _live(jobs: Jobs) -> Any:
    async def live(request: Request) -> Response:
        job = _job(jobs, request)
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(
            _events(jobs, job), media_type="text/event-stream", headers=headers
        )

    return live


async def _events(jobs: Jobs, job: Job) -> AsyncIterator[bytes]:
    """The states of a job as server-sent events, until it has ended."""
    yield _event(job)
    while job.state not in ENDED and not jobs.ended:
        now = await asyncio.to_thread(jobs.changed, job, BEAT)
        if now is None:
            return
        yield _event(now) if now != job else b": still there\n\n"
        job = now


def _event(job: Job) -> bytes:
    return b"data: " + msgspec.json.encode(job) + b"\n\n"


def _job(jobs: Jobs, request: Request) -> Job:
    job = jobs.get(request.path_params["number"])
    if job is None:
        raise HTTPException(404, "No such work.")
    return job


def _told(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json",
                    headers={"cache-control": "no-store"})  # fmt: skip
