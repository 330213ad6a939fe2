"""`foreigndesk sample`: the same reports for a seed, parts of the pile, and the way back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from conftest import PAGES, call


def drawn(run, desk: Path, *arguments: object) -> list[dict[str, Any]]:
    ran = run("sample", "--desk", desk, "--format", "jsonl", *arguments)
    assert ran.status == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["report_id"] for row in rows]


def test_a_seed_draws_the_same_and_more_of_the_same(run, desk: Path) -> None:
    few, again, more = (ids(drawn(run, desk, "-n", n)) for n in (10, 10, 30))
    assert few == again == more[:10]
    assert len(set(more)) == 30
    assert ids(drawn(run, desk, "-n", 10, "--seed", 1)) != few


def test_the_order_of_pages_is_nothing(run, tmp_path: Path) -> None:
    pages = sorted(PAGES.iterdir())[:3]
    for name, order in (("one", pages), ("other", pages[::-1])):
        for page in order:
            call("read", page, "--desk", tmp_path / name, "--jobs", "1")
    one, other = (drawn(run, tmp_path / name, "-n", 12) for name in ("one", "other"))
    assert ids(one) == ids(other)


def test_a_row_has_what_is_to_be_judged_and_what_leads_back(run, desk: Path) -> None:
    row = drawn(run, desk, "-n", 1)[0]
    assert row["evidence"]
    assert row["before"] or row["after"]
    assert row["trigger"] in row["evidence"]
    assert row["verdict"] is None
    shown = run("show", row["report_id"], "--desk", desk)
    assert row["event_type"] in shown.out
    page = (PAGES / Path(row["path"]).name).read_text(encoding="utf-8")
    assert row["trigger"] in page


def test_parts_by_size_and_equal(run, desk: Path) -> None:
    rows = drawn(run, desk, "-n", 60, "--by", "event_type")
    parts = Counter(row["event_type"] for row in rows)
    assert {(row["event_type"], row["stratum_drawn"]) for row in rows} == set(parts.items())
    assert all(row["stratum"] == row["event_type"] for row in rows)
    by_size = {row["stratum"]: row["stratum_size"] for row in rows}
    assert sum(by_size.values()) == drawn(run, desk, "-n", 1)[0]["stratum_size"]
    equal = drawn(run, desk, "-n", 64, "--by", "event_type", "--equal")
    whole = [n for part, n in Counter(ids_of(equal)).items() if n < by_size[part]]
    assert max(whole) - min(whole) <= 1


def ids_of(rows: list[dict[str, Any]]) -> list[str]:
    return [row["stratum"] for row in rows]


def test_many_parts_are_joined_and_unknown_is_null(run, desk: Path) -> None:
    assert "others" in ids_of(drawn(run, desk, "-n", 10, "--by", "outlet"))
    assert None in ids_of(drawn(run, desk, "-n", 100, "--by", "country"))
    bins = set(ids_of(drawn(run, desk, "-n", 100, "--by", "confidence")))
    assert bins <= {"0.0", "0.5", "0.6", "0.7", "0.8", "0.9"}
    for row in drawn(run, desk, "-n", 100, "--by", "confidence"):
        low = float(row["stratum"])
        assert low <= row["confidence"] < (0.5 if low == 0 else 1.1 if low == 0.9 else low + 0.1)


def test_filters_narrow_the_pile(run, desk: Path) -> None:
    rows = drawn(run, desk, "-n", 500, "--event-type", "consult", "--status", "occurred")
    assert {(row["event_type"], row["status"]) for row in rows} == {("CONSULT", "occurred")}
    assert len(rows) == rows[0]["stratum_size"]
    every = drawn(run, desk, "-n", 5000)
    own = drawn(run, desk, "-n", 5000, "--no-copies")
    assert set(ids(own)) < set(ids(every))


def test_a_file_is_never_written_over(run, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "judge.csv"
    assert run("sample", "--desk", desk, "-n", 3, "-o", file).status == 0
    before = file.read_bytes()
    ran = run("sample", "--desk", desk, "-n", 5, "-o", file)
    assert ran.status == 2
    assert "there already" in ran.err
    assert file.read_bytes() == before


def test_nothing_that_fits_and_parts_without_by(run, desk: Path, tmp_path: Path) -> None:
    assert "no report that fits" in run("sample", "--desk", desk, "--since", "2999").err
    assert "no --by" in run("sample", "--desk", desk, "--equal").err
    assert "no such folder" in run("sample", "--desk", tmp_path / "no").err
    assert "at least 4" in run("sample", "--desk", desk, "-n", 2, "--by", "status").err


def test_a_spreadsheet_finds_no_formula(run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "=HYPERLINK(0) raid\n\nOslo, 3 May 2024\n\n-Norway urged Mali to free the crew of a ship "
        "that was seized last month.\n\nMali rejected the demand and expelled an envoy of Norway.\n"
    )
    call("read", page, "--desk", tmp_path / "d", "--jobs", "1")
    ran = run("sample", "--desk", tmp_path / "d", "-n", 9)
    cells = [cell for row in csv.reader(io.StringIO(ran.out)) for cell in row]
    assert any("Norway urged" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_there_and_back(run, desk: Path, tmp_path: Path) -> None:
    """Judged by a rule that we know the answer of: the interval holds the pile's precision."""
    every = drawn(run, desk, "-n", 5000)
    truth = sum(row["confidence"] >= 0.7 for row in every) / len(every)
    for name, more in (("plain.csv", []), ("parts.jsonl", ["--by", "status"])):
        file = tmp_path / name
        assert run("sample", "--desk", desk, "-n", 80, "-o", file, *more).status == 0
        fill_in(file)
        ran = run("evaluate", file, "--desk", desk, "--json")
        assert ran.status == 0, ran.err
        found = json.loads(ran.out)
        assert found["basis"] == "sample"
        precision = found["figures"][0]["precision"]
        assert precision["low"] <= truth <= precision["high"]
        assert precision["low"] < precision["value"] < precision["high"]


def fill_in(file: Path) -> None:
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".jsonl":
        rows = [json.loads(line) for line in text.splitlines()]
    else:
        rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        row["verdict"] = "right" if float(row["confidence"]) >= 0.7 else "wrong"
    with file.open("w", encoding="utf-8", newline="") as out:
        if file.suffix == ".jsonl":
            out.writelines(json.dumps(row) + "\n" for row in rows)
            return
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_verdicts_go_into_the_desk(run, desk: Path, tmp_path: Path) -> None:
    mine, file = shutil.copytree(desk, tmp_path / "mine"), tmp_path / "judge.jsonl"
    rows = drawn(run, mine, "-n", 4)
    kind = "AID" if rows[2]["event_type"] != "AID" else "AGREE"
    for row, more in zip(rows, [
        {"verdict": "y", "judge": "anna"}, {"verdict": "n"},
        {"verdict": "n", "should_be_type": kind, "should_be_recipient": "Norway"},
        {"verdict": "n", "should_be_status": "denied"},
    ], strict=True):  # fmt: skip
        row.update(more)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = tmp_path / "verdicts.jsonl"
    for _ in range(2):
        ran = run("evaluate", file, "--desk", mine, "--judgements", told)
        assert ran.status == 0, ran.err
        assert run("review", "--desk", mine, "--from", told).status == 0
    kept = [json.loads(line) for line in (mine / "judgements.jsonl").read_text().splitlines()]
    assert sorted((j["subject"], j["verdict"]) for j in kept) == sorted([
        (rows[0]["report_id"], "right"), (rows[1]["report_id"], "wrong"),
        (rows[2]["report_id"], "type"), (rows[2]["report_id"], "actor"),
    ])  # fmt: skip
    assert {j["by"] for j in kept if j["verdict"] == "right"} == {"anna"}
    shown = run("show", rows[2]["report_id"], "--desk", mine).out
    assert kind in shown
    assert "Norway (NOR)" in shown


def test_a_sample_of_another_desk_is_refused(run, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "judge.csv"
    run("sample", "--desk", desk, "-n", 5, "-o", file)
    fill_in(file)
    call("read", PAGES / "a10-troops-harbour-courier.txt", "--desk", tmp_path / "d", "--jobs", "1")
    reports = call("export", "--what", "reports", "--desk", tmp_path / "d").out
    ran = run("evaluate", file, "--desk", tmp_path / "d")
    if not any(name in reports for name in ids(drawn(run, desk, "-n", 5))):
        assert ran.status == 2
        assert "none of the 5 judged reports" in ran.err


def test_unknown_words_and_empty_files(run, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "judge.csv"
    run("sample", "--desk", desk, "-n", 5, "-o", file)
    ran = run("evaluate", file, "--desk", desk)
    assert "5 rows, none of them judged" in ran.err
    fill_in(file)
    shutil.copy(file, tmp_path / "copy.csv")
    file.write_text(file.read_text(encoding="utf-8").replace(";wrong;", ";nope;").replace(
        ";right;", ";yep;"), encoding="utf-8")  # fmt: skip
    ran = run("evaluate", file)
    assert ran.status == 2
    assert "5 faults in 5 records" in ran.err
    assert "--lenient" not in ran.err
    twice = run("evaluate", tmp_path / "copy.csv", tmp_path / "copy.csv")
    assert "Judged twice alike: 5" in twice.out
