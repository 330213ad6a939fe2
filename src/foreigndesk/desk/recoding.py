"""`foreigndesk recode`: code a desk's articles again, and show the difference report by report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any

import click

from foreigndesk.desk.options import (
    codebook_option,
    desk_option,
    json_option,
    parser_option,
    rules_option,
    settings_with,
)

if TYPE_CHECKING:
    from foreigndesk.engine.recode import Recoded
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.ledger.difference import Difference
    from foreigndesk.model import Document
    from foreigndesk.settings import Settings

SHOWN = 40
"""Differences that the screen shows, unless told otherwise."""


@click.command(
    "recode",
    short_help="Code a desk's articles again; show the difference.",
    epilog="""\b
Examples:
  foreigndesk recode --desk mydesk --codebook mybook --dry-run
  foreigndesk recode --desk mydesk --codebook mybook
  foreigndesk recode --desk mydesk --codebook mybook -o difference.jsonl
  foreigndesk recode --desk mydesk --plain --limit 10
""",
)
@desk_option
@codebook_option
@click.option("--plain", is_flag=True, help="With the package's codebook alone.")
@click.option("--dry-run", is_flag=True, help="Show the difference; write nothing to the desk.")
@click.option("--all", "every", is_flag=True, help="Also what this codebook and program coded.")
@click.option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one a processor.")
@parser_option
@rules_option
@click.option("--limit", type=click.IntRange(0), default=SHOWN, show_default=True, metavar="N",
              help="Show at most N differing reports; 0: all.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Every difference to FILE, as JSON lines.")
@json_option
def recode_command(
    desk_path: str, plain: bool, dry_run: bool, every: bool, limit: int, output: str | None,
    as_json: bool, **given: Any,
) -> None:  # fmt: skip
    """Code the articles of the desk again, after the codebook or the program has changed.

    The text of every article is in the desk, so the pages are not needed. What is not given
    (codebook, parser) is as in the desk's last run. Articles that this very codebook and program
    have coded are passed over. Judgements are kept: those whose report is gone are listed.
    Nothing in the desk is overwritten; a recoding that was stopped is completed by the next.
    """
    from foreigndesk.engine.recode import Told, recode
    from foreigndesk.ledger.desk import Desk

    desk = Desk.open(desk_path)
    settings = _settings(desk, plain, given)
    with ExitStack() as stack:
        out = _Out(_target(stack, output, as_json), limit)
        bar = stack.enter_context(_Bar())
        told = Told(out.difference, bar.show)
        if not dry_run:
            Desk.create_or_open(desk_path)  # removes what killed runs left
        done = recode(desk, settings, told, every=every, dry=dry_run)
        out.end(done)
    if not as_json:
        for line in out.lines(done, settings, dry_run):
            click.echo(line)


def _settings(desk: Desk, plain: bool, given: dict[str, Any]) -> Settings:
    """The settings as given by options or the environment, the others as in the last run."""
    from dataclasses import replace

    from foreigndesk.engine.recode import OF_RUN, settings_of

    named = {
        n for n in OF_RUN if given.get(n) is not None or f"FOREIGNDESK_{n.upper()}" in os.environ
    }
    if plain:
        named.add("codebook")
    settings = settings_of(desk, settings_with(**given), named)
    return replace(settings, codebook=None) if plain else settings


def _target(stack: ExitStack, output: str | None, as_json: bool) -> IO[str] | None:
    """Where JSON lines go: a file, standard output, or nowhere."""
    if output is not None:
        target: IO[str] = stack.enter_context(click.open_file(output, "w", encoding="utf-8"))
        return target
    return sys.stdout if as_json else None


class _Out:
    """Where differences go: to a file or for programs at once, to the screen at the end."""

    def __init__(self, target: IO[str] | None, limit: int) -> None:
        self._target, self._limit = target, limit
        self._shown: list[tuple[Document, Difference]] = []
        self._count = 0

    def difference(self, document: Document, difference: Difference) -> None:
        """Take one difference."""
        from foreigndesk.desk.differences import row

        self._count += 1
        if not self._limit or len(self._shown) < self._limit:
            self._shown.append((document, difference))
        self._write(row(document, difference))

    def end(self, done: Recoded) -> None:
        """Write what stands at the end: judgements, what was skipped, the sums."""
        from foreigndesk.desk.differences import ending

        for line in ending(done):
            self._write(line)

    def lines(self, done: Recoded, settings: Settings, dry: bool) -> Iterator[str]:
        """The lines for people."""
        from foreigndesk.desk import differences

        yield from differences.shown(self._shown)
        more = self._count - len(self._shown)
        if more:
            yield f"and {more:,} more: show them with --limit 0, or write them with -o FILE.\n"
        yield from differences.summed(done, settings, dry)

    def _write(self, record: dict[str, Any]) -> None:
        import msgspec

        if self._target is not None:
            self._target.write(msgspec.json.encode(record).decode() + "\n")


class _Bar:
    """Progress on a terminal: articles, rate, time left. Nothing in a pipe."""

    def __enter__(self) -> _Bar:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self._progress.add_task("loading the parser", total=None)
        self._progress.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._progress.stop()

    def show(self, done: Recoded) -> None:
        """Show how far the recoding is."""
        total = max(done.total - done.current, done.articles)
        elapsed = self._progress.tasks[0].elapsed or 0
        rate = f", {done.articles / elapsed:,.0f} a second" if elapsed > 1 else ""
        text = f"{done.articles:,} of {total:,} articles{rate}, {done.differing:,} differ"
        self._progress.update(self._task, description=text, total=total, completed=done.articles)
