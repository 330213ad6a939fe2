"""`foreigndesk desk vacuum`: keep a desk in order."""

from __future__ import annotations

import click

from foreigndesk.desk.options import desk_option


@click.group(
    "desk",
    short_help="Keep a desk in order.",
    epilog="""\b
Examples:
  foreigndesk desk vacuum --desk mydesk
""",
)
def desk_command() -> None:
    """Keep a desk in order."""


@desk_command.command(
    "vacuum",
    short_help="Merge a desk's many small files into few.",
    epilog="""\b
Examples:
  foreigndesk desk vacuum --desk mydesk
""",
)
@desk_option
def vacuum_command(desk_path: str) -> None:
    """Merge the desk's many small files into few large ones, with the same content.

    Every run adds files of its own; a desk that is kept current for months reads and opens more
    quickly after this. Do not run it while another run writes to the desk.
    """
    from foreigndesk.engine.run import renew
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.ledger.vacuum import vacuum

    desk = Desk.open(desk_path)
    with desk.replacing() as held:
        done = vacuum(held)
    if desk.ledger.exists():
        renew(desk)
    click.echo(f"{done.before:,} files before, {done.after:,} now.")
