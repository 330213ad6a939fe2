"""Where bytes come from: a file or standard input, gzip undone, within bounds."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from foreigndesk.errors import UnreadableError
from foreigndesk.intake.decode import decode_as, encoding_of
from foreigndesk.settings import Settings

PIECE = 65_536
EXPANSION = 200
"""Times the compressed size: no honest text file unpacks to more."""
GZIP = b"\x1f\x8b"
STDIN = "-"


@dataclass(frozen=True)
class Source:
    """An open input. `name` is its path as given; `stem` its name without `.gz`."""

    name: str
    stem: str
    stream: BinaryIO
    head: bytes
    settings: Settings

    def whole(self) -> bytes:
        """All bytes. Raises UnreadableError over `max_bytes`, without reading further."""
        limit = self.settings.max_bytes
        raw = self.stream.read(limit + 1)
        if len(raw) > limit:
            raise too_large(self.name, limit)
        return raw

    def lines(self) -> Iterator[tuple[int, str | None]]:
        """Numbered lines, decoded, ends kept; None for a line of more than `max_bytes`."""
        encoding, skip = encoding_of(self.head)
        if encoding.startswith(("utf-16", "utf-32")):
            text = decode_as(self.whole()[skip:], encoding)
            yield from enumerate(text.splitlines(keepends=True), 1)
            return
        limit, number = self.settings.max_bytes, 0
        self.stream.read(skip)
        while raw := self.stream.readline(limit + 1):
            number += 1
            if len(raw) <= limit:
                yield number, decode_as(raw, encoding if _fits(raw, encoding) else "mixed")
                continue
            while raw and not raw.endswith(b"\n"):
                raw = self.stream.readline(limit)
            yield number, None


def _fits(raw: bytes, encoding: str) -> bool:
    if encoding != "utf-8":
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def open_source(name: str, stream: BinaryIO, settings: Settings) -> Source:
    """A source over raw bytes; gzip is undone as it is read, within `EXPANSION`."""
    buffered: io.BufferedReader = io.BufferedReader(_Raw(stream), PIECE)
    stem = name
    if buffered.peek(2)[:2] == GZIP:
        stem = name[:-3] if name.lower().endswith(".gz") else name
        bounded = _Unpacked(buffered, name, settings.max_bytes)
        buffered = io.BufferedReader(bounded, PIECE)
    return Source(name, stem, buffered, buffered.peek(PIECE)[:PIECE], settings)


def too_large(name: str, limit: int) -> UnreadableError:
    """The error for an input over the limit."""
    return UnreadableError(
        name,
        f"more than {limit:,} bytes",
        f"at most {limit:,} in one document",
        "Split it, or raise the setting max_bytes (FOREIGNDESK_MAX_BYTES).",
    )


class _Raw(io.RawIOBase):
    """A stream as raw input for a buffer, so that any stream can be peeked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # stubs name a private type
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class _Unpacked(io.RawIOBase):
    """Gzip undone, member by member; stops with an error where it expands beyond measure."""

    def __init__(self, stream: io.BufferedReader, name: str, allowance: int) -> None:
        self._counted = _Counted(stream)
        self._unzip = gzip.GzipFile(fileobj=self._counted, mode="rb")
        self._name, self._allowance, self._out = name, allowance, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # stubs name a private type
        try:
            piece = self._unzip.read(min(len(buffer), PIECE))
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(
                self._name, f"damaged gzip ({error})", "a whole gzip file", "Fetch it again."
            ) from error
        self._out += len(piece)
        if self._out > self._allowance + EXPANSION * self._counted.read_bytes:
            raise UnreadableError(
                self._name,
                f"gzip that unpacks to over {EXPANSION} times its size",
                "a text file",
                "Leave it out: it looks like a zip bomb.",
            )
        buffer[: len(piece)] = piece
        return len(piece)


class _Counted(io.RawIOBase):
    """Counts the bytes read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self.read_bytes += len(piece)
        return piece
