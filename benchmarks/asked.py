"""What a run of the benchmarks is asked for."""

from __future__ import annotations

import itertools
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.fresh import run
from benchmarks.piles import Pile

Found = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Options of a run. `folder` holds piles and desks while it goes on.

    `least`: articles of the piles that are timed; `crowd`: of the pile that is read with more and
    more workers; `sizes`: of those whose memory is measured. `price`: USD for an hour of a core.
    """

    folder: Path
    paths: tuple[str, ...] = ()
    least: int = 600
    repeat: int = 3
    crowd: int = 2000
    sizes: tuple[int, ...] = (1000, 10_000, 100_000)
    cores: int = os.cpu_count() or 1
    price: float = 0.04
    profile: int = 0
    _laid: dict[tuple[str, int], Pile] = field(default_factory=dict)
    _desks: itertools.count[int] = field(default_factory=itertools.count)
    _began: float = field(default_factory=time.monotonic)

    def tell(self, line: str) -> None:
        """A line of progress."""
        passed = time.monotonic() - self._began
        print(f"[{passed / 60:5.1f} min] {line}", file=sys.stderr, flush=True)

    def unique(self, size: int) -> Pile:
        """A pile of unique clean articles."""
        return self._pile("unique", size)

    def piles(self) -> list[Pile]:
        """The piles that are timed: the user's own, or the two composed ones."""
        if self.paths:
            return [Pile("given", self.paths)]
        return [self._pile("unique", self.least), self._pile("web", self.least)]

    def desk(self) -> str:
        """A place for a desk that is not there yet."""
        return os.fspath(self.folder / f"desk{next(self._desks)}")

    def jobs(self) -> list[int]:
        """Numbers of workers to try: 1, 2, doubled up to all cores."""
        doubled = itertools.takewhile(lambda n: n < self.cores, (2**k for k in range(20)))
        return [*doubled, self.cores]

    def _pile(self, name: str, size: int) -> Pile:
        key = name, size
        if key not in self._laid:
            self.tell(f"laying out {size:,} articles ({name})")
            found = run("lay", what=name, size=size, folder=os.fspath(self.folder)).found
            self._laid[key] = Pile(name, tuple(found["paths"]))
        return self._laid[key]
