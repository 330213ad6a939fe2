"""The questions of the ledger as commands: timeline, claims, promises, discrepancies and more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from foreigndesk.desk.options import desk_option, json_option
from foreigndesk.model import EventType, Stance, Standing, Status

if TYPE_CHECKING:
    import pyarrow as pa

    from foreigndesk.analysis.filters import Filters
    from foreigndesk.ledger.desk import Desk

_FILTERS: dict[str, str] = {
    "actor": "Code (PRK), name or word of a name (Putin) of who takes part.",
    "dyad": "Two actors: PRK-RUS, or 'PRK>RUS' from one to the other.",
    "event-type": "PLOVER event type",
    "status": "What the pages commit to",
    "standing": "How well the event stands",
    "since": "From this day on (YYYY-MM-DD, YYYY-MM or YYYY).",
    "until": "Up to this day, month or year.",
    "place": "A word of the place's name.",
    "country": "The place's country, alpha-3.",
    "outlet": "As one outlet has it.",
    "speaker": "Code or name of who speaks.",
    "about": "Code or name of whom it is about.",
    "stance": "What the speaker does",
    "outcome": "What became of it",
    "text": "Words of the evidence.",
    "as-of": "As it was known on this day.",
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "event-type": tuple(EventType),
    "status": tuple(Status),
    "standing": tuple(Standing),
    "stance": tuple(Stance),
    "outcome": ("kept", "broken", "open", "overdue", "called off"),
}
_METAVARS = {
    "actor": "WHO", "dyad": "WHO-WHO", "since": "DAY", "until": "DAY", "as-of": "DAY",
    "speaker": "WHO", "about": "WHO", "country": "CODE", "outlet": "NAME", "place": "WORD",
}  # fmt: skip
_COMMON = ("actor", "dyad", "event-type", "since", "until", "text", "as-of")
_PLACED = (*_COMMON, "standing", "status", "place", "country", "outlet")
Question = Callable[["Desk", "Filters"], "pa.Table"]


def _command(
    name: str, filters: Sequence[str], help_: str, example: str, layout: str, ask: str
) -> click.Command:
    """A command that asks the ledger `ask` and prints its table by `layout`."""

    def run(desk_path: str, as_json: bool, limit: int | None, **given: str | None) -> None:
        from importlib import import_module

        from foreigndesk.analysis.filters import Filters
        from foreigndesk.desk import layouts
        from foreigndesk.desk.tables import print_rows
        from foreigndesk.ledger.desk import Desk

        module, _, function = ask.partition(":")
        question: Question = getattr(import_module(module), function)
        table = question(Desk.open(desk_path), Filters(limit=limit, **given))
        columns = getattr(layouts, layout)
        print_rows(table, columns, as_json, f"Nothing in {desk_path} fits. {_advice(given)}")

    command = click.command(name, short_help=help_, help=help_, epilog=f"\b\nExamples:\n{example}")(
        run
    )
    limit = click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N rows.")
    decorated: Any = limit(json_option(command))
    for option in reversed(filters):
        decorated = _filter(option)(decorated)
    found: click.Command = desk_option(decorated)
    found.params.reverse()
    return found


def _filter(name: str) -> Any:
    """The option of a filter; `outcome` goes by --status, as what became of a promise."""
    flag = "--status" if name == "outcome" else f"--{name}"
    choices = _CHOICES.get(name)
    if choices is None:
        return click.option(flag, metavar=_METAVARS.get(name), help=_FILTERS[name])
    help_ = f"{_FILTERS[name]}: {', '.join(choices)}."
    kind = click.Choice(choices, case_sensitive=False)
    return click.option(
        flag, metavar=name.partition("-")[2].upper() or "WORD", type=kind, help=help_
    )


def _advice(given: dict[str, Any]) -> str:
    """What to do where no row fits."""
    used = [f"--{name.replace('_', '-')}" for name, value in given.items() if value is not None]
    return f"Leave out {' or '.join(used)}." if used else "Read more pages into it."


timeline_command = _command(
    "timeline", _PLACED,
    "Events in order of time: what, who, to whom, how well it stands. A day in brackets is when "
    "it was told, for an event whose own day the texts do not say.",
    "  foreigndesk timeline --desk mydesk --dyad PRK-RUS --since 2024-01\n"
    "  foreigndesk timeline --desk mydesk --standing contested --json",
    "TIMELINE", "foreigndesk.analysis.lists:timeline",
)  # fmt: skip

claims_command = _command(
    "claims", (*_COMMON, "speaker", "about", "stance", "outlet"),
    "Who asserts, alleges, doubts or denies what, with the sentence.",
    "  foreigndesk claims --desk mydesk --speaker PRK --stance denies\n"
    "  foreigndesk claims --desk mydesk --about RUS",
    "CLAIMS", "foreigndesk.analysis.lists:claims",
)  # fmt: skip

promises_command = _command(
    "promises", (*_COMMON, "outcome"),
    "What was announced, agreed, threatened or demanded, and what became of it: kept, broken, "
    "open, overdue, called off (--status).",
    "  foreigndesk promises --desk mydesk --as-of 2024-07-01\n"
    "  foreigndesk promises --desk mydesk --actor Putin --status kept",
    "PROMISES", "foreigndesk.analysis.lists:promises",
)  # fmt: skip

discrepancies_command = _command(
    "discrepancies", _COMMON,
    "Pairs of reports that cannot both be right, with both sentences.",
    "  foreigndesk discrepancies --desk mydesk\n"
    "  foreigndesk discrepancies --desk mydesk --dyad PRK-RUS --json",
    "DISCREPANCIES", "foreigndesk.analysis.lists:discrepancies",
)  # fmt: skip

dyads_command = _command(
    "dyads", (*_COMMON, "standing"),
    "Events of pairs by month: counts by quad class, mean intensity on PLOVER's scale.",
    "  foreigndesk dyads --desk mydesk --dyad PRK-RUS",
    "DYADS", "foreigndesk.analysis.network:dyads",
)  # fmt: skip

network_command = _command(
    "network", (*_COMMON, "standing"),
    "Signed ties between states: cooperation against conflict.",
    "  foreigndesk network --desk mydesk --since 2024",
    "NETWORK", "foreigndesk.analysis.network:network",
)  # fmt: skip

sources_command = _command(
    "sources", ("outlet", "text", "as-of"),
    "Outlets: their articles, how many are copies, how many events they alone report.",
    "  foreigndesk sources --desk mydesk",
    "SOURCES", "foreigndesk.analysis.sources:sources",
)  # fmt: skip
