"""Many texts: in this process, or in the engine's pool of workers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

from foreigndesk.api.coded import Coded
from foreigndesk.api.days import day_of, missing
from foreigndesk.api.given import Given
from foreigndesk.engine import workers
from foreigndesk.engine.workers import Workers
from foreigndesk.errors import CodebookError, ForeignDeskError, ParserError, UsageError
from foreigndesk.model import Document, Skipped, TextAnalysis

if TYPE_CHECKING:
    from foreigndesk.engine.batches import Batch, Result
    from foreigndesk.pipeline import Reader
    from foreigndesk.settings import Settings

SIZE = 32
"""Texts that go to a worker at once."""
WORTH_A_POOL = 200
"""Texts: with fewer, loading the models in the workers costs more than it saves."""


def run(given: Iterator[Given], settings: Settings, jobs: int | None) -> Iterator[Coded]:
    """The answers in the order of the texts."""
    jobs = _number(settings.jobs if jobs is None else jobs)
    first = list(islice(given, WORTH_A_POOL))
    if jobs == 1 or len(first) < WORTH_A_POOL:
        return _here(chain(first, given), settings)
    return _apart(chain(first, given), settings, jobs)


def _number(jobs: int) -> int:
    if jobs < 0:
        raise UsageError("code_many(jobs=...)", str(jobs), "0 or more", "0: one a processor.")
    return jobs or os.cpu_count() or 1


def _here(given: Iterable[Given], settings: Settings) -> Iterator[Coded]:
    from foreigndesk.api.texts import reader_of

    reader = reader_of(settings)
    for each in given:
        item = _item(each)
        yield _answer(item, _coded(reader, item), each)


def _apart(given: Iterator[Given], settings: Settings, jobs: int) -> Iterator[Coded]:
    waiting: list[list[Given]] = []

    def batches() -> Iterator[Batch]:
        while batch := list(islice(given, SIZE)):
            waiting.append(batch)
            yield [_item(each) for each in batch]

    for result in TextWorkers(settings, jobs).run(batches()):
        batch = waiting.pop(0)
        for each, found in zip(batch, result, strict=True):
            yield _answer(_item(each), cast("TextAnalysis | Skipped", found), each)


class TextWorkers(Workers):
    """The engine's workers, who take each Document as a bare text."""

    def _submit(self, batch: Batch) -> Future[Result]:
        with workers._starting():
            return self._pool.submit(_in_worker, batch)


def _in_worker(batch: Batch) -> Result:
    reader = workers._readers[0]
    return cast("Result", [_coded(reader, item) for item in batch])


def _item(each: Given) -> Document | Skipped:
    """A text as the engine's workers take it, or why it cannot be coded."""
    name = str(each.id)
    if not isinstance(each.text, str):
        found = "no text" if missing(each.text) else f"{type(each.text).__name__}"
        return Skipped(name, "code", f"found {found}; expected a text. Leave it out.")
    try:
        day = day_of(each.published, "published")
    except UsageError as error:
        return Skipped(name, "code", _reason(error))
    return Document(name, None, "text/plain", each.text, published=day)


def _coded(reader: Reader, item: Document | Skipped) -> TextAnalysis | Skipped:
    """One bad text never stops a batch."""
    if isinstance(item, Skipped):
        return item
    try:
        return reader.analyse(item.text, item.published, item.id)
    except (ParserError, CodebookError):
        raise  # nothing could be coded: no text is to blame
    except Exception as error:  # a defect on one text must not stop the others
        return Skipped(item.id, "code", _reason(error))


def _answer(item: Document | Skipped, found: TextAnalysis | Skipped, each: Given) -> Coded:
    from foreigndesk.api.texts import answered

    text = each.text if isinstance(each.text, str) else ""
    day = item.published if isinstance(item, Document) else None
    if isinstance(found, Skipped):
        return answered(TextAnalysis(str(each.id)), text, day, found.reason)
    return answered(found, text, day)


def _reason(error: Exception) -> str:
    if isinstance(error, ForeignDeskError):
        return f"found {error.found}; expected {error.expected}. {error.do}"
    return f"a defect of Foreign Desk ({type(error).__name__}: {error}); please report it"
