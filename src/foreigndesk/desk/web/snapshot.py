"""The ledger as it is now, held so that a rebuild neither waits for readers nor disturbs them.

DuckDB shares one open database between all connections of a process to one path. A rebuild puts a
new file in the old one's path, so readers that overlap would go on seeing the old one. Each state
of the ledger is therefore opened under a name of its own: a hard link beside it, which the desk's
cleaning removes should this process be killed. Where no link can be made (a read-only folder,
another file system), the ledger's own path is used, opened anew for each question.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from foreigndesk.errors import DeskError
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.store import temporary_beside

KEPT = 3
"""States that stay open for requests still running on them."""


@dataclass(frozen=True, slots=True)
class Snapshot(Desk):
    """A desk whose ledger stands still. `generation` changes when the ledger or the judgements
    do."""

    file: Path
    generation: str

    @property
    def ledger(self) -> Path:
        """The ledger's file under this state's own name."""
        return self.file


class Ledgers:
    """Gives the current Snapshot of a desk; thread-safe."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._lock = threading.Lock()
        self._key: tuple[int, ...] = ()
        self._number = 0
        self._file = desk.ledger
        self._open: deque[tuple[Path, duckdb.DuckDBPyConnection]] = deque()

    def current(self) -> Snapshot:
        """The ledger as it stands on disk now. Raises DeskError where there is none."""
        with self._lock:
            try:
                key = _key(self.desk.ledger)
            except FileNotFoundError as error:
                raise DeskError(
                    str(self.desk.ledger),
                    "no such file",
                    "the derived ledger",
                    f"Make it: foreigndesk read PATH --desk {self.desk.path}",
                ) from error
            if key != self._key:
                self._key = key
                self._take()
            return Snapshot(self.desk.path, self._file, self._generation())

    def close(self) -> None:
        """Let all states go."""
        with self._lock:
            while self._open:
                _drop(*self._open.popleft())
            self._key, self._file = (), self.desk.ledger

    def _take(self) -> None:
        """Open the ledger under a name of its own, and let the oldest state go."""
        self._number += 1
        link = temporary_beside(self.desk.path / f"serving-{id(self)}-{self._number}.duckdb")
        self._file = self.desk.ledger
        with suppress(OSError, duckdb.Error):
            os.link(self.desk.ledger, link)
            self._open.append((link, duckdb.connect(str(link), read_only=True)))
            self._file = link
        while len(self._open) > KEPT:
            _drop(*self._open.popleft())

    def _generation(self) -> str:
        judged = self.desk.path / "judgements.jsonl"
        told = (*self._key, judged.stat().st_size if judged.exists() else 0)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _key(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _drop(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    connection.close()
    with suppress(OSError):
        path.unlink()
