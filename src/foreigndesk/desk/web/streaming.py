"""Whole answers in JSON lines or CSV, sent as they are read: large ones never stand in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import chain

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from foreigndesk.desk.web.answers import Renderer
from foreigndesk.desk.web.lists import PLACED, SPOKEN
from foreigndesk.errors import ForeignDeskError
from foreigndesk.exchange.export import WHAT, batches
from foreigndesk.exchange.shapes import columns, flat

FILTERS = {"claims": SPOKEN, "articles": ("outlet", "text", "as_of"), "stories": ()}
"""Which filters each kind of record takes; the others take those of events."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def stream(renderer: Renderer, what: str, form: str) -> Callable[[Request], Response]:
    """The address `/WHAT.FORM`: every record that the filters let through."""

    def send(request: Request) -> Response:
        try:
            asked = renderer.asked(request, f"/{what}")
            allowed = FILTERS.get(what, PLACED)
            filters = asked.filters(*allowed) if allowed else None
            rows = batches(asked.desk, what, filters)
            first = next(rows, [])
        except ForeignDeskError as error:
            return renderer.failed(error, request, as_json=True)
        lines = chain([first], rows)
        names = {"content-disposition": f'attachment; filename="{what}.{form}"'}
        if form == "jsonl":
            body = ("".join(f"{line}\n" for line in batch).encode() for batch in lines)
            return StreamingResponse(body, media_type="application/jsonl", headers=names)
        return StreamingResponse(_csv(lines, what), media_type="text/csv", headers=names)

    return send


def plain_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: texts come from strangers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _csv(lines: Iterator[list[str]], what: str) -> Iterator[bytes]:
    names = columns(WHAT[what])
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for batch in lines:
        for line in batch:
            row = flat(msgspec.json.decode(line), names)
            writer.writerow([plain_cell(row.get(name)) for name in names])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
