"""Parsed data files, kept in the user's cache directory: YAML is slow to parse.

A file is known by the hash of its content, so an edited one is parsed anew. Nothing depends on the
cache: where the directory cannot be read or written, or holds rubbish, the YAML is parsed.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from foreigndesk.settings import cache_folder

FORMAT = "1"
"""Changed when what is kept changes its shape."""
MOST = 400
"""Files; the oldest beyond these are removed."""


def folder() -> Path | None:
    """The cache's folder, None if there is none (see `settings.cache_folder`)."""
    return cache_folder("codebook")


def key(content: bytes) -> str:
    """The name under which the parsed form of a data file is kept."""
    return hashlib.sha256(FORMAT.encode() + b"\0" + content).hexdigest()[:40]


def kept(name: str, kind: Any = Any) -> Any | None:
    """What is kept under `name`, as a `kind` of thing; None if nothing (readable or fit) is."""
    place = folder()
    if place is None:
        return None
    try:
        return msgspec.msgpack.decode((place / f"{name}.msgpack").read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):  # or a ValidationError, of decoding
        return None


def keep(name: str, parsed: Any) -> None:
    """Keep `parsed` under `name`, whole or not at all; without a word if it cannot be."""
    place = folder()
    if place is None:
        return
    temporary = place / f".{name}.{os.getpid()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.msgpack.encode(parsed))
        os.replace(temporary, place / f"{name}.msgpack")
        _thin(place)
    except (OSError, TypeError, ValueError):
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _thin(place: Path) -> None:
    files = sorted(place.glob("*.msgpack"))
    if len(files) > MOST:
        for old in sorted(files, key=lambda p: p.stat().st_mtime)[: len(files) - MOST]:
            old.unlink(missing_ok=True)
