"""The same input gives the same bytes: for any order of files, number of workers, hash seed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from foreigndesk.engine.run import read_into
from foreigndesk.exchange.export import WHAT, export
from foreigndesk.ledger.desk import Desk
from foreigndesk.settings import Settings

PAGES = Path(__file__).parents[2] / "sample" / "pages"
FILES = sorted(PAGES.iterdir())


def exported(desk: Path, target: Path) -> dict[str, bytes]:
    for what in WHAT:
        export(Desk.open(desk), what, "jsonl", target / what)
    return {what: (target / what).read_bytes() for what in WHAT}


def read_here(desk: Path, files: list[Path], settings: Settings) -> None:
    read_into(Desk.create_or_open(desk), files, settings)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The export of the sample read in order by one process."""
    folder = tmp_path_factory.mktemp("plain")
    read_here(folder / "d", FILES, Settings(jobs=1))
    found = exported(folder / "d", folder)
    assert all(found[what] for what in ("reports", "events", "articles", "stories", "claims"))
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_files(plain: dict[str, bytes], tmp_path: Path, seed: int) -> None:
    files = random.Random(seed).sample(FILES, len(FILES))
    read_here(tmp_path / "d", files, Settings(jobs=1, batch=3 + seed))
    assert exported(tmp_path / "d", tmp_path) == plain


def test_in_several_runs(plain: dict[str, bytes], tmp_path: Path) -> None:
    for part in (FILES[20:], FILES[:12], FILES):
        read_here(tmp_path / "d", part, Settings(jobs=1))
    assert exported(tmp_path / "d", tmp_path) == plain


def test_two_workers(plain: dict[str, bytes], tmp_path: Path) -> None:
    read_here(tmp_path / "d", FILES, Settings(jobs=2, batch=5))
    assert exported(tmp_path / "d", tmp_path) == plain


@pytest.mark.parametrize("seed", ["1", "31337"])
def test_any_hash_seed(plain: dict[str, bytes], tmp_path: Path, seed: str) -> None:
    program = [sys.executable, "-m", "foreigndesk.desk.cli", "read", *map(str, FILES)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(
        [*program, "--desk", str(tmp_path / "d"), "--jobs", "1"],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    assert exported(tmp_path / "d", tmp_path) == plain
