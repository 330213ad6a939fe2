"""WARC files (ISO 28500): the HTML pages among their responses."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

from foreigndesk.errors import UnreadableError
from foreigndesk.intake.decode import binary, decode
from foreigndesk.intake.source import PIECE, Source
from foreigndesk.model import Skipped

HEADER_LINES = 200
LONGEST_LINE = 16_384


def pages(source: Source) -> Iterator[dict[str, str | None] | Skipped]:
    """Fields (`url`, `html`) of each HTML response; what is too large or damaged is Skipped."""
    limit = source.settings.max_bytes
    while (header := _header(source)) is not None:
        length = _length(source, header)
        if length > limit:
            _pass(source, length)
            yield Skipped(_address(header, source), "read", f"more than {limit:,} bytes")
            continue
        block = source.stream.read(length)
        if header.get("warc-type") == "response":
            page = _response(block, limit)
            if page is not None:
                yield {"url": header.get("warc-target-uri"), "html": page}


def _address(header: dict[str, str], source: Source) -> str:
    return header.get("warc-target-uri") or source.name


def _header(source: Source) -> dict[str, str] | None:
    line = source.stream.readline(LONGEST_LINE)
    while line and not line.strip():
        line = source.stream.readline(LONGEST_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise _damaged(source, repr(line[:30]))
    found: dict[str, str] = {}
    for _ in range(HEADER_LINES):
        line = source.stream.readline(LONGEST_LINE)
        if not line.strip():
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found[name.strip().lower()] = value.strip().strip("<>")
    return found


def _length(source: Source, header: dict[str, str]) -> int:
    length = header.get("content-length", "")
    if not length.isdigit():
        raise _damaged(source, f"Content-Length {length!r}")
    return int(length)


def _damaged(source: Source, found: str) -> UnreadableError:
    return UnreadableError(source.name, found, "a WARC record", "The rest of it is not read.")


def _pass(source: Source, length: int) -> None:
    while length > 0:
        piece = source.stream.read(min(length, LONGEST_LINE))
        if not piece:
            return
        length -= len(piece)


def _response(block: bytes, limit: int) -> str | None:
    """The page of an HTTP response, None if it is none or no HTML."""
    head, _, body = block.partition(b"\r\n\r\n")
    header = head.lower()
    status = header.split(b" ", 2)[1:2]
    if b"text/html" not in header or status != [b"200"]:
        return None
    try:
        if b"transfer-encoding: chunked" in header:
            body = _joined(body)
        if b"content-encoding: gzip" in header and body[:2] == b"\x1f\x8b":
            body = zlib.decompressobj(31).decompress(body, limit)
    except (ValueError, zlib.error, gzip.BadGzipFile):
        return None
    return None if binary(body[:PIECE]) else decode(body, declared=True)


def _joined(body: bytes) -> bytes:
    """Undo chunked transfer; a body that was stored already joined is kept."""
    pieces: list[bytes] = []
    rest = body
    while rest:
        size, mark, rest = rest.partition(b"\r\n")
        if not mark:
            return body
        length = int(size.split(b";")[0], 16)
        if length == 0:
            break
        pieces.append(rest[:length])
        rest = rest[length + 2 :]
    return b"".join(pieces)
