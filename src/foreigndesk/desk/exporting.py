"""`foreigndesk export`."""

from __future__ import annotations

import click

from foreigndesk.desk.options import desk_option, output_option

WHAT = ("reports", "events", "claims", "discrepancies", "articles", "stories")
FORMATS = ("jsonl", "csv", "parquet", "plover", "gdelt", "icews", "polecat", "ftm")


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
    with open_output(output) as out:
        export(desk, what, format_, out)
