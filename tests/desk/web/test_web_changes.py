"""What changes a desk by way of its server: uploads, judgements, a folder that is watched."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from web_desk import Client, TestClient

from foreigndesk.ledger.desk import Desk

PAGE = b"TEHRAN (Wire) - Iran attacked Israel on Monday, officials said.\n"
JSON = {"accept": "application/json"}


def ended(client: TestClient, number: int) -> dict[str, object]:
    """The job once it has ended."""
    for _ in range(600):
        job: dict[str, object] = client.get(f"/jobs/{number}.json").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"still {job}")


def test_an_upload_is_read(served: Client, tmp_path: Path) -> None:
    client = served(tmp_path / "new")
    sent = [("files", ("../../evil name<.txt", PAGE))]
    job = client.post("/upload", files=sent, data={"published": "2024-05-06"}, headers=JSON).json()
    with client.stream("GET", f"/jobs/{job['number']}/events") as live:
        told = [json.loads(line[6:]) for line in live.iter_lines() if line.startswith("data: ")]
    assert [told[0]["number"], told[-1]["state"]] == [job["number"], "done"]
    assert told[-1]["articles"] == 1
    events = client.get("/events.json").json()
    assert events["total"] > 0
    assert events["events"][0]["told"] == "2024-05-06"
    kept = [p.name for p in (tmp_path / "new" / "uploaded").iterdir()]
    assert len(kept) == 1
    assert kept[0].endswith("evil-name-.txt")
    page = client.get("/upload").text
    assert "evil name&lt;.txt" in page


def test_an_upload_that_cannot_be_read_says_why(served: Client, tmp_path: Path) -> None:
    client = served(tmp_path / "new")
    job = client.post("/upload", files=[("files", ("a.txt", b""))], headers=JSON).json()
    found = ended(client, job["number"])
    assert found["state"] == "failed"
    assert str(found["says"]).startswith("Found ")


@pytest.mark.parametrize("length", [None, "told"])
def test_too_large_an_upload_is_refused(served: Client, tmp_path: Path, length: str | None) -> None:
    client = served(tmp_path / "new", max_upload=10_000)
    body = (
        b"--b\r\nContent-Disposition: form-data; name=files; filename=a.txt\r\n\r\n" + b"x" * 20_000
    )
    kind = {"content-type": "multipart/form-data; boundary=b"}
    content = body if length else iter([body[:9000], body[9000:]])
    assert client.post("/upload", content=content, headers=kind).status_code == 413
    assert not list((tmp_path / "new").glob("uploaded/*"))


@pytest.mark.parametrize(
    ("data", "files"), [({}, []), ({"published": "soon"}, [("files", ("a.txt", PAGE))])]
)
def test_an_upload_that_is_none(
    served: Client, tmp_path: Path, data: dict[str, str], files: list[object]
) -> None:
    client = served(tmp_path / "new")
    assert client.post("/upload", data=data, files=files, headers=JSON).status_code == 400  # type: ignore[arg-type]


def test_the_line_is_bounded(served: Client, tmp_path: Path) -> None:
    client = served(tmp_path / "new", max_wait=0)
    sent = client.post("/upload", files=[("files", ("a.txt", PAGE))], headers=JSON)
    assert sent.status_code == 400
    assert "waiting" in sent.json()["error"]["found"]


def test_a_watched_folder_is_read(served: Client, tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    client = served(tmp_path / "new", watch=tmp_path / "incoming")
    (tmp_path / "incoming" / "page.txt").write_bytes(PAGE)
    for _ in range(300):
        if client.get("/events.json").json()["total"]:
            break
        time.sleep(0.1)
    assert client.get("/events.json").json()["total"] > 0
    assert "new files in incoming" in client.get("/upload").text


def test_a_judgement_is_kept_and_followed(served: Client, tmp_path: Path) -> None:
    client = served(tmp_path / "new")
    number = client.post("/upload", files=[("files", ("a.txt", PAGE))], headers=JSON).json()[
        "number"
    ]
    assert ended(client, number)["state"] == "done"
    report = client.get("/review.json").json()["reports"][0]["report_id"]
    before = client.get("/overview.json").json()["counts"]["events"]
    sent = client.post("/review/judge", data={"subject": report, "verdict": "wrong", "by": "Ada"})
    assert sent.status_code == 303
    judged = Desk.open(tmp_path / "new").judgements()
    assert [(j.subject, j.verdict, j.by) for j in judged] == [(report, "wrong", "Ada")]
    shown = client.get("/review.json").json()
    assert [r["report_id"] for r in shown["reports"]] != [report]
    assert shown["pending"] == 1
    job = client.post("/review/apply", headers=JSON).json()
    assert ended(client, job["number"])["state"] == "done"
    assert client.get("/overview.json").json()["counts"]["events"] < before


@pytest.mark.parametrize(
    "given",
    [
        {"subject": "nothing", "verdict": "wrong"}, {"subject": "nothing", "verdict": "maybe"},
        {"subject": "a", "other": "b", "verdict": "same"}, {},
    ],
)  # fmt: skip
def test_a_judgement_of_nothing_is_refused(
    served: Client, tmp_path: Path, given: dict[str, str]
) -> None:
    client = served(tmp_path / "new")
    assert client.post("/review/judge", data=given).status_code == 400
    assert Desk.open(tmp_path / "new").judgements() == []
