"""Documents to batches: what a worker is given at once, and what stands in one file of a desk.

The batches follow from the documents and the setting `batch` alone, so that a desk holds the same
files whichever engine read it, with however many workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.model import Document, Skipped

Item = TypeVar("Item")
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
    return portions(documents, _characters, BATCH_CHARACTERS, size)


def portions(
    items: Iterable[Item], weigh: Callable[[Item], int], heavy: int, size: int
) -> Iterator[list[Item]]:
    """`items` in lists of at most `size` (at least one), closed once they weigh `heavy`."""
    portion: list[Item] = []
    weight = 0
    for item in items:
        portion.append(item)
        weight += weigh(item)
        if len(portion) >= size or weight >= heavy:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


def _characters(document: Document | Skipped) -> int:
    return len(document.text) if isinstance(document, Document) else 0
