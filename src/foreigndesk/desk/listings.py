"""The questions of the ledger as commands: timeline, claims, promises, discrepancies and more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from foreigndesk.desk.options import desk_option, json_option
from foreigndesk.model import EventType, Stance, Standing, Status

if TYPE_CHECKING:
    import pyarrow as pa


_FILTERS: dict[str, str] = {
    "actor": "Code (PRK), name or word of a name (Putin) of who takes part.",
    "dyad": "Two actors: PRK-RUS, or 'PRK>RUS' from one to the other.",
    "event-type": "PLOVER event type (for one of your own: --mode)",
    "mode": "A mode (drone), or a type of your own, with its modes (sabotage).",
    "context": "A context that one of its reports has (military).",
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
    "mode": "WORD", "context": "WORD",
}  # fmt: skip
_COMMON = (
    "actor",
    "dyad",
    "event-type",
    "mode",
    "context",
    "since",
    "until",
    "place",
    "country",
    "text",
    "as-of",
)
_PLACED = (*_COMMON, "standing", "status", "outlet")
Question = Callable[..., "pa.Table"]  # of a Desk, Filters, and options of its own
_PERIODS = ("day", "week", "month", "year")
_BY = click.option("--by", type=click.Choice(_PERIODS), help="Apart for each period.")


def _command(
    name: str,
    filters: Sequence[str],
    help_: str,
    example: str,
    layout: str,
    ask: str,
    own: dict[str, Callable[[Any], Any]] | None = None,
) -> click.Command:
    """A command that asks the ledger `ask` and prints its table by `layout`.

    `own` are options of this question alone, by the name under which it takes them.
    """

    def run(desk_path: str, as_json: bool, limit: int | None, **given: Any) -> None:
        from importlib import import_module

        from foreigndesk.analysis.filters import Filters
        from foreigndesk.desk import layouts
        from foreigndesk.desk.tables import print_rows
        from foreigndesk.ledger.desk import Desk

        module, _, function = ask.partition(":")
        question: Question = getattr(import_module(module), function)
        chosen = {key: given.pop(key) for key in own or {}}
        table = question(Desk.open(desk_path), Filters(limit=limit, **given), **chosen)
        columns = getattr(layouts, layout)
        columns = columns(chosen) if callable(columns) else columns
        print_rows(table, columns, as_json, f"Nothing in {desk_path} fits. {_advice(given)}")

    command = click.command(name, short_help=help_, help=help_, epilog=f"\b\nExamples:\n{example}")(
        run
    )
    limit = click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N rows.")
    decorated: Any = limit(json_option(command))
    for option in reversed(filters):
        decorated = _filter(option)(decorated)
    for extra in (own or {}).values():
        decorated = extra(decorated)
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
    "Events of pairs by period: counts by quad class, mean intensity on PLOVER's scale.",
    "  foreigndesk dyads --desk mydesk --dyad PRK-RUS\n"
    "  foreigndesk dyads --desk mydesk --by week --undirected --since 2024",
    "dyads_layout", "foreigndesk.analysis.network:dyads",
    {
        "by": click.option("--by", type=click.Choice(_PERIODS), default="month", show_default=True,
                           help="Count by this period."),
        "undirected": click.option("--undirected", is_flag=True, help="Both directions as one."),
    },
)  # fmt: skip

network_command = _command(
    "network", (*_COMMON, "standing"),
    "Signed ties between states: cooperation against conflict.",
    "  foreigndesk network --desk mydesk --since 2024\n"
    "  foreigndesk network --desk mydesk --by year --json",
    "network_layout", "foreigndesk.analysis.network:network", {"by": _BY},
)  # fmt: skip

blocs_command = _command(
    "blocs", (*_COMMON, "standing"),
    "Groups of states tied by cooperation: communities of the signed network.",
    "  foreigndesk blocs --desk mydesk --by year",
    "BLOCS", "foreigndesk.analysis.blocs:blocs", {"by": _BY},
)  # fmt: skip

balance_command = _command(
    "balance", (*_COMMON, "standing"),
    "Structural balance: how many triangles of states hold together (a friend's foe is a foe).",
    "  foreigndesk balance --desk mydesk --by year",
    "BALANCE", "foreigndesk.analysis.blocs:balance", {"by": _BY},
)  # fmt: skip

responses_command = _command(
    "responses", (*_COMMON, "standing"),
    "Action and response: what came back within so many days, beside how often it comes anyway.",
    "  foreigndesk responses --desk mydesk --dyad PRK-KOR --within 14",
    "RESPONSES", "foreigndesk.analysis.responses:responses",
    {"within": click.option("--within", type=click.IntRange(1), default=14, show_default=True,
                            metavar="DAYS", help="Days after the action.")},
)  # fmt: skip

coverage_command = _command(
    "coverage", _PLACED,
    "What each outlet reports of an event and in which words, and who was printing and omits it.",
    "  foreigndesk coverage --desk mydesk --event 3f2a\n"
    "  foreigndesk coverage --desk mydesk --dyad PRK-RUS --json",
    "COVERAGE", "foreigndesk.analysis.coverage:coverage",
    {"event": click.option("--event", metavar="ID", help="An event's id, or its beginning.")},
)  # fmt: skip

sources_command = _command(
    "sources", ("outlet", "text", "as-of"),
    "Outlets: their articles, how many are copies, how many events they alone report.",
    "  foreigndesk sources --desk mydesk",
    "SOURCES", "foreigndesk.analysis.sources:sources",
)  # fmt: skip
