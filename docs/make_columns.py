"""The tables of columns in python.md, from the records: run this after a field was added."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

import foreigndesk as fd
from foreigndesk.engine.run import renew
from foreigndesk.exchange.export import WHAT
from foreigndesk.exchange.shapes import schema
from foreigndesk.ledger.desk import Desk

PAGE = Path(__file__).with_name("python.md")
TABLES = (
    "timeline", "promises", "dyads", "network", "blocs", "balance", "responses", "coverage",
    "sources",
)  # fmt: skip
BEGIN, END = "<!-- columns: begin -->", "<!-- columns: end -->"


def columns() -> str:
    """What the page says of columns."""
    nested: dict[str, type] = {}
    parts = [
        f"### {what.capitalize()}\n\n{_table(record, nested)}" for what, record in WHAT.items()
    ]
    done: set[str] = set()
    told = []
    while left := sorted(set(nested) - done):
        done.add(left[0])
        told.append(f"| `{left[0]}` | {_fields(nested[left[0]], nested)} |")
    heads = "### Nested records\n\n| record | fields |\n|---|---|\n"
    return "\n\n".join([*parts, heads + "\n".join(sorted(told)), _counts()])


def _counts() -> str:
    """The columns of the questions that count, as an empty desk has them."""
    rows = []
    with TemporaryDirectory() as folder:
        renew(Desk.create_or_open(folder))
        desk = fd.open(folder)
        for name in TABLES:
            fields_ = getattr(desk, name)().arrow().schema
            told = ", ".join(f"`{f.name}` {_plain(f.type)}" for f in fields_)
            rows.append(f"| `{name}` | {told} |")
    note = "`dyads` names its first column as `by` says, and `network` has one more with `by`."
    return f"### Tables\n\n{note}\n\n| method | columns |\n|---|---|\n" + "\n".join(rows)


def _plain(kind: Any) -> str:
    return f"list of {kind.value_type}" if pa.types.is_list(kind) else str(kind)


def page(text: str) -> str:
    """The page with its tables made new."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{columns()}\n{END}{rest.partition(END)[2]}"


def _table(record: type, nested: dict[str, type]) -> str:
    hints = get_type_hints(record)
    rows = [f"| `{f.name}` | {_name(hints[f.name], f.type, nested)} |" for f in schema(record)]
    return "\n".join(["| column | Arrow type |", "|---|---|", *rows])


def _fields(record: type, nested: dict[str, type]) -> str:
    hints = get_type_hints(record)
    shape = schema(record)
    return ", ".join(
        f"`{f.name}` {_name(hints[f.name], shape.field(f.name).type, nested)}"
        for f in fields(record)  # type: ignore[arg-type]  # a dataclass, as all records are
    )


def _name(hint: Any, kind: Any, nested: dict[str, type]) -> str:
    """A type in words: Arrow's own, a list of one, or the name of a nested record."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) is tuple:
        return f"list of {_name(get_args(hint)[0], kind.value_type, nested)}"
    if isinstance(hint, type) and is_dataclass(hint) and not issubclass(hint, Enum):
        if hint in WHAT.values():
            return hint.__name__
        nested[hint.__name__] = hint
        return f"{hint.__name__}"
    return str(kind)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
