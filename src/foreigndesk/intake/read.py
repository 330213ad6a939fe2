"""Paths to Documents: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO

from foreigndesk.errors import UnreadableError, UsageError
from foreigndesk.intake.published import edtf
from foreigndesk.intake.readers import reader_for
from foreigndesk.intake.source import STDIN, open_source
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings


def read(
    paths: Iterable[str | Path], settings: Settings, published: str | None = None
) -> Iterator[Document | Skipped]:
    """The documents at `paths`, in order; folders are walked in sorted order, `-` is stdin.

    What cannot be read comes as Skipped, with its reason. `published` (a day, or EDTF) overrides
    the date of every document. Raises UsageError where `published` is no date.
    """
    day = _given(published)
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
    name = PurePath(path).as_posix() if str(path) != STDIN else STDIN
    if name == STDIN:
        yield from _read_stream(STDIN, sys.stdin.buffer, settings)
    elif os.path.isdir(path):
        for file in _files(name):
            yield from file if not isinstance(file, str) else _read_file(file, settings)
    else:
        yield from _read_file(name, settings)


def _files(folder: str) -> Iterator[str | list[Skipped]]:
    """The files under a folder, sorted; one folder's names are held at a time. Hidden ones are
    left out, links to folders are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield [Skipped(folder, "read", _why(error))]
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(f"{folder.rstrip('/')}/{entry.name}")
        elif not entry.is_dir():
            yield f"{folder.rstrip('/')}/{entry.name}"


def _read_file(name: str, settings: Settings) -> Iterator[Document | Skipped]:
    try:
        if not os.path.isfile(name) and os.path.exists(name):
            yield Skipped(name, "read", "no regular file; expected a file or folder")
            return
        with open(name, "rb") as stream:
            yield from _read_stream(name, stream, settings)
    except OSError as error:
        yield Skipped(name, "read", _why(error))


def _read_stream(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Document | Skipped]:
    try:
        source = open_source(name, stream, settings)
        yield from reader_for(source).read(source)
    except UnreadableError as error:
        yield Skipped(name, "read", f"{error.found}; expected {error.expected}. {error.do}")


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return error.strerror or str(error)
