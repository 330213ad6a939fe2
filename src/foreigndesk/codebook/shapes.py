"""Whether an entry has the fields of its kind, each of its type: all that is wrong, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from foreigndesk.codebook.faults import near, some
from foreigndesk.codebook.load import Entry
from foreigndesk.codebook.values import Wrong

_PATH = re.compile(r" - at `(?:key in )?\$(?P<path>[^`]*)`$")
_NOT_IN_FILES = ("own",)
_NAMED = re.compile(r"[`'](?P<name>[^`']*)[`']")


def typed(fields: Any, entry_type: type[Entry]) -> tuple[Entry | None, list[Wrong]]:
    """An entry of the type, None where it cannot be made, and what is wrong with its fields."""
    if not isinstance(fields, dict):
        return None, [("", f"{fields!r}", "an entry with `id:`, `says:`, `not:`", "Write it so.")]
    wrong = list(_names(fields, entry_type))
    rest = {key: fields[key] for key in _known(entry_type) if key in fields}
    while True:
        try:
            return msgspec.convert(rest, entry_type), wrong
        except msgspec.ValidationError as error:
            if _PATH.search(str(error)) is None:
                return None, wrong  # a required field is missing, which is told already
            wrong.append(_value(str(error), fields, entry_type))
            if rest.pop(wrong[-1][0].partition(".")[0], None) is None:
                return None, wrong


def _known(entry_type: type[Entry]) -> tuple[str, ...]:
    return tuple(n for n in entry_type.__struct_encode_fields__ if n not in _NOT_IN_FILES)


def _names(fields: dict[Any, Any], entry_type: type[Entry]) -> Iterator[Wrong]:
    """Fields that are not known, and those that are missing."""
    known = _known(entry_type)
    for name in fields:
        if name not in known:
            hint = near(str(name), known) or "Leave it out, or correct it."
            yield str(name), f"the field {name!r}", f"one of {', '.join(known)}", hint
    for name, default in _required(entry_type):
        if default and fields.get(name) is None:
            why = _WHY.get(name, "Add it.")
            yield "", f"no `{name}:`", "one, as every entry of this kind has", why


_WHY = {
    "id": "Add a name of your own that no other entry has.",
    "says": "Add a sentence that this entry must code.",
    "not": "Add a sentence much like it that this entry must not code.",
}


def _required(entry_type: type[Entry]) -> Iterator[tuple[str, bool]]:
    for info in msgspec.structs.fields(entry_type):
        none = info.default is msgspec.NODEFAULT and info.default_factory is msgspec.NODEFAULT
        yield info.encode_name, none and not _nullable(info.type)


def _nullable(kind: Any) -> bool:
    return type(None) in getattr(kind, "__args__", ())


def _value(message: str, fields: dict[str, Any], entry_type: type[Entry]) -> Wrong:
    """What msgspec has found wrong with a value, in our words."""
    match = _PATH.search(message)
    path = (match["path"] if match else "").replace("[...]", "[*]")
    path = path.replace("[", ".").replace("]", "").strip(".")
    told = _PATH.sub("", message)
    value = _at(fields, path)
    if told.startswith("Invalid enum value"):
        given = _NAMED.search(told)
        name = given["name"] if given else str(value)
        known = _choices(entry_type, path)
        do = near(name, known) or f"Choose one of {some(known, 40)}."
        return path, f"{name!r}", _among(known), do
    if "unknown field" in told or "missing required field" in told:
        given = _NAMED.search(told)
        name = given["name"] if given else ""
        known = list(_inner(entry_type, path))
        do = near(name, known) if "unknown" in told else f"Add `{name}:`."
        what = f"the field {name!r}" if "unknown" in told else f"no `{name}:`"
        return f"{path}.{name}", what, f"the fields {', '.join(known)}", do or "Correct it."
    expected = told.replace("Expected ", "").partition(", got ")[0].strip("`")
    return path, _shown(value), _plain(expected), _advice(value, expected)


def _shown(value: Any) -> str:
    kind = {"int": "a number", "float": "a number", "date": "a date", "bool": "a truth value"}
    name = kind.get(type(value).__name__)
    return f"{value!s} ({name})" if name else repr(value)


def _plain(expected: str) -> str:
    names = {
        "str | null": "text, or nothing", "str": "text", "float": "a number", "int": "a whole "
        "number", "array": "a list: [a, b]", "object": "fields: {a: b}", "bool": "true or false",
        "float | null": "a number, or nothing", "int | null": "a whole number, or nothing",
    }  # fmt: skip
    return names.get(expected, expected)


def _advice(value: Any, expected: str) -> str:
    if expected.startswith("array"):
        return f"Write it in brackets: [{value}]."
    if expected.startswith("str") and not isinstance(value, list | dict):
        return f'Write it in quotation marks: "{value}".'
    return "Correct the value."


def _at(value: Any, path: str) -> Any:
    """The part of a value; of several, the first."""
    for name in path.split(".") if path else ():
        if isinstance(value, list):
            value = value[int(name)] if name.isdigit() and int(name) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(name, next(iter(value.values()), None) if name == "*" else None)
    return value


def _among(known: list[str]) -> str:
    return f"one of {some(known, 40)}" if known else "another value"


def _choices(entry_type: type[Entry], path: str) -> list[str]:
    """What an enumeration or a closed list of words allows."""
    info: Any = msgspec.inspect.type_info(entry_type)
    for name in path.split("."):
        info = _step(info, name)
    for one in _options(info):
        if isinstance(one, msgspec.inspect.EnumType):
            return [str(member.value) for member in one.cls]
        if isinstance(one, msgspec.inspect.LiteralType):
            return [str(value) for value in one.values]
    return []


def _inner(entry_type: type[Entry], path: str) -> tuple[str, ...]:
    """The fields of what stands at a path."""
    info: Any = msgspec.inspect.type_info(entry_type)
    for name in path.split(".") if path else ():
        info = _step(info, name)
    for one in _options(info):
        if isinstance(one, msgspec.inspect.StructType):
            return tuple(f.encode_name for f in one.fields)
    return ()


def _step(info: Any, name: str) -> Any:
    for one in _options(info):
        if isinstance(one, msgspec.inspect.StructType):
            return next((f.type for f in one.fields if f.encode_name == name), None)
        if isinstance(one, msgspec.inspect.DictType):
            return one.value_type
        inner = getattr(one, "item_type", None)
        if inner is not None:
            return inner
    return None


def _options(info: Any) -> tuple[Any, ...]:
    return tuple(getattr(info, "types", (info,)))
