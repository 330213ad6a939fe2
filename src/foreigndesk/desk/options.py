"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from foreigndesk.settings import Settings, from_environment

F = TypeVar("F", bound=Callable[..., Any])

desk_option = click.option(
    "--desk",
    "desk_path",
    metavar="DIR",
    required=True,
    envvar="FOREIGNDESK_DESK",
    help="The desk's folder (or set FOREIGNDESK_DESK).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="JSON lines, one record a line, for programs."
)
codebook_option = click.option(
    "--codebook", metavar="DIR", help="Your own data files, laid over the package's."
)
parser_option = click.option("--parser", metavar="NAME", help="Another installed spaCy pipeline.")
rules_option = click.option(
    "--rules-only",
    "learned",
    flag_value=0,
    type=int,
    default=None,
    help="Leave out what only the learned model finds.",
)
output_option = click.option(
    "-o", "--output", metavar="FILE", default="-", show_default="standard output", help="Where to."
)
published_option = click.option(
    "--published",
    metavar="DATE",
    help="The publication date of all that is read: YYYY-MM-DD, YYYY-MM or YYYY.",
)
map_option = click.option(
    "--map",
    metavar="OURS=THEIRS,...",
    help="What records call our fields: --map text=body,published=meta.date",
)


def settings_with(**changes: Any) -> Settings:
    """The settings of the environment with the given options, those that are not None, on top."""
    given = {name: value for name, value in changes.items() if value is not None}
    return replace(from_environment(), **given)
