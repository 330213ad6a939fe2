"""`foreigndesk read`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click
import msgspec

from foreigndesk.desk.options import (
    codebook_option,
    desk_option,
    json_option,
    map_option,
    parser_option,
    published_option,
    rules_option,
    settings_with,
)

if TYPE_CHECKING:
    from foreigndesk.engine.run import Summary

SHOWN = 8


@click.command(
    "read",
    short_help="Read pages into a desk.",
    epilog="""\b
Examples:
  foreigndesk read pages/ --desk mydesk
  foreigndesk read a.html b.txt archive.jsonl.gz pages.zip --desk mydesk --jobs 4
  foreigndesk read dump.jsonl --map text=body,published=meta.date --desk mydesk
  curl -s FEED | foreigndesk read - --desk mydesk
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@desk_option
@published_option
@click.option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one a processor.")
@click.option("--engine", type=click.Choice(["local"]), default="local", help="Where to run.")
@map_option
@codebook_option
@parser_option
@rules_option
@json_option
def read_command(
    paths: tuple[str, ...],
    desk_path: str,
    published: str | None,
    jobs: int | None,
    engine: str,
    map: str | None,
    codebook: str | None,
    parser: str | None,
    learned: int | None,
    as_json: bool,
) -> None:
    """Read PATHs (files, folders, or - for standard input) into the desk at DIR.

    Plain text, HTML, JSON lines, JSON, CSV, Parquet, RSS and Atom files, WARC, gzip and zip of
    each. What the desk has read already is not read again; a run that was stopped is completed by
    the next.
    """
    from foreigndesk.engine.run import check_paths, read_into
    from foreigndesk.ledger.desk import Desk

    settings = settings_with(jobs=jobs, map=map, codebook=codebook, parser=parser, learned=learned)
    check_paths(paths)
    desk = Desk.create_or_open(desk_path)
    with _Bar() as bar:
        summary = read_into(desk, paths, settings, published, bar.show)
    _report(summary, desk_path, as_json)


class _Bar:
    """Progress on a terminal: articles, reports, rate, time. Nothing in a pipe."""

    def __enter__(self) -> _Bar:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self._progress.add_task("loading the parser", total=None)
        self._progress.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._progress.stop()

    def show(self, summary: Summary) -> None:
        """Show how far the run is."""
        elapsed = self._progress.tasks[0].elapsed or 0
        rate = f", {summary.articles / elapsed:,.0f} a second" if elapsed > 1 else ""
        text = f"{summary.articles:,} articles{rate}, {summary.reports:,} reports"
        self._progress.update(self._task, description=text)


def _report(summary: Summary, desk_path: str, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(summary).decode())
        return
    known = f" ({summary.known:,} more known already)" if summary.known else ""
    click.echo(f"Read {summary.articles:,} articles{known}: {summary.reports:,} reports.")
    if summary.other_languages:
        click.echo(f"{summary.other_languages:,} not in English: kept, not coded.")
    if summary.skipped:
        click.echo(f"Skipped {len(summary.skipped):,}:", err=True)
        for skipped in summary.skipped[:SHOWN]:
            click.echo(f"  {skipped.document}: {skipped.reason}", err=True)
        if len(summary.skipped) > SHOWN:
            reasons = Counter(s.reason.split(":")[0] for s in summary.skipped[SHOWN:])
            for reason, count in reasons.most_common():
                click.echo(f"  and {count:,} more: {reason}", err=True)
    click.echo(f"Look at it: foreigndesk timeline --desk {desk_path}")
