"""Where time goes: functions of the program watched, each second counted once."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any


class Stopwatch:
    """Counts seconds of the processor by stage. A stage within another stops the outer's clock.

    `told` is called where a stage begins.
    """

    def __init__(self, clock: Callable[[], float] = time.process_time) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self.told: dict[str, Callable[[], None]] = {}
        self._clock = clock
        self._stack: list[str] = []
        self._since = 0.0

    def __enter__(self) -> Stopwatch:
        self._stack, self._since = ["other"], self._clock()
        return self

    def __exit__(self, *_: object) -> None:
        self._note()
        self._stack = []

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count what `owner.name` takes (a function or a generator function) as `stage`.

        Raises AttributeError where the program has no such function any more.
        """
        watched = getattr(owner, name)

        @functools.wraps(watched)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._begin(stage)
            try:
                found = watched(*args, **kwargs)
            finally:
                self._end()
            return self._drawn(found, stage) if isinstance(found, Iterator) else found

        setattr(owner, name, timed)

    def _drawn(self, found: Iterator[Any], stage: str) -> Iterator[Any]:
        """An iterator whose own work counts as `stage`."""
        while True:
            self._begin(stage)
            try:
                item = next(found)
            except StopIteration:
                return
            finally:
                self._end()
            yield item

    def _begin(self, stage: str) -> None:
        self._note()
        self._stack.append(stage)
        self.calls[stage] += 1
        if stage in self.told:
            self.told[stage]()

    def _end(self) -> None:
        self._note()
        self._stack.pop()

    def _note(self) -> None:
        now = self._clock()
        if self._stack:
            self.spent[self._stack[-1]] += now - self._since
        self._since = now
