"""`foreigndesk import` and `foreigndesk compare` as a user runs them, on the sample's own desk."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foreigndesk.exchange import export
from foreigndesk.exchange.happenings import happenings
from foreigndesk.exchange.imported import Order, import_files
from foreigndesk.ledger import imported
from foreigndesk.ledger.desk import Desk

Run = Callable[..., Any]
FORMATS = ("gdelt", "icews", "polecat")


@pytest.fixture(scope="module")
def crowded(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's desk with its own events exported and imported again, in every format."""
    folder = tmp_path_factory.mktemp("crowded")
    found = folder / "d"
    shutil.copytree(desk, found)
    for format in FORMATS:
        out = folder / f"{format}.txt"
        export(Desk.open(found), "events", format, out)
        done = import_files(Desk.open(found), Order([out]))
        assert done.done[0].format == format
        assert done.bad_lines == 0
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_there_and_back_again(crowded: Path, format: str) -> None:
    """The same dyads, types and days; of POLECAT also modes."""
    desk = Desk.open(crowded)
    ours = Counter(
        (
            a.code if a else None,
            r.code if r else None,
            h.event.event_type.value,
            h.day or h.told,
        )
        for h in happenings(desk)
        for a, r in h.pairs
    )
    columns = "actor_code, recipient_code, event_type, earliest"
    sql = f"SELECT {columns} FROM {imported.rows_of(desk, 'events', format)}"
    back = Counter(duckdb.connect().execute(sql).fetchall())
    assert sum(ours.values()) > 100
    assert back == ours


@pytest.mark.parametrize("format", FORMATS)
def test_a_desk_agrees_with_itself(crowded: Path, format: str, run: Run) -> None:
    asked = ("compare", "--desk", crowded, "--with", format, "--days", "0", "--alike", "type")
    told = run(*asked)
    assert told.status == 0
    assert "Only ours: 0. Only theirs: 0." in told.out
    assert "Agreement 1.00" in told.out
    assert max(map(len, told.out.splitlines()[6:])) <= 80


def test_modes_and_contexts_are_asked_of_both_sides(crowded: Path, run: Run) -> None:
    asked = ("compare", "--desk", crowded, "--with", "polecat", "--table", "summary", "--json")
    for filters in (("--mode", "visit"), ("--context", "military")):
        found = json.loads(run(*asked, *filters).out)
        assert found["only_theirs"] == 0
        assert min(found["ours"], found["theirs"]) > 5


def test_what_is_imported_stays_apart(desk: Path, crowded: Path, run: Run) -> None:
    for line in ("timeline", "dyads", "network"):
        one, other = (run(line, "--desk", folder, "--json") for folder in (desk, crowded))
        assert one.out == other.out
    listed = run("import", "--list", "--desk", crowded, "--json").out.splitlines()
    assert [json.loads(line)["source"] for line in listed] == sorted(FORMATS)


def test_the_tables_for_programs(crowded: Path, run: Run) -> None:
    asked = ("compare", "--desk", crowded, "--with", "gdelt", "--dyad", "PRK-RUS")
    lines = [json.loads(line) for line in run(*asked, "--json").out.splitlines()]
    table = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out)))
    assert [r["month"] for r in table] == [r["month"] for r in lines]
    assert {"source", "target", "ours", "theirs", "only_ours", "only_theirs"} <= set(lines[0])
    whole = json.loads(run(*asked, "--table", "summary", "--json").out)
    assert (whole["other"], whole["ours"]) == ("gdelt", sum(r["ours"] for r in lines))
    dyads = run(*asked, "--table", "dyads", "--json", "--limit", "1").out
    assert json.loads(dyads)["agreement"] == 1.0
    by = [json.loads(line) for line in run(*asked, "--by", "quad", "--json").out.splitlines()]
    assert sum(r["ours"] for r in by) == sum(r["ours"] for r in lines)


def test_single_events_have_their_evidence(crowded: Path, run: Run) -> None:
    asked = ("compare", "--desk", crowded, "--with", "icews", "--list", "ours-only")
    lines = run(*asked, "--everything", "--json").out.splitlines()
    for event in map(json.loads, lines):
        assert event["text"]
        assert "sample/pages" in event["place_of"]
    assert len(lines) > 5
    assert run("show", json.loads(lines[0])["id"], "--desk", crowded).status == 0
    shown = run(*asked, "--everything", "--limit", "2").out
    assert "sample/pages" in shown.replace("\n", "")
    assert run(*asked).out.startswith("No such event.")


def test_bad_lines_and_files_are_named(tmp_path: Path, crowded: Path, run: Run) -> None:
    source = (crowded.parent / "gdelt.txt").read_text().splitlines()
    bad = tmp_path / "bad.CSV"
    bad.write_text("\n".join([source[0], "x\ty", *source[1:3]]) + "\n")
    wrong = tmp_path / "wrong.CSV"
    wrong.write_text("a,b,c\n1,2,3\n")
    ran = run("import", bad, wrong, "--desk", tmp_path / "d")
    assert ran.status == 0
    assert "Imported 3 events as 'gdelt'." in ran.out
    assert "Left out 1 bad lines:\n  bad.CSV:2: 2 columns, not 61" in ran.err
    assert f"Skipped {wrong}:1: 3 columns parted by commas; expected 61 columns" in ran.err
    again = run("import", bad, "--desk", tmp_path / "d", "--json")
    (done,) = json.loads(again.out)["files"]
    assert (done["again"], done["rows"]) == (True, 3)
    only = run("import", wrong, "--desk", tmp_path / "d")
    assert (only.status, only.out) == (1, "")
    assert "found:    3 columns parted by commas" in only.err


def test_wrong_usage_is_explained(tmp_path: Path, crowded: Path, run: Run) -> None:
    cases = {
        ("import", "--desk", crowded): "no FILE",
        ("import", tmp_path / "absent", "--desk", crowded): "no such file",
        ("import", "--forget", "x", "--desk", crowded): "gdelt, icews, polecat",
        ("import", "--list", "--desk", tmp_path): "no desk.toml",
        ("compare", "--desk", crowded): "several sources",
        ("compare", "--desk", crowded, "--with", "nobody"): "no source of that name",
        ("compare", "--desk", tmp_path / "absent"): "no such folder",
        ("compare", "--desk", crowded, "--with", "gdelt", "--since", "soon"): "no day",
    }
    for line, found in cases.items():
        ran = run(*line)
        assert (ran.status, ran.out) == (2, ""), line
        assert found in ran.err, line


def test_a_source_can_be_forgotten(tmp_path: Path, crowded: Path, run: Run) -> None:
    file = crowded.parent / "polecat.txt"
    assert run("import", file, "--desk", tmp_path / "d", "--name", "Mine").status == 0
    assert (
        "Removed 'Mine': 1 file." in run("import", "--forget", "Mine", "--desk", tmp_path / "d").out
    )
    assert "Nothing was imported." in run("import", "--list", "--desk", tmp_path / "d").out
