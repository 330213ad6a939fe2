"""`foreigndesk code` and `foreigndesk clean`: single texts, without a desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec

from foreigndesk.desk.options import (
    codebook_option,
    output_option,
    parser_option,
    published_option,
    settings_with,
)
from foreigndesk.errors import NothingReadError, UsageError

_LINE = 'lines such as {"id": "1", "text": "Russia denied it.", "published": "2024-06-19"}'


@contextmanager
def open_output(name: str) -> Iterator[BinaryIO]:
    """The file `name` to write to, `-` for standard output. Raises UsageError."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with Path(name).open("wb") as file:
            yield file
    except OSError as error:
        raise UsageError(
            name, error.strerror or str(error), "a file that can be written", "Choose another."
        ) from error


@contextmanager
def _input(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")
    except OSError as error:
        raise NothingReadError(
            name, error.strerror or str(error), "a file of JSON lines", "Check the path."
        ) from error
    with file:
        yield file


@click.command(
    "code",
    short_help="Code single texts.",
    epilog="""\b
Examples:
  foreigndesk code texts.jsonl -o coded.jsonl
  echo '{"id": "1", "text": "Norway urged Mali to free the crew."}' | foreigndesk code -
  foreigndesk code --text "Norway urged Mali to free the crew."
""",
)
@click.argument("source", metavar="INPUT.jsonl", default="-")
@output_option
@click.option("--text", help="A text to code, instead of INPUT.jsonl.")
@published_option
@codebook_option
@parser_option
def code_command(
    source: str,
    output: str,
    text: str | None,
    published: str | None,
    codebook: str | None,
    parser: str | None,
) -> None:
    """Code each line of INPUT.jsonl: {"id", "text", "published"?, "pair"?}; `-` is standard input.

    Gives one line for each: reports, mentions, predicates with their factuality, attributions,
    times and places; with "pair": {"actor": [start, end], "recipient": [start, end]} also the
    relation between the two. A line that cannot be coded is answered with its "error".
    """
    from foreigndesk.pipeline import Reader

    reader = Reader(settings_with(codebook=codebook, parser=parser))
    with open_output(output) as out:
        if text is not None:
            out.write(_coded(reader, {"text": text}, published, "--text"))
            return
        with _input(source) as lines:
            _code_lines(reader, lines, out, published, source)


def _code_lines(
    reader: Any, lines: BinaryIO, out: BinaryIO, published: str | None, source: str
) -> None:
    done = bad = 0
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        where = f"{source}:{number}"
        try:
            line = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
            out.write(_coded(reader, line, published, where))
            done += 1
        except (msgspec.DecodeError, UsageError) as error:
            bad += 1
            click.echo(f"{where}: {error}; expected {_LINE}", err=True)
    if not done:
        raise NothingReadError(
            source, f"{bad} lines that cannot be read" if bad else "no lines", _LINE,
            "See `foreigndesk code --help`.",
        )  # fmt: skip


def _coded(reader: Any, line: Any, published: str | None, where: str) -> bytes:
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        raise UsageError(where, "no text", 'an object with a string "text"', "Add it.")
    name = None if line.get("id") is None else str(line["id"])
    day = published or line.get("published")
    found = reader.analyse(line["text"], day, name, _pair(line.get("pair"), where))
    record = msgspec.to_builtins(found)
    if found.pair is None:
        del record["pair"]
    return msgspec.json.encode(record) + b"\n"


def _pair(given: Any, where: str) -> Any:
    from foreigndesk.coding.pair import Pair

    if given is None:
        return None
    try:
        actor, recipient = given["actor"], given["recipient"]
        return Pair((int(actor[0]), int(actor[1])), (int(recipient[0]), int(recipient[1])))
    except (KeyError, TypeError, ValueError, IndexError):
        raise UsageError(
            where,
            f'"pair": {given!r}',
            '{"actor": [start, end], "recipient": [start, end]}',
            "Correct it.",
        ) from None


@click.command(
    "clean",
    short_help="Find the article in pages, without a desk.",
    epilog="""\b
Examples:
  foreigndesk clean page.html
  foreigndesk clean pages/ -o articles.jsonl
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@output_option
@published_option
@codebook_option
def clean_command(
    paths: tuple[str, ...], output: str, published: str | None, codebook: str | None
) -> None:
    """Find the article in each page: title, byline, date, text, and what every part of it is."""
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.intake.clean import Cleaner
    from foreigndesk.intake.read import read

    settings = settings_with(codebook=codebook)
    cleaner = Cleaner(open_codebook(settings.codebook), settings)
    done, skipped = 0, []
    with open_output(output) as out:
        for document in read(paths, settings, published):
            found = _article(cleaner, document)
            if isinstance(found, str):
                skipped.append(found)
                click.echo(f"skipped {found}", err=True)
                continue
            done += 1
            out.write(msgspec.json.encode(found) + b"\n")
    if not done:
        raise NothingReadError(
            ", ".join(paths), "; ".join(skipped[:3]) or "no pages", "at least one page of news",
            "See `foreigndesk clean --help`.",
        )  # fmt: skip


def _article(cleaner: Any, document: Any) -> Any:
    """The Article of a document, or why there is none."""
    from foreigndesk.errors import UnreadableError
    from foreigndesk.model import Skipped

    if isinstance(document, Skipped):
        return f"{document.document}: {document.reason}"
    try:
        return cleaner.clean(document)
    except UnreadableError as error:
        return str(error)
