"""A data file with the place of each value: read slowly, for those who mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foreigndesk.codebook.load import Codebook, loader

At = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True)
class Item:
    """One entry of a file: its value, and where each of its parts stands.

    The parts are named by path: "" the entry, "event" a field, "terms.0.since" one within.
    `twice` are fields that are written twice, of which YAML keeps the last.
    """

    value: Any
    places: dict[str, At]
    twice: tuple[str, ...] = ()

    def at(self, path: str = "") -> At:
        """Where a part stands, else what it is in. "*" is any number: the first there is."""
        while path:
            found = next((p for p in self.places if _fits(path, p)), None)
            if found is not None:
                return self.places[found]
            path = path.rpartition(".")[0]
        return self.places[""]


LIST = "a YAML list of entries, each beginning with `- id:`"


class Broken(Exception):  # noqa: N818  # not an error of the program: a fault to be listed
    """A file that is no YAML list: where and why."""

    def __init__(self, at: At, found: str, expected: str = LIST) -> None:
        self.at, self.found, self.expected = at, found, expected
        super().__init__(found)


def items(file: Path) -> list[Item]:
    """The entries of a data file, none for one of comments alone. Raises Broken."""
    import yaml

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Broken((line, 1), f"bytes that are no UTF-8 ({error.reason})", "UTF-8") from error
    reader = loader()(text)
    try:
        node = reader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise Broken(_at(node), f"a {node.id}")
        return [_item(reader, child) for child in node.value]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        raise Broken(at, f"what is no YAML ({_problem(error)})") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Broken((1, 1), f"what is no YAML ({error})") from error
    finally:
        reader.dispose()


def own_places(codebook: Codebook) -> dict[str, str]:
    """By id the file and line of each entry of a user's own directory that can be read."""
    found: dict[str, str] = {}
    for directory in codebook.directories[1:]:
        for file in sorted(directory.glob("*/*.yaml")):
            try:
                entries = items(file)
            except Broken:
                continue
            for item in entries:
                if isinstance(item.value, dict) and isinstance(item.value.get("id"), str):
                    found[item.value["id"]] = f"{file}:{item.at()[0]}"
    return found


def _problem(error: Any) -> str:
    return ", ".join(str(part) for part in (error.context, error.problem) if part)


def _at(node: Any) -> At:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _item(reader: Any, node: Any) -> Item:
    places: dict[str, At] = {"": _at(node)}
    twice: list[str] = []
    for path, place, again in _parts(node, ""):
        places[path] = place
        if again:
            twice.append(path)
    return Item(reader.construct_document(node), places, tuple(twice))


def _parts(node: Any, path: str) -> Iterator[tuple[str, At, bool]]:
    """The paths of the parts of a node, where each stands, whether it is there already."""
    seen: set[str] = set()
    pairs = list(_children(node))
    for name, key, child in pairs:
        below = f"{path}.{name}" if path else name
        yield below, _at(key), name in seen
        seen.add(name)
        yield from _parts(child, below)


def _children(node: Any) -> Iterator[tuple[str, Any, Any]]:
    if node.id == "mapping":
        yield from ((str(key.value), key, child) for key, child in node.value)
    elif node.id == "sequence":
        yield from ((str(n), child, child) for n, child in enumerate(node.value))


def _fits(wanted: str, path: str) -> bool:
    one, other = wanted.split("."), path.split(".")
    return len(one) == len(other) and all(a in ("*", b) for a, b in zip(one, other, strict=True))
