"""Shards made in processes of their own give the ledger that one process makes."""

from __future__ import annotations

import random
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from building import Doc, by_text, records, say
from test_incremental import content, pile

from foreigndesk.errors import DamagedDeskError
from foreigndesk.ledger import apart, build, shards
from foreigndesk.ledger.desk import Desk


@pytest.fixture(autouse=True)
def many_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "WHOLE", 0)
    monkeypatch.setattr(apart.os, "cpu_count", lambda: 2)


def filled(path: Path) -> Desk:
    desk = Desk.create_or_open(path)
    desk.append(records(pile(random.Random(5), 60)))
    return desk


def test_the_same_ledger_from_two_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made anew, and made on from the last one."""
    two, one = filled(tmp_path / "two"), filled(tmp_path / "one")
    late = records([say(Doc("late", "2024-04-25"), "Israel helped.", "Israel > AID > Ukraine")])
    build.rebuild(two, by_text)
    two.append(late)
    build.rebuild(two, by_text)
    monkeypatch.setattr(build, "possible", lambda shards: False)
    one.append(late)
    build.rebuild(one, by_text)
    assert content(two) == content(one)


def test_a_process_that_dies_leaves_its_shard_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, one = filled(tmp_path / "desk"), filled(tmp_path / "one")
    taken = apart._taken

    def died(job, future, making):
        if "CONSULT" in job.shard.types:
            future = _Dead()
        return taken(job, future, making)

    monkeypatch.setattr(apart, "_taken", died)
    build.rebuild(desk, by_text)
    monkeypatch.setattr(build, "possible", lambda shards: False)
    build.rebuild(one, by_text)
    assert content(desk) == content(one)


class _Dead:
    def result(self):
        raise BrokenProcessPool("killed")


def test_a_damaged_file_is_told_as_in_one_process(tmp_path: Path) -> None:
    desk = filled(tmp_path / "desk")
    build.rebuild(desk, by_text)
    (file,) = desk.reports_folder.glob("*.parquet")
    file.write_bytes(b"PAR1 nothing")
    desk.append(records([say(Doc("late"), "Israel helped.", "Israel > AID > Ukraine")]))
    with pytest.raises(DamagedDeskError):
        build.rebuild(desk, by_text)
