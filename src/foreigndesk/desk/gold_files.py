"""Files of gold as records: JSON lines, JSON, CSV, TSV, gzip of each; what may stand in them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from foreigndesk.errors import UnreadableError, UsageError
from foreigndesk.measure.columns import Row, fold

if TYPE_CHECKING:
    from foreigndesk.codebook.actors import Actor
    from foreigndesk.codebook.load import Codebook
    from foreigndesk.intake.source import Source
    from foreigndesk.measure.known import Known
    from foreigndesk.measure.labels import Labels
    from foreigndesk.settings import Settings

OF_MANY = frozenset(("IGO", "NGO", "IMG", "ISM", "MNC"))
"""Codes that many organisations share."""
EXPECTED = "JSON lines, JSON, CSV or TSV with a header"


def rows(paths: tuple[str, ...], settings: Settings) -> list[Row]:
    """The records of files, `-` for standard input, in order.

    Raises UsageError for a file that cannot be read, is empty, or is no such file.
    """
    found: list[Row] = []
    for path in paths:
        before = len(found)
        try:
            if path == "-":
                found += _rows(path, sys.stdin.buffer, settings)
            else:
                with open(path, "rb") as stream:
                    found += _rows(path, stream, settings)
        except UnreadableError as error:
            raise UsageError(path, error.found, EXPECTED, error.do) from error
        except OSError as error:
            raise UsageError(
                path, error.strerror or str(error), f"a file: {EXPECTED}", "Check the path."
            ) from error
        if len(found) == before:
            raise UsageError(path, "no records", EXPECTED, "See `foreigndesk evaluate --help`.")
    return found


def _rows(path: str, stream: BinaryIO, settings: Settings) -> Iterator[Row]:
    from foreigndesk.intake.decode import binary
    from foreigndesk.intake.source import open_source

    source = open_source(path, stream, settings)
    if kind := binary(source.head):
        raise UsageError(path, kind, EXPECTED, "Save it as CSV or JSON lines.")
    start = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"[":
        return _json(path, source)
    return _json_lines(path, source) if start == b"{" else _table(path, source)


def _json(path: str, source: Source) -> Iterator[Row]:
    for number, fields in enumerate(_decoded(path, source.whole().decode("utf-8-sig")), 1):
        yield _row(f"{path}, record {number}", fields)


def _json_lines(path: str, source: Source) -> Iterator[Row]:
    """An object a line; or one object over several lines."""
    lines = [(number, line) for number, line in source.lines() if line and line.strip()]
    if len(lines) > 1 and not lines[0][1].rstrip().endswith("}"):
        yield _row(path, _decoded(path, "".join(line for _, line in lines)))
        return
    for number, line in lines:
        where = f"{path}, line {number}"
        yield _row(where, _decoded(where, line))


def _decoded(where: str, text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise UsageError(where, f"broken JSON ({error})", "an object", "Mend it.") from error


def _row(where: str, fields: Any) -> Row:
    if not isinstance(fields, dict):
        raise UsageError(where, "JSON that is no object", "an object for each record", "Mend it.")
    return Row(where, fields)


def _table(path: str, source: Source) -> Iterator[Row]:
    header = source.head.split(b"\n", 1)[0]
    delimiter = max("\t,;|", key=lambda mark: header.count(mark.encode()))
    csv.field_size_limit(max(csv.field_size_limit(), source.settings.max_bytes))
    lines = (line or "" for _, line in source.lines())
    table = csv.DictReader(lines, delimiter=delimiter, strict=True)
    _check_names(path, table.fieldnames or ())
    line = 2
    try:
        for fields in table:
            if any(value for value in fields.values() if not isinstance(value, list)):
                yield Row(f"{path}, line {line}", _cells(path, line, fields))
            line = table.line_num + 1
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {line}", f"a broken row ({error})", EXPECTED, "Mend it."
        ) from error


def _check_names(path: str, names: Sequence[str]) -> None:
    folded = [fold(name) for name in names if name]
    twice = next((name for name in folded if folded.count(name) > 1), None)
    if twice:
        raise UsageError(
            f"{path}, line 1", f"two columns {twice!r}", "a name for each column", "Rename one."
        )


def _cells(path: str, line: int, fields: dict[Any, Any]) -> dict[str, str]:
    if None in fields:
        raise UsageError(
            f"{path}, line {line}", "more cells than the header has", "a cell for each column",
            "Put text that holds the delimiter between quotation marks.",
        )  # fmt: skip
    if None in fields.values():
        raise UsageError(
            f"{path}, line {line}", "fewer cells than the header has", "a cell for each column",
            "Add the empty ones; or close a quotation mark before it.",
        )  # fmt: skip
    return dict(fields)


def known(codebook: Codebook, own: Labels | None = None) -> Known:
    """What a gold may say, from the codebook, and its own labels for types."""
    from foreigndesk.codebook.actors import Actor, Person
    from foreigndesk.codebook.ontology import mode_name, ontology, own_types
    from foreigndesk.intake.days import edtf
    from foreigndesk.measure.gold import INTERNATIONAL
    from foreigndesk.measure.known import Known
    from foreigndesk.measure.labels import Labels

    types = ontology(codebook).types
    names: dict[str, str] = {}
    codes: set[str] = set(INTERNATIONAL)
    for actor in codebook.entries("actors", Actor):
        codes |= {actor.code} if actor.code else set()
        for name in (actor.name, *actor.names):
            names.setdefault(name.casefold(), _party(actor))
    for person in codebook.entries("offices", Person):
        for name in (person.name, *person.names):
            names.setdefault(name.casefold(), person.code)
    return Known(
        frozenset(codes),
        names,
        {event: frozenset(entry.modes) for event, entry in types.items()},
        {event.value: entry.quad for event, entry in types.items()},
        edtf,
        own or Labels(),
        {
            name.casefold(): (entry.under, mode_name(name))
            for name, entry in own_types(codebook).items()
            if entry.under is not None
        },
    )


def _party(actor: Actor) -> str:
    """An actor of the codebook as gold has it: by name where its code is that of many."""
    from foreigndesk.measure.gold import NAMED

    if not actor.code or actor.code in OF_MANY:
        return NAMED + actor.name
    return f"{actor.code} {actor.sector}" if actor.sector else actor.code
