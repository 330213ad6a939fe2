"""`foreigndesk export`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from foreigndesk.desk.options import desk_option, output_option
from foreigndesk.errors import DeskError, UsageError

WHAT = ("reports", "events", "claims", "discrepancies", "articles", "stories")
FORMATS = ("jsonl", "csv", "parquet")


@click.command(
    "export",
    short_help="Write a desk's records to a file.",
    epilog="""\b
Examples:
  foreigndesk export --desk mydesk --what reports --format jsonl -o reports.jsonl
  foreigndesk export --desk mydesk --what events --format csv -o events.csv
  foreigndesk export --desk mydesk --what reports | jq .evidence.text
""",
)
@desk_option
@click.option("--what", type=click.Choice(WHAT), default="reports", show_default=True)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@output_option
def export_command(desk_path: str, what: str, format_: str, output: str) -> None:
    """Write all records of a kind, sorted, the same bytes for the same desk."""
    from foreigndesk.desk.texts import open_output
    from foreigndesk.exchange.export import export
    from foreigndesk.ledger.desk import Desk

    desk = Desk.open(desk_path)
    if output == "-":
        export(desk, what, format_, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if not Path(output).exists() or Path(output).is_file():
        _whole(output, lambda: export(desk, what, format_, output))
        return
    with open_output(output) as out:
        export(desk, what, format_, out)


def _whole(output: str, write: Callable[[], int]) -> None:
    """Write a file that is put in place only when it is whole."""
    try:
        write()
    except DeskError as error:
        if error.where != output:
            raise
        raise UsageError(
            output, error.found, "a file that can be written", "Choose another."
        ) from error
