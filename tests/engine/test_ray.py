"""On Ray: the same bytes as on one machine, whatever dies; Ctrl-C leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from foreigndesk.engine import cluster
from foreigndesk.engine.run import Summary, read_into
from foreigndesk.engine.workers import DIED
from foreigndesk.errors import ForeignDeskError, UsageError
from foreigndesk.exchange.export import WHAT, export
from foreigndesk.intake.read import read
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.schema import ALL_TABLES
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

ray = pytest.importorskip("ray", reason="no Ray: pip install 'foreigndesk[ray]'")

PAGES = Path(__file__).parents[2] / "sample" / "pages"
LOCAL = Settings(jobs=1, batch=4)
RAY = replace(LOCAL, jobs=2, engine="ray")


@pytest.fixture(scope="module")
def started(store: str | None) -> Iterator[None]:
    """A Ray of two processors, which the sessions of these tests use; its workers have the keys of
    the store."""
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False,
             logging_level="CRITICAL", object_store_memory=200_000_000)  # fmt: skip
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the local engine makes of the sample."""
    folder = tmp_path_factory.mktemp("local")
    read_into(Desk.create_or_open(folder / "desk"), [PAGES], LOCAL)
    return content(Desk.open(folder / "desk"), folder)


def content(desk: Desk, folder: Path) -> dict[str, bytes]:
    """All that a desk holds: its files but the ledger, the ledger's rows, the exports."""
    desk.complete()
    kept = [*desk.path.glob("articles/*.parquet"), *desk.path.glob("reports/*.parquet")]
    found = {f.name: f.read_bytes() for f in [*kept, desk.path / "desk.toml"]}
    with duckdb.connect(str(desk.ledger), read_only=True) as ledger:
        for table in ALL_TABLES:
            found[table] = repr(ledger.execute(f"SELECT * FROM {table}").fetchall()).encode()
    for what in WHAT:
        export(desk, what, "jsonl", folder / what)
        found[f"{what}.jsonl"] = (folder / what).read_bytes()
    return found


def workers_of(parent: int) -> list[int]:
    """The Ray workers of ours among the descendants of a process."""
    parents: dict[int, int] = {}
    ours = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(
                    (entry / "stat").read_text().rsplit(") ")[-1].split()[1]
                )
                if b"ray::Worker" in (entry / "cmdline").read_bytes():
                    ours.append(int(entry.name))
            except OSError:
                continue
    return [pid for pid in ours if parent in ancestors(pid, parents)]


def ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid := parents.get(pid, 0):
        yield pid


@pytest.mark.slow
@pytest.mark.usefixtures("started")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to find workers in")
def test_a_killed_worker_loses_nothing(tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    killed: list[int] = []

    def kill(summary: Summary) -> None:
        if summary.articles and not killed:
            killed.extend(workers_of(os.getpid())[:1])
            os.kill(killed[0], signal.SIGKILL)

    desk = Desk.create_or_open(tmp_path / "desk")
    summary = read_into(desk, [PAGES], RAY, progress=kill)
    assert killed
    assert summary.done == summary.documents
    assert content(desk, tmp_path) == unbroken


@pytest.mark.slow
@pytest.mark.usefixtures("started")
def test_workers_commit_to_a_desk_in_a_store(
    s3: str, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    from s3fs import S3FileSystem

    S3FileSystem().put(str(PAGES), "news/sample", recursive=True)
    with cluster.opened(RAY) as engine:
        scattered = list(engine.read([f"{s3}/sample", PAGES / "none"]))
    assert scattered == list(read([f"{s3}/sample", PAGES / "none"], RAY))
    assert len(scattered) > 30
    desk = Desk.create_or_open(f"{s3}/by-ray")
    read_into(desk, [PAGES], RAY)
    assert content(Desk.open(f"{s3}/by-ray"), tmp_path) == unbroken


class Deadly:
    """Dies on a document called "deadly", and once on one called "unlucky"."""

    def __init__(self, given: cluster.Given) -> None:
        self._marks = Path(str(given.settings.codebook))

    def begin(self) -> str:
        return (self._marks / "versions").read_text()

    def work(self, batch: list[Document], whole: bool) -> list[Skipped]:
        for document in batch:
            unlucky = document.id == "unlucky" and not (self._marks / "died").exists()
            if unlucky:
                (self._marks / "died").write_text("")
            if unlucky or document.id == "deadly":
                os.kill(os.getpid(), signal.SIGKILL)
        return [Skipped(d.id, "seen", "by a worker that lives") for d in batch]


def outcome(
    names: str, folder: Path, monkeypatch: pytest.MonkeyPatch, versions: str = "these"
) -> list[tuple[str, str]]:
    """What comes of documents of these names, in batches of three."""
    monkeypatch.setattr(cluster, "Worker", Deadly)
    monkeypatch.setattr(cluster, "versions", lambda settings: "these")
    (folder / "versions").write_text(versions)
    documents = [Document(n, f"{n}.txt", "text/plain", "Norway urged Mali.") for n in names.split()]
    settings = replace(RAY, batch=3, codebook=str(folder))
    desk = Desk.create_or_open(folder / "desk")
    with cluster.opened(settings) as engine:
        done = list(engine.work(desk, documents, None))
    return [(s.document, s.reason) for summary in done for s in summary.skipped]


@pytest.mark.usefixtures("started")
def test_what_dies_once_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = outcome("a unlucky b c d e f g", tmp_path, monkeypatch)
    assert [name for name, _ in found] == ["a", "unlucky", "b", "c", "d", "e", "f", "g"]
    assert {reason for _, reason in found} == {"by a worker that lives"}


@pytest.mark.slow
@pytest.mark.usefixtures("started")
def test_the_document_that_kills_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = outcome("a deadly b c d e", tmp_path, monkeypatch)
    assert [name for name, _ in found] == ["a", "deadly.txt", "b", "c", "d", "e"]
    assert [reason == DIED for _, reason in found] == [False, True, False, False, False, False]


@pytest.mark.usefixtures("started")
def test_a_worker_of_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ForeignDeskError, match="Install the same version"):
        outcome("a b c d", tmp_path, monkeypatch, versions="others")


def test_without_ray_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'foreigndesk\[ray\]'"):
        read_into(Desk.create_or_open(tmp_path / "desk"), [PAGES], RAY)


def test_an_address_where_no_cluster_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(UsageError, match="no Ray cluster that answers"):
        read_into(
            Desk.create_or_open(tmp_path / "d"), [PAGES], replace(RAY, ray_address="127.0.0.1:9")
        )


def marked(mark: str) -> list[str]:
    """The processes that were started with a mark in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark.encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return [name for name in found if name]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look in")
def test_interrupted_it_ends_its_ray(tmp_path: Path) -> None:
    mark = f"FOREIGNDESK_TEST_MARK={tmp_path}"
    process = subprocess.Popen(
        [sys.executable, "-m", "foreigndesk.desk.cli", "read", str(PAGES), "--desk",
         str(tmp_path / "d"), "--engine", "ray", "--jobs", "2"],
        env={**os.environ, "FOREIGNDESK_BATCH": "2", "FOREIGNDESK_TEST_MARK": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not list((tmp_path / "d").glob("articles/*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(marked(mark)) > 3
    os.killpg(process.pid, signal.SIGINT)  # what a terminal does
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    kept = "Stopped. What was read so far is kept; the same command completes it."
    assert err.strip().splitlines()[-1] == kept
    assert "Traceback" not in err
    assert out == ""
    assert Desk.open(tmp_path / "d").known()
    while marked(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert marked(mark) == []
