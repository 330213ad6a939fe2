"""Documents to batches: what a worker is given at once, and what stands in one file of a desk.

The batches follow from the documents and the setting `batch` alone, so that a desk holds the same
files whichever engine read it, with however many workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Document, Skipped

Batch = list[Document | Skipped]
Result = list[ArticleRecord | Skipped]
WORTH_A_POOL = 40
"""Documents: with fewer, loading the models in several workers costs more than it saves."""
SLICE = 8
"""Documents: the pieces in which a pile of one batch goes to several workers."""
BATCH_CHARACTERS = 4_000_000
"""A batch is closed when its texts are longer, so that memory stays bounded."""


def batches(documents: Iterable[Document | Skipped], size: int) -> Iterator[Batch]:
    """`documents` in batches; a pile of a single batch in slices, if it is worth a pool."""
    found = batched(documents, size)
    first, second = next(found, []), next(found, [])
    if second or len(first) < WORTH_A_POOL:
        yield from (batch for batch in chain((first, second), found) if batch)
    else:
        yield from (first[i : i + SLICE] for i in range(0, len(first), SLICE))


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
