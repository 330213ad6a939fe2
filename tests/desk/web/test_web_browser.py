"""The desk in a real browser: no errors, filters, keys, upload, narrow and dark, nothing sent out.

Skipped where Chromium or the extra `browser` is not installed.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install foreigndesk[browser]")
from playwright.sync_api import Browser, Page, sync_playwright
from web_desk import SETTINGS

from foreigndesk.desk.web.options import Serving
from foreigndesk.engine.run import finish
from foreigndesk.ledger.desk import Desk

_SCRIPT = Path(__file__).parents[3] / "docs" / "make_screenshots.py"
_SPEC = importlib.util.spec_from_file_location("make_screenshots", _SCRIPT)
assert _SPEC is not None
assert _SPEC.loader is not None
shots = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(shots)
CHROMIUM = shots.chromium()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
PAGE = b"TEHRAN (Wire) - Iran attacked Israel on Monday, officials said.\n"
VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 380, "height": 800}, "color_scheme": "dark"},
    "broad": {"viewport": {"width": 2500, "height": 1200}},
}


class Watched:
    """A page of the browser with what went wrong on it and what it asked for."""

    def __init__(self, browser: Browser, base: str, **view: Any) -> None:
        self.base = base
        self.context = browser.new_context(base_url=base, **view)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def base(desk: Path) -> Iterator[str]:
    """The sample desk, served read-only."""
    with shots.served(Serving(desk, read_only=True)) as address:
        yield address


@pytest.fixture
def own(tmp_path: Path) -> Iterator[str]:
    """A new desk, served to be changed."""
    finish(Desk.create_or_open(tmp_path / "new"), SETTINGS)
    with shots.served(Serving(tmp_path / "new")) as address:
        yield address


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_is_drawn_without_an_error(browser: Browser, base: str, view: str) -> None:
    watched = Watched(browser, base, **VIEWS[view])
    for name, path in shots.addresses(base).items():
        page = watched.go(path)
        assert page.locator("h1").count() == 1, name
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} px wider than the window"
        for figure in page.locator("figure.chart").all():
            figure.scroll_into_view_if_needed()
            figure.locator("svg").first.wait_for(timeout=5000)
        if name != "not-found":
            assert watched.wrong == [], name
        watched.wrong.clear()
    assert {url.split("/")[2] for url in watched.asked if url.startswith("http")} == {
        base.removeprefix("http://")
    }
    assert not [url for url in watched.asked if not url.startswith(("http://", "data:"))]


def test_filters_work_without_scripts(browser: Browser, base: str) -> None:
    watched = Watched(browser, base, java_script_enabled=False)
    page = watched.go("/events")
    page.locator("form.filters input[name=actor]").fill("PRK")
    page.locator("form.filters button").click()
    assert "actor=PRK" in page.url
    page.locator(".facet a").first.click()
    assert "event_type=" in page.url
    assert page.locator(".rows.events > li").count() > 0


def test_two_clicks_from_the_overview_to_the_sentence(browser: Browser, base: str) -> None:
    page = Watched(browser, base).go("/overview")
    page.locator("section .rows .main").first.click()
    page.locator(".report .meta a").first.click()
    page.wait_for_url(re.compile("/article/.*#at-"))
    assert page.locator(":target").count() == 1


def test_a_bar_of_a_chart_leads_to_its_events(browser: Browser, base: str) -> None:
    page = Watched(browser, base).go("/events?actor=PRK")
    page.locator("figure.chart svg .mark-rect path").first.click()
    page.wait_for_url(re.compile("since=.*until="))
    assert "actor=PRK" in page.url


def test_a_chart_is_saved(browser: Browser, base: str) -> None:
    page = Watched(browser, base).go("/network")
    page.locator("figure.chart svg").first.wait_for()
    for form in ("svg", "png"):
        with page.expect_download() as waited:
            page.locator(f"[data-save={form}]").click()
        saved = Path(waited.value.path()).read_bytes()
        assert saved[:4] in (b"<svg", b"\x89PNG")


def test_keys_lead_through_a_list(browser: Browser, base: str) -> None:
    page = Watched(browser, base).go("/events")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("[data-row].here").count() == 1
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/event/"))
    page.keyboard.press("/")
    page.keyboard.type("putin")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search\\?q=putin"))


def test_the_theme_is_chosen_and_kept(browser: Browser, base: str) -> None:
    watched = Watched(browser, base, color_scheme="light")
    page = watched.go("/overview")
    shade = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(shade)
    page.locator("[data-theme-button]").click()
    dark = page.evaluate(shade)
    assert dark != light
    assert watched.go("/events").evaluate(shade) == dark


def test_upload_with_progress_then_review_by_keys(
    browser: Browser, own: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(PAGE)
    watched = Watched(browser, own)
    page = watched.go("/upload")
    page.set_input_files("input[type=file]", str(tmp_path / "a.txt"))
    page.locator("form.upload button").click()
    page.locator('.job[data-state="done"]').wait_for(timeout=60_000)
    assert "1 articles" in page.locator(".job").inner_text()
    page = watched.go("/review")
    before = page.locator("blockquote").first.inner_text()
    page.keyboard.press("w")
    page.get_by_text("1 judged in all").wait_for()
    judged = Desk.open(tmp_path / "new").judgements()
    assert [j.verdict for j in judged] == ["wrong"]
    page.keyboard.press("u")
    page.get_by_text("2 judged in all").wait_for()
    assert page.locator("blockquote").first.inner_text() == before
    assert [j.verdict for j in Desk.open(tmp_path / "new").judgements()] == ["wrong", "undo"]
    assert watched.wrong == []


def test_a_hostile_page_does_nothing(browser: Browser, hostile_desk: Path) -> None:
    with shots.served(Serving(hostile_desk, read_only=True)) as base:
        watched = Watched(browser, base)
        for path in [*shots.addresses(base).values(), "/search?q=alert"]:
            watched.go(path)
        assert [w for w in watched.wrong if "404" not in w] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_of_axe(browser: Browser, base: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe").Axe()
    watched = Watched(browser, base, color_scheme=scheme)
    found = {}
    for name, path in shots.addresses(base).items():
        page = watched.go(path)
        told = axe.run(page).response["violations"]
        bad = [v for v in told if v["impact"] in ("serious", "critical")]
        found[name] = [
            f"{v['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for v in bad for node in v["nodes"][:2]
        ]  # fmt: skip
    assert {name: told for name, told in found.items() if told} == {}


def test_chromium_is_where_the_script_looks() -> None:
    assert CHROMIUM is not None
    assert shutil.which(Path(CHROMIUM).name) == CHROMIUM
