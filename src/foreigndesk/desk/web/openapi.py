"""The description of the HTTP API (OpenAPI 3.1), made from the table of pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from foreigndesk.desk.web import words
from foreigndesk.desk.web.answers import Page
from foreigndesk.desk.web.lists import PLACED
from foreigndesk.desk.web.streaming import FILTERS

SAYS: dict[str, str] = {
    "actor": "Code (PRK), id, name or word of a name (Putin) of who takes part.",
    "dyad": "Two actors: PRK-RUS, or PRK>RUS from one to the other.",
    "event_type": "PLOVER event type.",
    "mode": "PLOVER mode (drone), or a type of your own codebook (sabotage, sabotage/cable).",
    "context": "PLOVER context (military).",
    "status": "What the pages commit to.",
    "standing": "How well the event stands.",
    "since": "From this day on (YYYY-MM-DD, YYYY-MM or YYYY).",
    "until": "Up to this day, month or year.",
    "place": "A word of the place's name.",
    "country": "The place's country, ISO alpha-3.",
    "outlet": "As one outlet has it.",
    "alone": "1: only events that one outlet alone reports.",
    "speaker": "Code or name of who speaks.",
    "about": "Code or name of whom it is about.",
    "stance": "What the speaker does.",
    "outcome": "What became of a promise.",
    "text": "Words as they stand in the evidence.",
    "as_of": "As it was known on this day.",
    "sort": "The order of the rows.",
    "page": "Which page of the answer, from 1.",
    "size": "Rows of a page.",
    "ties": "At most so many ties.",
    "q": "Words to be found; in quotes, in this order; with * at its end, a beginning of words.",
    "in": "Where to search.",
    "what": "What to judge.",
    "at": "Which one of those to be judged, from 0.",
}
"""What each value of an address means."""
CHOICES: dict[str, tuple[str, ...]] = {
    "event_type": tuple(map(str, words.TYPES)),
    "status": tuple(map(str, words.STATUSES)),
    "standing": tuple(map(str, words.STANDINGS)),
    "stance": tuple(map(str, words.STANCES)),
    "outcome": words.OUTCOMES,
    "sort": ("newest", "oldest", "told", "stories", "type"),
    "in": ("all", "articles", "evidence"),
    "what": ("reports", "links"),
}
WHOLE = frozenset({"page", "size", "ties", "at"})


def description(pages: Sequence[Page], streamed: Sequence[str]) -> dict[str, Any]:
    """The whole description."""
    paths = {_path(page.path) + ".json": _get(page) for page in pages}
    for what in streamed:
        takes = FILTERS.get(what, PLACED)
        for form in ("jsonl", "csv"):
            paths[f"/{what}.{form}"] = _stream(what, form, takes)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Foreign Desk",
            "version": version("foreigndesk"),
            "description": "A sourced record of who did what to whom. Every answer has an ETag.",
        },
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _get(page: Page) -> dict[str, Any]:
    within = [_named(name, "path") for name in re.findall(r"\{(\w+)", page.path)]
    asked = [_named(name, "query") for name in page.takes]
    return {"get": {
        "summary": page.says, "operationId": "get" + page.title.replace(" ", ""),
        "parameters": within + asked,
        "responses": {
            "200": {"description": page.says,
                    "content": {"application/json": {"schema": {"type": "object"}}}},
            "304": {"description": "Not changed since the ETag in If-None-Match."},
            "400": {"description": "A value of the address is no such thing."},
            "404": {"description": "No such record."},
        },
    }}  # fmt: skip


def _stream(what: str, form: str, takes: Sequence[str]) -> dict[str, Any]:
    kind = "application/jsonl" if form == "jsonl" else "text/csv"
    return {"get": {
        "summary": f"All {what} that the filters let through, streamed.",
        "operationId": f"stream{what.capitalize()}{form.capitalize()}",
        "parameters": [_named(name, "query") for name in takes],
        "responses": {"200": {"description": f"One of the {what} on each line.",
                              "content": {kind: {"schema": {"type": "string"}}}}},
    }}  # fmt: skip


def _named(name: str, place: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if name in WHOLE else "string"}
    if name in CHOICES:
        schema["enum"] = list(CHOICES[name])
    says = SAYS.get(name, "The record's id, its beginning, or a name.")
    found = {"name": name, "in": place, "description": says, "schema": schema}
    return found | ({"required": True} if place == "path" else {})


def _path(path: str) -> str:
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)
