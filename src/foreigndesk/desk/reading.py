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
from foreigndesk.desk.progress import Bar
from foreigndesk.desk.tables import clean

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
  foreigndesk read pages/ --desk mydesk --engine ray --jobs 4
  foreigndesk read s3://bucket/pages --desk s3://bucket/desk --engine ray --address auto
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@desk_option
@published_option
@click.option("--jobs", type=click.IntRange(0), help="Worker processes; 0: one a processor.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), help="Where to run.  [default: local]"
)
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="The Ray cluster's, or auto.  [default: RAY_ADDRESS, else one is started here]",
)
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
    engine: str | None,
    address: str | None,
    map: str | None,
    codebook: str | None,
    parser: str | None,
    learned: int | None,
    as_json: bool,
) -> None:
    """Read PATHs (files, folders, or - for standard input) into the desk at DIR. Both may be
    addresses, such as s3://bucket/folder.

    Plain text, HTML, JSON lines, JSON, CSV, Parquet, RSS and Atom files, WARC, gzip and zip of
    each. What the desk has read already is not read again; a run that was stopped is completed by
    the next.
    """
    from foreigndesk.engine.run import check_paths, read_into
    from foreigndesk.ledger.desk import Desk

    settings = settings_with(
        jobs=jobs, map=map, codebook=codebook, parser=parser, learned=learned,
        engine=engine, ray_address=address,
    )  # fmt: skip
    check_paths(paths)
    desk = Desk.create_or_open(desk_path)
    with Bar() as bar:
        summary = read_into(desk, paths, settings, published, bar.show)
    _report(summary, desk_path, as_json)


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
            click.echo(f"  {clean(skipped.document)}: {clean(skipped.reason)}", err=True)
        if len(summary.skipped) > SHOWN:
            reasons = Counter(s.reason.split(":")[0] for s in summary.skipped[SHOWN:])
            for reason, count in reasons.most_common():
                click.echo(f"  and {count:,} more: {reason}", err=True)
    click.echo(f"Look at it: foreigndesk timeline --desk {desk_path}")
