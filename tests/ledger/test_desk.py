from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import Doc, affair, records, say

from foreigndesk.errors import DamagedDeskError, DeskError, NewerDeskError
from foreigndesk.ledger import store
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.manifest import Run
from foreigndesk.model import Judgement


def test_what_is_appended_is_known_and_comes_back(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    assert desk.known() == set()
    desk.append(records(affair()))
    again = Desk.open(tmp_path / "desk")
    assert again.known() == {"january", "july", "wire"}
    assert list(again.reports()) == sorted(affair(), key=lambda r: r.report_id)
    assert [a.document_id for a in again.articles()] == ["january", "july", "wire"]
    assert again.document_text("wire") == affair()[-1].evidence.text


def test_the_same_batch_twice_changes_nothing(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.append(records(affair()))
    before = sorted(p.name for p in desk.path.rglob("*"))
    desk.append(records(affair()))
    assert sorted(p.name for p in desk.path.rglob("*")) == before


def test_batch_boundaries_do_not_show(tmp_path: Path) -> None:
    one, two = Desk.create_or_open(tmp_path / "one"), Desk.create_or_open(tmp_path / "two")
    one.append(records(affair()))
    for record in reversed(records(affair())):
        two.append([record])
    two.append(records(affair())[:2])
    assert list(one.reports()) == list(two.reports())
    assert list(one.articles()) == list(two.articles())


def test_reports_without_their_article_are_not_read(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.append(records(affair()))
    for file in desk.articles_folder.iterdir():
        file.unlink()
    assert desk.known() == set()
    assert list(desk.reports()) == []


def test_an_article_whose_reports_are_gone_is_read_again(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.append(records(affair()))
    for file in desk.reports_folder.iterdir():
        file.unlink()
    assert desk.known() == set()


def test_an_article_without_reports_is_known(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    (record,) = records([say(Doc("a"), "Rain.", "Russia > AID > Ukraine")])
    desk.append([type(record)(record.document, record.article, ())])
    assert desk.known() == {"a"}


def test_what_a_killed_writer_left_is_ignored_then_removed(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    name = f"{store.TEMPORARY}{store._host()}-{process.pid}-x.parquet"
    left = desk.reports_folder / name
    left.write_bytes(b"half a file")
    ours = store.temporary_beside(desk.reports_folder / "y.parquet")
    ours.write_bytes(b"being written")
    assert list(desk.reports()) == []
    Desk.create_or_open(desk.path)
    assert not left.exists()
    assert ours.exists()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from building import affair, records
from foreigndesk.ledger.desk import Desk
desk = Desk.create_or_open(sys.argv[2])
print("open", flush=True)
while True:
    for record in records(affair()):
        desk.append([record])
    for file in [*desk.articles_folder.iterdir(), *desk.reports_folder.iterdir()]:
        file.unlink()
"""


def test_a_desk_whose_writer_is_killed_opens_and_is_completed(tmp_path: Path) -> None:
    for number in range(4):
        folder = tmp_path / f"desk{number}"
        here = str(Path(__file__).parent)
        command = [sys.executable, "-c", WRITER, here, str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.013 * number)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        desk = Desk.create_or_open(folder)
        missing = [r for r in records(affair()) if r.document.id not in desk.known()]
        desk.append(missing)
        assert list(desk.reports()) == sorted(affair(), key=lambda r: r.report_id)
        assert not list(folder.rglob(f"{store.TEMPORARY}*"))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.append(records(affair()))
    (file,) = desk.reports_folder.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(DamagedDeskError, match=rf"{file.name}.*Remove this file"):
        list(desk.reports())


def test_no_desk_a_newer_desk_and_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no such folder"):
        Desk.open(tmp_path / "none")
    with pytest.raises(DeskError, match=r"no desk\.toml"):
        Desk.open(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(DeskError, match=r"other things in it \(letter\.txt\)"):
        Desk.create_or_open(tmp_path)
    with pytest.raises(DeskError, match="a file"):
        Desk.create_or_open(tmp_path / "letter.txt")
    desk = Desk.create_or_open(tmp_path / "desk")
    (desk.path / "desk.toml").write_text("format = 99\n")
    with pytest.raises(NewerDeskError, match="format 99"):
        Desk.open(desk.path)
    (desk.path / "desk.toml").write_text("format = = 1")
    with pytest.raises(DamagedDeskError, match=r"desk\.toml"):
        Desk.open(desk.path)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.reports_folder.rmdir()
    desk.reports_folder.write_text("in the way")
    with pytest.raises(DeskError, match="cannot be written"):
        desk.append(records(affair()))


def test_every_run_is_kept_in_the_manifest(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.record_run(Run("0.1.0", "abc", {"parser": 'a "model"', "jobs": 2, "codebook": None}))
    desk.record_run(Run("0.1.1", "def"))
    assert [r.program for r in Desk.open(desk.path).runs] == ["0.1.0", "0.1.1"]
    assert desk.runs[0].settings == {"parser": 'a "model"', "jobs": 2}


def test_judgements_are_appended_and_a_half_written_one_is_cut(tmp_path: Path) -> None:
    desk = Desk.create_or_open(tmp_path / "desk")
    one = Judgement("j1", "r1", "wrong", None, None, "me", "2024-07-01")
    desk.judge([one])
    with (desk.path / "judgements.jsonl").open("ab") as file:
        file.write(b'{"judgement_id": "j2", "su')
    assert desk.judgements() == [one]
    desk.judge([one])
    assert desk.judgements() == [one, one]
