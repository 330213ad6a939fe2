"""`foreigndesk serve`."""

from __future__ import annotations

from pathlib import Path

import click

from foreigndesk.desk.options import desk_option


@click.command(
    "serve",
    short_help="Open a desk in the browser.",
    epilog="""\b
Examples:
  foreigndesk serve --desk mydesk
  foreigndesk serve --desk mydesk --watch incoming/
  foreigndesk serve --desk mydesk --read-only --host 0.0.0.0 --token "a long secret"
""",
)
@desk_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME",
              help="Where to listen; others can reach it only with --token.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
              metavar="N", help="The port; 0: any that is free.")  # fmt: skip
@click.option("--token", envvar="FOREIGNDESK_TOKEN", metavar="WORD",
              help="What a reader must give (or set FOREIGNDESK_TOKEN).")  # fmt: skip
@click.option("--read-only", is_flag=True, help="No uploads, no judgements, nothing written.")
@click.option("--watch", metavar="FOLDER", help="Read files as they come into FOLDER.")
@click.option("--max-upload", type=click.IntRange(1), default=50, show_default=True,
              metavar="MB", help="The most that one upload may hold.")  # fmt: skip
def serve_command(
    desk_path: str,
    host: str,
    port: int,
    token: str | None,
    read_only: bool,
    watch: str | None,
    max_upload: int,
) -> None:
    """Serve the desk at DIR to a browser: every record with its evidence, charts, review, search.

    Nothing is fetched from elsewhere; of a desk at an address (s3://bucket/desk) a copy is made
    at the start, and served read-only. Without --token only this machine can reach it. Stop it
    with Ctrl-C.
    """
    from foreigndesk.desk.web.app import prepared
    from foreigndesk.desk.web.options import Serving
    from foreigndesk.desk.web.run import run

    desk_path, read_only = _here(desk_path, read_only)
    serving = Serving(
        Path(desk_path), host, port, token or None, read_only,
        None if watch is None else Path(watch), max_upload * 1_000_000,
    )  # fmt: skip
    run(prepared(serving), told=click.echo)


def _here(desk_path: str, read_only: bool) -> tuple[str, bool]:
    """The folder to serve, and whether read-only: of a desk at an address its copy, as it is."""
    from foreigndesk.address import is_address, plain
    from foreigndesk.ledger.desk import Desk

    if not is_address(desk_path):
        return str(plain(desk_path)), read_only
    desk = Desk.open(desk_path)
    desk.complete()
    return str(desk.path), True
