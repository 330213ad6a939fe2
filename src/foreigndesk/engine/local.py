"""Run the pipeline on this machine: in this process, or in a pool of worker processes.

Batches go out with back-pressure (two for each worker) and come back in the order of the input,
so the result does not depend on the number of workers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from foreigndesk.engine.workers import Workers, work
from foreigndesk.intake.template import Template
from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Document, Skipped
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

Batch = list[Document | Skipped]
Result = list[ArticleRecord | Skipped]
WORTH_A_POOL = 40
"""Documents: with fewer, loading the models in the workers costs more than it saves."""
SLICE = 8
"""Documents: the pieces in which a pile of one batch goes to a pool."""
BATCH_CHARACTERS = 4_000_000
"""A batch is closed when its texts are longer, so that memory stays bounded."""


def run(
    documents: Iterable[Document | Skipped], settings: Settings, template: Template | None = None
) -> Iterator[Result]:
    """The records of `documents`, batch by batch, in order. Skipped ones pass through.

    `template` is what a first pass has shown of the outlets' furniture.
    """
    batches = batched(documents, settings.batch)
    jobs = settings.jobs or os.cpu_count() or 1
    first = next(batches, [])
    second = next(batches, [])
    if jobs == 1 or (not second and len(first) < WORTH_A_POOL):
        reader = Reader(settings, template)
        yield from (work(reader, batch) for batch in chain((first, second), batches) if batch)
        return
    begun = [first, second] if second else _sliced(first)
    yield from Workers(settings, jobs, template).run(chain(begun, batches))


def batched(documents: Iterable[Document | Skipped], size: int) -> Iterator[Batch]:
    """`documents` in lists of at most `size`, closed earlier where the texts are long."""
    batch: Batch = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text) if isinstance(document, Document) else 0
        if len(batch) >= max(size, 1) or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _sliced(batch: Batch) -> list[Batch]:
    return [batch[i : i + SLICE] for i in range(0, len(batch), SLICE)]
