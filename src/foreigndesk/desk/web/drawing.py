"""The addresses of charts: their specification, data and, where it can be drawn here, picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from foreigndesk.desk.web import charts
from foreigndesk.desk.web.answers import MissingError, Renderer
from foreigndesk.desk.web.asked import Asked
from foreigndesk.desk.web.streaming import plain_cell
from foreigndesk.errors import ForeignDeskError

TYPES = {
    "vl.json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
"""The forms in which a chart can be had."""
DRAWING = frozenset({"href", "signed", "rank"})
"""Columns that serve the drawing, and are no data."""


def chart_routes(renderer: Renderer) -> list[Route]:
    """`/chart/NAME.FORM` for every form."""
    return [Route(f"/chart/{{name}}.{form}", _draw(renderer, form), name=form) for form in TYPES]


def _draw(renderer: Renderer, form: str) -> Callable[[Request], Response]:
    def draw(request: Request) -> Response:
        try:
            asked = renderer.asked(request, "/events")
            etag = renderer.etag(asked, request.url.path, request.url.query, True)
            headers = {"etag": etag, "cache-control": "private, no-cache"}
            if etag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            name = request.path_params["name"]
            body = renderer.memory.get(etag, lambda: _made(asked, name, form))
        except (ForeignDeskError, MissingError) as error:
            return renderer.failed(error, request, as_json=True)
        return Response(body, media_type=TYPES[form], headers=headers)

    return draw


def _made(asked: Asked, name: str, form: str) -> bytes:
    if name not in charts.CHARTS:
        raise MissingError(f"no chart {name!r}")
    if form == "csv":
        return _csv(charts.rows_of(asked, name))
    spec = charts.spec_of(asked, name)
    if form == "vl.json":
        return json.dumps(spec, ensure_ascii=False, allow_nan=False).encode()
    if not charts.drawn_here():
        raise MissingError("the extra `charts`: pip install 'foreigndesk[charts]'")
    return charts.drawn(spec, "svg" if form == "svg" else "png")


def _csv(rows: charts.Rows) -> bytes:
    out = io.StringIO(newline="")
    names = [name for name in (rows[0] if rows else {}) if name not in DRAWING]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([plain_cell(row[name]) for name in names] for row in rows)
    return out.getvalue().encode()
