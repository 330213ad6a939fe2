"""What an address asks for: filters, order, page; and addresses made from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from foreigndesk.analysis.browse import Cut
from foreigndesk.analysis.filters import Filters
from foreigndesk.desk.web.memory import remembered
from foreigndesk.desk.web.options import Serving
from foreigndesk.desk.web.snapshot import Snapshot
from foreigndesk.errors import UsageError

T = TypeVar("T")
NAMES = tuple(field.name for field in fields(Filters) if field.name != "limit")
SIZE = 50
MOST_ROWS = 500
LONGEST = 300
"""Characters of one value in an address."""


@dataclass(frozen=True)
class Asked:
    """One request for a page: the desk as it stands, the address, what is named in it."""

    desk: Snapshot
    serving: Serving
    path: str
    query: QueryParams
    names: Mapping[str, str]

    @cached_property
    def given(self) -> dict[str, str]:
        """The values of the address, each name once, empty ones left out."""
        values = {name: value.strip()[:LONGEST] for name, value in self.query.items()}
        return {name: value for name, value in values.items() if value}

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What follows from the ledger alone, worked out once for each state of it."""
        return remembered(self.desk.ledger, key, make)

    def filters(self, *allowed: str) -> Filters:
        """The filters that the address gives, of those allowed (none named: all)."""
        names = allowed or NAMES
        values: dict[str, Any] = {n: self.given[n] for n in names if n in self.given}
        return Filters(**values)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number of the address. Raises UsageError if it is none, or out of range."""
        text = self.given.get(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise UsageError(
                f"the address, {name}={text}", "no such number",
                f"a whole number from {least} to {most}", "Correct the address.",
            )  # fmt: skip
        return int(text)

    def choice(self, name: str, options: Iterable[str], default: str) -> str:
        """One of some words. Raises UsageError where the address gives another."""
        found, known = self.given.get(name, default), list(options)
        if found not in known:
            raise UsageError(
                f"the address, {name}={found}", "an unknown word", ", ".join(known), "Name one."
            )
        return found

    def cut(self, also: str = "true") -> Cut:
        """Which rows the address asks for: `page` (from 1) of `size` rows."""
        size = self.number("size", SIZE, 1, MOST_ROWS)
        page = self.number("page", 1, 1, 1_000_000)
        return Cut(size, (page - 1) * size, also=also)

    def address(self, **changes: object) -> str:
        """This address with other values; None leaves a name out; the page begins anew."""
        values = {k: v for k, v in self.given.items() if k != "page"} | {
            name: None if value is None else str(value) for name, value in changes.items()
        }
        kept = {name: value for name, value in values.items() if value is not None}
        return quote(self.path) + ("?" + urlencode(kept) if kept else "")

    def beside(self, ending: str, path: str | None = None) -> str:
        """The address of the same answer in another form (".json", ".csv")."""
        base = (path or self.path).rstrip("/") or "/overview"
        return quote(base) + ending + ("?" + urlencode(self.given) if self.given else "")


def link(path: str, **values: object) -> str:
    """An address of the desk with these values, None left out."""
    kept = {name: str(value) for name, value in values.items() if value is not None}
    return path + ("?" + urlencode(kept) if kept else "")


def segment(text: str) -> str:
    """A text as one part of a path."""
    return quote(text, safe="")
