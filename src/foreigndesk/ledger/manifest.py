"""`desk.toml`: that a folder is a desk, of which format, and what every run was made with."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foreigndesk.errors import DamagedDeskError, NewerDeskError
from foreigndesk.ledger.store import write_whole

FORMAT = 1
NAME = "desk.toml"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was made with: program version, codebook version, settings."""

    program: str
    codebook: str
    settings: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of `desk.toml`."""

    format: int = FORMAT
    runs: tuple[Run, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Read `desk.toml`.

    Raises DamagedDeskError if it is not TOML or has no format, NewerDeskError if its format is
    newer than this program's.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise _damaged(path, str(error)) from error
    found = raw.get("format")
    if not isinstance(found, int):
        raise _damaged(path, "no line `format = 1`")
    if found > FORMAT:
        raise NewerDeskError(
            str(path),
            f"a desk of format {found}",
            f"format {FORMAT} or older",
            "Install the newer Foreign Desk: pip install -U foreigndesk.",
        )
    return Manifest(found, tuple(_run(r) for r in raw.get("runs", [])))


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write `desk.toml` at once. Raises DeskError where it cannot be written."""
    lines = [f"format = {manifest.format}"]
    for run in manifest.runs:
        lines += ["", "[[runs]]", f"program = {_toml(run.program)}"]
        lines += [f"codebook = {_toml(run.codebook)}"]
        settings = {k: v for k, v in sorted(run.settings.items()) if v is not None}
        inner = ", ".join(f"{k} = {_toml(v)}" for k, v in settings.items())
        lines += [f"settings = {{ {inner} }}" if inner else "settings = {}"]
    text = "\n".join(lines) + "\n"
    write_whole(path, lambda p: _put(p, text))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _run(raw: dict[str, Any]) -> Run:
    return Run(str(raw.get("program")), str(raw.get("codebook")), raw.get("settings", {}))


def _toml(value: str | int | float | bool) -> str:
    return json.dumps(value, ensure_ascii=True)


def _damaged(path: Path, found: str) -> DamagedDeskError:
    return DamagedDeskError(
        str(path),
        found,
        f"a TOML file that begins with `format = {FORMAT}`",
        "Restore it from a copy, or write that one line into it; it lists past runs, no articles.",
    )
