"""Documents read all over a cluster, in the order in which one machine would read them.

Only what every machine can reach is: small files at an address. Files on this machine's disk,
standard input and single large files are read here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from foreigndesk.address import is_address
from foreigndesk.engine.ray_seam import Session, WorkerLostError
from foreigndesk.engine.workers import DIED
from foreigndesk.intake.addressed import Group, groups
from foreigndesk.intake.read import read, read_group
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

AHEAD = 2
"""Groups of files for each processor that are read before they are asked for."""

Found = list[Document | Skipped]
Begun = tuple[Group | Skipped, Any]


def read_on(
    session: Session, paths: Sequence[str | Path], settings: Settings, published: str | None
) -> Iterator[Document | Skipped]:
    """The documents at `paths`, as `intake.read.read` gives them; it raises what that raises."""
    yield from read((), settings, published)  # none: what is asked is checked before work begins
    for path in paths:
        if is_address(path):
            yield from _Scattered(session, settings, published).read(str(path))
        else:
            yield from read([path], settings, published)


def _read_all(group: Group, settings: Settings, published: str | None) -> Found:
    return list(read_group(group, settings, published))


class _Scattered:
    """Reads groups of files in tasks."""

    def __init__(self, session: Session, settings: Settings, published: str | None) -> None:
        self._session, self._given = session, (settings, published)

    def read(self, address: str) -> Iterator[Document | Skipped]:
        """The documents at an address."""
        begun = (self._begin(group) for group in groups(address))
        waiting = deque(islice(begun, AHEAD * self._session.processors))
        while waiting:
            yield from self._take(*waiting.popleft())
            waiting.extend(islice(begun, 1))

    def _begin(self, group: Group | Skipped) -> Begun:
        if isinstance(group, Skipped) or len(group) == 1:
            return group, None
        return group, self._session.task(_read_all, group, *self._given)

    def _take(self, group: Group | Skipped, begun: Any) -> Iterator[Document | Skipped]:
        if isinstance(group, Skipped):
            yield group
        elif begun is None:
            yield from read_group(group, *self._given)
        else:
            yield from self._found(group, begun)

    def _found(self, group: Group, begun: Any) -> Found:
        """What a task gives; where it kills whoever does it, file by file."""
        try:
            found: Found = self._session.result(begun)
        except WorkerLostError:
            alone = [self._session.task(_read_all, (file,), *self._given) for file in group]
            return [d for file, one in zip(group, alone, strict=True) for d in self._one(file, one)]
        return found

    def _one(self, file: tuple[str, str, int], begun: Any) -> Found:
        try:
            found: Found = self._session.result(begun)
        except WorkerLostError:
            return [Skipped(file[0], "read", DIED)]
        return found
