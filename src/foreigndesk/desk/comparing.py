"""`foreigndesk compare`."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any

import click
import msgspec

from foreigndesk.desk.listings import _filter as filter_option
from foreigndesk.desk.options import desk_option
from foreigndesk.desk.tables import Column, Row, print_rows, shorten

if TYPE_CHECKING:
    import pyarrow as pa

    from foreigndesk.analysis.compare import Comparison, Summary

FILTERS = (
    "actor",
    "dyad",
    "event-type",
    "mode",
    "context",
    "since",
    "until",
    "place",
    "country",
    "as-of",
    "standing",
)
SHOWN = 20
"""Rows of each table that are shown as text where no --limit is given."""


def _filters(command: Any) -> Any:
    for name in reversed(FILTERS):
        command = filter_option(name)(command)
    return command


@click.command(
    "compare",
    short_help="What a desk and another data set each have that the other lacks.",
    epilog="""\b
Examples:
  foreigndesk compare --desk mydesk --with gdelt
  foreigndesk compare --desk mydesk --with gdelt --dyad PRK-RUS --undirected --by type
  foreigndesk compare --desk mydesk --list theirs-only --dyad 'PRK>RUS' --json
  foreigndesk compare --desk mydesk --with otherdesk --table months --format csv
""",
)
@desk_option
@click.option("--with", "other", metavar="SOURCE",
              help="An imported source, or a desk.  [default: the only source]")  # fmt: skip
@_filters
@click.option("--days", type=click.IntRange(0, 366), default=2, show_default=True, metavar="N",
              help="Two events may lie so many days apart.")  # fmt: skip
@click.option("--alike", type=click.Choice(("type", "quad", "near")), default="near",
              show_default=True, help="Of one type, of one quad class, or both of cooperation or "
              "both of conflict.")  # fmt: skip
@click.option("--undirected", is_flag=True, help="Both directions as one.")
@click.option("--domestic", is_flag=True, help="Also what happens within one country.")
@click.option("--shared", is_flag=True, help="Only pairs of which both sides have events.")
@click.option("--everything", is_flag=True,
              help="Of desks, what was only planned, alleged or denied too.")  # fmt: skip
@click.option("--table", type=click.Choice(("dyads", "months", "summary")),
              help="Only this table.  [default: all as text, else months]")  # fmt: skip
@click.option("--by", type=click.Choice(("quad", "type")), help="Months apart by quad or type.")
@click.option("--list", "listed", type=click.Choice(("ours-only", "theirs-only", "both")),
              help="Single events instead, with their evidence.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N rows.")
@click.option("--format", "format_", type=click.Choice(("text", "csv", "json")), default="text",
              show_default=True, help="json: JSON lines.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def compare_command(
    desk_path: str,
    other: str | None,
    days: int,
    alike: str,
    undirected: bool,
    domestic: bool,
    shared: bool,
    everything: bool,
    table: str | None,
    by: str | None,
    listed: str | None,
    limit: int | None,
    format_: str,
    as_json: bool,
    **given: Any,
) -> None:
    """Compare the desk with an imported source, or with another desk, by dyad and month.

    An event has a match if the other side has one of the same dyad, of a like kind, at most
    --days apart. Counted are events that happened, in the days that both sides cover (--since and
    --until choose others); --standing is asked of desks alone. Matched events are counted on
    both sides, since other data sets list one happening several times.
    """
    from dataclasses import asdict

    import pyarrow as pa

    from foreigndesk.analysis.compare import Terms, compared, other_of
    from foreigndesk.analysis.filters import Filters
    from foreigndesk.ledger.desk import Desk

    desk = Desk.open(desk_path)
    terms = Terms(days, alike, undirected, everything, domestic, shared)
    format_ = "json" if as_json else format_
    with compared(desk, other_of(desk, other), Filters(**given), terms) as (found, summary):
        if listed:
            _print(found.listed(listed, limit), _EVENTS[listed], format_)
        elif format_ == "text":
            _tell(found, summary, table, by, limit)
        elif table == "summary":
            _print(pa.Table.from_pylist([asdict(summary)]), (), format_)
        else:
            rows = found.dyads(limit) if table == "dyads" else found.months(by, limit)
            _print(rows, (), format_)


def _tell(
    found: Comparison, summary: Summary, table: str | None, by: str | None, limit: int | None
) -> None:
    """The comparison for reading: what was compared, then dyads, then months."""
    click.echo(_sentences(summary))
    for name, columns in (("dyads", DYADS), ("months", months_layout(by))):
        if table in (None, name) and summary.ours + summary.theirs:
            rows = found.dyads() if name == "dyads" else found.months(by)
            shown = rows.slice(0, limit or SHOWN)
            click.echo()
            print_rows(shown, columns, False, "")
            if rows.num_rows > shown.num_rows:
                rest = rows.num_rows - shown.num_rows
                click.echo(f"and {rest:,} more {name} (--table {name} --limit N)")


def _sentences(s: Summary) -> str:
    if not s.ours + s.theirs:
        return (
            f"Nothing to compare from {s.first} to {s.last}: no event of a pair on either side. "
            "Leave out filters, or try --everything or --domestic."
        )
    lines = [
        f"{s.first or 'the beginning'} to {s.last or 'the end'}: "
        f"{s.ours:,} events of ours, {s.theirs:,} of {s.other}.",
        f"In both: {s.ours_in_both:,} of ours, {s.theirs_in_both:,} of theirs. "
        f"Only ours: {s.only_ours:,}. Only theirs: {s.only_theirs:,}.",
        f"Agreement {s.agreement:.2f} (share of all that have a match); "
        f"correlation of dyads' months: cooperation {_r(s.r_cooperation)}, "
        f"conflict {_r(s.r_conflict)}.",
    ]
    left = [
        f"{ours:,} of ours and {theirs:,} of theirs {what}"
        for ours, theirs, what in (
            (s.undated_ours, s.undated_theirs, "without a day or month"),
            (s.unpaired_ours, s.unpaired_theirs, "that name no code on one side"),
            (s.within_ours, s.within_theirs, "within one country"),
        )
        if ours or theirs
    ]
    if left:
        lines.append(f"Not compared: {'; '.join(left)}.")
    return "\n".join(lines)


def _r(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def _print(rows: pa.Table, columns: tuple[Column, ...], format_: str) -> None:
    if format_ == "text":
        print_rows(rows, columns, False, "No such event. Leave out filters, or list the others.")
    elif format_ == "json":
        for row in rows.to_pylist():
            click.echo(msgspec.json.encode(row).decode())
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows.column_names)
        writer.writerows(["" if v is None else v for v in row.values()] for row in rows.to_pylist())


def _number(name: str, head: str, from_width: int = 0) -> Column:
    def cell(row: Row) -> str:
        value = row[name]
        return "" if value is None else f"{value:.2f}" if isinstance(value, float) else f"{value:,}"

    return Column(head, cell, right=True, from_width=from_width)


_SIDES = (
    Column("source", lambda row: str(row["source"])),
    Column("target", lambda row: str(row["target"])),
)
_COUNTS = (
    _number("ours", "ours"),
    _number("theirs", "theirs"),
    _number("ours_in_both", "in both\n(ours)"),
    _number("theirs_in_both", "in both\n(theirs)"),
    _number("only_ours", "only\nours"),
    _number("only_theirs", "only\ntheirs"),
)
DYADS = (
    *_SIDES,
    *_COUNTS,
    _number("agreement", "agree-\nment"),
    _number("r_cooperation", "r coop-\neration", 90),
    _number("r_conflict", "r con-\nflict", 90),
    _number("r_intensity", "r inten-\nsity", 100),
)
_KINDS = {1: "verbal coop.", 2: "material coop.", 3: "verbal confl.", 4: "material confl."}


def months_layout(by: str | None) -> tuple[Column, ...]:
    """Of months, by quad class or type if one was chosen."""
    kinds: dict[str | None, tuple[Column, ...]] = {
        None: (),
        "quad": (Column("quad", lambda row: _KINDS.get(row["quad"], "unknown")),),
        "type": (Column("type", lambda row: str(row["event_type"] or "none")),),
    }
    month = Column("month", lambda row: str(row["month"] or "unknown"))
    counts = [c for c in _COUNTS if by is None or "theirs)" not in c.head]
    return (month, *_SIDES, *kinds[by], *counts)


def _what(row: Row) -> str:
    kind = f"{row['event_type'] or 'no type'} {row['event_mode'] or ''}".strip()
    sides = " → ".join(part for part in (row["actors"], row["recipients"]) if part)
    return f"{kind}: {sides}\n{shorten(row['text'])}"


def _where(row: Row) -> str:
    return str(row["url"] or row["place_of"] or "")


_ONE_SIDE = (
    Column("day", lambda row: str(row["day"])),
    Column("dyad", lambda row: f"{row['source']}\n{row['target']}"),
    Column("what", _what, flexible=True),
    Column("where", _where, flexible=True),
)
_EVENTS: dict[str, tuple[Column, ...]] = {
    "ours-only": _ONE_SIDE,
    "theirs-only": _ONE_SIDE,
    "both": (
        Column("day", lambda row: f"{row['day']}\n{row['their_day']}"),
        Column("dyad", lambda row: f"{row['source']}\n{row['target']}"),
        Column("ours", lambda row: f"{row['event_type']}\n{shorten(row['text'])}", flexible=True),
        Column("theirs", lambda row: f"{row['their_type'] or 'no type'}\n"
               f"{shorten(row['their_text'])}", flexible=True),
    ),
}  # fmt: skip
