"""What each question of a desk can be narrowed down to, for the type checker and at run time."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypedDict, get_type_hints

from foreigndesk.errors import UsageError
from foreigndesk.model import EventType, Stance, Standing, Status

if TYPE_CHECKING:
    from foreigndesk.analysis.filters import Filters

Day = str | date
"""A day, month or year in ISO form (2024-06-19, 2024-06, 2024), or a date."""


class ArticleFilters(TypedDict, total=False):
    """Of `articles` and `sources`."""

    outlet: str | None
    text: str | None
    as_of: Day | None
    limit: int | None


class StoryFilters(TypedDict, total=False):
    """Of `stories`."""

    limit: int | None


class SharedFilters(TypedDict, total=False):
    """Of every question about what happened.

    `actor`, `about`: a code (PRK), an id, a name or a word of it (Putin). `dyad`: two of these,
    "PRK-RUS" either way round, "PRK>RUS" from the first to the second. `since` and `until` are
    included; `as_of`: what had been told by that day. `text`: words as they stand in the evidence.
    `mode`: a mode ("drone"), or a type of one's own, with its modes ("sabotage"); `context`: one
    that a report of the event has ("military").
    """

    actor: str | None
    about: str | None
    dyad: str | None
    event_type: EventType | str | None
    mode: str | None
    context: str | None
    since: Day | None
    until: Day | None
    place: str | None
    country: str | None
    text: str | None
    as_of: Day | None
    limit: int | None


class PromiseFilters(SharedFilters, total=False):
    """Of `promises`; `status` is what became of it: kept, broken, open, overdue, called off."""

    status: str | None


class DiscrepancyFilters(SharedFilters, total=False):
    """Of `discrepancies`."""

    standing: Standing | str | None


class EventFilters(SharedFilters, total=False):
    """Of `events`, `timeline`, `dyads`, `network`, `coverage`, `responses`, `blocs`, `balance`."""

    status: Status | str | None
    standing: Standing | str | None
    outlet: str | None


class ReportFilters(SharedFilters, total=False):
    """Of `reports`."""

    status: Status | str | None
    outlet: str | None
    speaker: str | None
    stance: Stance | str | None


class ClaimFilters(SharedFilters, total=False):
    """Of `claims`."""

    standing: Standing | str | None
    outlet: str | None
    speaker: str | None
    stance: Stance | str | None


_CHOICES: dict[str, type[StrEnum]] = {
    "event_type": EventType,
    "status": Status,
    "standing": Standing,
    "stance": Stance,
}


def filters_of(question: str, shape: type[Any], given: Mapping[str, Any]) -> Filters:
    """The filters of a call; `shape` is the TypedDict of those that the question has.

    Raises UsageError where a word is no filter of the question, or its value no such thing.
    """
    from foreigndesk.analysis.filters import Filters

    known = list(get_type_hints(shape))
    for word in given:
        if word not in known:
            raise _unknown(question, word, known)
    chosen = shape is not PromiseFilters  # there `status` is an outcome, which its question checks
    return Filters(**{word: _value(question, word, value, chosen) for word, value in given.items()})


@contextmanager
def in_python(question: str) -> Iterator[None]:
    """Errors that name an option of a command, in the words of the call: since='June'."""
    try:
        yield
    except UsageError as error:
        option, _, value = error.where.partition(" ")
        if not option.startswith("--"):
            raise
        word = option[2:].replace("-", "_")
        where = f"{question}({word}={value!r})" if value else f"{question}({word}=...)"
        raise UsageError(where, error.found, error.expected, error.do) from None


def _value(question: str, word: str, value: Any, chosen: bool) -> Any:
    if value is None:
        return None
    if word == "limit":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise _wrong(question, word, value, "a whole number from 0 on")
        return value
    if isinstance(value, date):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        raise _wrong(question, word, value, "a text" + (" or a date" * (word in _DAYS)))
    if word in _CHOICES and chosen:
        return _member(question, word, value)
    return value


_DAYS = ("since", "until", "as_of")


def _member(question: str, word: str, value: str) -> str:
    """A value of a list, in any case of letters."""
    values = [member.value for member in _CHOICES[word]]
    for found in values:
        if value.casefold() == found.casefold():
            return found
    raise _wrong(question, word, value, f"one of {', '.join(values)}")


def _wrong(question: str, word: str, value: Any, expected: str) -> UsageError:
    return UsageError(f"{question}({word}={value!r})", repr(value), expected, "Correct it.")


def _unknown(question: str, word: str, known: list[str]) -> UsageError:
    near = difflib.get_close_matches(word, known, 1)
    return UsageError(
        f"{question}({word}=...)",
        f"{word!r}, which {question}() has no filter for",
        f"one of {', '.join(known)}",
        f"Did you mean {near[0]!r}?" if near else "Leave it out.",
    )
