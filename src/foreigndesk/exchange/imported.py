"""Take events of other data sets into a desk, beside its own: GDELT, ICEWS, POLECAT."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from foreigndesk.errors import NothingReadError, UnreadableError, UsageError
from foreigndesk.exchange.incoming import BadLineError, Notes, Row
from foreigndesk.exchange.layouts import AUTO, FORMATS, Layout, layout_of
from foreigndesk.exchange.lines import Member, lines, members
from foreigndesk.ledger import imported as kept
from foreigndesk.ledger.desk import Desk

NAMED = 1000
"""Bad lines of a file that are named; all are counted."""
EVERY = 5000
"""Lines between two words about progress."""
_WHO = ("their_id", "earliest", "cameo", "event_type", "event_mode", "actor", "actor_given",
        "recipient", "recipient_given")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that was left out, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A file that was imported: its rows in the desk; `again` if they were there already."""

    file: str
    source: str
    format: str
    kind: str
    rows: int
    again: bool = False


@dataclass(slots=True)
class Summary:
    """What an import did: files, bad lines (the first of each file named), notes, skipped files."""

    done: list[Done] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    bad_lines: int = 0
    notes: Notes = field(default_factory=Counter)
    skipped: list[UnreadableError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: `format` is one of FORMATS; `name` of the source, the format's if
    None."""

    paths: Sequence[str | Path]
    format: str = AUTO
    name: str | None = None


Progress = Callable[[str, int], None]
"""Told the file and how many of its lines have been read."""


def import_files(desk: Desk, order: Order, progress: Progress | None = None) -> Summary:
    """Import files, or the files of folders, into the desk.

    A file that cannot be read is skipped, a bad line left out; both are in the summary. The same
    file again changes nothing. Raises UsageError on a wrong path, format or name, NothingReadError
    where no file could be read, DeskError where the desk cannot be written.
    """
    _check(desk, order)
    summary = Summary()
    for path in _paths(order.paths):
        try:
            for member in members(path):
                _member(desk, member, order, _Told(summary, progress))
        except UnreadableError as error:
            summary.skipped.append(error)
    if not summary.done:
        raise _nothing(summary)
    return summary


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is told of what happens."""

    summary: Summary
    progress: Progress | None


def _member(desk: Desk, member: Member, order: Order, told: _Told) -> None:
    """Import one table; one that cannot be read is skipped, the others of its zip are not."""
    try:
        stream = lines(member)
        number, first = next(stream, (0, ""))
        where = f"{member.path}!{member.inside}" if member.inside else str(member.path)
        if not number:
            raise UnreadableError(where, "an empty file", "a table of events", "Leave it out.")
        layout = layout_of(where, first, order.format)
        part = _part(member, layout, order.name)
        if kept.is_there(desk, part):
            _say(told, member, part, kept.count(desk, part), again=True)
            return
        whole = stream if layout.header else _with_first(number, first, stream)
        reading = _Reading(member, layout, part.source, told)
        written = kept.write(desk, part, reading.rows(whole))
        if not written:
            raise UnreadableError(where, "no line that can be taken over", "events", _see(told))
        _say(told, member, part, written)
    except UnreadableError as error:
        told.summary.skipped.append(error)


def _say(told: _Told, member: Member, part: kept.Part, rows: int, again: bool = False) -> None:
    done = Done(member.name, part.source, part.format, part.kind, rows, again)
    told.summary.done.append(done)


def _see(told: _Told) -> str:
    worst = told.summary.bad[-1] if told.summary.bad else None
    return f"The last of them, line {worst.line}: {worst.reason}." if worst else "Leave it out."


@dataclass(slots=True)
class _Reading:
    """The rows of one table, while its bad lines are counted."""

    member: Member
    layout: Layout
    source: str
    told: _Told
    bad: int = 0

    def rows(self, stream: Iterator[tuple[int, str]]) -> Iterator[Row]:
        """The rows to be kept, with where they came from."""
        table, notes = self.layout.table, self.told.summary.notes
        for number, cells in self.layout.rows(stream):
            if self.told.progress and number % EVERY == 0:
                self.told.progress(self.member.name, number)
            if isinstance(cells, BadLineError):
                self._complain(number, cells)
                continue
            try:
                found = list(table.read(cells, notes))
            except BadLineError as error:
                self._complain(number, error)
                continue
            for row in found:
                yield self._placed(row, number)

    def _placed(self, row: Row, number: int) -> Row:
        table = self.layout.table
        own = {"source": self.source, "format": table.format, "file": self.member.name}
        if table.kind == "mentions":
            return {"mention_id": _hash(self.source, *map(str, row.values())), "line": number,
                    **own, **row}  # fmt: skip
        key = _hash(self.source, *(str(row[name]) for name in _WHO))
        outlets = [row["outlet"].lower()] if row["outlet"] else []
        return {"imported_id": key, "line": number, "outlet_keys": outlets, **own, **row}

    def _complain(self, number: int, error: BadLineError) -> None:
        self.bad += 1
        self.told.summary.bad_lines += 1
        if self.bad <= NAMED:
            self.told.summary.bad.append(Bad(self.member.name, number, str(error)))


def _with_first(
    number: int, first: str, stream: Iterator[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    yield number, first
    yield from stream


def _part(member: Member, layout: Layout, name: str | None) -> kept.Part:
    """Where a table's rows are kept: by a hash of source, format and content."""
    source = name or layout.table.format
    with member.path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    key = _hash(source, layout.table.format, content, member.name)
    return kept.Part(layout.table.kind, source, layout.table.format, key, _tables())


@cache
def _tables() -> str:
    """A hash of the tables of codes: rows that were made by others are made anew."""
    room = files("foreigndesk.exchange")
    names = ("cameo.tsv", "countries.tsv", "groups.tsv", "sectors.tsv")
    return _hash(*(room.joinpath(name).read_text("utf-8") for name in names))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _paths(given: Sequence[str | Path]) -> Iterator[Path]:
    for each in map(Path, given):
        if each.is_dir():
            yield from sorted(p for p in each.rglob("*") if p.is_file() and p.name[0] != ".")
        else:
            yield each


def _check(desk: Desk, order: Order) -> None:
    if desk.place != str(desk.path):
        raise UsageError(
            f"--desk {desk.place}",
            "a desk at an address",
            "a desk in a folder of this machine",
            "Import beside a copy of it, or into an empty desk, and compare with --with ADDRESS.",
        )
    for path in map(Path, order.paths):
        if not path.exists():
            raise UsageError(str(path), "no such file", "a file or folder", "Correct the path.")
    if order.format not in FORMATS:
        raise UsageError("--format", repr(order.format), ", ".join(FORMATS), "Name one of these.")
    if order.name is not None and not (order.name.strip() and order.name.isprintable()):
        raise UsageError("--name", repr(order.name), "a word or two", "Name the source.")


def _nothing(summary: Summary) -> UnreadableError | NothingReadError:
    if not summary.skipped:
        return NothingReadError(
            "foreigndesk import", "no file in it", "files to import", "Name another folder."
        )
    first, *others = summary.skipped
    more = f" ({len(others)} more files were skipped as well.)" if others else ""
    return NothingReadError(first.where, first.found, first.expected, f"{first.do}{more}")
