"""Texts coded without a desk: `fd.code`, `fd.code_many`, `fd.code_stream`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from foreigndesk.api.asking import Day
from foreigndesk.api.coded import Coded, CodedTexts
from foreigndesk.api.days import day_of
from foreigndesk.errors import UsageError

if TYPE_CHECKING:
    from foreigndesk.model import TextAnalysis
    from foreigndesk.pipeline import Reader
    from foreigndesk.settings import Settings

Range = tuple[int, int]


@lru_cache(maxsize=4)
def reader_of(settings: Settings) -> Reader:
    """The reader with these settings; its models are loaded once."""
    from foreigndesk.pipeline import Reader

    return Reader(settings)


def code(
    text: str,
    published: Day | None = None,
    settings: Settings | None = None,
    *,
    pair: tuple[Range, Range] | None = None,
) -> Coded:
    """Code one text: reports, mentions, predicates, attributions, times and places.

    `published` is its publication date (a day, EDTF, or a date), None if unknown. Offsets count
    code points of `text`. `pair` marks an actor and a recipient by their ranges: then
    `Coded.pair` is the relation between them. Raises UsageError for what is no text, date or
    pair, ParserError if the parser's model is absent.

    >>> import foreigndesk as fd
    >>> found = fd.code("Norway urged Mali to free the crew.")
    >>> [(report.event_type.value, report.status.value) for report in found.reports]
    [('REQUEST', 'occurred'), ('RETREAT', 'requested')]
    """
    from foreigndesk.settings import from_environment

    if not isinstance(text, str):
        raise UsageError("code(text)", _shown(text), "a text", "Give a string.")
    day = day_of(published, "code(published=...)")
    reader = reader_of(settings or from_environment())
    return answered(reader.analyse(text, day, None, _pair(pair, len(text))), text, day)


def code_many(
    texts: Iterable[str],
    published: Day | Iterable[Day | None] | None = None,
    *,
    ids: Iterable[object] | None = None,
    jobs: int | None = None,
    settings: Settings | None = None,
) -> CodedTexts:
    """Code many texts: a list, a generator, a column of pandas or Polars, a dictionary by id.

    The answers come in the order of the texts. One that cannot be coded (None, no text, a date
    that is none) is answered with its `error`, and the others are not disturbed. `published` is
    one date for all, or one for each. `ids` name the texts; without them the labels of a pandas
    Series do, else the place in the list, from 0. `jobs` is the number of processes (None: the
    setting `jobs`; few texts are coded in this process). Raises UsageError for a single string or
    lists of unlike length, ParserError and CodebookError as `code` does.

    >>> import foreigndesk as fd
    >>> coded = fd.code_many(["Norway expelled two Russian diplomats.", None], "2024-06-19")
    >>> coded
    2 texts, 1 report, 1 could not be coded
    >>> coded.arrow()["event_type"].to_pylist()
    ['SANCTION']
    """
    return CodedTexts(list(code_stream(texts, published, ids=ids, jobs=jobs, settings=settings)))


def code_stream(
    texts: Iterable[str],
    published: Day | Iterable[Day | None] | None = None,
    *,
    ids: Iterable[object] | None = None,
    jobs: int | None = None,
    settings: Settings | None = None,
) -> Iterator[Coded]:
    """As `code_many`, one answer at a time: for more texts than memory holds.

    >>> import foreigndesk as fd
    >>> for coded in fd.code_stream(["Iran shelled Iraq.", "Norway urged Mali to disarm."]):
    ...     print(coded.id, coded.reports[0].event_type.value)
    0 ASSAULT
    1 REQUEST
    """
    from foreigndesk.api.batches import run
    from foreigndesk.api.given import given_texts
    from foreigndesk.settings import from_environment

    given = given_texts(texts, published, ids)
    return run(given, settings or from_environment(), jobs)


def answered(
    found: TextAnalysis, text: str, published: str | None, error: str | None = None
) -> Coded:
    """An analysis with its text."""
    values = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return Coded(**values, text=text, published=published, error=error)


def _pair(given: Any, length: int) -> Any:
    from foreigndesk.coding.pair import Pair

    if given is None:
        return None
    try:
        sides = msgspec.convert(given, tuple[Range, Range])
    except msgspec.ValidationError:
        sides = ((0, 0), (0, 0))
    if all(0 <= start < end <= length for start, end in sides):
        return Pair(*sides)
    raise UsageError(
        "code(pair=...)",
        repr(given),
        f"((start, end), (start, end)) of actor and recipient, within 0 to {length}",
        "Correct it.",
    )


def _shown(value: object) -> str:
    return f"{type(value).__name__} {str(value)[:40]!r}"
