"""Many texts as callers give them: lists, generators, columns, dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foreigndesk.errors import UsageError


@dataclass(frozen=True, slots=True)
class Given:
    """A text with its id and date as the caller gave them."""

    id: object
    text: object
    published: object


def given_texts(texts: Any, published: Any, ids: Any) -> Iterator[Given]:
    """The texts with their dates and ids; a text without an id has its place as one, from 0.

    Raises UsageError for a single string and a data frame, and, as they are taken, for lists of
    unlike length.
    """
    if isinstance(texts, str | bytes):
        raise UsageError(
            "code_many(texts)", "a single string", "a list of texts", "Call code(text) for one."
        )
    if hasattr(texts, "columns"):
        raise UsageError(
            "code_many(texts)", "a data frame", "one column", 'Name it: code_many(frame["text"]).'
        )
    if isinstance(texts, Mapping):
        texts, ids = texts.values(), texts if ids is None else ids
    ids = _labels(texts) if ids is None else ids
    one = isinstance(published, str) or not hasattr(published, "__iter__")
    columns = {"text": texts, "published": None if one else published, "id": ids}
    return _together({name: c for name, c in columns.items() if c is not None}, published)


def _labels(texts: Any) -> Any:
    """The labels of a pandas Series; None of another list, whose `index` is a method."""
    index = getattr(texts, "index", None)
    return None if callable(index) else index


def _together(columns: Mapping[str, Iterable[object]], published: object) -> Iterator[Given]:
    """Row by row; `published` is the date of all, where they have none of their own."""
    rows = zip(*columns.values(), strict=True)
    position = 0
    while (row := _next(rows, position)) is not None:
        told = dict(zip(columns, row, strict=True))
        name = told.get("id")
        yield Given(
            position if name is None else name, told["text"], told.get("published", published)
        )
        position += 1


def _next(rows: Iterator[tuple[object, ...]], position: int) -> tuple[object, ...] | None:
    try:
        return next(rows, None)
    except ValueError as error:
        if not str(error).startswith("zip()"):
            raise  # the caller's own
        raise UsageError(
            "code_many(texts, published, ids)",
            f"lists of unlike length: one ends after {position}",
            "a date and an id for each text",
            "Give as many of each.",
        ) from None
