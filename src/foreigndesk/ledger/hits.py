"""What a feature of the linking says of two Reports (see features.py)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A feature's value, -1 to 1, and why; `veto`: the two cannot be one happening.

    A `soft` veto is one that the other members of a cluster may outvote.
    """

    value: float
    reason: str | None = None
    veto: bool = False
    soft: bool = False


NONE = Hit(0.0)
"""Nothing for it, nothing against it."""
