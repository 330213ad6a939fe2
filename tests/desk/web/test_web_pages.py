"""Every page answers, as HTML and as JSON; filters, ways to the evidence, errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from web_desk import BASE, SETTINGS, Client, TestClient

from foreigndesk.analysis import Filters, timeline
from foreigndesk.analysis.lists import promises
from foreigndesk.desk.web.app import PAGES, create_app, prepared
from foreigndesk.desk.web.options import Serving
from foreigndesk.engine.run import finish, read_into
from foreigndesk.ledger.desk import Desk

PLAIN = [page.path for page in PAGES if "{" not in page.path]


def first_event(client: TestClient, **filters: str) -> dict[str, object]:
    found: dict[str, object] = client.get("/events.json", params=filters).json()["events"][0]
    return found


@pytest.mark.parametrize("path", PLAIN)
def test_each_page_and_its_json(client: TestClient, path: str) -> None:
    page, answer = client.get(path), client.get(f"{path}.json")
    assert page.status_code == answer.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "<main" in page.text
    assert isinstance(answer.json(), dict)


@pytest.mark.parametrize("path", [*PLAIN, "/upload"])
def test_an_empty_desk(served: Client, tmp_path: Path, path: str) -> None:
    answer = served(tmp_path / "new").get(path)
    assert answer.status_code == 200


def test_home_leads_to_the_overview(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/overview"


def test_an_event_with_its_reports_in_context(client: TestClient) -> None:
    event = first_event(client, sort="stories")
    page = client.get(f"/event/{event['event_id']}").text
    answer = client.get(f"/event/{event['event_id']}.json").json()
    assert len(answer["reports"]) == len(answer["event"]["reports"]) > 1
    assert '<mark class="trigger' in page or " trigger" in page
    for report in answer["reports"]:
        assert f'id="report-{report["report_id"]}"' in page


def test_from_a_list_to_the_sentence_in_two_steps(client: TestClient) -> None:
    event = first_event(client)
    answer = client.get(f"/event/{event['event_id']}.json").json()
    report = answer["reports"][0]
    target = f"/article/{report['document']['id']}"
    start = report["evidence"]["start"]
    assert f'{target}#at-{start}"' in client.get(f"/event/{event['event_id']}").text
    assert f'id="at-{start}"' in client.get(target).text


def test_an_article_shows_dropped_parts_and_copies(client: TestClient) -> None:
    articles = client.get("/articles.json").json()["articles"]
    copies = [a for a in articles if a["is_copy"]]
    assert copies
    answer = client.get(f"/article/{copies[0]['document_id']}.json").json()
    assert answer["copies"]
    page = client.get(f"/article/{copies[0]['document_id']}").text
    assert answer["copies"][0]["document_id"] in page
    pages = [client.get(f"/article/{a['document_id']}").text for a in articles]
    assert sum("stretch dropped" in shown for shown in pages) > 5


def test_filters_are_those_of_the_command(client: TestClient, desk: Path) -> None:
    for given in (
        {"actor": "PRK"},
        {"dyad": "PRK-RUS", "since": "2024"},
        {"standing": "contested"},
    ):
        total = client.get("/events.json", params=given).json()["total"]
        assert total == timeline(Desk.open(desk), Filters(**given)).num_rows  # type: ignore[arg-type]
        assert total > 0


def test_facets_count_what_their_links_show(client: TestClient) -> None:
    facets = client.get("/events.json", params={"actor": "RUS"}).json()["facets"]
    for name in ("event_type", "standing", "country", "outlet"):
        for row in facets[name][:3]:
            given = {"actor": "RUS", name: row["value"]}
            assert client.get("/events.json", params=given).json()["total"] == row["n"]


def test_pages_of_a_list_hold_each_event_once(client: TestClient) -> None:
    total = client.get("/events.json").json()["total"]
    ids: list[str] = []
    for page in range(1, -(-total // 40) + 1):
        rows = client.get("/events.json", params={"size": 40, "page": page}).json()["events"]
        ids += [row["event_id"] for row in rows]
    assert len(ids) == len(set(ids)) == total


def test_events_that_one_outlet_alone_reports(client: TestClient) -> None:
    for row in client.get("/sources.json").json()["sources"]:
        if row["outlet"]:
            given = {"outlet": row["outlet"], "alone": "1"}
            assert client.get("/events.json", params=given).json()["total"] == row["alone"]


def test_promises_by_outcome(client: TestClient, desk: Path) -> None:
    rows = promises(Desk.open(desk), Filters()).to_pylist()
    for outcome in {row["outcome"] for row in rows}:
        found = client.get("/promises.json", params={"outcome": outcome}).json()
        assert found["total"] == sum(row["outcome"] == outcome for row in rows)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404), ("/event/nothing", 404), ("/article/%2e%2e%2fdesk.toml", 404),
        ("/events?since=yesterday", 400), ("/events?page=0", 400), ("/events?size=100000", 400),
        ("/events?sort=; DROP TABLE events", 400), ("/network?ties=a", 400),
        ("/chart/none.vl.json", 404), ("/static/../app.py", 404), ("/jobs/7.json", 404),
    ],
)  # fmt: skip
def test_what_is_not_there(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_an_error_as_json_says_what_to_do(client: TestClient) -> None:
    said = client.get("/events.json?since=yesterday").json()["error"]
    assert said["found"] == "no day"
    assert "YYYY-MM-DD" in said["expected"]


def test_a_page_is_not_sent_twice(served: Client, desk: Path, tmp_path: Path) -> None:
    client = served(tmp_path / "new")
    first = client.get("/overview")
    etag = first.headers["etag"]
    again = client.get("/overview", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/overview.json").headers["etag"] != etag
    (tmp_path / "page.txt").write_text("Iran attacked Israel on Monday, officials said.\n")
    read_into(Desk.open(tmp_path / "new"), [tmp_path / "page.txt"], SETTINGS)
    other = client.get("/overview", headers={"if-none-match": etag})
    assert other.status_code == 200
    assert "Nothing read yet" in first.text
    assert "Nothing read yet" not in other.text


def test_readers_see_a_new_ledger_while_old_ones_are_open(served: Client, tmp_path: Path) -> None:
    client = served(tmp_path / "new")
    ledgers = client.app.state.ledgers  # type: ignore[attr-defined]
    old = ledgers.current()
    (tmp_path / "page.txt").write_text("Iran attacked Israel on Monday, officials said.\n")
    read_into(Desk.open(tmp_path / "new"), [tmp_path / "page.txt"], SETTINGS)
    assert timeline(old).num_rows == 0
    assert timeline(ledgers.current()).num_rows > 0


def test_what_serving_leaves_in_the_desk(tmp_path: Path) -> None:
    finish(Desk.create_or_open(tmp_path / "new"), SETTINGS)
    before = sorted(p.name for p in (tmp_path / "new").iterdir())
    app = create_app(prepared(Serving(tmp_path / "new", read_only=True)))
    with TestClient(app, base_url=BASE) as client:
        assert client.get("/overview").status_code == 200
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == before


def test_streams_hold_every_record(client: TestClient) -> None:
    lines = client.get("/events.jsonl", params={"actor": "RUS"}).text.splitlines()
    total = client.get("/events.json", params={"actor": "RUS"}).json()["total"]
    assert len(lines) == total
    assert {"event_id", "standing"} <= set(json.loads(lines[0]))
    rows = client.get("/events.csv", params={"actor": "RUS"})
    assert rows.headers["content-type"].startswith("text/csv")
    assert rows.text.startswith("event_id,")


def test_charts_and_their_data(client: TestClient) -> None:
    months = client.get("/chart/timeline.csv").text.splitlines()
    assert months[0] == "month,class,events,mean"
    for name in ("timeline", "intensity", "map", "network"):
        spec = client.get(f"/chart/{name}.vl.json").json()
        assert "vega" in spec["$schema"]
        assert "http" not in json.dumps({k: v for k, v in spec.items() if k != "$schema"})


def test_points_of_a_chart_lead_to_their_events(client: TestClient) -> None:
    spec = json.dumps(client.get("/chart/timeline.vl.json?actor=PRK").json())
    assert "/events?actor=PRK&since=2024-06&until=2024-06" in spec
    found = client.get("/events.json?actor=PRK&since=2024-06&until=2024-06").json()
    assert found["total"] > 0


def test_the_description_names_every_address(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {f"{path}.json" for path in PLAIN} <= set(told["paths"])
    for path, methods in told["paths"].items():
        for parameter in methods["get"]["parameters"]:
            assert parameter["description"], path
            assert (parameter["in"] == "path") == (f"{{{parameter['name']}}}" in path)
