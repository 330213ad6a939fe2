"""Where desks and pages are, as callers name them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from foreigndesk.errors import DeskError

PathLike = str | Path


def is_desk(folder: Path) -> bool:
    """Whether there is a desk in a folder."""
    from foreigndesk.ledger.manifest import NAME

    return (folder / NAME).exists()


def check_free(folder: Path) -> None:
    """Raises DeskError where no desk could be made in `folder`."""
    if folder.exists() and not folder.is_dir():
        raise DeskError(str(folder), "a file", "a desk's folder", "Name another folder.")
    held = sorted(f.name for f in folder.iterdir()) if folder.exists() else []
    if held and "articles" not in held:  # as a read that was stopped at once leaves it
        raise DeskError(
            str(folder),
            f"a folder with other things in it ({held[0]})",
            "a desk, an empty folder or a new one",
            "Name another folder.",
        )


def paths_of(given: Iterable[PathLike | Iterable[PathLike]]) -> list[PathLike]:
    """Paths given one by one or in lists."""
    found: list[PathLike] = []
    for each in given:
        found += [each] if isinstance(each, str | Path) else list(each)
    return found
