"""Floors of the figures: they rise by themselves and fall only when told to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from evaluation.gold import HERE

FLOORS = HERE / "floors.json"
# A floor stands this far below the figure it was set from, so that a hair's breadth is no alarm.
MARGIN = 0.01


def read(path: Path = FLOORS) -> dict[str, float]:
    """The floors by figure; empty if there is no file."""
    if not path.exists():
        return {}
    return {str(name): float(value) for name, value in json.loads(path.read_text()).items()}


def write(floors: Mapping[str, float], path: Path = FLOORS) -> None:
    """Write the floors, sorted by name."""
    path.write_text(json.dumps(dict(sorted(floors.items())), indent=2) + "\n")


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Each figure under its floor, and each floor whose figure is gone, as a sentence."""
    gone = [f"{name} is no figure any more" for name in floors if name not in figures]
    return gone + [
        f"{name} is {figures[name]:.4f}, under its floor {floor:.4f}; if that is meant, "
        f"run: python -m evaluation --update --lower {name}"
        for name, floor in floors.items()
        if name in figures and figures[name] < floor
    ]


def raised(
    figures: Mapping[str, float], floors: Mapping[str, float], lower: tuple[str, ...] = ()
) -> dict[str, float]:
    """The floors moved up to MARGIN under the figures; those named in `lower` move either way.

    Raises ValueError for a name in `lower` that is no figure.
    """
    unknown = sorted(set(lower) - set(figures))
    if unknown:
        raise ValueError(f"--lower {unknown[0]}: no such figure; known are {', '.join(figures)}")
    new = {name: round(max(0.0, value - MARGIN), 4) for name, value in figures.items()}
    return {
        name: value if name in lower else max(value, floors.get(name, 0.0))
        for name, value in new.items()
    }
