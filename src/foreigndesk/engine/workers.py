"""A pool of worker processes that loses nothing when one of them dies.

A worker that is killed (by the kernel for want of memory, say) breaks the pool it stands in. The
batches that were under way are then done again, each alone in a fresh worker; one that kills its
worker a second time is tried document by document, and the document that does it is skipped.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from typing import TypeVar

from foreigndesk.children import end_with_parent, without_main
from foreigndesk.engine.batches import Batch, Result, portions
from foreigndesk.errors import CodebookError, ForeignDeskError, ParserError
from foreigndesk.intake.template import Template
from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Article, Document, Skipped
from foreigndesk.pipeline import Reader, settle
from foreigndesk.settings import Settings

Found = tuple[Document, Article]
Done = TypeVar("Done", Article, ArticleRecord)
DIED = (
    "its worker process died, twice on this document; expected one that can be coded in the "
    "memory there is. Leave it out, or split it"
)


class Workers:
    """Worker processes that code batches, `jobs` of them."""

    def __init__(self, settings: Settings, jobs: int, template: Template | None = None) -> None:
        self._given = (settings, template)
        self._jobs = jobs
        self._others = set(multiprocessing.active_children())
        self._pool = self._fresh(jobs)

    def run(self, batches: Iterable[Batch]) -> Iterator[Result]:
        """The results of `batches` in their order; two for each worker are under way at a time."""
        waiting: deque[tuple[Batch, Future[Result]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, self._submit(batch)))
                while len(waiting) >= 2 * self._jobs:
                    yield from self._next(waiting)
            while waiting:
                yield from self._next(waiting)
            self._pool.shutdown()
        except BaseException:
            self._stop()
            raise

    def _next(self, waiting: deque[tuple[Batch, Future[Result]]]) -> Iterator[Result]:
        """The first waiting result; where a worker died, all that wait, done again."""
        batch, future = waiting.popleft()
        try:
            yield future.result()
        except BrokenProcessPool:
            unfinished = [(batch, future), *waiting]
            waiting.clear()
            self._renew(1)
            for again, old in unfinished:
                yield old.result() if _succeeded(old) else self._alone(again)
            self._renew(self._jobs)

    def _alone(self, batch: Batch) -> Result:
        """A batch in one worker by itself; document by document if it kills that one too."""
        try:
            return self._submit(batch).result()
        except BrokenProcessPool:
            self._renew(1)
        if len(batch) > 1:
            return [record for document in batch for record in self._alone([document])]
        document = batch[0]
        if isinstance(document, Skipped):
            return [document]
        return [Skipped(document.path or document.id, "code", DIED)]

    def _submit(self, batch: Batch) -> Future[Result]:
        try:
            with _starting():
                return self._pool.submit(_in_worker, batch)
        except BrokenProcessPool as error:
            broken: Future[Result] = Future()
            broken.set_exception(error)
            return broken

    def _fresh(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=self._given)

    def _renew(self, jobs: int) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._fresh(jobs)

    def _stop(self) -> None:
        """End the workers now: what they have in hand is not wanted any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._mine():
            process.terminate()

    def _mine(self) -> list[BaseProcess]:
        return [p for p in multiprocessing.active_children() if p not in self._others]


def _succeeded(future: Future[Result]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextmanager
def _starting() -> Iterator[None]:
    """Start workers so that they neither run the caller's script nor speak when interrupted.

    Ctrl-C waits until a worker is ready to end in silence; the caller gets it right after.
    """
    with without_main():
        _hold(True)
        try:
            yield
        finally:
            _hold(False)


def _hold(held: bool) -> None:
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        resource_tracker.ensure_running()  # it would let the signal through when it starts
        how = signal.SIG_BLOCK if held else signal.SIG_UNBLOCK
        signal.pthread_sigmask(how, {signal.SIGINT})


_readers: list[Reader] = []  # one for each worker process, filled by its initializer


def _begin(settings: Settings, template: Template | None) -> None:
    end_with_parent()
    _hold(False)
    _readers.append(Reader(settings, template))


def _in_worker(batch: Batch) -> Result:
    found = work(_readers[0], batch)
    settle()
    return found


AHEAD = 200_000
"""Characters of articles that are parsed in one go; the parser remembers more."""


def work(reader: Reader, batch: Batch) -> Result:
    """The records of a batch."""
    found: Result = []
    cleaned = [_cleaned(reader, document) for document in batch]
    for some in portions(cleaned, _characters, AHEAD, len(batch)):
        reader.ahead((i[0].text, i[1]) for i in some if not isinstance(i, Skipped))
        found += [_coded(reader, item) for item in some]
    return found


def _characters(item: Found | Skipped) -> int:
    return 0 if isinstance(item, Skipped) else len(item[1].text)


def _cleaned(reader: Reader, document: Document | Skipped) -> Found | Skipped:
    if isinstance(document, Skipped):
        return document
    article = _guarded(reader.cleaned, document)
    return article if isinstance(article, Skipped) else (document, article)


def _coded(reader: Reader, item: Found | Skipped) -> ArticleRecord | Skipped:
    return item if isinstance(item, Skipped) else _guarded(reader.record_of, *item)


def _guarded(
    step: Callable[..., Done | Skipped], document: Document, *more: Article
) -> Done | Skipped:
    """One bad document never stops a batch: what it raises becomes the reason it is skipped."""
    try:
        return step(document, *more)
    except (ParserError, CodebookError):
        raise  # nothing could be coded: no document is to blame
    except Exception as error:  # any defect, in any stage: the batch must go on
        return Skipped(document.path or document.id, "code", _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, ForeignDeskError):
        return f"{error.found}; expected {error.expected}. {error.do}"
    return f"a defect of Foreign Desk ({type(error).__name__}: {error}); please report it"
