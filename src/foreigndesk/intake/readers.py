"""Readers by media type: a plain list, asked in order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from foreigndesk.errors import UnreadableError
from foreigndesk.intake.decode import binary, decode
from foreigndesk.intake.feeds import parse_feed
from foreigndesk.intake.records import document, from_fields
from foreigndesk.intake.source import PIECE, STDIN, Source
from foreigndesk.intake.warc import pages
from foreigndesk.model import Document, Skipped

Read = Iterator[Document | Skipped]
_PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*|<\?[^>]{0,300}>\s*){0,20}"
HTML_HEAD = re.compile(_PROLOGUE + rb"<(?:!doctype html|html|head|body)\b", re.I | re.S)
HTML_BODY = re.compile(rb"<(?:div|p|article|table|span|section)\b[^>]{0,300}>", re.I)
FEED_HEAD = re.compile(rb"\s*<.{0,4000}?<(?:rss|feed|rdf:RDF)[\s>]|\s*<(?:rss|feed)[\s>]", re.S)
PARQUET = b"PAR1"


@dataclass(frozen=True)
class Reader:
    """How one media type is known, by extension or by its first bytes, and read."""

    media_type: str
    extensions: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Source], Read]


def reader_for(source: Source) -> Reader:
    """The reader for a source: what the first bytes say for sure, else the extension, else text.

    Raises UnreadableError for an empty or binary input.
    """
    head = source.head
    if not head.strip() and len(head) < PIECE:
        raise _refuse(source, "an empty file")
    ending = source.stem.rsplit("/", 1)[-1].lower().rpartition(".")[2]
    by_name = [reader for reader in READERS if ending in reader.extensions]
    by_content = [reader for reader in READERS if reader.sniff(head)]
    if by_content and (by_content[0].read is not read_json_lines or not by_name):
        return by_content[0]
    if kind := binary(head):
        raise _refuse(source, kind)
    if by_name:
        return by_name[0]
    return HTML if len(HTML_BODY.findall(head[:20_000])) >= 3 else TEXT


def _refuse(source: Source, found: str) -> UnreadableError:
    return UnreadableError(source.name, found, "text, HTML or records", "Leave it out.")


def read_text(source: Source) -> Read:
    """Plain text, exactly as decoded."""
    yield document(source.name, "text/plain", decode(source.whole()))


def read_html(source: Source) -> Read:
    """An HTML page: its markup, and its plain rendering as text."""
    yield document(source.name, "text/html", decode(source.whole(), declared=True))


def read_json_lines(source: Source) -> Read:
    """A JSON object a line."""
    for number, line in source.lines():
        where = f"{source.name}:{number}"
        if line is None:
            yield Skipped(where, "read", f"a line of over {source.settings.max_bytes:,} bytes")
        elif line.strip():
            yield _json_line(where, line, source.settings.map)


def _json_line(where: str, line: str, map: str | None) -> Document | Skipped:
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return Skipped(where, "read", f"broken JSON ({error})")
    return from_fields(where, fields, map)


def read_json(source: Source) -> Read:
    """One JSON object, or a list of objects; JSON lines under a .json name also."""
    raw = source.whole()
    try:
        data = msgspec.json.decode(decode(raw))
    except (msgspec.DecodeError, RecursionError) as error:
        if len(raw.split(b"\n", 2)) > 1 and raw.lstrip().startswith(b"{"):
            for number, line in enumerate(decode(raw).splitlines(), 1):
                if line.strip():
                    yield _json_line(f"{source.name}:{number}", line, source.settings.map)
            return
        raise UnreadableError(
            source.name, f"broken JSON ({error})", "an object or a list of objects", "Mend it."
        ) from error
    listed = isinstance(data, list)
    for number, fields in enumerate(data if listed else [data], 1):
        where = f"{source.name}:{number}" if listed else source.name
        yield from_fields(where, fields, source.settings.map)


def read_table(source: Source) -> Read:
    """CSV or TSV with a header line; quoted fields may hold line breaks."""
    csv.field_size_limit(max(csv.field_size_limit(), source.settings.max_bytes))
    header = source.head.split(b"\n", 1)[0]
    delimiter = max("\t,;|", key=lambda mark: header.count(mark.encode()))
    lines = (line for _, line in source.lines() if line is not None)
    rows = csv.DictReader(lines, delimiter=delimiter)
    while True:
        where = f"{source.name}:{rows.line_num + 1}"
        try:
            fields = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(where, "read", f"a broken row ({error})")
            return
        named = {k: v for k, v in fields.items() if isinstance(k, str) and v}
        yield from_fields(where, named, source.settings.map)


def read_parquet(source: Source) -> Read:
    """Parquet, a row a document, read in batches."""
    try:
        table = pq.ParquetFile(_seekable(source))
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError(
            source.name, f"damaged Parquet ({error})", "a Parquet file", "Write it again."
        ) from error
    number, limit = 0, source.settings.max_bytes
    for batch in table.iter_batches(batch_size=256):
        for fields in batch.to_pylist():
            number += 1
            where = f"{source.name}:{number}"
            if sum(len(v) for v in fields.values() if isinstance(v, (str, bytes))) > limit:
                yield Skipped(where, "read", f"a row of over {limit:,} bytes")
                continue
            yield from_fields(where, fields, source.settings.map)


def _seekable(source: Source) -> Any:  # pyarrow publishes no types
    plain_file = source.name != STDIN and source.stem == source.name
    return source.name if plain_file else io.BytesIO(source.whole())


def read_feed(source: Source) -> Read:
    """RSS or Atom: an entry a document; entities are not expanded, nothing is fetched."""
    feed = parse_feed(source.whole(), source.name)
    for number, entry in enumerate(feed.entries, 1):
        markup = HTML_BODY.search(entry.body.encode()[:20_000])
        fields = {
            "title": entry.title,
            "url": entry.url,
            "byline": entry.byline,
            "published": entry.published,
            "outlet": feed.title,
            "html" if markup else "text": entry.body,
        }
        yield from_fields(f"{source.name}:{number}", fields)


def read_warc(source: Source) -> Read:
    """WARC: an HTML response a document."""
    for number, page in enumerate(pages(source), 1):
        if isinstance(page, Skipped):
            yield page
            continue
        yield from_fields(f"{source.name}:{number}", page)


def _starts(mark: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(mark)


def _matches(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    return lambda head: pattern.match(head) is not None


def _never(_: bytes) -> bool:
    return False


def _json_object(head: bytes) -> bool:
    return head.startswith((b'{"', b'{ "')) and b'"' in head


TEXT = Reader("text/plain", ("txt", "text", "md"), _never, read_text)
HTML = Reader("text/html", ("html", "htm", "xhtml"), _matches(HTML_HEAD), read_html)
READERS: tuple[Reader, ...] = (
    Reader("application/vnd.apache.parquet", ("parquet",), _starts(PARQUET), read_parquet),
    Reader("application/warc", ("warc",), _starts(b"WARC/"), read_warc),
    HTML,
    Reader("application/rss+xml", ("rss", "atom"), _matches(FEED_HEAD), read_feed),
    Reader("application/json", ("json",), _never, read_json),
    Reader("application/x-ndjson", ("jsonl", "ndjson"), _json_object, read_json_lines),
    Reader("text/csv", ("csv", "tsv", "tab"), _never, read_table),
    TEXT,
)
