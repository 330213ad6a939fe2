"""`foreigndesk show`: one record with everything it rests on."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from foreigndesk.desk.options import desk_option, json_option
from foreigndesk.desk.parts import Part, print_part


@click.command(
    "show",
    short_help="An event, report, article or story with its evidence.",
    epilog="""\b
Examples:
  foreigndesk show e3f2a1 --desk mydesk          an event: the beginning of its id is enough
  foreigndesk show r81c --desk mydesk            a report: its sentence, marked by role
  foreigndesk show 000_page.txt --desk mydesk    an article: by id or path, dropped parts greyed
  foreigndesk show e3f2a1 --desk mydesk --json
""",
)
@click.argument("record_id", metavar="ID")
@desk_option
@json_option
def show_command(record_id: str, desk_path: str, as_json: bool) -> None:
    """Show the record whose id begins with ID, or the article with that path."""
    from foreigndesk.analysis.find import find
    from foreigndesk.desk import showing_records as records
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.model import Article, Event, Report, Story

    desk = Desk.open(desk_path)
    record = find(desk, record_id)
    if as_json:
        click.echo(msgspec.json.encode(record).decode())
        return
    show: dict[type[Any], Any] = {
        Event: records.event,
        Report: records.report,
        Article: records.article,
        Story: records.story,
    }
    lines: list[Part] = show[type(record)](desk, record)
    for line in lines:
        print_part(line)
