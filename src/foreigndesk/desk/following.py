"""`foreigndesk follow`."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from foreigndesk.desk.options import (
    codebook_option,
    desk_option,
    json_option,
    parser_option,
    settings_with,
)
from foreigndesk.errors import NothingReadError, UsageError

if TYPE_CHECKING:
    from foreigndesk.desk.tables import Column

Row = Mapping[str, Any]
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORTEST = 10.0
"""Seconds between two looks at one feed, at least."""


def _seconds(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """Seconds of a written time such as 90s, 15m, 2h, 1d."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r} is no time; write 90s, 15m, 2h or 1d")
    return float(match[1]) * _UNITS[match[2] or "s"]


@click.command(
    "follow",
    short_help="Keep a desk current from feeds.",
    epilog="""\b
Examples:
  foreigndesk follow feeds.opml --desk mydesk --every 15m
  foreigndesk follow https://example.org/rss.xml --desk mydesk --once
  foreigndesk follow feeds.opml --desk mydesk --status
""",
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@desk_option
@click.option("--every", callback=_seconds, default="15m", show_default=True, metavar="TIME",
              help="Time between two looks at a feed: 90s, 15m, 2h.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look at what is due, read it, and end.")
@click.option("--status", is_flag=True, help="Show how each feed stands, and fetch nothing.")
@click.option("--delay", callback=_seconds, default="1s", show_default=True, metavar="TIME",
              help="Time between two requests to one host.")  # fmt: skip
@click.option("--allow-private", is_flag=True,
              help="Fetch from this machine and private networks also.")  # fmt: skip
@codebook_option
@parser_option
@json_option
def follow_command(
    feeds: tuple[str, ...],
    desk_path: str,
    every: float,
    once: bool,
    status: bool,
    delay: float,
    allow_private: bool,
    codebook: str | None,
    parser: str | None,
    as_json: bool,
) -> None:
    """Follow FEEDS (OPML files, files with an address a line, or addresses) into the desk at DIR.

    Each feed is looked at every TIME, the pages that it names are fetched once, kept as received in
    DIR/fetched, and read. robots.txt is obeyed; what fails is tried again later. Stop it with
    Ctrl-C and start it again as you like: nothing is lost or read twice.
    """
    from foreigndesk.engine.follow import Follower
    from foreigndesk.intake.fetch import Fetcher, Manners
    from foreigndesk.ledger.desk import Desk

    addresses = _addresses(feeds)
    desk = Desk.create_or_open(desk_path)
    if status:
        _show(desk.path, addresses, as_json)
        return
    settings = settings_with(codebook=codebook, parser=parser)
    manners = Manners(delay=delay, allow_private=allow_private, max_bytes=settings.max_bytes)
    fetcher = Fetcher(manners)
    follower = Follower(desk, settings, fetcher, max(every, _SHORTEST), told=_tell)
    try:
        while True:
            summary = follower.round(addresses)
            if as_json:
                click.echo(msgspec.json.encode(summary).decode())
            elif summary.articles or once:
                click.echo(f"Read {summary.articles:,} articles: {summary.reports:,} reports.")
            if once:
                break
            time.sleep(min(max(follower.next_due(), 1.0), every))
    finally:
        fetcher.close()
    if not as_json:
        _show(desk.path, addresses, False)


def _tell(line: str) -> None:
    from foreigndesk.desk.tables import clean

    click.echo(clean(line), err=True)


def _addresses(feeds: tuple[str, ...]) -> tuple[str, ...]:
    """The feeds' addresses, given or listed in files, each once."""
    from foreigndesk.errors import UnreadableError
    from foreigndesk.intake.feeds import is_web, parse_list

    found: dict[str, None] = {}
    for feed in feeds:
        if is_web(feed):
            found[feed] = None
            continue
        try:
            found.update(dict.fromkeys(parse_list(Path(feed).read_bytes(), feed)))
        except OSError as error:
            raise NothingReadError(
                feed, error.strerror or str(error), "an OPML file or a web address", "Check it."
            ) from error
        except UnreadableError as error:
            raise UsageError(error.where, error.found, error.expected, error.do) from error
    return tuple(found)


def _show(path: Path, addresses: tuple[str, ...], as_json: bool) -> None:
    """How each feed stands."""
    import pyarrow as pa

    from foreigndesk.desk.tables import print_rows
    from foreigndesk.ledger.following import Following

    with Following(path / "follow.sqlite") as state:
        state.follow(addresses)
        rows = [asdict(row) for row in state.states()]
    print_rows(pa.Table.from_pylist(rows), _columns(), as_json, "No feeds.")


def _columns() -> tuple[Column, ...]:
    from foreigndesk.desk.tables import Column

    numbers = ("pages", "read", "waiting", "failed")
    return (
        Column("feed", lambda row: row["title"] or row["url"], flexible=True),
        *(Column(name, partial(_number, name), right=True) for name in numbers),
        Column("trouble", _trouble, flexible=True),
    )


def _number(name: str, row: Row) -> str:
    return f"{row[name]:,}"


def _trouble(row: Row) -> str:
    times = "once" if row["failures"] == 1 else f"{row['failures']} times running"
    return f"{row['error']} ({times})" if row["error"] else ""
