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


@pytest.mark.slow
def test_killed_at_thirty_moments(tmp_path: Path, environment: dict[str, str]) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    begun = time.monotonic()
    subprocess.run(command(whole), env=environment, check=True, capture_output=True)
    lasted = time.monotonic() - begun
    unbroken = exported(whole, tmp_path)
    moments = random.Random(SEED)
    committed: set[int] = set()
    for kill in range(KILLS):
        desk = broken if kill % 3 else tmp_path / f"broken{kill}"
        process = subprocess.Popen(
            command(desk), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.25, 1) * lasted / (1 if kill % 3 == 0 else 1.4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (desk / "desk.toml").exists():
            opened = Desk.open(desk)
            committed.add(len(opened.known()))
            assert len(list(opened.articles())) == len(opened.known())
    assert len(committed) > 2, "the kills fell at too few different points to show anything"
    for desk in sorted(tmp_path.glob("broken*")):
        subprocess.run(command(desk), env=environment, check=True, capture_output=True)
        assert exported(desk, tmp_path) == unbroken
        assert not list(desk.rglob(".tmp-*"))


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
    assert err.splitlines() == [
        "Stopped. What was read so far is kept; the same command completes it."
    ]
    assert Desk.open(tmp_path / "d").known() is not None
    assert out == ""
