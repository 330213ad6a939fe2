"""`foreigndesk import`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
import msgspec

from foreigndesk.desk.options import desk_option, json_option
from foreigndesk.errors import UsageError

if TYPE_CHECKING:
    from foreigndesk.exchange.imported import Progress, Summary
    from foreigndesk.ledger.desk import Desk

SHOWN = 8
EVERY = 15.0
"""Seconds between two words about progress where there is no terminal."""
FORMATS = ("auto", "gdelt", "icews", "polecat")


@click.command(
    "import",
    short_help="Take events of GDELT, ICEWS or POLECAT beside a desk's own.",
    epilog="""\b
Examples:
  foreigndesk import 20240619.export.CSV.zip --desk mydesk
  foreigndesk import gdelt/ --desk mydesk --name "GDELT June"
  foreigndesk import events.2014.tab ngecEventsDV-2024.txt.gz --desk mydesk
  foreigndesk import --list --desk mydesk
  foreigndesk import --forget "GDELT June" --desk mydesk
""",
)
@click.argument("paths", nargs=-1, metavar="FILE...")
@desk_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="auto", show_default=True,
              help="What the files are; auto tells it from their columns.")  # fmt: skip
@click.option("--name", metavar="SOURCE", help="What to call the source.  [default: its format]")
@click.option("--list", "listed", is_flag=True, help="Only list what has been imported.")
@click.option("--forget", metavar="SOURCE", help="Remove what was imported under this name.")
@json_option
def import_command(
    paths: tuple[str, ...],
    desk_path: str,
    format_: str,
    name: str | None,
    listed: bool,
    forget: str | None,
    as_json: bool,
) -> None:
    """Take events of other data sets into the desk, beside its own and never among them.

    GDELT Events (2.0 of 61 columns, 1.0 of 58 or 57) and Mentions, ICEWS, POLECAT, as they are
    published: plain, gzip or zip, folders of them. CAMEO codes become PLOVER types, countries ISO
    alpha-3. A bad line is counted and named. The same file again changes nothing.
    """
    from foreigndesk.exchange.imported import Order, import_files
    from foreigndesk.ledger.desk import Desk

    if listed or forget is not None:
        if paths or (listed and forget is not None):
            raise UsageError("foreigndesk import", "FILEs beside --list or --forget", "one of them",
                             "Run one after the other.")  # fmt: skip
        desk = Desk.open(desk_path)
        if forget is not None:
            _forget(desk, forget)
        else:
            _list(desk, desk_path, as_json)
        return
    if not paths:
        raise UsageError("foreigndesk import", "no FILE", "files of events", "Name one or more.")
    desk = Desk.create_or_open(desk_path)
    with _bar() as progress:
        summary = import_files(desk, Order(paths, format_, name), progress)
    _report(summary, desk_path, as_json)


def _report(summary: Summary, desk_path: str, as_json: bool) -> None:
    if as_json:
        skipped = [{"file": e.where, "found": e.found, "expected": e.expected}
                   for e in summary.skipped]  # fmt: skip
        click.echo(msgspec.json.encode({
            "files": summary.done, "bad_lines": summary.bad_lines, "bad": summary.bad,
            "notes": dict(summary.notes.most_common()), "skipped": skipped,
        }).decode())  # fmt: skip
        return
    rows: Counter[tuple[str, str]] = Counter()
    for done in summary.done:
        rows[done.source, done.kind] += 0 if done.again else done.rows
    for (source, kind), count in sorted(rows.items()):
        if count:
            click.echo(f"Imported {count:,} {kind} as {source!r}.")
    if again := sum(done.again for done in summary.done):
        click.echo(f"{again:,} of {len(summary.done):,} files had been imported before.")
    _complain(summary)
    source = summary.done[0].source
    name = f'"{source}"' if " " in source else source
    click.echo(f"Compare: foreigndesk compare --desk {desk_path} --with {name}")


def _complain(summary: Summary) -> None:
    """Name what was left out, left unknown or skipped."""
    if summary.bad_lines:
        click.echo(f"Left out {summary.bad_lines:,} bad lines:", err=True)
        for bad in summary.bad[:SHOWN]:
            click.echo(f"  {bad.file}:{bad.line}: {bad.reason}", err=True)
        if summary.bad_lines > SHOWN:
            click.echo(f"  and {summary.bad_lines - SHOWN:,} more (--json names them)", err=True)
    for note, count in summary.notes.most_common(SHOWN):
        click.echo(f"{count:,} times: {note}", err=True)
    if len(summary.notes) > SHOWN:
        click.echo(f"and {len(summary.notes) - SHOWN:,} more notes (--json)", err=True)
    for error in summary.skipped[:SHOWN]:
        click.echo(f"Skipped {error.where}: {error.found}; expected {error.expected}. {error.do}",
                   err=True)  # fmt: skip
    if len(summary.skipped) > SHOWN:
        click.echo(f"and {len(summary.skipped) - SHOWN:,} more files skipped (--json)", err=True)


def _list(desk: Desk, desk_path: str, as_json: bool) -> None:
    from foreigndesk.desk.tables import Column, print_rows
    from foreigndesk.ledger.imported import sources

    columns = (
        Column("source", lambda row: row["source"]),
        Column("format", lambda row: row["format"]),
        Column("kind", lambda row: row["kind"]),
        Column("file", lambda row: row["file"], flexible=True),
        Column("rows", lambda row: f"{row['rows']:,}", right=True),
        Column("days", lambda row: f"{row['first']}\n{row['last']}"),
    )
    empty = f"Nothing was imported. Do it: foreigndesk import FILE --desk {desk_path}"
    print_rows(sources(desk), columns, as_json, empty)


def _forget(desk: Desk, name: str) -> None:
    from foreigndesk.ledger import imported

    known = sorted({*imported.names(desk), *imported.names(desk, "mentions")})
    if name not in known:
        raise UsageError(
            f"--forget {name}",
            "no such source",
            ", ".join(known) or "an imported one",
            f"See: foreigndesk import --list --desk {desk.place}",
        )
    count = imported.forget(desk, name)
    click.echo(f"Removed {name!r}: {count:,} {'file' if count == 1 else 'files'}.")


@contextmanager
def _bar() -> Iterator[Progress]:
    """Progress on standard error: a line on a terminal, else one now and then."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns: tuple[Any, ...] = (
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
    )  # fmt: skip
    said = [time.monotonic()]
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("reading")

        def progress(file: str, lines: int) -> None:
            bar.update(task, description=f"{file}: {lines:,} lines")
            if not console.is_terminal and time.monotonic() - said[0] >= EVERY:
                said[0] = time.monotonic()
                click.echo(f"{file}: {lines:,} lines", err=True)

        yield progress
