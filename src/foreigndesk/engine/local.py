"""Run the pipeline on this machine: in this process, or in a pool of worker processes.

Batches go out with back-pressure (two for each worker) and come back in the order of the input,
so the result does not depend on the number of workers.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Document, Skipped
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

Batch = list[Document | Skipped]
Result = list[ArticleRecord | Skipped]
_WORTH_A_POOL = 40


def run(documents: Iterable[Document | Skipped], settings: Settings) -> Iterator[Result]:
    """The records of `documents`, batch by batch, in order. Skipped ones pass through."""
    batches = batched(documents, settings.batch)
    jobs = settings.jobs or os.cpu_count() or 1
    first = next(batches, [])
    second = next(batches, [])
    if jobs == 1 or (not second and len(first) < _WORTH_A_POOL):
        reader = Reader(settings)
        for batch in chain((first, second), batches):
            if batch:
                yield _work(reader, batch)
        return
    small = [first[i : i + 8] for i in range(0, len(first), 8)] if not second else [first, second]
    yield from _pool(chain(small, batches), settings, jobs)


def batched(documents: Iterable[Document | Skipped], size: int) -> Iterator[Batch]:
    """`documents` in lists of `size`."""
    stream = iter(documents)
    while batch := list(islice(stream, size)):
        yield batch


def _pool(batches: Iterable[Batch], settings: Settings, jobs: int) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(settings,)) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(_in_worker, batch))
                if len(waiting) >= 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


_readers: list[Reader] = []  # one for each worker process, filled by its initializer


def _begin(settings: Settings) -> None:
    _readers.append(Reader(settings))


def _in_worker(batch: Batch) -> Result:
    return _work(_readers[0], batch)


def _work(reader: Reader, batch: Batch) -> Result:
    return [_one(reader, document) for document in batch]


def _one(reader: Reader, document: Document | Skipped) -> ArticleRecord | Skipped:
    """One bad document never stops a batch: what it raises becomes the reason it is skipped."""
    if isinstance(document, Skipped):
        return document
    try:
        return reader.record(document)
    except Exception as error:  # any defect, in any stage: the batch must go on
        reason = f"{type(error).__name__}: {error}"
        return Skipped(document.path or document.id, "code", reason)
