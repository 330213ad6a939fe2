"""Files, folders and records to Documents, and what is skipped."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from foreigndesk.errors import UsageError
from foreigndesk.intake.read import read
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

TEXT = "The envoys “met” in Genève on Monday – and left.\r\nNothing\u00a0more 👉 اتصال\n"


def one(path: Path, raw: bytes, settings: Settings | None = None) -> Document | Skipped:
    path.write_bytes(raw)
    (item,) = read([path], settings or Settings())
    return item


def text_of(item: Document | Skipped) -> str:
    assert isinstance(item, Document), item
    return item.text


def reason_of(item: Document | Skipped) -> str:
    assert isinstance(item, Skipped), item
    return item.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_exactly_the_decoded_text(tmp_path: Path, encoding: str) -> None:
    assert text_of(one(tmp_path / "a.txt", TEXT.encode(encoding))) == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
def test_encodings_without_mark(tmp_path: Path, encoding: str) -> None:
    text = "The envoys “met” in Genève on Monday – and left again.\r\n"
    assert text_of(one(tmp_path / "a.txt", text.encode(encoding))) == text


def test_mixed_encoding(tmp_path: Path) -> None:
    raw = "The “one” side – and ".encode() + "the “other”".encode("cp1252") + " – é".encode()
    assert "one” side – and the “other” – é" in text_of(one(tmp_path / "a.txt", raw))


def test_the_same_page_has_the_same_id(tmp_path: Path) -> None:
    first = one(tmp_path / "a.txt", b"The envoys met.")
    second = one(tmp_path / "b.txt", b"The envoys met.")
    third = one(tmp_path / "c.txt", b"The envoys left.")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.id == second.id != third.id
    assert len(first.id) == 32
    assert first.path == (tmp_path / "a.txt").as_posix()


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "path": "p/1.html", "body": "One.", "author": "Jo", "date": "2020"}),
        "{broken",
        json.dumps({"id": "b"}),
        json.dumps({"content": "Two.", "url": "http://e.org/x", "outlet": "E", "title": "T"}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    first, broken, empty, last = read([path], Settings())
    assert isinstance(first, Document)
    assert (first.id, first.path, first.byline, first.published) == ("a", "p/1.html", "Jo", "2020")
    assert isinstance(broken, Skipped)
    assert broken.document == f"{path.as_posix()}:2"
    assert "broken JSON" in broken.reason
    assert "no text" in reason_of(empty)
    assert isinstance(last, Document)
    assert (last.url, last.outlet, last.title, last.text) == ("http://e.org/x", "E", "T", "Two.")


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_tables(tmp_path: Path, name: str) -> None:
    mark = "," if name.endswith("csv") else "\t"
    raw = f'id{mark}text{mark}published\n1{mark}"One,\nline."{mark}2020-01-02\n'.encode()
    item = one(tmp_path / name, raw)
    assert isinstance(item, Document)
    assert (item.id, item.text, item.published) == ("1", "One,\nline.", "2020-01-02")


def test_parquet_and_json(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "One."}, {"id": "2", "text": "Two."}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (tmp_path / "b.json").write_text(json.dumps(rows))
    items = [text_of(item) for item in read([tmp_path], Settings())]
    assert items == ["One.", "Two."] * 2


def test_feed(tmp_path: Path) -> None:
    feed = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><title>The Example</title><item><title>Envoys meet</title>"
        "<link>http://e.org/1</link><pubDate>Mon, 04 May 2020 10:00:00 GMT</pubDate>"
        "<description>The envoys met. &x;</description></item></channel></rss>"
    )
    item = one(tmp_path / "a.xml", feed.encode())
    assert isinstance(item, Document)
    assert (item.title, item.outlet, item.url) == ("Envoys meet", "The Example", "http://e.org/1")
    assert "root:" not in item.text


def test_warc(tmp_path: Path) -> None:
    page = b"<html><body><p>The envoys met.</p></body></html>"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/1\r\n"
        b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record) + gzip.compress(record))
    items = list(read([path], Settings()))
    assert [text_of(item) for item in items] == ["The envoys met."] * 2
    assert isinstance(items[0], Document)
    assert items[0].url == "http://e.org/1"


def test_html_is_known_by_its_content(tmp_path: Path) -> None:
    item = one(tmp_path / "page", b"<!DOCTYPE html><p>One.</p><p>Two.</p>")
    assert isinstance(item, Document)
    assert (item.media_type, item.text) == ("text/html", "One.\n\nTwo.")
    assert item.markup is not None


def test_gzip(tmp_path: Path) -> None:
    assert text_of(one(tmp_path / "a.txt.gz", gzip.compress(TEXT.encode()))) == TEXT
    line = json.dumps({"id": "a", "text": "One."}).encode()
    assert text_of(one(tmp_path / "a.jsonl.gz", gzip.compress(line))) == "One."


def test_gzip_bomb_is_bounded(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\n" * 30_000_000)
    small = Settings(max_bytes=100_000)
    assert "more than 100,000 bytes" in reason_of(one(tmp_path / "a.txt.gz", bomb, small))
    (tmp_path / "b.jsonl.gz").write_bytes(bomb)
    assert "zip bomb" in reason_of(list(read([tmp_path / "b.jsonl.gz"], small))[-1])


def test_damaged_gzip(tmp_path: Path) -> None:
    raw = gzip.compress(os.urandom(100) + TEXT.encode() * 50)[:-20]
    assert "damaged gzip" in reason_of(one(tmp_path / "a.txt.gz", raw))


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "an empty file"),
        (b" \n\t ", "an empty file"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (bytes(range(256)) * 9, "binary data"),
        (b"x" * 300_000, "more than 200,000 bytes"),
    ],
)
def test_skipped_with_its_reason(tmp_path: Path, raw: bytes, word: str) -> None:
    assert word in reason_of(one(tmp_path / "a.txt", raw, Settings(max_bytes=200_000)))


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.write(b"The envoys met.\n" * 5000)
        stream.truncate(200_000_000)
    item = one_of(path)
    assert "bytes" in reason_of(item)


def one_of(path: Path) -> Document | Skipped:
    (item,) = read([path], Settings())
    return item


def test_missing_path_and_broken_link(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    items = list(read([tmp_path / "none.txt", tmp_path], Settings()))
    assert [reason_of(item) for item in items] == ["no such file or folder"] * 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert "permission" in reason_of(one_of(path))


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"Text of {name}.")
    found = [text_of(item) for item in read([tmp_path], Settings())]
    assert found == ["Text of a/b/c.txt.", "Text of a/z.txt.", "Text of b.txt."]


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b'{"id": "a", "text": "One."}\n'))
    monkeypatch.setattr(sys, "stdin", stdin)
    (item,) = read(["-"], Settings())
    assert text_of(item) == "One."


def test_published_overrides(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The envoys met.")
    (item,) = read([path], Settings(), published="3 May 2020")
    assert isinstance(item, Document)
    assert item.published == "2020-05-03"
    with pytest.raises(UsageError, match="--published"):
        list(read([path], Settings(), published="soon"))


def test_a_parquet_row_of_too_many_bytes_is_skipped(tmp_path: Path) -> None:
    rows = [{"text": "Mali freed the crew."}, {"text": "x" * 3_000}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    first, second = read([tmp_path / "a.parquet"], Settings(max_bytes=2_000))
    assert isinstance(first, Document)
    assert isinstance(second, Skipped)
    assert "2,000 bytes" in second.reason
