"""What a server of a desk is told, and what its pages share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Serving:
    """How a desk is served.

    `token`: who reads must give it; None only for loopback. `read_only`: nothing is uploaded,
    judged or written. `watch`: a folder whose files are read as they come. `max_upload`: bytes
    of one upload. `max_wait`: uploads that may wait in line.
    """

    desk: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = field(default=None, repr=False)
    read_only: bool = False
    watch: Path | None = None
    max_upload: int = 50_000_000
    max_wait: int = 20

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOOPBACK
