"""Workers of a Ray session and what they have in hand: batches go out, what was done comes back.

A batch whose worker dies is given to another; one that has killed two is split, and a document
that kills two by itself is skipped, with its reason. What was done is passed on in the order of the
input. Batches are not cut by Ray Data: which documents share a file of the desk must follow from
the input alone, and a death must be laid at one document's door.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from foreigndesk.engine.batches import Batch, Result
from foreigndesk.engine.ray_seam import Session, WorkerLostError
from foreigndesk.engine.summary import Summary
from foreigndesk.engine.workers import DIED
from foreigndesk.errors import ForeignDeskError
from foreigndesk.model import Document, Skipped

AHEAD = 3
"""Batches for each worker that are under way, or done and waiting for one before them."""
DEATHS = 2
"""Workers that a batch may kill before it is split, and a document before it is skipped."""


@dataclass(frozen=True)
class Kind:
    """How a worker is made: an object of class `worker` from `given`, of these `versions`.

    Its `begin()` gives its versions or an error; its `work(batch, whole)` what was done, or an
    error; `whole` is false for a document of a split batch.
    """

    worker: type[Any]
    given: Any
    versions: str


@dataclass(frozen=True)
class _Task:
    """A batch by its number, or one document of it: `part`, its place there."""

    number: int
    batch: Batch
    deaths: int = 0
    part: int | None = None


@dataclass
class _Parts:
    """The documents of a split batch, as they come back."""

    size: int
    found: dict[int, Result] = field(default_factory=dict)


class Pool:
    """Workers and what they have in hand."""

    def __init__(self, session: Session, kind: Kind, jobs: int) -> None:
        self._session, self._kind, self._jobs = session, kind, jobs
        self._given = session.put(kind.given)
        self._busy: dict[Any, tuple[Any, _Task | None]] = {}
        self._idle: list[Any] = []
        self._todo: deque[_Task] = deque()
        self._done: dict[int, Result | Summary] = {}
        self._parts: dict[int, _Parts] = {}
        self._stillborn = 0

    def run(self, found: Iterable[Batch]) -> Iterator[Result | Summary]:
        """What was done of each batch, in their order; at most `AHEAD` for each worker wait. The
        workers begin with it and end with it."""
        try:
            yield from self._run(found)
        finally:
            for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
                self._session.end(worker)

    def _run(self, found: Iterable[Batch]) -> Iterator[Result | Summary]:
        source = enumerate(found)
        taken = passed = 0
        last = False
        for _ in range(self._jobs):
            self._start()
        while True:
            while not last and taken - passed < AHEAD * self._jobs:
                number, batch = next(source, (-1, []))
                last = number < 0
                if not last:
                    self._todo.append(_Task(number, batch))
                    taken += 1
            if last and passed == taken:
                return
            self._step()
            while passed in self._done:
                yield self._done.pop(passed)
                passed += 1

    def _start(self) -> None:
        worker = self._session.worker(self._kind.worker, self._given)
        self._busy[self._session.call(worker, "begin")] = (worker, None)

    def _step(self) -> None:
        """Give idle workers something to do, and take what one of the busy ones gives."""
        while self._idle and self._todo:
            worker, task = self._idle.pop(), self._todo.popleft()
            made = self._session.call(worker, "work", task.batch, task.part is None)
            self._busy[made] = (worker, task)
        reference = self._session.any_of(self._busy)
        worker, begun = self._busy.pop(reference)
        try:
            given = self._session.result(reference)
        except WorkerLostError as error:
            self._session.end(worker)
            self._lost(begun, error)
            return
        if isinstance(given, ForeignDeskError):
            raise given
        self._idle.append(worker)
        if begun is None:
            self._fits(given)
        else:
            self._take(begun, given)

    def _fits(self, found: str) -> None:
        self._stillborn = 0
        if found != self._kind.versions:
            raise ForeignDeskError(
                "a Ray worker",
                found,
                self._kind.versions,
                "Install the same version on every machine of the cluster.",
            )

    def _take(self, task: _Task, given: Result | Summary) -> None:
        if task.part is None or isinstance(given, Summary):
            self._done[task.number] = given
            return
        parts = self._parts[task.number]
        parts.found[task.part] = given
        if len(parts.found) == parts.size:
            del self._parts[task.number]
            self._done[task.number] = [r for n in range(parts.size) for r in parts.found[n]]

    def _lost(self, task: _Task | None, error: WorkerLostError) -> None:
        """Another worker in place of the lost one; its batch again, or split, or skipped."""
        self._start()
        if task is None:
            self._stillborn += 1
            if self._stillborn > 2 * self._jobs:
                raise _none_lives(error)
        elif task.deaths + 1 < DEATHS:
            self._todo.appendleft(replace(task, deaths=task.deaths + 1))
        elif task.part is None:
            self._split(task)
        else:
            self._take(task, [_dead(task.batch[0])])

    def _split(self, task: _Task) -> None:
        self._parts[task.number] = _Parts(len(task.batch))
        alone = [_Task(task.number, [d], part=n) for n, d in enumerate(task.batch)]
        self._todo.extendleft(reversed(alone))


def _dead(document: Document | Skipped) -> Skipped:
    if isinstance(document, Skipped):
        return document
    return Skipped(document.path or document.id, "code", DIED)


def _none_lives(error: WorkerLostError) -> ForeignDeskError:
    return ForeignDeskError(
        "the Ray workers",
        f"that each dies while it loads its models ({str(error).strip().splitlines()[0]})",
        "about 1 GB of memory for each worker",
        "Give --jobs fewer workers, or the machines more memory.",
    )
