"""Every command, tried as a new user would."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from foreigndesk.desk.cli import COMMANDS

LISTINGS = ("timeline", "claims", "promises", "discrepancies", "dyads", "network", "sources")
PROGRAM = [sys.executable, "-m", "foreigndesk.desk.cli"]
URGE = "Norway urged Mali to free the crew."


@pytest.mark.parametrize("name", [*COMMANDS, "codebook lint", "codebook explain"])
def test_help_has_examples(run, name: str) -> None:
    ran = run(*name.split(), "--help")
    assert ran.status == 0
    if name != "codebook":
        assert f"foreigndesk {name}" in ran.out.split("Examples:")[1]
    assert max(map(len, ran.out.split("Examples:")[0].splitlines())) <= 80


def test_alone_shows_the_commands(run) -> None:
    ran = run()
    assert ran.status == 2
    assert all(f"  {name} " in ran.out + ran.err for name in COMMANDS)


@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize("name", LISTINGS)
def test_tables_fit(run, desk: Path, monkeypatch, name: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = run(name, "--desk", desk)
    assert ran.status == 0
    widest = max(map(len, ran.out.splitlines()))
    assert widest <= columns
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("name", LISTINGS)
def test_json_lines(run, desk: Path, name: str) -> None:
    ran = run(name, "--desk", desk, "--json")
    assert ran.status == 0
    assert all(isinstance(json.loads(line), dict) for line in ran.out.splitlines())


def test_limit_and_filters(run, desk: Path) -> None:
    rows = run("timeline", "--desk", desk, "--json", "--dyad", "PRK-RUS", "--limit", "3").out
    assert len(rows.splitlines()) == 3
    found = [json.loads(row) for row in rows.splitlines()]
    east = re.compile("Korea|Kim|Pyongyang|Choe")
    assert all(east.search(f"{row['actors']} {row['recipients']}") for row in found)
    ran = run("timeline", "--desk", desk, "--actor", "nobody-at-all")
    assert ran.status == 0
    assert "Leave out --actor." in ran.out


def _ids(run, desk: Path, what: str, field: str) -> list[str]:
    out = run("export", "--desk", desk, "--what", what).out
    return [json.loads(line)[field] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("what", "field", "says"),
    [
        ("events", "event_id", "Reports ("),
        ("reports", "report_id", "]trigger"),
        ("articles", "document_id", "The page"),
        ("stories", "story_id", "lead:"),
    ],
)
def test_show(run, desk: Path, what: str, field: str, says: str) -> None:
    name = _ids(run, desk, what, field)[0]
    for given in (name, name[:14]):
        ran = run("show", given, "--desk", desk)
        assert ran.status == 0, ran.err
        assert says in ran.out
        assert max(map(len, ran.out.splitlines())) <= 80
    record = json.loads(run("show", name, "--desk", desk, "--json").out)
    assert record[field] == name


def test_show_an_article_by_its_path(run, desk: Path) -> None:
    name = "a10-troops-harbour-courier.txt"
    for given in (name, f"pages/{name}"):
        record = json.loads(run("show", given, "--desk", desk, "--json").out)
        assert record["path"].endswith(name)
    assert run("show", "courier.txt", "--desk", desk).status == 2


def test_show_says_what_is_not_there(run, desk: Path) -> None:
    ran = run("show", "zzzz", "--desk", desk)
    assert ran.status == 2
    assert "no event, report, article or story" in ran.err


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_export_to_a_file(run, desk: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"out.{form}"
    assert run("export", "--desk", desk, "--format", form, "-o", file).status == 0
    assert file.stat().st_size > 1000
    if form == "jsonl":
        assert run("export", "--desk", desk, "-o", "-").out == file.read_text()


def test_export_that_fails_leaves_the_old_file(run, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("old")
    assert run("export", "--desk", tmp_path / "none", "-o", file).status == 2
    assert file.read_text() == "old"
    ran = run("export", "--desk", tmp_path / "none", "-o", tmp_path)
    assert ran.status == 2


def test_code_a_text(run) -> None:
    ran = run("code", "--text", URGE, "--published", "2024-06-19")
    found = json.loads(ran.out)["reports"][0]
    assert (found["event_type"], found["document"]["published"]) == ("REQUEST", "2024-06-19")


def test_code_lines_with_bad_ones(run) -> None:
    lines = [
        {"id": 7, "text": URGE, "pair": {"actor": [0, 6], "recipient": [13, 17]}},
        "not an object",
        {"id": "no text"},
        {"id": "pair", "text": URGE, "pair": {"actor": [0, 600], "recipient": [1, 2]}},
        {"id": "day", "text": URGE, "published": "soon"},
        {"id": "end", "text": ""},
    ]
    stdin = "\n".join([*map(json.dumps, lines), "{broken", ""]).encode()
    ran = run("code", "-", stdin=stdin)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 0
    assert [a["id"] for a in answers] == ["7", None, "no text", "pair", "day", "end", None]
    assert [n for n, a in enumerate(answers) if "error" in a] == [1, 2, 3, 4, 6]
    assert answers[0]["pair"]["event_type"] == "REQUEST"
    assert "skipped -:4" in ran.err
    assert "Coded 2 lines, skipped 5." in ran.err


def test_code_nothing(run) -> None:
    assert run("code", "-", stdin=b"").status == 1
    assert run("code", "-", stdin=b"{\n").status == 1
    ran = run("code", "/nowhere.jsonl")
    assert (ran.status, "No such file" in ran.err) == (1, True)


def test_clean_tells_what_a_page_is_made_of(run, desk: Path) -> None:
    page = Path(__file__).parents[2] / "sample/pages/a10-troops-harbour-courier.txt"
    article = json.loads(run("clean", page).out)
    kinds = {segment["kind"] for segment in article["segments"] if not segment["kept"]}
    assert {"navigation", "share", "date"} <= kinds
    assert article["published"] == {"edtf": "2024-10-22", "basis": "head"}


def test_codebook(run, tmp_path: Path) -> None:
    ran = run("codebook", "explain", "Iran denied that it sent drones to Russia.")
    assert ran.status == 0
    assert "entries considered" in ran.out
    assert "status: denied" in ran.out
    (tmp_path / "predicates").mkdir()
    (tmp_path / "predicates" / "own.yaml").write_text("- id: own\n  verbs: [frob]\n")
    ran = run("codebook", "lint", "--codebook", tmp_path)
    assert ran.status == 2
    assert "own.yaml" in ran.err
    assert run("codebook", "lint", "--codebook", tmp_path / "none").status == 2


def _on_a_terminal(arguments: list[str]) -> str:
    """What the program writes to a terminal of its own."""
    here, there = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdout=there, stderr=there, stdin=there, env=environment
    )
    os.close(there)
    pieces = []
    try:
        while piece := os.read(here, 65536):
            pieces.append(piece)
    except OSError:  # the other side is closed
        pass
    assert process.wait(60) == 0
    os.close(here)
    return b"".join(pieces).decode()


def test_progress_on_a_terminal_only(run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Russia denied that it had sent arms to Iran. Sweden condemned the attack.\n")
    shown = _on_a_terminal(["read", str(page), "--desk", str(tmp_path / "a"), "--jobs", "1"])
    assert "looking through the pages" in shown
    assert "Read 1 articles" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    ran = run("read", page, "--desk", tmp_path / "b")
    assert "looking" not in ran.out + ran.err
    assert "\x1b" not in ran.out + ran.err


def test_read_again_reads_nothing(run, desk: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(desk, tmp_path / "copy")
    page = Path(__file__).parents[2] / "sample/pages/a10-troops-harbour-courier.txt"
    before = {p.name for p in (copy / "articles").iterdir()}
    ran = run("read", page, "--desk", copy, "--json")
    assert json.loads(ran.out)["known"] == 1
    assert {p.name for p in (copy / "articles").iterdir()} == before
