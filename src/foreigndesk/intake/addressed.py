"""Files at an address: one, or all under a folder, as streams in the order of their paths.

Small files are fetched many at a time: a store answers one question as quickly as fifty.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, BinaryIO

from foreigndesk.address import asking, filesystem
from foreigndesk.errors import ForeignDeskError
from foreigndesk.model import Skipped

SINGLE = ("http://", "https://")
"""Addresses that name one file: what else is on a site is not looked for."""
SMALL = 1_000_000
"""Bytes: a larger file is read as it is asked for."""
TOGETHER = 48
"""Small files that are fetched at once."""

File = tuple[str, str, int]
"""A file's address, its path in its filesystem, its size in bytes (-1: not told)."""
Group = tuple[File, ...]
"""Files that are read in one go: several small ones, or one."""


def groups(address: str) -> Iterator[Group | Skipped]:
    """The files at `address`, sorted as a folder's are, in groups; hidden ones are left out.
    What cannot be listed comes as Skipped.

    Raises UsageError where the package for such addresses is not installed.
    """
    fs, root = filesystem(address)
    try:
        files = [(address, root, -1)] if address.startswith(SINGLE) else _files(fs, address, root)
    except (OSError, ForeignDeskError) as error:
        yield Skipped(address, "read", why(error))
        return
    if not files:
        yield Skipped(address, "read", "no such file or folder")
    yield from _grouped(files)


def streams(group: Group) -> Iterator[tuple[str, BinaryIO] | Skipped]:
    """The files of a group as address and stream; what cannot be had comes as Skipped."""
    fs, _ = filesystem(group[0][0])
    yield from _together(fs, group) if len(group) > 1 else _alone(fs, group[0])


def _files(fs: Any, address: str, root: str) -> list[File]:
    """The files there are, in the order in which a folder is walked."""
    fs.invalidate_cache()
    with asking(address):
        found = {root: fs.info(root)} if fs.isfile(root) else fs.find(root, detail=True)
    base = address.rstrip("/")
    parts = sorted((path.removeprefix(root).split("/"), path) for path in found)
    return [
        (base + "/".join(names), path, int(found[path].get("size") or 0))
        for names, path in parts
        if not any(name.startswith(".") for name in names)
    ]


def _grouped(files: list[File]) -> Iterator[Group]:
    """Runs of small files that follow one another, others alone."""
    for small, run in groupby(files, lambda file: 0 <= file[2] <= SMALL):
        some = list(run)
        size = TOGETHER if small else 1
        yield from (tuple(some[n : n + size]) for n in range(0, len(some), size))


def _together(fs: Any, group: Group) -> Iterator[tuple[str, BinaryIO] | Skipped]:
    try:
        with asking(group[0][0]):
            found = fs.cat([path for _, path, _ in group], on_error="return")
    except (OSError, ForeignDeskError) as error:
        found = dict.fromkeys((path for _, path, _ in group), error)
    for address, path, _ in group:
        content = found.pop(path, FileNotFoundError())
        if isinstance(content, bytes):
            yield address, io.BytesIO(content)
        else:
            yield Skipped(address, "read", why(content))


def _alone(fs: Any, file: File) -> Iterator[tuple[str, BinaryIO] | Skipped]:
    try:
        with _opened(fs, file) as stream:
            yield file[0], stream
    except (OSError, ForeignDeskError) as error:
        yield Skipped(file[0], "read", why(error))


@contextmanager
def _opened(fs: Any, file: File) -> Iterator[BinaryIO]:
    with asking(file[0]), fs.open(file[1], "rb") as stream:
        yield stream


def why(error: Exception) -> str:
    """Why a file at an address cannot be read."""
    if isinstance(error, ForeignDeskError):
        return f"{error.found}; expected {error.expected}. {error.do}"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    told = error.strerror if isinstance(error, OSError) else None
    return told or str(error) or type(error).__name__
