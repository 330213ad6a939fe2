"""Paths to Documents: files, folders, standard input."""

from __future__ import annotations

import heapq
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO, BinaryIO

from foreigndesk.address import asking, is_address, plain
from foreigndesk.errors import ForeignDeskError, UnreadableError, UsageError
from foreigndesk.intake.addressed import Group, groups, streams, why
from foreigndesk.intake.archive import is_zip, members
from foreigndesk.intake.days import edtf
from foreigndesk.intake.readers import reader_for
from foreigndesk.intake.records import field_map
from foreigndesk.intake.source import STDIN, open_source
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

NAMES = 200_000
"""File names that are held in memory at a time."""
DEPTH = 2
"""Archives that may stand within one another."""


def read(
    paths: Iterable[str | Path], settings: Settings, published: str | None = None
) -> Iterator[Document | Skipped]:
    """The documents at `paths`, in order; folders are walked in sorted order, `-` is stdin, and
    an address (`s3://bucket/pages`) is a file or a folder where it is.

    What cannot be read comes as Skipped, with its reason. `published` (a day, or EDTF) overrides
    the date of every document. Raises UsageError where `published` is no date or the
    setting `map` is malformed.
    """
    day = _given(published)
    field_map(settings.map)
    for path in paths:
        for item in _read_path(path, settings):
            yield replace(item, published=day) if day and isinstance(item, Document) else item


def _given(published: str | None) -> str | None:
    if published is None:
        return None
    day = edtf(published)
    if day is None:
        raise UsageError(
            "--published", repr(published), "a day such as 2024-06-19, or EDTF", "Correct it."
        )
    return day


def _read_path(path: str | Path, settings: Settings) -> Iterator[Document | Skipped]:
    if is_address(path):
        yield from _read_address(str(path), settings)
        return
    path = plain(path)
    name = PurePath(path).as_posix() if str(path) != STDIN else STDIN
    if name == STDIN:
        yield from _read_stream(STDIN, sys.stdin.buffer, settings)
    elif os.path.isdir(path):
        for file in _files(name):
            yield from file if not isinstance(file, str) else _read_file(file, settings)
    else:
        yield from _read_file(name, settings)


def _read_address(address: str, settings: Settings) -> Iterator[Document | Skipped]:
    for group in groups(address):
        yield from [group] if isinstance(group, Skipped) else read_group(group, settings)


def read_group(
    group: Group, settings: Settings, published: str | None = None
) -> Iterator[Document | Skipped]:
    """The documents in a group of files at an address (see `addressed.groups`), as `read`."""
    day = _given(published)
    for source in streams(group):
        for item in [source] if isinstance(source, Skipped) else _told(source, settings):
            yield replace(item, published=day) if day and isinstance(item, Document) else item


def _told(source: tuple[str, BinaryIO], settings: Settings) -> Iterator[Document | Skipped]:
    """What stands in a file at an address; a store that breaks off is a reason to skip it."""
    try:
        with asking(source[0]):
            yield from _read_stream(*source, settings)
    except (OSError, ForeignDeskError) as error:
        yield Skipped(source[0], "read", why(error))


def _files(folder: str) -> Iterator[str | list[Skipped]]:
    """The files under a folder, sorted; of a large folder `NAMES` names are held at a time.
    Hidden ones are left out, links to folders are not followed."""
    try:
        for name in _sorted(entry.name for entry in os.scandir(folder)):
            path = f"{folder.rstrip('/')}/{name}"
            if name.startswith("."):
                continue
            if not os.path.isdir(path):
                yield path
            elif not os.path.islink(path):
                yield from _files(path)
    except OSError as error:
        yield [Skipped(folder, "read", _why(error))]


def _sorted(names: Iterable[str]) -> Iterator[str]:
    """The names in order; more than `NAMES` of them are sorted in runs on disk, then merged."""
    runs: list[IO[str]] = []
    held: list[str] = []
    try:
        for name in names:
            held.append(name)
            if len(held) >= NAMES:
                runs.append(_run(sorted(held)))
                held = []
        yield from heapq.merge(*(map(_name, run) for run in runs), sorted(held))
    finally:
        for run in runs:
            run.close()


def _run(names: list[str]) -> IO[str]:
    """A temporary file with a name a line; a line break within a name is written as a null."""
    run = tempfile.TemporaryFile(  # noqa: SIM115  # closed by who merges
        "w+", encoding="utf-8", errors="surrogateescape", newline="\n"
    )
    run.writelines(name.replace("\n", "\0") + "\n" for name in names)
    run.seek(0)
    return run


def _name(line: str) -> str:
    return line.removesuffix("\n").replace("\0", "\n")


def _read_file(name: str, settings: Settings) -> Iterator[Document | Skipped]:
    try:
        if not os.path.isfile(name) and os.path.exists(name):
            yield Skipped(name, "read", "no regular file; expected a file or folder")
            return
        with open(name, "rb") as stream:
            yield from _read_stream(name, stream, settings)
    except OSError as error:
        yield Skipped(name, "read", _why(error))


def _read_stream(
    name: str, stream: BinaryIO, settings: Settings, depth: int = 0
) -> Iterator[Document | Skipped]:
    try:
        source = open_source(name, stream, settings)
        if not is_zip(source):
            yield from reader_for(source).read(source)
            return
        if depth >= DEPTH:
            raise UnreadableError(
                name, f"over {DEPTH} archives within one another", "pages", "Unpack it first."
            )
        for member in members(source):
            if isinstance(member, Skipped):
                yield member
            else:
                yield from _read_stream(*member, settings, depth + 1)
    except UnreadableError as error:
        yield Skipped(name, "read", f"{error.found}; expected {error.expected}. {error.do}")


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return error.strerror or str(error)
