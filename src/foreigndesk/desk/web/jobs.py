"""Work for the desk that takes long, one piece after another, each in a process of its own.

Readers are never in its way nor it in theirs: the process writes whole new files, and the ledger
is swapped in when it is done.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import os
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from foreigndesk.desk.web.options import Serving
from foreigndesk.errors import ForeignDeskError, UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.settings import from_environment

KEPT = 50
"""Pieces of work that are remembered once they are done."""
LOOK = 2.0
"""Seconds between two looks into a folder that is watched."""
ENDED = frozenset({"done", "failed"})


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work. `state` is waiting, reading, linking, done or failed; `says` a sentence."""

    number: int
    what: str
    paths: tuple[str, ...] = ()
    published: str | None = None
    state: str = "waiting"
    articles: int = 0
    reports: int = 0
    known: int = 0
    skipped: tuple[tuple[str, str], ...] = ()
    says: str = ""


@dataclass
class _Folder:
    """A folder that is watched: what stood in it when last looked at, and what was read."""

    path: Path
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    read: dict[str, tuple[int, int]] = field(default_factory=dict)

    def ready(self) -> bool:
        """Whether there is something new in it that no longer grows."""
        now = dict(_entries(self.path))
        still, self.seen = now == self.seen, now
        if not still or now == self.read or not now:
            return False
        self.read = now
        return True


class Jobs:
    """The work of one served desk."""

    def __init__(self, serving: Serving, desk: Desk) -> None:
        self.serving = serving
        self.desk = desk
        self._jobs: dict[int, Job] = {}
        self._waiting: queue.Queue[int] = queue.Queue()
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True, name="desk work")]
        if serving.watch is not None:
            folder = _Folder(serving.watch)
            watch = threading.Thread(target=self._watch, args=(folder,), daemon=True, name="watch")
            self._threads.append(watch)

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop; what a read has committed is kept."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=15)

    def add(self, what: str, paths: tuple[str, ...] = (), published: str | None = None) -> Job:
        """Put work in line. Raises UsageError where too much waits, or the desk is read-only."""
        if self.serving.read_only:
            raise UsageError(
                "the desk", "--read-only", "a desk that may be written", "Start it without."
            )
        with self._changed:
            if self._waiting.qsize() >= self.serving.max_wait:
                raise UsageError(
                    "the line", f"{self.serving.max_wait} uploads waiting", "fewer", "Wait a while."
                )
            job = Job(next(self._numbers), what, paths, published)
            self._jobs[job.number] = job
            for number in sorted(n for n, j in self._jobs.items() if j.state in ENDED)[:-KEPT]:
                del self._jobs[number]
        self._waiting.put(job.number)
        return job

    def all(self) -> list[Job]:
        """The work of late, the newest first."""
        with self._changed:
            return [self._jobs[number] for number in sorted(self._jobs, reverse=True)]

    def get(self, number: int) -> Job | None:
        """One piece of work."""
        with self._changed:
            return self._jobs.get(number)

    def changed(self, job: Job, wait: float) -> Job | None:
        """The job once it is another than `job`, or as it is after `wait` seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._jobs.get(job.number) != job or self._ended.is_set(), wait
            )
            return self._jobs.get(job.number)

    @property
    def ended(self) -> bool:
        """Whether the server is being stopped."""
        return self._ended.is_set()

    def _set(self, number: int, **changes: Any) -> None:
        with self._changed:
            self._jobs[number] = replace(self._jobs[number], **changes)
            self._changed.notify_all()

    def _work(self) -> None:
        while not self._ended.is_set():
            with suppress(queue.Empty):
                number = self._waiting.get(timeout=0.2)
                try:
                    self._run(self._jobs[number])
                except Exception:
                    logging.getLogger(__name__).exception("work %s", number)
                    self._set(number, state="failed", says="A defect; the server's log has more.")

    def _run(self, job: Job) -> None:
        """Do one piece of work in a process of its own, and pass on what that tells."""
        context = multiprocessing.get_context("spawn")
        told: multiprocessing.Queue[dict[str, Any]] = context.Queue()
        words = (str(self.desk.path), job.paths, job.published)
        process = context.Process(target=_process, args=(words, told), name="read")
        process.start()
        self._set(job.number, state="reading" if job.paths else "linking")
        ended = False
        while not ended and not self._ended.is_set():
            try:
                changes = told.get(timeout=0.2)
            except queue.Empty:
                ended = not process.is_alive() and told.empty()
                continue
            self._set(job.number, **changes)
            ended = changes.get("state") in ENDED
        if self._ended.is_set() and process.is_alive():
            process.terminate()
        process.join()
        if self._jobs[job.number].state not in ENDED:
            self._set(job.number, state="failed", says="It was stopped; what was read is kept.")

    def _watch(self, folder: _Folder) -> None:
        while not self._ended.is_set():
            with suppress(OSError, UsageError):
                if folder.ready():
                    self.add(f"new files in {folder.path.name}", (str(folder.path),))
            self._ended.wait(LOOK)


def _entries(path: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """The files of a folder with size and time of change, hidden ones left out."""
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        with suppress(FileNotFoundError):
            if not hidden and file.is_file():
                found = file.stat()
                yield str(file), (found.st_size, found.st_mtime_ns)


def _process(words: tuple[str, tuple[str, ...], str | None], told: Any) -> None:
    """Read paths into a desk (none: only derive the ledger anew), telling how far it is."""
    from foreigndesk.engine.run import Summary, read_into, renew

    with suppress(OSError, AttributeError):
        os.nice(5)
    desk_path, paths, published = words

    def tell(summary: Summary, **more: Any) -> None:
        told.put({"articles": summary.articles, "reports": summary.reports,
                  "known": summary.known} | more)  # fmt: skip

    settings = replace(from_environment(), jobs=1)
    try:
        desk = Desk.open(desk_path)
        if not paths:
            renew(desk)
            told.put({"state": "done", "says": "The ledger follows all judgements."})
            return
        summary = read_into(desk, paths, settings, published, tell)
        skipped = tuple((Path(s.document).name, s.reason) for s in summary.skipped[:100])
        tell(summary, state="done", skipped=skipped, says=_said(summary.articles, summary.known))
    except ForeignDeskError as error:
        told.put({"state": "failed", "says": f"Found {error.found}; expected {error.expected}."})


def _said(articles: int, known: int) -> str:
    return f"{articles:,} articles read, {known:,} known already."
