"""The command run in this process, and a desk of a few sample pages."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from foreigndesk.desk.cli import main

PAGES = Path(__file__).parents[2] / "sample" / "pages"


@dataclass(frozen=True)
class Ran:
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def call(*arguments: object, stdin: bytes = b"") -> Ran:
    """Run `foreigndesk` with these arguments, as the shell would."""
    saved = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    sys.stdout = io.TextIOWrapper(out, "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, "utf-8", write_through=True)
    status = 0
    try:
        main([str(a) for a in arguments])
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        said, complained = out.getvalue().decode(), err.getvalue().decode()
        sys.stdin, sys.stdout, sys.stderr = saved
    return Ran(status, said, complained)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on a screen of 80 columns, with one process."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FOREIGNDESK_JOBS", "1")
    return call


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of all sample pages, not to be changed."""
    folder = tmp_path_factory.mktemp("desk") / "d"
    assert call("read", PAGES, "--desk", folder, "--jobs", "1").status == 0
    return folder
