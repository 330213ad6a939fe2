"""Killed at any moment, a run leaves a desk that opens and that a second run completes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foreigndesk.exchange.export import WHAT, export
from foreigndesk.ledger.desk import Desk

PAGES = Path(__file__).parents[2] / "sample" / "pages"
KILLS = 30
SEED = 20240619


def command(desk: Path) -> list[str]:
    program = [sys.executable, "-m", "foreigndesk.desk.cli", "read", str(PAGES)]
    return [*program, "--desk", str(desk), "--jobs", "1"]


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """Small batches, so that a kill falls between two commits as often as within one."""
    return {**os.environ, "FOREIGNDESK_BATCH": "4"}


def exported(desk: Path, target: Path) -> dict[str, bytes]:
    found = {}
    for what in WHAT:
        export(Desk.open(desk), what, "jsonl", target / what)
        found[what] = (target / what).read_bytes()
    return found


# Loads the models once, then reads in forked children: one run a line ("desk [seconds to live]").
DRIVER = """
import os, signal, sys, time
from foreigndesk.engine import local
from foreigndesk.engine.run import read_into
from foreigndesk.ledger.desk import Desk
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

settings = Settings(jobs=1, batch=4)
reader = Reader(settings)
reader.analyse("Norway urged Mali to free the crew."), reader.cleaner
local.Reader = lambda *_: reader
for line in sys.stdin:
    desk, _, life = line.rstrip("\\n").partition("\\t")
    begun = time.monotonic()
    child = os.fork()
    if not child:
        read_into(Desk.create_or_open(desk), [sys.argv[1]], settings)
        os._exit(0)
    if life:
        time.sleep(float(life))
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    print(time.monotonic() - begun, status, flush=True)
"""


@pytest.mark.slow
def test_killed_at_thirty_moments(tmp_path: Path) -> None:
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(PAGES)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def run(desk: Path, life: float | None = None) -> tuple[float, int]:
        assert driver.stdin is not None
        assert driver.stdout is not None
        driver.stdin.write(f"{desk}\t{life or ''}\n")
        driver.stdin.flush()
        lasted, status = driver.stdout.readline().split()
        return float(lasted), int(status)

    lasted, status = run(tmp_path / "whole")
    assert status == 0
    unbroken = exported(tmp_path / "whole", tmp_path)
    moments = random.Random(SEED)
    committed: set[int] = set()
    for kill in range(KILLS):
        desk = tmp_path / f"broken{kill // 3}"  # killed three times, then completed
        run(desk, moments.uniform(0, lasted))
        if (desk / "desk.toml").exists():
            opened = Desk.open(desk)
            committed.add(len(opened.known()))
            assert len(list(opened.articles())) == len(opened.known())
        if kill % 3 == 2:
            assert run(desk)[1] == 0
            assert exported(desk, tmp_path) == unbroken
            assert not list(desk.rglob(".tmp-*"))
    assert len(committed) > 3, "the kills fell at too few different points to show anything"
    driver.communicate()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_in_one_line(tmp_path: Path, environment: dict[str, str], jobs: str) -> None:
    """Ctrl-C ends a run with one line and leaves a good desk."""
    arguments = [*command(tmp_path / "d")[:-1], jobs]
    process = subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "d" / "articles").is_dir() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)  # what a terminal does
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip().splitlines() == [
        "Stopped. What was read so far is kept; the same command completes it."
    ]
    assert Desk.open(tmp_path / "d").known() is not None
    assert out == ""
