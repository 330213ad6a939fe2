"""How an answer leaves: as a page or as JSON, with an ETag, from memory where it is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from foreigndesk.desk.web import words
from foreigndesk.desk.web.asked import Asked, link, segment
from foreigndesk.desk.web.memory import Memory
from foreigndesk.desk.web.options import Serving
from foreigndesk.desk.web.snapshot import Ledgers
from foreigndesk.errors import ForeignDeskError, UsageError

Answer = dict[str, Any]
HERE = Path(__file__).parent
MEMORY = 64_000_000
"""Bytes of answers that are kept; they go when the ledger changes."""
CACHING = "private, no-cache"
"""A browser keeps an answer, and asks by its ETag whether it still holds."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its name in the menu (None: not in it), its template, its answer.

    `takes` names the values its address may have, for the description of the API. `state` tells
    what the answer depends on beside the ledger and the address.
    """

    path: str
    title: str
    template: str
    answer: Callable[[Asked], Answer]
    takes: tuple[str, ...] = ()
    menu: bool = False
    says: str = ""
    state: Callable[[Asked], object] = lambda asked: None


class MissingError(Exception):
    """There is no such thing in the desk."""


class Renderer:
    """Turns requests for pages into answers."""

    def __init__(self, serving: Serving, ledgers: Ledgers, pages: tuple[Page, ...]) -> None:
        self.serving = serving
        self.ledgers = ledgers
        self.memory: Memory[bytes] = Memory(MEMORY, len)
        self.seal = version("foreigndesk") + str(_stamp()) + str(serving.read_only)
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self.templates.globals.update(
            menu=[page for page in pages if page.menu], link=link, segment=segment,
            words=words, read_only=serving.read_only, desk_name=serving.desk.resolve().name,
        )  # fmt: skip
        self.templates.filters.update(words.FILTERS)

    def asked(self, request: Request, path: str) -> Asked:
        """The request in our words; `path` is the page's own address, without an ending."""
        return Asked(
            self.ledgers.current(), self.serving, path, request.query_params, request.path_params
        )

    def respond(self, page: Page, request: Request, as_json: bool) -> Response:
        """A page's answer in the form asked for."""
        path = request.url.path.removesuffix(".json") if as_json else request.url.path
        try:
            asked = self.asked(request, path)
            query = f"{request.url.query} {page.state(asked)}"
            etag = self.etag(asked, request.url.path, query, as_json)
            if etag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=_headers(etag))
            body = self.memory.get(etag, lambda: self._body(page, asked, as_json))
        except (ForeignDeskError, MissingError) as error:
            return self.failed(error, request, as_json)
        return Response(body, media_type=_type(as_json), headers=_headers(etag))

    def ready(self, page: Page, asked: Asked) -> None:
        """Work a page out that nobody has asked for yet."""
        etag = self.etag(asked, page.path, f" {page.state(asked)}", as_json=False)
        self.memory.get(etag, lambda: self._body(page, asked, False))

    def etag(self, asked: Asked, path: str, query: str, as_json: bool) -> str:
        """What an answer is the answer to: ledger, address, form, program."""
        told = (asked.desk.generation, path, query, as_json)
        return f'"{hashlib.sha256(repr((self.seal, told)).encode()).hexdigest()[:24]}"'

    def failed(self, error: Exception, request: Request, as_json: bool) -> Response:
        """An error in four lines, with the status that fits it."""
        status = 400 if isinstance(error, UsageError) else 503
        said = {"where": request.url.path, "found": str(error), "expected": "", "do": ""}
        if isinstance(error, MissingError):
            status = 404
            said |= {"expected": "a record of this desk", "do": "Look for it under Search."}
        if isinstance(error, ForeignDeskError):
            said = {name: getattr(error, name) for name in said}
        if as_json:
            return Response(_encoded({"error": said}), status, media_type=_type(True))
        page = self.html("error.html", {"error": said, "status": status}, None, "Not found")
        return Response(page, status, media_type=_type(False))

    def html(
        self, template: str, answer: Mapping[str, Any], asked: Asked | None, title: str
    ) -> bytes:
        """A template filled."""
        values = {"asked": asked, "title": title, "here": asked.path if asked else "", **answer}
        return self.templates.get_template(template).render(values).encode("utf-8", "replace")

    def _body(self, page: Page, asked: Asked, as_json: bool) -> bytes:
        answer = page.answer(asked)
        if as_json:
            return _encoded({k: v for k, v in answer.items() if not k.startswith("_")})
        return self.html(page.template, answer, asked, str(answer.get("_title", page.title)))


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value)


def _headers(etag: str) -> dict[str, str]:
    return {"etag": etag, "cache-control": CACHING, "vary": "cookie, authorization"}


def _type(as_json: bool) -> str:
    return "application/json" if as_json else "text/html; charset=utf-8"


def _stamp() -> int:
    """The newest of the program's templates, so that a changed one is not served from memory."""
    return max(file.stat().st_mtime_ns for file in (HERE / "templates").iterdir())
