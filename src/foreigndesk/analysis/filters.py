"""What a question of the ledger is narrowed down to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import date

from foreigndesk.errors import UsageError


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are asked for; None: all.

    `actor`, `speaker`, `about`: a code (PRK), an id, a name or a word of it (Putin). `dyad`: two
    of these, "PRK-RUS" either way round, "PRK>RUS" from the first to the second. `since` and
    `until`: ISO days, months or years, both included; for an event without a day, the day on
    which it was told counts. `as_of`: what had been told by that ISO day. `text`: words as they
    stand in the evidence. `mode`: a mode ("drone") that a report of the event has, or a type
    of one's own, with its modes ("sabotage", also "sabotage/cable"). `context`: one that a report
    of the event has ("military"). `limit`: at most so many rows.
    """

    actor: str | None = None
    dyad: str | None = None
    event_type: str | None = None
    status: str | None = None
    standing: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    country: str | None = None
    outlet: str | None = None
    speaker: str | None = None
    about: str | None = None
    stance: str | None = None
    text: str | None = None
    limit: int | None = None
    as_of: str | None = None
    mode: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL and the values it takes."""

    sql: str
    values: tuple[str, ...]


_DAY_FROM = "coalesce(latest, earliest, told)"
_DAY_TO = "coalesce(earliest, told)"


def where(filters: Filters, columns: Collection[str], question: str) -> Where:
    """The condition of `filters` on a table with these columns.

    Raises UsageError where a filter does not apply to the question, or its value is no such
    thing; `question` names it in the message.
    """
    parts: list[str] = []
    values: list[str] = []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value is None or field.name == "limit":
            continue
        needed, make = _TABLE[field.name]
        if not set(needed) <= set(columns):
            raise _does_not_apply(field.name, question)
        condition = make(str(value))
        parts.append(condition.sql)
        values += condition.values
    return Where(" AND ".join(parts) or "true", tuple(values))


def _dyad(value: str) -> Where:
    directed = ">" in value
    sides = [part.strip().casefold() for part in re.split(r"[>,:]|\s+-\s+|-(?=[^-]+$)", value)]
    if len(sides) != 2 or not all(sides):
        raise UsageError(
            f"--dyad {value}", "not two actors", "two, such as PRK-RUS or 'PRK>RUS'", "Name both."
        )
    one, other = sides
    ahead = "(list_contains(actor_keys, ?) AND list_contains(recipient_keys, ?))"
    if directed:
        return Where(ahead, (one, other))
    here, there = _on_a_side(one), _on_a_side(other)
    return Where(f"{here.sql} AND {there.sql}", (*here.values, *there.values))


def _day(name: str, value: str, end: bool) -> str:
    filled = value + {4: "-12-31" if end else "-01-01", 7: "-01"}.get(len(value), "")
    try:
        day = date.fromisoformat(filled)
    except ValueError:
        raise UsageError(
            f"--{name} {value}", "no day", "YYYY-MM-DD, YYYY-MM or YYYY", "Write it so."
        ) from None
    if len(value) == 7 and end:
        return f"{day.isoformat()[:7]}-31"
    return day.isoformat()


def _equal(column: str, upper: bool = False) -> Callable[[str], Where]:
    def make(value: str) -> Where:
        return Where(f"{column} = ?", (value.upper() if upper else value.casefold(),))

    return make


def _contains(sql: str) -> Callable[[str], Where]:
    return lambda value: Where(f"list_contains({sql}, ?)", (value.casefold(),))


def _on_a_side(value: str) -> Where:
    """Two cheap questions: joining the lists of every row first costs ten times as much."""
    key = value.casefold()
    sql = "(list_contains(actor_keys, ?) OR list_contains(recipient_keys, ?))"
    return Where(sql, (key, key))


def _like(column: str) -> Callable[[str], Where]:
    return lambda value: Where(f"contains(lower({column}), ?)", (value.lower(),))


def _since(value: str) -> Where:
    return Where(f"{_DAY_FROM} >= ?", (_day("since", value, end=False),))


def _until(value: str) -> Where:
    return Where(f"{_DAY_TO} <= ?", (_day("until", value, end=True),))


def _as_of(value: str) -> Where:
    return Where("(told IS NULL OR told <= ?)", (_day("as-of", value, end=True),))


def _mode(value: str) -> Where:
    mode = value.casefold()
    told = "SELECT event_id FROM reports WHERE event_mode = ? OR starts_with(event_mode, ?)"
    return Where(f"event_id IN ({told})", (mode, f"{mode}/"))


def _context(value: str) -> Where:
    """Contexts stand in the reports' JSON, as they are written there."""
    told = "SELECT event_id FROM reports WHERE regexp_matches(json, ?)"
    word = re.escape(f'"{value.casefold()}"')
    return Where(f"event_id IN ({told})", (rf'"contexts":\[[^\]]*{word}',))


_KEYS = ("actor_keys", "recipient_keys")
_TIMES = ("earliest", "latest", "told")
_TABLE: dict[str, tuple[tuple[str, ...], Callable[[str], Where]]] = {
    "actor": (_KEYS, _on_a_side),
    "dyad": (_KEYS, _dyad),
    "event_type": (("event_type",), _equal("event_type", upper=True)),
    "status": (("statuses",), _contains("statuses")),
    "standing": (("standing",), _equal("standing")),
    "since": (_TIMES, _since),
    "until": (_TIMES, _until),
    "place": (("place",), _like("coalesce(place, '')")),
    "country": (("country",), _equal("country", upper=True)),
    "outlet": (("outlet_keys",), _contains("outlet_keys")),
    "speaker": (("speaker_keys",), _contains("speaker_keys")),
    "about": (_KEYS, _on_a_side),
    "stance": (("stances",), _contains("stances")),
    "text": (("text",), _like("text")),
    "as_of": (("told",), _as_of),
    "mode": (("event_id",), _mode),
    "context": (("event_id",), _context),
}


def _does_not_apply(name: str, question: str) -> UsageError:
    return UsageError(
        f"--{name.replace('_', '-')}",
        f"a filter that {question} does not have",
        f"one of those that `foreigndesk {question} --help` lists",
        "Leave it out.",
    )
