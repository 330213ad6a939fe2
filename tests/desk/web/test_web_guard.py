"""What strangers can do: nothing. Hostile pages, foreign sites, missing tokens."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from web_desk import BASE, Client, TestClient

from foreigndesk.desk.web.app import PAGES, prepared
from foreigndesk.desk.web.options import Serving
from foreigndesk.desk.web.streaming import plain_cell
from foreigndesk.errors import DeskError, UsageError

HTML = {"accept": "text/html"}
PLAIN = [page.path for page in PAGES if "{" not in page.path]


def records(client: TestClient) -> list[str]:
    """The addresses of every record of a small desk."""
    found = [
        f"/article/{a['document_id']}" for a in client.get("/articles.json").json()["articles"]
    ]
    for event in client.get("/events.json").json()["events"]:
        found.append(f"/event/{event['event_id']}")
        answer = client.get(found[-1] + ".json").json()
        found += [f"/report/{report['report_id']}" for report in answer["reports"]]
    return found


def test_hostile_text_stays_text(served: Client, hostile_desk: Path) -> None:
    client = served(hostile_desk, read_only=True)
    seen = 0
    for path in [*PLAIN, *records(client), "/search?q=alert", "/review?what=links"]:
        page = client.get(path)
        assert page.status_code == 200, path
        assert not re.search(r"<img(?! src=\"/chart/)", page.text), path
        assert not re.search(r"<script(?![^>]* src=\"/static/)", page.text), path
        assert 'href="javascript:' not in page.text, path
        seen += "&lt;script&gt;" in page.text
    assert seen >= 4


def test_hostile_words_in_an_address(client: TestClient) -> None:
    words = '"><script>alert(1)</script>'
    for path in ("/events", "/search", "/claims", "/actor/" + words, "/dyad/a/" + words):
        page = client.get(path, params={"q": words, "actor": words, "text": words})
        assert "<script>alert" not in page.text
        assert page.status_code in (200, 404)


@pytest.mark.parametrize("path", ["/overview", "/events.json", "/static/desk.js", "/nowhere"])
def test_every_answer_has_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_no_page_has_script_or_style_in_it(client: TestClient) -> None:
    event = client.get("/events.json").json()["events"][0]["event_id"]
    for path in [*PLAIN, f"/event/{event}"]:
        page = client.get(path).text
        assert not re.search(r"<script[^>]*>[^<]", page), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path


def test_pages_name_no_other_site(client: TestClient) -> None:
    for path in PLAIN:
        for address in re.findall(r"(?:src|href|action)=\"([^\"]*)\"", client.get(path).text):
            assert address.startswith(("/", "#")), f"{path}: {address}"


def test_other_names_of_this_machine_are_refused(served: Client, desk: Path) -> None:
    client = served(desk, "http://evil.example:8765", read_only=True)
    assert client.get("/overview").status_code == 421


def test_a_token_is_asked_for(served: Client, desk: Path) -> None:
    client = served(desk, read_only=True, token="secret")
    assert client.get("/overview").status_code == 401
    assert client.get("/overview?token=wrong").status_code == 401
    assert client.get("/events.json", headers={"authorization": "Bearer secret"}).status_code == 200
    assert client.get("/events.json", headers={"authorization": "Bearer secre"}).status_code == 401
    shown = client.get("/overview", headers=HTML)
    assert (shown.status_code, "<form" in shown.text) == (401, True)
    assert client.get("/static/style.css").status_code == 200


def test_a_token_in_an_address_goes_into_a_cookie(served: Client, desk: Path) -> None:
    client = served(desk, read_only=True, token="secret")
    let_in = client.get("/events?actor=PRK&token=secret")
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/events?actor=PRK")
    cookie = let_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secret" not in cookie
    assert client.get("/events?actor=PRK").status_code == 200


def test_a_token_leads_nowhere_else(served: Client, desk: Path) -> None:
    client = served(desk, read_only=True, token="secret")
    assert client.get(f"{BASE}//evil.example/?token=secret").headers["location"] == "/evil.example/"


def test_others_reach_the_desk_only_with_a_token(desk: Path) -> None:
    with pytest.raises(UsageError, match="no token"):
        prepared(Serving(desk, host="0.0.0.0", read_only=True))


def test_a_desk_that_is_not_there_is_not_made_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no such folder"):
        prepared(Serving(tmp_path / "none", read_only=True))


@pytest.mark.parametrize("path", ["/upload", "/review/judge", "/review/apply"])
def test_a_read_only_desk_takes_nothing(client: TestClient, path: str, desk: Path) -> None:
    before = sorted(p.name for p in desk.iterdir())
    answer = client.post(path, data={"subject": "x", "verdict": "wrong"})
    assert answer.status_code == 400
    assert "read-only" in answer.text
    assert sorted(p.name for p in desk.iterdir()) == before


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_other_sites_can_send_nothing(served: Client, tmp_path: Path, origin: str) -> None:
    client = served(tmp_path / "new")
    for path in ("/upload", "/review/judge", "/review/apply"):
        assert client.post(path, headers={"origin": origin}).status_code == 403
    crossed = client.post("/review/apply", headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403


def test_tables_hold_no_formulas(served: Client, hostile_desk: Path) -> None:
    for start in "=+-@":
        assert plain_cell(f"{start}cmd()") == f"'{start}cmd()"
    assert plain_cell(-3) == -3
    rows = csv.reader(io.StringIO(served(hostile_desk, read_only=True).get("/articles.csv").text))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
