"""Small files merged: the same content, however far it came."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from building import Doc, affair, by_text, records, say, write
from test_incremental import content

from foreigndesk.ledger import vacuum as vacuuming
from foreigndesk.ledger.build import is_current, rebuild
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.vacuum import vacuum


def scattered(path: Path) -> Desk:
    desk = Desk.create_or_open(path)
    rows = records(affair())
    for record in rows:
        desk.append([record])
    desk.append(rows[:2])
    empty = type(rows[0])(rows[0].document, rows[0].article, ())
    desk.append([type(empty)(_renamed(empty), _renamed_article(empty), ())])
    rebuild(desk, by_text)
    return desk


def _renamed(record):
    from dataclasses import replace

    return replace(record.document, id="silent", path="silent.txt")


def _renamed_article(record):
    from dataclasses import replace

    return replace(record.article, document_id="silent", path="silent.txt", text="Nothing.")


def test_the_same_content_in_fewer_files(tmp_path: Path) -> None:
    desk = scattered(tmp_path / "desk")
    articles, reports, before = list(desk.articles()), list(desk.reports()), content(desk)
    texts = [desk.document_text(a.document_id) for a in articles]
    done = vacuum(desk)
    assert (done.before, done.after) == (9, 2)
    assert list(desk.articles()) == articles
    assert list(desk.reports()) == reports
    assert [desk.document_text(a.document_id) for a in articles] == texts
    assert is_current(desk)
    assert content(desk) == before
    assert files(desk) == {p.name for p in desk.articles_folder.iterdir()}
    desk.ledger.unlink()
    rebuild(desk, by_text)
    assert content(desk) == before
    assert vacuum(desk).after == 2


def files(desk: Desk) -> set[str]:
    """The files that the ledger says hold the articles."""
    with duckdb.connect(str(desk.ledger), read_only=True) as ledger:
        return {name for (name,) in ledger.execute("SELECT file FROM articles").fetchall()}


def test_a_ledger_of_other_files_is_not_taken_for_theirs(tmp_path: Path) -> None:
    desk = scattered(tmp_path / "desk")
    desk.append(records(affair())[:1])
    assert is_current(desk)  # the same file
    late = say(Doc("late"), "Israel helped.", "Israel > AID > Ukraine")
    desk.append(records([late]))
    vacuum(desk)
    assert not is_current(desk)


def test_a_reader_of_the_old_ledger_goes_on(tmp_path: Path) -> None:
    desk = scattered(tmp_path / "desk")
    with duckdb.connect(str(desk.ledger), read_only=True) as reader:
        vacuum(desk)
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (4,)


def test_killed_between_writing_and_removing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = scattered(tmp_path / "desk")
    articles, reports = list(desk.articles()), list(desk.reports())
    removed = 0

    def dies(path: Path, missing_ok: bool = False) -> None:
        nonlocal removed
        removed += 1
        if removed == 2:
            raise KeyboardInterrupt
        original(path, missing_ok=missing_ok)

    original = Path.unlink
    monkeypatch.setattr(vacuuming.Path, "unlink", dies)
    with pytest.raises(KeyboardInterrupt):
        vacuum(desk)
    monkeypatch.undo()
    assert list(desk.articles()) == articles
    assert list(desk.reports()) == reports
    vacuum(desk)
    assert list(desk.articles()) == articles
    assert list(desk.reports()) == reports


def test_a_desk_with_one_batch_stays(tmp_path: Path) -> None:
    desk = write(tmp_path / "desk", affair())
    names = sorted(p.name for p in desk.path.rglob("*"))
    assert vacuum(desk).before == vacuum(desk).after == 2
    assert sorted(p.name for p in desk.path.rglob("*")) == names
