"""Zip archives: their members as streams, within bounds."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from foreigndesk.errors import UnreadableError
from foreigndesk.intake.source import EXPANSION, PIECE, Source
from foreigndesk.model import Skipped

ZIP = b"PK\x03\x04"
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
_ENCRYPTED = 0x1
_IN_MEMORY = 32 * 1024 * 1024


def is_zip(source: Source) -> bool:
    """Whether a source begins as a zip archive does."""
    return source.head.startswith(ZIP)


def members(source: Source) -> Iterator[tuple[str, BinaryIO] | Skipped]:
    """Each file of a zip archive as its name (`archive.zip/inner/name`) and stream, by name.

    Members that are encrypted, damaged or expand beyond measure come as Skipped. Raises
    UnreadableError for a damaged archive and for an office file, which is a zip too.
    """
    with _seekable(source) as stream, _opened(source, stream) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        if any(info.filename in _OFFICE for info in infos):
            raise UnreadableError(
                source.name, "an office file or program", "text, HTML or records", "Leave it out."
            )
        for info in infos:
            if info.is_dir() or _hidden(info.filename):
                continue
            name = f"{source.name}/{info.filename}"
            if reason := _fault(info):
                yield Skipped(name, "read", reason)
                continue
            try:
                with archive.open(info) as member:
                    yield name, member  # type: ignore[misc]  # IO[bytes] is all that is read of it
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                yield Skipped(name, "read", f"damaged in its archive ({error})")


def _hidden(name: str) -> bool:
    """Whether a member is hidden, as Unix and macOS hide files; "../x" is a name like others."""
    parts = (part for part in name.split("/") if part not in (".", ".."))
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _fault(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; expected a file without a password. Unpack it first"
    if info.file_size > PIECE + EXPANSION * max(info.compress_size, 1):
        return f"unpacks to over {EXPANSION} times its size: it looks like a zip bomb. Leave it out"
    return None


@contextmanager
def _seekable(source: Source) -> Iterator[BinaryIO]:
    """The archive as a stream that can be sought in: zip keeps its list of contents at the end."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        while piece := source.stream.read(PIECE):
            spool.write(piece)
        spool.seek(0)
        yield spool  # type: ignore[misc]  # a temporary file is a BinaryIO but for its name


@contextmanager
def _opened(source: Source, stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError(
            source.name, f"damaged zip ({error})", "a whole zip archive", "Fetch it again."
        ) from error
    with archive:
        yield archive
