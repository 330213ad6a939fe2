"""Take pictures of every page of the desk in a browser: python docs/make_screenshots.py [DESK]

Without DESK the sample pages are read into a new one. The pictures go to build/screenshots: each
page wide and light, wide and dark, and 380 px narrow. Needs Chromium and the extra `browser`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from foreigndesk.desk.web.app import create_app, prepared
from foreigndesk.desk.web.options import Serving
from foreigndesk.engine.run import read_into
from foreigndesk.ledger.desk import Desk
from foreigndesk.settings import Settings

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "build" / "screenshots"
VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 380, "height": 800}, "color_scheme": "light"},
    "broad": {"viewport": {"width": 2500, "height": 1200}, "color_scheme": "light"},
}
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
"""What the browser may be called on this machine."""


def chromium() -> str | None:
    """The path of an installed Chromium, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def served(serving: Serving) -> Iterator[str]:
    """A desk served on a free port of this machine; gives its address."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(prepared(serving)), port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)


def addresses(base: str) -> dict[str, str]:
    """Every page of the desk at `base`, with a name for its picture."""
    found = {name: f"/{name}" for name in (
        "overview", "events", "articles", "actors", "dyads", "network", "map", "claims",
        "promises", "discrepancies", "sources", "review", "search", "upload",
    )}  # fmt: skip
    with httpx.Client(base_url=base, timeout=30) as ask:
        events = ask.get("/events.json", params={"sort": "stories"}).json()["events"]
        pairs = ask.get("/dyads.json").json()["pairs"]
        pages = ask.get("/articles.json").json()["articles"]
        if events:
            found["event"] = f"/event/{events[0]['event_id']}"
            first = ask.get(found["event"] + ".json").json()["reports"][0]
            found["report"] = f"/report/{first['report_id']}"
            found["article"] = f"/article/{first['document']['id']}"
        elif pages:
            found["article"] = f"/article/{pages[0]['document_id']}"
        if pairs:
            found["dyad"] = f"/dyad/{pairs[0]['one']}/{pairs[0]['other']}"
            found["actor"] = f"/actor/{pairs[0]['one']}"
            found["events-filtered"] = f"/events?actor={pairs[0]['one']}&standing=reported"
            found["search-found"] = f"/search?q={events[0]['event_type'].lower()}*+president"
            found["review-links"] = "/review?what=links"
        found["not-found"] = "/event/nothing"
    return found


def take(browser: Browser, base: str, target: Path, only: tuple[str, ...] = ()) -> None:
    """A picture of every page in every view."""
    target.mkdir(parents=True, exist_ok=True)
    for view, settings in VIEWS.items():
        context = browser.new_context(**settings)
        page = context.new_page()
        for name, path in addresses(base).items():
            if only and name not in only:
                continue
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(150)
            page.screenshot(path=target / f"{name}-{view}.png", full_page=view != "broad")
        context.close()


def main() -> None:
    """Read the sample if no desk is given, serve it, take the pictures."""
    path = chromium()
    if path is None:
        sys.exit("No Chromium is installed: apt-get install chromium")
    given = [Path(word) for word in sys.argv[1:2]]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        desk = given[0] if given else Path(folder) / "sample"
        if not given:
            read_into(Desk.create_or_open(desk), [ROOT / "sample" / "pages"], Settings(jobs=1))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with served(Serving(desk)) as base:
            take(browser, base, TARGET, tuple(sys.argv[2:]))
        browser.close()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET}")


if __name__ == "__main__":
    main()
