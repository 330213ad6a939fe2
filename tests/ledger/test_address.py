"""A desk at an address: the same files there as in a folder; a copy here that follows it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import affair, by_text, records
from test_incremental import content

from foreigndesk.errors import DeskError, ForeignDeskError, UsageError
from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.manifest import Run
from foreigndesk.ledger.remote import RemoteDesk
from foreigndesk.ledger.vacuum import vacuum
from foreigndesk.model import Judgement

fsspec = pytest.importorskip("fsspec", reason="no fsspec: pip install 'foreigndesk[s3]'")


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A place in memory for a desk, and an empty cache."""
    monkeypatch.setenv("FOREIGNDESK_CACHE", str(tmp_path / "cache"))
    place = f"memory://{uuid.uuid4().hex}/desk"
    yield place
    fsspec.filesystem("memory").store.clear()


def there(address: str) -> dict[str, bytes]:
    """The files at an address, by name."""
    fs = fsspec.filesystem("memory")
    root = "/" + address.removeprefix("memory://")
    return {path.removeprefix(root + "/"): fs.cat_file(path) for path in fs.find(root)}


def elsewhere(address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """The desk as another machine opens it: with a cache of its own."""
    monkeypatch.setenv("FOREIGNDESK_CACHE", str(tmp_path / uuid.uuid4().hex))
    return Desk.open(address)


def made(desk: Desk) -> None:
    desk.complete()
    rebuild(desk, by_text)
    desk.publish()


def test_the_same_files_as_in_a_folder(tmp_path: Path, address: str) -> None:
    for place in (address, tmp_path / "desk"):
        desk = Desk.create_or_open(place)
        desk.append(records(affair()))
        desk.record_run(Run("1", "2", {"parser": "p"}))
    files = [p for p in (tmp_path / "desk").rglob("*") if p.is_file()]
    assert there(address) == {
        p.relative_to(tmp_path / "desk").as_posix(): p.read_bytes() for p in files
    }


def test_another_machine_sees_what_was_made(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.create_or_open(address)
    desk.append(records(affair()))
    made(desk)
    other = elsewhere(address, monkeypatch, tmp_path)
    assert content(other) == content(desk)
    assert not list(other.articles_folder.iterdir())
    assert other.document_text("wire") == affair()[-1].evidence.text
    assert list(other.reports()) == list(desk.reports())
    assert other.known() == {"january", "july", "wire"}


def test_what_others_add_comes_and_a_kept_copy_is_not_fetched_again(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = records(affair())
    desk = Desk.create_or_open(address)
    desk.append(rows[:1])
    made(desk)
    other = elsewhere(address, monkeypatch, tmp_path)
    assert len(other.known()) == 1
    other.append(rows[1:])
    assert desk.complete()
    assert not desk.complete()
    assert desk.known() == {"january", "july", "wire"}
    fetched: list[str] = []
    monkeypatch.setattr(type(desk.mirror), "fetch", lambda self, names: fetched.extend(names))  # type: ignore[attr-defined]  # a RemoteDesk has one
    assert isinstance(Desk.open(other.place), RemoteDesk)
    assert fetched == []


def test_a_desk_that_was_judged_there_is_judged_here(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.create_or_open(address)
    other = elsewhere(address, monkeypatch, tmp_path)
    one, two = (Judgement(f"j{n}", f"r{n}", "wrong", None, None, "me", "2024") for n in (1, 2))
    other.judge([one])
    desk.judge([two])
    assert Desk.open(address).judgements() == [one, two]
    other.complete()
    assert other.judgements() == [one, two]


def test_what_was_not_sent_does_not_count(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between writing here and sending: the desk is what is at the address."""
    desk = Desk.create_or_open(address)
    Desk.append(desk, records(affair()))
    assert desk.known() == set()
    desk.append(records(affair()))
    assert len(Desk.open(address).known()) == 3


def test_files_are_merged_there_too(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.create_or_open(address)
    for record in records(affair()):
        desk.append([record])
    made(desk)
    reports = list(desk.reports())
    with desk.replacing() as held:
        vacuum(held)
    desk.publish()
    assert sorted(name.split("/")[0] for name in there(address)) == [
        "articles", "desk.toml", "ledger.duckdb", "reports",
    ]  # fmt: skip
    assert list(elsewhere(address, monkeypatch, tmp_path).reports()) == reports


def test_what_no_desk_is_stays_as_it_is(address: str) -> None:
    with pytest.raises(DeskError, match="foreigndesk read PATH --desk memory://"):
        Desk.open(address)
    fsspec.filesystem("memory").pipe_file(f"{address}/letter.txt", b"Dear")
    with pytest.raises(DeskError, match="other things"):
        Desk.create_or_open(address)
    assert there(address) == {"letter.txt": b"Dear"}


def test_an_address_of_a_file_on_this_machine_is_its_path(tmp_path: Path) -> None:
    desk = Desk.create_or_open(f"file://{tmp_path}/desk")
    assert type(desk) is Desk
    assert desk.path == tmp_path / "desk"


@pytest.mark.parametrize("wrong", ["nosuchstore://bucket/desk", "s4://x"])
def test_an_unknown_protocol_is_said(wrong: str) -> None:
    with pytest.raises(UsageError, match="s3://bucket/folder"):
        Desk.open(wrong)


def test_a_store_that_refuses_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class KeysError(Exception):
        """As botocore's: no OSError."""

    def refuse(self: object, path: str) -> None:
        raise KeysError("no keys")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "info", refuse)
    with pytest.raises(ForeignDeskError, match="KeysError: no keys"):
        Desk.open(address)
