"""`foreigndesk code` and `foreigndesk clean`: single texts, without a desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec

from foreigndesk.desk.options import (
    codebook_option,
    map_option,
    output_option,
    parser_option,
    published_option,
    rules_option,
    settings_with,
)
from foreigndesk.desk.tables import clean
from foreigndesk.errors import CodebookError, NothingReadError, ParserError, UsageError

SHOWN = 8
BLOCK = 64
"""Lines that are parsed in one go."""
_LINE = 'lines such as {"id": "1", "text": "Russia denied it.", "published": "2024-06-19"}'


@contextmanager
def open_output(name: str) -> Iterator[BinaryIO]:
    """The file `name` to write to, `-` for standard output. Raises UsageError."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        file = Path(name).open("wb")  # noqa: SIM115  # closed below, errors apart
    except OSError as error:
        raise UsageError(
            name, error.strerror or str(error), "a file that can be written", "Choose another."
        ) from error
    with file:
        yield file


@contextmanager
def _input(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115  # closed below, errors apart
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
@rules_option
def code_command(
    source: str,
    output: str,
    text: str | None,
    published: str | None,
    codebook: str | None,
    parser: str | None,
    learned: int | None,
) -> None:
    """Code each line of INPUT.jsonl: {"id", "text", "published"?, "pair"?}; `-` is standard input.

    Gives one line for each: reports, mentions, predicates with their factuality, attributions,
    times and places; with "pair": {"actor": [start, end], "recipient": [start, end]} also the
    relation between the two. A line that cannot be coded is answered with its "error".
    """
    from foreigndesk.pipeline import Reader

    reader = Reader(settings_with(codebook=codebook, parser=parser, learned=learned))
    if text is not None:
        answer = _coded(reader, {"text": text}, _day(published, "--published"), "--text")
        with open_output(output) as out:
            out.write(answer)
        return
    with _input(source) as lines, open_output(output) as out:
        _code_lines(_Lines(reader, _day(published, "--published"), source), lines, out)


class _Lines:
    """Codes lines, and keeps count of those that could not be coded."""

    def __init__(self, reader: Any, published: str | None, source: str) -> None:
        self.reader, self.published, self.source = reader, published, source
        self.done = self.bad = 0

    def answers(self, block: Sequence[tuple[int, bytes]]) -> Iterator[bytes]:
        """The answers to a block of numbered lines, which are parsed in one go."""
        lines = [self._line(number, raw) for number, raw in block]
        texts = (line.get("text") for _, line in lines if isinstance(line, dict))
        self.reader.ahead_of_texts([text for text in texts if isinstance(text, str)])
        for where, line in lines:
            yield self._answer(where, line)

    def _line(self, number: int, raw: bytes) -> tuple[str, dict[str, Any] | UsageError]:
        """Where a line stands, with what it says or what is wrong with it."""
        where = f"{self.source}:{number}"
        try:
            return where, _decoded(raw, where)
        except UsageError as error:
            return where, error

    def _answer(self, where: str, line: dict[str, Any] | UsageError) -> bytes:
        """The line that answers an input line: its analysis, or its id and its "error"."""
        try:
            if isinstance(line, UsageError):
                raise line
            answer = _coded(self.reader, line, self.published, where)
            self.done += 1
            return answer
        except UsageError as error:
            reason = f"found {error.found}; expected {error.expected}. {error.do}"
        except (ParserError, CodebookError):
            raise  # no line could be coded
        except Exception as error:  # a defect on one line must not stop the others
            reason = f"a defect of Foreign Desk ({type(error).__name__}: {error}); please report it"
        self.bad += 1
        if self.bad <= SHOWN:
            click.echo(clean(f"skipped {where}: {reason}"), err=True)
        name = line.get("id") if isinstance(line, dict) else None
        return msgspec.json.encode({"id": name, "error": reason}) + b"\n"


def _code_lines(lines: _Lines, stream: BinaryIO, out: BinaryIO) -> None:
    from foreigndesk.pipeline import settle

    numbered = ((number, raw) for number, raw in enumerate(stream, 1) if raw.strip())
    while block := list(islice(numbered, BLOCK)):
        out.writelines(lines.answers(block))
        settle()
    if lines.bad:
        click.echo(f"Coded {lines.done:,} lines, skipped {lines.bad:,}.", err=True)
    if not lines.done:
        found = f"{lines.bad} lines, none of which can be coded" if lines.bad else "no lines"
        raise NothingReadError(lines.source, found, _LINE, "See `foreigndesk code --help`.")


def _decoded(raw: bytes, where: str) -> dict[str, Any]:
    try:
        line = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(where, f"broken JSON ({error})", _LINE, "Correct the line.") from error
    if not isinstance(line, dict):
        raise UsageError(where, "JSON that is no object", _LINE, "Correct the line.")
    return line


def _coded(reader: Any, line: dict[str, Any], published: str | None, where: str) -> bytes:
    text = line.get("text")
    if not isinstance(text, str):
        raise UsageError(where, 'no "text"', 'an object with a string "text"', "Add it.")
    name = None if line.get("id") is None else str(line["id"])
    day = published or _day(line.get("published"), where)
    found = reader.analyse(text, day, name, _pair(line.get("pair"), len(text), where))
    record = msgspec.to_builtins(found)
    if found.pair is None:
        del record["pair"]
    return msgspec.json.encode(record) + b"\n"


def _day(given: Any, where: str) -> str | None:
    """A publication date in EDTF. Raises UsageError where it is none."""
    from foreigndesk.intake.days import edtf

    if given is None:
        return None
    day = edtf(given) if isinstance(given, str) else None
    if day is None:
        raise UsageError(
            where, f"the date {given!r}", "a day such as 2024-06-19, or EDTF", "Correct it."
        )
    return day


def _pair(given: Any, length: int, where: str) -> Any:
    from foreigndesk.coding.pair import Pair

    if given is None:
        return None
    try:
        sides = [(given[side][0], given[side][1]) for side in ("actor", "recipient")]
        if all(0 <= start < end <= length for start, end in sides):
            return Pair(*sides)
    except (KeyError, TypeError, IndexError):
        pass
    raise UsageError(
        where,
        f'"pair": {given!r}',
        f'{{"actor": [start, end], "recipient": [start, end]}} within 0 to {length}',
        "Correct it.",
    )


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
@map_option
@codebook_option
def clean_command(
    paths: tuple[str, ...],
    output: str,
    published: str | None,
    map: str | None,
    codebook: str | None,
) -> None:
    """Find the article in each page: title, byline, date, text, and what every part of it is."""
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.intake.clean import Cleaner
    from foreigndesk.intake.pile import template_of
    from foreigndesk.intake.read import read

    settings = settings_with(codebook=codebook, map=map)
    template = template_of(paths, settings)
    cleaner = Cleaner(open_codebook(settings.codebook), settings, template)
    done, skipped = 0, []
    with open_output(output) as out:
        for document in read(paths, settings, published):
            found = _article(cleaner, document)
            if not isinstance(found, str):
                done += 1
                out.write(msgspec.json.encode(found) + b"\n")
                continue
            skipped.append(found)
            if len(skipped) <= SHOWN:
                click.echo(clean(f"skipped {found}"), err=True)
    if skipped:
        click.echo(f"Found {done:,} articles, skipped {len(skipped):,} documents.", err=True)
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
        return f"{error.where}: {error.found}; expected {error.expected}. {error.do}"
    except Exception as error:  # a defect on one page must not stop the others
        name = document.path or document.id
        return f"{name}: a defect of Foreign Desk ({type(error).__name__}: {error})"
