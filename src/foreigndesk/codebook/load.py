"""Read the codebook's data files into typed entries.

The codebook is a directory with one folder for each kind of entry (predicates, actors, ...), each
holding YAML files that are lists of entries. A user's own directory laid over it adds entries, and
replaces those whose id it repeats.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as cache_once
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from foreigndesk.codebook import cache
from foreigndesk.errors import CodebookError

DATA = Path(__file__).parent / "data"


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every codebook entry has: a stable id, a sentence it must code and one it must not."""

    id: str
    says: str
    not_: str = msgspec.field(name="not")


E = TypeVar("E", bound=Entry)
Rewrite = Callable[[dict[str, Any]], dict[str, Any]]
"""What is made of the fields of a user's entry before they are typed: a copy, or the same."""


@dataclass(frozen=True)
class Codebook:
    """The data directories, the package's own first; later ones override by id."""

    directories: tuple[Path, ...] = (DATA,)

    def files(self, kind: str) -> list[Path]:
        """The data files of one kind, in the order in which they are read."""
        return [f for d in self.directories for f in sorted((d / kind).glob("*.yaml"))]

    def kinds(self) -> list[str]:
        """The kinds of entry that have data files, sorted."""
        found = {f.parent.name for d in self.directories for f in d.glob("*/*.yaml")}
        return sorted(found)

    def entries(
        self, kind: str, entry_type: type[E], rewrite: Rewrite | None = None
    ) -> tuple[E, ...]:
        """All entries of a kind, by id, as `entry_type`.

        `rewrite` sees the fields of those first that are not in the first directory.

        Raises CodebookError where a file is not a list of such entries, or a directory has an id
        twice.
        """
        table: dict[str, E] = {}
        there: dict[Path, set[str]] = {}
        for file in self.files(kind):
            seen = there.setdefault(file.parent, set())
            own = file.parent.parent != self.directories[0]
            for entry in read_entries(file, entry_type, rewrite if own else None):
                if entry.id in seen:
                    raise CodebookError(
                        str(file),
                        f"the id {entry.id!r} twice in {kind}/",
                        "each id once",
                        "Rename one; `foreigndesk codebook lint` names the lines.",
                    )
                seen.add(entry.id)
                table[entry.id] = entry
        return tuple(table.values())

    @cached_property
    def version(self) -> str:
        """A hash of every data file: the same data, the same version.

        A file in which nothing but comments stands says nothing, and counts for nothing.
        """
        digest = hashlib.sha256()
        for directory in self.directories:
            for file in sorted(f for f in directory.glob("*/*") if _is_data(f)):
                content = file.read_bytes()
                if file.suffix == ".yaml" and not _says(content):
                    continue
                digest.update(f"{file.parent.name}/{file.name}\n".encode())
                digest.update(content)
        return digest.hexdigest()[:12]


_NOTHING = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:#[^\n]*)?")


def _is_data(file: Path) -> bool:
    return file.suffix == ".yaml" or file.name.endswith((".tsv", ".tsv.gz"))


def _says(content: bytes) -> bool:
    """Whether anything stands in a YAML file but comments."""
    return _NOTHING.fullmatch(content) is None


def read_entries(file: Path, entry_type: type[E], rewrite: Rewrite | None = None) -> list[E]:
    """The entries of one data file. Raises CodebookError with the file and what is wrong."""
    content = file.read_bytes()
    name = cache.key(content)
    known: list[E] | None = cache.kept(name, list[entry_type])  # type: ignore[valid-type]  # at run time
    if known is not None and rewrite is None:
        return known
    raw = _parsed(file, content)
    entries: list[E] = []
    for position, fields in enumerate(raw):
        try:
            told = rewrite(fields) if rewrite and isinstance(fields, dict) else fields
            entries.append(msgspec.convert(told, entry_type))
        except msgspec.ValidationError as error:
            name = fields.get("id", "no id") if isinstance(fields, dict) else repr(fields)
            raise CodebookError(
                f"{file}, entry {position + 1} ({name})",
                str(error),
                f"the fields of {entry_type.__name__}: {', '.join(entry_type.__struct_fields__)}",
                "Mend the entry; `foreigndesk codebook lint` checks it.",
            ) from error
    cache.keep(name, raw)  # only what has proved sound
    return entries


def _parsed(file: Path, content: bytes) -> list[object]:
    import yaml

    try:
        return yaml.load(content.decode("utf-8"), Loader=loader()) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(
            str(file), f"unreadable YAML ({error})", "a YAML list of entries", "Mend the file."
        ) from error


@cache_once
def loader() -> Any:
    """YAML 1.2's booleans: the prepositions "on" and "off" stay words, as do "yes" and "no"."""
    import yaml

    fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where there is one
    loader: Any = type("Loader", (fast,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
        for first, rules in fast.yaml_implicit_resolvers.items()
    }
    words = re.compile("^(?:true|True|TRUE|false|False|FALSE)$")
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", words, list("tTfF"))
    return loader


def open_codebook(overlay: str | Path | None = None) -> Codebook:
    """The package's codebook, with the user's directory `overlay` laid over it if given.

    Raises CodebookError if `overlay` is not a directory.
    """
    if overlay is None:
        return Codebook()
    directory = Path(overlay)
    if not directory.is_dir():
        raise CodebookError(
            str(overlay),
            "no such directory",
            "a directory with folders such as predicates/ and actors/",
            "Create it, or leave --codebook out.",
        )
    return Codebook((DATA, directory))
