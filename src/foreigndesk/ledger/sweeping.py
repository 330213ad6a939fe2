"""How often Python looks for garbage in cycles while a ledger is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SWEPT = (100_000, 20, 100)
"""Allocations between two sweeps of the youngest objects, sweeps between two of older ones."""


@contextmanager
def rarely_swept() -> Iterator[None]:
    """Sweep less often: the many records of a ledger are in no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(*SWEPT)
    try:
        yield
    finally:
        gc.set_threshold(*before)
