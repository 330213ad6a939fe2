"""`foreigndesk review`: what is judged holds, at once and later, and travels by file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Report


@pytest.fixture
def mine(desk: Path, tmp_path: Path) -> Path:
    """A copy of the sample desk, to judge in."""
    return Path(shutil.copytree(desk, tmp_path / "mine"))


def reports(run, desk: Path) -> dict[str, Report]:
    out = run("export", "--what", "reports", "--desk", desk).out
    return {r.report_id: r for r in map(_decoded, out.splitlines())}


def _decoded(line: str) -> Report:
    return msgspec.json.decode(line, type=Report)


def test_keys_judge_skip_undo_and_quit(run, mine: Path) -> None:
    keys = b"k\nn\nu\nn\nx\nq\ny\n"
    ran = run("review", "--desk", mine, "--by", "anna", stdin=keys)
    assert ran.status == 0
    assert "3 judgements recorded." in ran.out
    assert "no such key" in ran.err
    first, undo, second = Desk.open(mine).judgements()
    assert (undo.verdict, undo.subject, undo.by) == ("undo", first.judgement_id, "anna")
    assert first.verdict in ("wrong", "different")
    assert second.verdict in ("wrong", "different")
    assert second.evidence
    assert second.at > "2020"


def test_a_wrong_report_belongs_to_no_event_and_right_again(run, mine: Path, tmp_path) -> None:
    before = reports(run, mine)
    chosen = next(r for r in before.values() if r.event_id)
    file = tmp_path / "judged.jsonl"
    file.write_text(json.dumps({"subject": chosen.report_id, "verdict": "wrong"}) + "\n")
    assert run("review", "--desk", mine, "--from", file).status == 0
    assert reports(run, mine)[chosen.report_id].event_id is None
    file.write_text(json.dumps({"subject": chosen.report_id, "verdict": "right"}) + "\n")
    run("review", "--desk", mine, "--from", file)
    assert reports(run, mine) == before


def test_other_type_and_other_actor(run, mine: Path, tmp_path) -> None:
    chosen = next(r for r in reports(run, mine).values() if r.event_type != "AID")
    rows = [
        {"subject": chosen.report_id, "verdict": "type", "value": "AID"},
        {"subject": chosen.report_id, "verdict": "actor", "value": "actor NOR Norway"},
    ]
    file = tmp_path / "judged.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("review", "--desk", mine, "--from", file).status == 0
    found = reports(run, mine)[chosen.report_id]
    assert (found.event_type, found.quad, found.actor[0].code) == ("AID", 2, "NOR")


def test_judgements_travel(run, mine: Path, desk: Path, tmp_path: Path) -> None:
    run("review", "--desk", mine, "--by", "anna", "--limit", "3", stdin=b"n\nn\nn\n")
    file = tmp_path / "judged.jsonl"
    assert run("review", "--desk", mine, "--export", file).status == 0
    other = Path(shutil.copytree(desk, tmp_path / "other"))
    for _ in range(2):
        run("review", "--desk", other, "--from", file)
    assert Desk.open(other).judgements() == Desk.open(mine).judgements()
    assert reports(run, other) == reports(run, mine)


def test_a_bad_file_is_refused_whole(run, mine: Path, tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text('{"subject": "a", "verdict": "wrong"}\n{"subject": "a", "verdict": "huh"}\n')
    ran = run("review", "--desk", mine, "--from", file)
    assert ran.status == 2
    assert "line 2" in ran.err
    assert Desk.open(mine).judgements() == []
