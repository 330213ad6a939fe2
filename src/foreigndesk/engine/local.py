"""Run the pipeline on this machine: in this process, or in a pool of worker processes.

Batches go out with back-pressure (two for each worker) and come back in the order of the input,
so the result does not depend on the number of workers.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from itertools import chain

from foreigndesk.engine.batches import Result, batches
from foreigndesk.engine.workers import Workers, work
from foreigndesk.intake.template import Template
from foreigndesk.model import Document, Skipped
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


def run(
    documents: Iterable[Document | Skipped], settings: Settings, template: Template | None = None
) -> Generator[Result, None, None]:
    """The records of `documents`, batch by batch, in order. Skipped ones pass through.

    `template` is what a first pass has shown of the outlets' furniture.
    """
    found = batches(documents, settings.batch)
    jobs = settings.jobs or os.cpu_count() or 1
    begun = [batch for batch in (next(found, []), next(found, [])) if batch]
    if jobs == 1 or len(begun) < 2:
        reader = Reader(settings, template)
        yield from (work(reader, batch) for batch in chain(begun, found))
    else:
        yield from Workers(settings, jobs, template).run(chain(begun, found))
