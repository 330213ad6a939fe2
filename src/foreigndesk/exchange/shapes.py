"""The records' shapes as Arrow types, and as flat columns, read off the dataclasses."""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def schema(record: type) -> pa.Schema:
    """The Arrow schema of a record: its fields, nested as they are."""
    return pa.schema(list(_arrow(record)))


def _arrow(annotation: Any) -> pa.DataType:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if get_origin(annotation) in (Union, types.UnionType):
        return _arrow(next(a for a in get_args(annotation) if a is not type(None)))
    if get_origin(annotation) is tuple:
        return pa.list_(_arrow(get_args(annotation)[0]))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return pa.string()
    if is_dataclass(annotation):
        hints = get_type_hints(annotation)
        return pa.struct([(f.name, _arrow(hints[f.name])) for f in fields(annotation)])
    raise TypeError(f"no Arrow type for {annotation}")


def columns(record: type) -> list[str]:
    """The flat columns of a record: nested fields as "outer.inner", lists as one column."""
    return [name for field in schema(record) for name in _columns(field.name, field.type)]


def _columns(name: str, kind: pa.DataType) -> list[str]:
    if not pa.types.is_struct(kind):
        return [name]
    return [column for f in kind.fields for column in _columns(f"{name}.{f.name}", f.type)]


def flat(row: dict[str, Any], names: list[str]) -> dict[str, str]:
    """A row under flat columns: plain lists as "a; b", lists of records as JSON, null as ""."""
    return {name: _cell(_reach(row, name)) for name in names}


def _reach(row: Any, name: str) -> Any:
    for part in name.split("."):
        row = None if row is None else row.get(part)
    return row


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        if any(isinstance(v, dict | list) for v in value):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return "; ".join(str(v) for v in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
