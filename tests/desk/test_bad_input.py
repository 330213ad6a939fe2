"""Each bad input gets a message that says where, what was found and what to do."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

import pytest

TEXT = (
    "Norway\u2019s foreign minister met Mali\u2019s president in Oslo on 3 May 2024, officials "
    "said. \u201cWe agreed on aid,\u201d he said at a caf\u00e9.\n\n"
    "Russia denied that it had sent arms to Iran. Sweden condemned the attack on Israel.\n"
)
NOTHING = {
    "empty.txt": (b"", "an empty file"),
    "blank.txt": (b" \n\n ", "an empty file"),
    "binary.txt": (bytes(range(256)) * 20, "binary data"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG image"),
    "menu.html": (b"<html><body><nav><a>Home</a><a>World</a></nav></body></html>", "no article"),
    "menu.txt": (b"Home\nWorld\nShare\nTweet\nSubscribe\n", "no article"),
    "cut.json": (b'{"text":', "broken JSON"),
    "cut.txt.gz": (gzip.compress(TEXT.encode())[:40], "damaged gzip"),
    "cut.parquet": (b"PAR1xxPAR1", "damaged Parquet"),
    "number.jsonl": (b"[1]\n", "a record that is no object"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_read(run, tmp_path: Path, name: str) -> None:
    page, (content, found) = tmp_path / name, NOTHING[name]
    page.write_bytes(content)
    ran = run("read", page, "--desk", tmp_path / "d")
    assert ran.status == 1
    assert ran.err.startswith(f"Error in: {page}")
    assert found in ran.err
    assert "do:" in ran.err
    assert "Traceback" not in ran.err


def test_missing_path_makes_no_desk(run, tmp_path: Path) -> None:
    ran = run("read", tmp_path / "nowhere", "--desk", tmp_path / "d")
    assert ran.status == 1
    assert "no such file or folder" in ran.err
    assert not (tmp_path / "d").exists()


def test_one_bad_file_never_stops_the_others(run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, (content, _) in NOTHING.items():
        (pages / name).write_bytes(content)
    (pages / "good.txt").write_text(TEXT, encoding="utf-8")
    ran = run("read", pages, tmp_path / "nowhere", "--desk", tmp_path / "d")
    assert ran.status == 0
    assert "Read 1 articles" in ran.out
    assert f"Skipped {len(NOTHING) + 1}:" in ran.err
    assert "cut.parquet: damaged Parquet" in ran.err


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings(run, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "page.txt").write_bytes(TEXT.encode(encoding))
    ran = run("clean", tmp_path / "page.txt")
    assert ran.status == 0
    assert "Norway\u2019s foreign minister met" in ran.out
    assert "caf\u00e9" in ran.out


def test_not_english_is_kept_and_said(run, tmp_path: Path) -> None:
    page = "Der russische Außenminister traf am Mittwoch seinen Kollegen in Moskau. Beide Länder "
    page += "wollen enger zusammenarbeiten, teilte das Ministerium in der Hauptstadt mit.\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    ran = run("read", tmp_path / "page.txt", "--desk", tmp_path / "d")
    assert ran.status == 0
    assert "1 not in English: kept, not coded." in ran.out


def test_200_megabytes_are_skipped_unread(run, tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        for _ in range(200):
            file.write(TEXT.encode() * (1_000_000 // len(TEXT.encode())))
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    ran = run("clean", tmp_path / "large.txt", tmp_path / "good.txt")
    assert ran.status == 0
    assert "more than 20,000,000 bytes" in ran.err
    assert "FOREIGNDESK_MAX_BYTES" in ran.err


def test_endless_line(run, tmp_path: Path) -> None:
    line = "Russia met Iran and the ministers of Norway agreed on aid while Mali went home and "
    (tmp_path / "line.txt").write_text(line * 60_000)
    ran = run("read", tmp_path / "line.txt", "--desk", tmp_path / "d")
    assert ran.status == 1
    assert "over 10,000 characters without the end of a sentence" in ran.err
    assert "FOREIGNDESK_MAX_LINE" in ran.err


def test_long_stretch_without_a_stop_is_taken_apart(run, tmp_path: Path) -> None:
    line = "Russia met Iran and the ministers of Norway agreed on aid while Mali went home and "
    (tmp_path / "line.txt").write_text(line * 60)
    ran = run("read", tmp_path / "line.txt", "--desk", tmp_path / "d")
    assert ran.status == 0
    assert "Read 1 articles" in ran.out


def test_no_permission(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "d"))

    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = run("read", tmp_path / "good.txt", "--desk", tmp_path / "d")
    assert ran.status == 2
    assert "cannot be written (Permission denied)" in ran.err
    monkeypatch.undo()
    monkeypatch.setattr(Path, "is_file", refuse)
    ran = run("timeline", "--desk", tmp_path / "d")
    assert ran.status == 2
    assert "Permission denied" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_page(run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    page.chmod(0)
    ran = run("read", page, "--desk", tmp_path / "d")
    assert ran.status == 1
    assert "no permission to read it" in ran.err


@pytest.fixture
def copy(desk: Path, tmp_path: Path) -> Path:
    """A desk that may be damaged."""
    return Path(shutil.copytree(desk, tmp_path / "copy"))


def test_newer_desk(run, copy: Path) -> None:
    (copy / "desk.toml").write_text("format = 9\n")
    for command in (("timeline",), ("read", __file__)):
        ran = run(*command, "--desk", copy)
        assert ran.status == 2
        assert "a desk of format 9" in ran.err
        assert "Install the newer Foreign Desk" in ran.err


@pytest.mark.parametrize("folder", ["articles", "reports"])
def test_damaged_file(run, copy: Path, tmp_path: Path, folder: str) -> None:
    damaged = next((copy / folder).glob("*.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:200])
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    ran = run("read", tmp_path / "good.txt", "--desk", copy)
    assert ran.status == 2
    assert str(damaged) in ran.err
    assert "Remove this file and read the same sources again" in ran.err


def test_damaged_ledger_is_made_anew(run, copy: Path, tmp_path: Path) -> None:
    (copy / "ledger.duckdb").write_text("junk")
    ran = run("timeline", "--desk", copy)
    assert ran.status == 2
    assert "it is derived, nothing is lost" in ran.err
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (copy / "ledger.duckdb").unlink()
    assert run("read", tmp_path / "good.txt", "--desk", copy).status == 0
    assert run("timeline", "--desk", copy).status == 0


def test_no_desk(run, tmp_path: Path) -> None:
    ran = run("timeline", "--desk", tmp_path / "none")
    assert ran.status == 2
    assert "no such folder" in ran.err
    assert "foreigndesk read PATH --desk" in ran.err


def test_folder_of_other_things_is_no_desk(run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    ran = run("read", tmp_path / "page.txt", "--desk", tmp_path)
    assert ran.status == 2
    assert "a folder with other things in it" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["timelin"], "Did you mean 'timeline'?"),
        (["read"], "Missing argument 'PATH...'"),
        (["timeline"], "Missing option '--desk'"),
        (["timeline", "--desk", "x", "--standing", "sure"], "is not one of 'planned'"),
        (["read", "--published", "soon", "x", "--desk", "y"], "no such file or folder"),
    ],
)
def test_wrong_usage(run, arguments: list[str], message: str) -> None:
    ran = run(*arguments)
    assert ran.status == (1 if "no such file" in message else 2)
    assert message in ran.err


def test_names_of_files_cannot_steer_a_terminal(run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.txt").write_text("Norway expelled two diplomats on Monday.")
    (pages / "bad\x1b[2J.html").write_bytes(b"")
    for command in (["read", str(pages), "--desk", str(tmp_path / "desk")], ["clean", str(pages)]):
        ran = run(*command)
        assert "bad [2J.html" in ran.err
        assert "\x1b" not in ran.err
