"""The columns of a table of gold: our names, the names they go by, and the user's own (--map)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foreigndesk.errors import UsageError

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "text_id", "sentence_id"),
    "text": ("text", "sentence", "body", "content"),
    "published": ("published", "publication_date", "pub_date"),
    "event_type": ("event_type", "type", "event"),
    "event_mode": ("event_mode", "mode"),
    "actor": ("actor", "actors", "source"),
    "recipient": ("recipient", "recipients", "target"),
    "trigger": ("trigger", "event_text"),
    "status": ("status",),
    "date": ("event_date", "date"),
    "place": ("place", "country"),
    "speaker": ("speaker",),
    "stance": ("stance",),
    "symmetric": ("symmetric",),
    "optional": ("optional",),
    "actor_text": ("actor_text", "actor_words"),
    "recipient_text": ("recipient_text", "recipient_words"),
}
"""Our name for a column, and the names it goes by, the first found taken. Case, spaces and
hyphens do not count: "Event Type" is event_type."""
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a file of gold: `where` it stands ("gold.csv, line 3") and its fields."""

    where: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Columns:
    """How a file's records name our columns; `own` are the user's names by ours."""

    own: Mapping[str, str]

    def value(self, name: str, fields: Fields) -> Any:
        """What a record has in our column `name`; None where it has no such field."""
        return self._find(name, fields)[1]

    def _find(self, name: str, fields: Fields) -> tuple[bool, Any]:
        folded = {fold(key): value for key, value in fields.items()}
        if name not in self.own:
            known = next((key for key in COLUMNS[name] if key in folded), None)
            return known is not None, folded.get(known or "")
        path = self.own[name]
        for key, record in ((path, fields), (fold(path), folded)):
            if key in record:
                return True, record[key]
        return _inside(fields, path)

    def text(self, name: str, fields: Fields) -> str | None:
        """The same as text without space around it; None where there is nothing."""
        value = self.value(name, fields)
        return None if value is None or value == "" else str(value).strip() or None

    def has(self, name: str, fields: Fields) -> bool:
        """Whether a record has our column, be it empty."""
        return self._find(name, fields)[0]

    def need(self, name: str, row: Row) -> None:
        """Raise UsageError where a record does not have our column."""
        if self.has(name, row.fields):
            return
        given = ", ".join(map(str, row.fields)) or "no field"
        wanted = repr(self.own[name]) if name in self.own else " or ".join(COLUMNS[name])
        raise UsageError(
            row.where,
            f"no {name}: its columns are {given}"[:300],
            f"a column {wanted}",
            f"Name yours: --map {name}=YOURS",
        )


def fold(name: object) -> str:
    """A column's name without its differences of spelling."""
    return re.sub(r"[\s-]+", "_", str(name).strip().lower())


def columns(map: str | None) -> Columns:
    """The columns with the user's own names: "text=sentence,event_type=gold.root".

    A dot leads into an object. Raises UsageError for a name that is none of ours.
    """
    own: dict[str, str] = {}
    for pair in (map or "").split(","):
        name, mark, theirs = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        if not mark or not theirs or name not in COLUMNS:
            raise UsageError(
                "--map",
                repr(pair.strip()),
                f"OURS=THEIRS, ours one of {', '.join(COLUMNS)}",
                "For instance --map text=sentence,event_type=gold.type",
            )
        own[name] = theirs
    return Columns(own)


def _inside(fields: Fields, path: str) -> tuple[bool, Any]:
    """What a dotted path leads to, and whether it leads anywhere."""
    value: Any = fields
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return False, None
        value = value[part]
    return True, value
