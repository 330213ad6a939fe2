"""`foreigndesk export`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from foreigndesk.desk.options import desk_option, output_option
from foreigndesk.errors import DeskError, UsageError

WHAT = (
    "reports", "events", "claims", "discrepancies", "articles", "stories", "network", "promises",
)  # fmt: skip
PLAIN = ("jsonl", "csv", "parquet")
OF_EVENTS = ("plover", "gdelt", "icews", "polecat", "ftm")
OTHERS = {"graphml": "network", "gexf": "network", "ical": "promises"}
FORMATS = (*PLAIN, *OF_EVENTS, *OTHERS)


@click.command(
    "export",
    short_help="Write a desk's records to a file.",
    epilog="""\b
Examples:
  foreigndesk export --desk mydesk --what reports --format jsonl -o reports.jsonl
  foreigndesk export --desk mydesk --what events --format csv -o events.csv
  foreigndesk export --desk mydesk --what reports | jq .evidence.text
  foreigndesk export --desk mydesk --format gdelt -o events.export.CSV
  foreigndesk export --desk mydesk --format gdelt --what reports -o mentions.CSV
  foreigndesk export --desk mydesk --format ical -o promises.ics
""",
)
@desk_option
@click.option("--what", type=click.Choice(WHAT),
              help="Which records.  [default: reports, or what the format holds]")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--since", metavar="DAY", help="From this day on.")
@click.option("--until", metavar="DAY", help="Up to this day.")
@click.option("--actor", metavar="WHO", help="Code, name or word of a name of who takes part.")
@click.option("--everything", is_flag=True,
              help="Events that were only planned, alleged or denied too.")  # fmt: skip
@output_option
def export_command(
    desk_path: str,
    what: str | None,
    format_: str,
    since: str | None,
    until: str | None,
    actor: str | None,
    everything: bool,
    output: str,
) -> None:
    """Write all records of a kind, sorted, the same bytes for the same desk.

    jsonl, csv and parquet hold every record whole. The field's formats (plover, gdelt, icews,
    polecat, ftm) hold events that happened: what was planned, alleged or denied is left out,
    unless --everything. graphml and gexf hold the network of these, ical the promises.
    """
    from foreigndesk.analysis.filters import Filters
    from foreigndesk.desk.texts import open_output
    from foreigndesk.exchange.export import export
    from foreigndesk.ledger.desk import Desk

    desk = Desk.open(desk_path)
    what = what or OTHERS.get(format_) or ("events" if format_ in OF_EVENTS else "reports")
    filters = Filters(actor=actor, since=since, until=until)

    def write(out: Any) -> int:
        return export(desk, what, format_, out, filters, everything)

    if output == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if not Path(output).exists() or Path(output).is_file():
        _whole(output, lambda: write(output))
        return
    with open_output(output) as out:
        write(out)


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
