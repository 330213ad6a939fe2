"""The cache of parsed data files is never needed and never stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreigndesk.codebook import cache
from foreigndesk.codebook.load import Entry, read_entries
from foreigndesk.errors import CodebookError

FILE = "- id: a\n  says: On with it.\n  not: Off.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOREIGNDESK_CACHE", str(tmp_path / "cache"))
    return tmp_path


def test_the_same_with_and_without(folder: Path) -> None:
    (folder / "a.yaml").write_text(FILE)
    first = read_entries(folder / "a.yaml", Entry)
    assert len(list((folder / "cache").rglob("*.msgpack"))) == 1
    assert read_entries(folder / "a.yaml", Entry) == first
    (folder / "a.yaml").write_text(FILE.replace("id: a", "id: b"))
    assert [e.id for e in read_entries(folder / "a.yaml", Entry)] == ["b"]


def test_rubbish_in_it_is_passed_over(folder: Path) -> None:
    (folder / "a.yaml").write_text(FILE)
    read_entries(folder / "a.yaml", Entry)
    for kept in (folder / "cache").rglob("*.msgpack"):
        kept.write_bytes(b"\xc1rubbish")
    assert [e.id for e in read_entries(folder / "a.yaml", Entry)] == ["a"]


def test_a_wrong_file_is_never_kept(folder: Path) -> None:
    (folder / "a.yaml").write_text("- id: a\n  says: One.\n")
    for _ in range(2):
        with pytest.raises(CodebookError, match="missing required field"):
            read_entries(folder / "a.yaml", Entry)
    assert not list((folder / "cache").rglob("*.msgpack"))


def test_works_where_nothing_can_be_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.yaml").write_text(FILE)
    (folder / "cache").write_text("a file where the folder should be")
    assert [e.id for e in read_entries(folder / "a.yaml", Entry)] == ["a"]
    monkeypatch.setenv("FOREIGNDESK_CACHE", "")
    assert cache.folder() is None
    assert [e.id for e in read_entries(folder / "a.yaml", Entry)] == ["a"]
