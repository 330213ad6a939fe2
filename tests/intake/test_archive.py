"""Zip archives: members in order, and what must not be unpacked."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from foreigndesk.intake import read as reading
from foreigndesk.intake.read import read
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

TEXT = b"Norway expelled two diplomats on Monday. Mali protested against it."


def _zip(path: Path, members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> str:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return str(path)


def _read(path: str) -> list[Document | Skipped]:
    return list(read([path], Settings()))


def test_members_come_in_order_each_by_its_own_type(tmp_path: Path) -> None:
    line = b'{"id": "x", "text": "Iran freed the crew of a ship."}\n'
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", TEXT)
    members = {
        "b.txt": TEXT,
        "a/lines.jsonl": line,
        "c.jsonl.gz": gzip.compress(line),
        "d.zip": inner.getvalue(),
        ".hidden": b"no",
        "__MACOSX/b.txt": b"no",
    }
    path = _zip(tmp_path / "pile.zip", members)
    found = _read(path)
    assert all(isinstance(item, Document) for item in found)
    names = [item.path for item in found if isinstance(item, Document)]
    assert names == [
        f"{path}/a/lines.jsonl:1",
        f"{path}/b.txt",
        f"{path}/c.jsonl.gz:1",
        f"{path}/d.zip/deep.txt",
    ]


def test_the_same_page_in_and_out_of_an_archive_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(TEXT)
    (outside,) = _read(str(tmp_path / "b.txt"))
    (inside,) = _read(_zip(tmp_path / "pile.zip", {"b.txt": TEXT}))
    assert isinstance(outside, Document)
    assert isinstance(inside, Document)
    assert inside.id == outside.id


def test_a_bomb_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", {"a.txt": b"0" * 30_000_000, "b.txt": TEXT})
    bomb, page = _read(path)
    assert isinstance(bomb, Skipped)
    assert "bomb" in bomb.reason
    assert isinstance(page, Document)


def test_an_encrypted_member_is_skipped(tmp_path: Path) -> None:
    path = Path(_zip(tmp_path / "locked.zip", {"a.txt": TEXT}, zipfile.ZIP_STORED))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1  # the flag of encryption, in the local header
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1  # and in the list of contents
    path.write_bytes(raw)
    (found,) = _read(str(path))
    assert isinstance(found, Skipped)
    assert "encrypted" in found.reason


@pytest.mark.parametrize("cut", [10, 60, 120])
def test_a_damaged_archive_is_skipped_with_its_reason(tmp_path: Path, cut: int) -> None:
    path = Path(_zip(tmp_path / "cut.zip", {"a.txt": TEXT}))
    path.write_bytes(path.read_bytes()[:cut])
    (found,) = _read(str(path))
    assert isinstance(found, Skipped)
    assert "damaged zip" in found.reason


def test_an_office_file_is_no_pile_of_pages(tmp_path: Path) -> None:
    (found,) = _read(
        _zip(tmp_path / "a.docx", {"[Content_Types].xml": b"<x/>", "word/a.xml": b"<x/>"})
    )
    assert isinstance(found, Skipped)
    assert "office file" in found.reason


def test_a_large_folder_is_walked_in_order_with_few_names_in_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(50):
        (tmp_path / f"{(n * 37) % 50:03d}.txt").write_bytes(TEXT + str(n).encode())
    whole = [d.path for d in read([tmp_path], Settings()) if isinstance(d, Document)]
    monkeypatch.setattr(reading, "NAMES", 7)
    pieces = [d.path for d in read([tmp_path], Settings()) if isinstance(d, Document)]
    assert whole == pieces == sorted(pieces, key=str)
    assert len(pieces) == 50


def test_archives_within_archives_end(tmp_path: Path) -> None:
    inner = b""
    for _ in range(4):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("next.zip" if inner else "a.txt", inner or TEXT)
        inner = out.getvalue()
    (tmp_path / "a.zip").write_bytes(inner)
    (found,) = _read(str(tmp_path / "a.zip"))
    assert isinstance(found, Skipped)
    assert "within one another" in found.reason


def test_only_hidden_members_are_left_out(tmp_path: Path) -> None:
    members = {name: TEXT + name.encode() for name in ("../up.txt", "./here.txt", ".hid/x.txt")}
    found = _read(_zip(tmp_path / "odd.zip", members))
    names = [item.path for item in found if isinstance(item, Document)]
    assert [str(name).split("/")[-1] for name in names] == ["up.txt", "here.txt"]
