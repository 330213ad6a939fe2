"""Lay out a codebook of one's own: a folder of files with examples that are commented out."""

from __future__ import annotations

import re
from pathlib import Path

from foreigndesk.errors import CodebookError

SKELETON = Path(__file__).parent / "skeleton"
_EXAMPLE = re.compile(r"^# ?(?!#)", re.MULTILINE)


def init(target: str | Path) -> list[Path]:
    """Write the files of an empty codebook into the folder `target`; their paths, sorted.

    Nothing in them counts until it is uncommented. Raises CodebookError if `target` is a file,
    holds anything already, or cannot be written.
    """
    folder = Path(target)
    _check_empty(folder)
    written = []
    try:
        for file in sorted(f for f in SKELETON.rglob("*") if f.suffix in (".yaml", ".md")):
            place = folder / file.relative_to(SKELETON)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
            written.append(place)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return written


def uncommented(text: str) -> str:
    """A file of the skeleton with its examples in force: "# " taken away, "##" left."""
    lines = text.splitlines(keepends=True)
    return "".join(line if line.startswith("##") else _EXAMPLE.sub("", line) for line in lines)


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CodebookError(str(folder), "a file", "a folder, empty or new", "Name another.")
    try:
        inside = sorted(f.name for f in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise _unwritable(folder, error) from error
    if inside:
        raise CodebookError(
            str(folder),
            f"a folder with things in it ({inside[0]})",
            "an empty folder or a new one",
            "Name another; a codebook that is there already needs no init: write into it.",
        )


def _unwritable(folder: Path, error: OSError) -> CodebookError:
    return CodebookError(
        str(folder),
        f"that it cannot be written ({error.strerror or error})",
        "a folder with write permission",
        "Change the permission, or name another.",
    )
