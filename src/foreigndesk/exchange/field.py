"""The formats of the field and of neighbouring tools: what each holds, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

import msgspec

from foreigndesk.analysis.filters import Filters
from foreigndesk.ledger.desk import Desk


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a desk: `everything` takes in events that did not happen, or may not."""

    desk: Desk
    filters: Filters | None = None
    everything: bool = False


Write = Callable[[Wanted, BinaryIO], int]


def _rows(module: str, function: str, columns: str, header: bool) -> Write:
    """A table of tab-separated text, such as every reader takes.

    Tabs and line breaks within a value become spaces, quotation marks apostrophes: some readers
    take a mark that opens a value for a quotation that runs on through the next lines.
    """

    def write(wanted: Wanted, out: BinaryIO) -> int:
        room = import_module(f"foreigndesk.exchange.{module}")
        names: Sequence[str] = getattr(room, columns)
        if header:
            out.write(("\t".join(names) + "\n").encode())
        count = 0
        for row in getattr(room, function)(_happenings(wanted)):
            line = "\t".join(" ".join(row.get(name, "").split()) for name in names)
            line = line.replace('"', "'")
            out.write((line + "\n").encode())
            count += 1
        return count

    return write


def _json_lines(module: str, function: str) -> Write:
    def write(wanted: Wanted, out: BinaryIO) -> int:
        make: Callable[[Iterable[Any]], Iterator[dict[str, Any]]]
        make = getattr(import_module(f"foreigndesk.exchange.{module}"), function)
        count = 0
        for record in make(_happenings(wanted)):
            out.write(msgspec.json.encode(record) + b"\n")
            count += 1
        return count

    return write


def _network(format: str) -> Write:
    def write(wanted: Wanted, out: BinaryIO) -> int:
        from foreigndesk.exchange.graph import write_graph

        return write_graph(wanted, format, out)

    return write


def _calendar(wanted: Wanted, out: BinaryIO) -> int:
    from foreigndesk.exchange.calendar import write_calendar

    return write_calendar(wanted.desk, wanted.filters, out)


def _happenings(wanted: Wanted) -> Iterator[Any]:
    from foreigndesk.exchange.happenings import happenings

    return happenings(wanted.desk, wanted.filters, wanted.everything)


FIELD: dict[str, dict[str, Write]] = {
    "plover": {"events": _json_lines("plover", "records")},
    "gdelt": {
        "events": _rows("gdelt", "event_rows", "EVENTS", header=False),
        "reports": _rows("gdelt", "mention_rows", "MENTIONS", header=False),
    },
    "icews": {"events": _rows("tables", "icews_rows", "ICEWS", header=True)},
    "polecat": {"events": _rows("tables", "polecat_rows", "POLECAT", header=True)},
    "ftm": {"events": _json_lines("ftm", "entities")},
    "graphml": {"network": _network("graphml")},
    "gexf": {"network": _network("gexf")},
    "ical": {"promises": _calendar},
}
"""Each format with what it can hold (`--what`); GDELT's Mentions are our reports."""
