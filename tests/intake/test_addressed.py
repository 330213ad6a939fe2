"""Pages at an address: the documents of a folder, fetched many at a time."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from foreigndesk.intake import addressed
from foreigndesk.intake.read import read
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

fsspec = pytest.importorskip("fsspec", reason="no fsspec: pip install 'foreigndesk[s3]'")

PAGES = {
    "b.txt": b"Norway urged Mali to free the crew.\n",
    "b/a.txt": b"Russia denied that it had sent arms.\n",
    "a-b.jsonl.gz": gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n', mtime=0),
    "c/.hidden/x.txt": b"Never read.\n",
    "long.txt": b"The council met.\n\n" * 80_000,
    "z.txt": b"Iran urged calm.\n",
}


@pytest.fixture
def address(tmp_path: Path) -> str:
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    for name, content in PAGES.items():
        fs.pipe_file(f"/pages/{name}", content)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return "memory://pages"


def test_the_documents_of_the_same_folder(address: str, tmp_path: Path) -> None:
    there, here = list(read([address], Settings())), list(read([tmp_path], Settings()))
    assert [d.text for d in there if isinstance(d, Document)] == [
        d.text for d in here if isinstance(d, Document)
    ]
    assert len(there) == len(here) == 6
    paths = [str(d.path).replace(address, str(tmp_path)) for d in there if isinstance(d, Document)]
    assert paths == [d.path for d in here if isinstance(d, Document)]


def test_one_file_and_nothing(address: str) -> None:
    (document,) = read([f"{address}/b/a.txt"], Settings())
    assert isinstance(document, Document)
    assert document.path == f"{address}/b/a.txt"
    assert list(read([f"{address}/none"], Settings())) == [
        Skipped(f"{address}/none", "read", "no such file or folder")
    ]


def test_small_files_come_together(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    kind = fsspec.get_filesystem_class("memory")
    real = kind.cat

    def cat(self, paths, **named):
        asked.append(len(paths))
        return real(self, paths, **named)

    monkeypatch.setattr(kind, "cat", cat)
    monkeypatch.setattr(addressed, "TOGETHER", 2)
    assert len(list(read([address], Settings()))) == 6
    assert asked == [2]  # then one alone, the long one, and one alone


def test_one_that_cannot_be_had_is_skipped(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fsspec.get_filesystem_class("memory").cat

    def cat(self, paths, **named):
        found = real(self, paths, **named)
        return {**found, "/pages/b.txt": PermissionError(13, "Forbidden")}

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "cat", cat)
    found = list(read([address], Settings()))
    assert [f for f in found if isinstance(f, Skipped)] == [
        Skipped(f"{address}/b.txt", "read", "Forbidden")
    ]
    assert len(found) == 6


def test_an_address_of_this_machine_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway urged Mali to free the crew.\n")
    (document,) = read([f"file://{tmp_path}/a.txt"], Settings())
    assert isinstance(document, Document)
    assert document.path == f"{tmp_path}/a.txt"
