"""What was worked out once and holds until the ledger changes; one reader works, others wait."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """Values by key, the oldest dropped first where all weigh more than `most`; thread-safe."""

    def __init__(self, most: int, weigh: Callable[[T], int]) -> None:
        self._most = most
        self._weigh = weigh
        self._size = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of that key, made now if it is not there. What `make` raises is passed on."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            own = self._making.setdefault(key, threading.Lock())
        with own:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                value = make()
                self._put(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def _put(self, key: Hashable, value: T) -> None:
        weight = self._weigh(value)
        if weight > self._most // 4:
            return
        with self._lock:
            self._kept[key] = value
            self._size += weight
            while self._size > self._most:
                self._size -= self._weigh(self._kept.popitem(last=False)[1])


_ANSWERS: Memory[Any] = Memory(400, lambda value: 1)


def remembered(ledger: object, key: Hashable, make: Callable[[], T]) -> T:
    """A value that follows from the ledger at that path alone, which never changes."""
    value: T = _ANSWERS.get((str(ledger), key), make)
    return value
