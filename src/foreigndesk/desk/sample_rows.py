"""The rows of a sample: what there is to judge, what is filled in, what leads back; as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from foreigndesk.model import Mention, Report

JUDGED = (
    "verdict", "should_be_type", "should_be_mode", "should_be_status", "should_be_actor",
    "should_be_recipient", "note", "judge",
)  # fmt: skip
"""The columns that whoever judges fills in."""
AROUND = 400
"""Characters of text before and after the sentence."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would take for a formula."""
Row = dict[str, Any]


def told(report: Report, page: str | None) -> Row:
    """What there is to judge: the sentence within its page, and what was coded of it."""
    start, end = report.evidence.start, report.evidence.end
    before = None if page is None else page[max(0, start - AROUND) : start]
    after = None if page is None else page[end : end + AROUND]
    said = [
        f"{_name(a.speaker) if a.speaker else 'unnamed'} {a.stance}" for a in report.attribution
    ]
    return {
        "before": None if before is None else _line(before[_start(before) :]),
        "evidence": _line(report.evidence.text),
        "after": None if after is None else _line(after[: _end(after)]),
        "event_type": report.event_type.value,
        "event_mode": report.event_mode,
        "status": report.status.value,
        "actor": "; ".join(map(_name, report.actor)) or None,
        "recipient": "; ".join(map(_name, report.recipient)) or None,
        "date": report.date.edtf,
        "place": _place(report),
        "said_by": "; ".join(said) or None,
        "trigger": report.trigger.text,
    }


def _start(text: str) -> int:
    """Where the first whole word begins in text cut off at its start."""
    return 0 if len(text) < AROUND else text.find(" ") + 1


def _end(text: str) -> int:
    """Where the last whole word ends in text cut off at its end."""
    return len(text) if len(text) < AROUND else max(text.rfind(" "), 0) or len(text)


def links(report: Report) -> Row:
    """What leads back to the record."""
    document = report.document
    return {
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "path": document.path,
        "report_id": report.report_id,
        "event_id": report.event_id,
        "document_id": document.id,
        "confidence": report.confidence,
        "rule": report.rule,
    }


def _name(mention: Mention) -> str:
    code = " ".join(part for part in (mention.code, mention.sector) if part)
    name = _line(mention.name or mention.text).replace(";", ",")
    return f"{name} ({code})" if code else name


def _place(report: Report) -> str | None:
    place = report.place
    if place is None:
        return None
    return ", ".join(part for part in (place.name, place.country) if part) or None


def _line(text: str) -> str:
    return " ".join(text.split())


def _csv(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def _jsonl(rows: Iterable[Row]) -> str:
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows)


WRITERS: dict[str, Callable[[Iterable[Row]], str]] = {"csv": _csv, "jsonl": _jsonl}


def write(output: str, text: str, kind: str) -> None:
    from foreigndesk.desk.texts import open_output

    mark = "\ufeff" if kind == "csv" and output != "-" else ""  # else Excel takes it for Latin-1
    with open_output(output) as out:
        out.write((mark + text).encode("utf-8", "replace"))
