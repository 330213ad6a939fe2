"""The server of a desk: every page, the same as JSON beside it, charts, exports, uploads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from foreigndesk.desk.web import lists, overview, people, records, review, searching
from foreigndesk.desk.web.answers import MissingError, Page, Renderer
from foreigndesk.desk.web.charts import FILTERS
from foreigndesk.desk.web.drawing import chart_routes
from foreigndesk.desk.web.guard import Guard
from foreigndesk.desk.web.jobs import Jobs
from foreigndesk.desk.web.networks import PERIOD
from foreigndesk.desk.web.openapi import description
from foreigndesk.desk.web.options import Serving
from foreigndesk.desk.web.snapshot import Ledgers
from foreigndesk.desk.web.streaming import stream
from foreigndesk.desk.web.uploads import upload_routes
from foreigndesk.desk.web.warming import Warmer
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk

PAGES: tuple[Page, ...] = (
    Page("/overview", "Overview", "overview.html", overview.overview, menu=True,
         says="What is new, what is contested, promises due, the busiest pairs."),
    Page("/events", "Events", "events.html", lists.events,
         (*lists.PLACED, "alone", "sort", *lists.PAGED), menu=True,
         says="Events by filters, with counts by facet."),
    Page("/event/{id}", "Event", "event.html", records.event, lists.PAGED,
         says="An event with all that is said of it."),
    Page("/articles", "Articles", "articles.html", lists.articles,
         ("outlet", "text", "as_of", *lists.PAGED), menu=True,
         says="Articles by outlet and words."),
    Page("/article/{id}", "Article", "article.html", records.article,
         says="An article as read, with its reports and its copies."),
    Page("/report/{id}", "Report", "report.html", records.report,
         says="A report: its sentence in context and every coded value."),
    Page("/actors", "Actors", "actors.html", people.actor_list, menu=True,
         says="The actors' codes with the most events."),
    Page("/actor/{id:path}", "Actor", "actor.html", people.actor,
         says="An actor: what it does and suffers, with whom, what it says."),
    Page("/dyads", "Dyads", "dyads.html", people.pair_list, PERIOD, menu=True,
         says="The pairs with the most events."),
    Page("/dyad/{one}/{other}", "Dyad", "dyad.html", people.dyad,
         (*PERIOD, *lists.PAGED), says="Two actors over time, and the events beneath."),
    Page("/network", "Network", "network.html", people.network, (*PERIOD, "ties"),
         menu=True, says="States, their signed ties and their blocs."),
    Page("/map", "Map", "map.html", people.world, FILTERS, menu=True,
         says="Places with their events."),
    Page("/claims", "Claims", "claims.html", lists.claims, (*lists.SPOKEN, *lists.PAGED),
         menu=True, says="Who asserts, alleges, doubts or denies what."),
    Page("/promises", "Promises", "promises.html", lists.promises,
         (*lists.COMMON, "outcome", *lists.PAGED), menu=True,
         says="What was announced, and what became of it."),
    Page("/discrepancies", "Discrepancies", "discrepancies.html", lists.discrepancies,
         (*lists.COMMON, *lists.PAGED), menu=True, says="Reports that cannot both be right."),
    Page("/sources", "Sources", "sources.html", lists.sources,
         ("outlet", "text", "as_of", *lists.PAGED), menu=True,
         says="Outlets: articles, copies, what they alone report."),
    Page("/review", "Review", "review.html", review.review, ("what", "at"), menu=True,
         says="Reports and links that a person should judge."),
    Page("/search", "Search", "search.html", searching.search, ("q", "in", *lists.PAGED),
         menu=True, says="Full text over articles and evidence.", state=searching.state),
)  # fmt: skip
"""Every page. Each has the same answer as JSON at its address with `.json` behind it."""
STREAMED = ("events", "claims", "discrepancies", "articles", "reports", "stories")
HERE = Path(__file__).parent


class Files(StaticFiles):
    """The program's own files; a browser may keep them for an hour."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, with leave to keep it."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["cache-control"] = "public, max-age=3600"
        return answer

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file of that path."""
        return await super().get_response(path, scope)


def create_app(serving: Serving) -> Starlette:
    """The application that serves a desk. Raises DeskError where there is none."""
    desk = Desk.open(serving.desk)
    ledgers = Ledgers(desk)
    renderer = Renderer(serving, ledgers, PAGES)
    jobs = Jobs(serving, desk)
    index = searching.Index(desk, serving, ledgers)
    warmer = Warmer(renderer, PAGES)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        jobs.start()
        index.start()
        warmer.start()
        yield
        warmer.stop()
        index.stop()
        jobs.stop()
        ledgers.close()

    app = Starlette(
        routes=_routes(renderer, jobs, serving),
        middleware=[Middleware(Guard, serving=serving)],
        lifespan=lifespan,
        exception_handlers={HTTPException: _not_here(renderer), Exception: _broken},
    )
    app.state.jobs, app.state.ledgers, app.state.index = jobs, ledgers, index
    return app


def _routes(renderer: Renderer, jobs: Jobs, serving: Serving) -> list[Route | Mount]:
    routes: list[Route | Mount] = [
        Route("/", _home),
        Route("/openapi.json", _openapi),
        *(Route(f"/{what}.{form}", stream(renderer, what, form), name=f"{what}.{form}")
          for what in STREAMED for form in ("jsonl", "csv")),
        *chart_routes(renderer),
        *upload_routes(renderer, jobs),
        *review.routes(renderer, jobs),
    ]  # fmt: skip
    for page in PAGES:
        routes.append(Route(page.path + ".json", _serve(renderer, page, True), name=page.path))
        routes.append(Route(page.path, _serve(renderer, page, False), name=page.path))
    routes.append(Mount("/static", Files(directory=HERE / "static")))
    return routes


def _serve(renderer: Renderer, page: Page, as_json: bool) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        return renderer.respond(page, request, as_json)

    return serve


def _home(request: Request) -> Response:
    return RedirectResponse("/overview", 307)


def _openapi(request: Request) -> Response:
    return Response(
        msgspec.json.encode(description(PAGES, STREAMED)), media_type="application/json"
    )


def _not_here(renderer: Renderer) -> Callable[[Request, Exception], Response]:
    def failed(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code != 404:
            return Response(error.detail + "\n", error.status_code, media_type="text/plain")
        as_json = request.url.path.endswith(".json")
        return renderer.failed(MissingError("no such page"), request, as_json)

    return failed


def _broken(request: Request, error: Exception) -> Response:
    """A defect: said without its inner workings, which the server's log has."""
    return Response("A defect of Foreign Desk; the server's log tells more.\n", 500,
                    media_type="text/plain")  # fmt: skip


def prepared(serving: Serving) -> Serving:
    """A serving whose desk is there, with a ledger; one that may be written is made if it is not.

    Raises DeskError where the desk cannot be opened or made, UsageError where `watch` is no folder
    or the desk would be open to others without a token.
    """
    from foreigndesk.engine.run import finish
    from foreigndesk.settings import from_environment

    if not serving.local and not serving.token:
        raise UsageError(
            f"--host {serving.host}", "no token", "--token, where others can reach the desk",
            "Choose a token, or leave --host out to serve this machine alone.",
        )  # fmt: skip
    if serving.watch is not None and (serving.read_only or not serving.watch.is_dir()):
        found = "--read-only beside it" if serving.read_only else "no such folder"
        raise UsageError(f"--watch {serving.watch}", found, "a folder to read from", "Correct it.")
    desk = Desk.open(serving.desk) if serving.read_only else Desk.create_or_open(serving.desk)
    if not desk.ledger.exists() and not serving.read_only:
        finish(desk, from_environment())
    return replace(serving, desk=desk.path)
