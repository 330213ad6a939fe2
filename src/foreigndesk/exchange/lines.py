"""Lines of files as data sets publish them: plain, gzip or zip, read as a stream."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from foreigndesk.errors import UnreadableError

LONGEST = 1_000_000
"""Bytes of a line; what is longer is cut, and then has the wrong number of columns."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Member:
    """A table to be read: a file, or one within a zip. `name` is without its folder."""

    path: Path
    inside: str | None = None

    @property
    def name(self) -> str:
        """The file's name, for a zip with that of the file within."""
        return self.path.name if self.inside is None else f"{self.path.name}!{self.inside}"


def members(path: Path) -> list[Member]:
    """The tables of a file, by name. Raises UnreadableError where there is none."""
    if _start(path)[:4] != b"PK\x03\x04":
        return [Member(path)]
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(i.filename for i in archive.infolist() if not i.is_dir())
    except _BROKEN as error:
        raise _damaged(str(path), error) from error
    found = [Member(path, n) for n in names if not Path(n).name.startswith((".", "_"))]
    if not found:
        raise UnreadableError(str(path), "no file in it", "a table", "Leave it out.")
    return found


def lines(member: Member) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from 1, without line ends; empty ones are left out.

    What is no UTF-8 becomes U+FFFD. Raises UnreadableError where the file cannot be read.
    """
    where = str(member.path) if member.inside is None else f"{member.path}!{member.inside}"
    try:
        with _opened(member) as file:
            number = 0
            while raw := file.readline(LONGEST):
                number += 1
                if number == 1:
                    raw = _checked(where, raw)
                _to_the_end(file, raw)
                if text := raw.decode("utf-8", "replace").rstrip("\r\n"):
                    yield number, text
    except _BROKEN as error:
        raise _damaged(where, error) from error


@contextmanager
def _opened(member: Member) -> Iterator[IO[bytes]]:
    if member.inside is not None:
        with zipfile.ZipFile(member.path) as archive, archive.open(member.inside) as file:
            yield file
    elif _start(member.path)[:2] == b"\x1f\x8b":
        with gzip.open(member.path) as file:
            yield file  # type: ignore[misc]  # a GzipFile reads as any binary file
    else:
        with member.path.open("rb") as file:
            yield file


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        raise UnreadableError(
            str(path), error.strerror or str(error), "a file that can be read", "Name another."
        ) from error


def _checked(where: str, raw: bytes) -> bytes:
    """The first line without a byte order mark."""
    if raw.startswith(_UTF16) or b"\0" in raw:
        raise UnreadableError(
            f"{where}:1",
            "UTF-16 or binary data",
            "text in UTF-8 with columns parted by tabs or commas",
            "Convert it first: iconv -f UTF-16 -t UTF-8 FILE > NEW",
        )
    return raw.removeprefix(b"\xef\xbb\xbf")


def _to_the_end(file: IO[bytes], raw: bytes) -> None:
    """Skip the rest of a line that is longer than LONGEST."""
    while raw and len(raw) == LONGEST and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST)


def _damaged(where: str, error: Exception) -> UnreadableError:
    if isinstance(error, UnreadableError):
        return error
    return UnreadableError(
        where,
        f"that it cannot be read ({error})",
        "a whole file: plain text, gzip, or zip without a password",
        "Fetch it again, or unpack it.",
    )
