"""What a feature of the linking says of two Reports (see features.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Hit(NamedTuple):
    """A feature's value, -1 to 1, and why; `veto`: the two cannot be one happening.

    A `soft` veto is one that the other members of a cluster may outvote. A reason that takes
    time to word is a function, called where it is shown (`told`).
    """

    value: float
    reason: str | Callable[[], str] | None = None
    veto: bool = False
    soft: bool = False

    @property
    def told(self) -> str:
        """The reason in words."""
        return self.reason() if callable(self.reason) else self.reason or ""


NONE = Hit(0.0)
"""Nothing for it, nothing against it."""
