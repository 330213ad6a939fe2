"""Whole files, written at once: a kill at any moment leaves the old file or the new, never half.

A file is written under a temporary name in its own folder, flushed to disk, then renamed. A
temporary file's name holds the host and the process that writes it, so that what a killed process
left behind can be told from what a live one is writing.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from foreigndesk.errors import DamagedDeskError, DeskError

TEMPORARY = ".tmp-"


def write_whole(target: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file beside `target`, then put it in `target`'s place.

    Raises DeskError where the folder cannot be written.
    """
    temporary = temporary_beside(target)
    try:
        write(temporary)
        _flush(temporary)
        os.replace(temporary, target)
        _flush(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def temporary_beside(target: Path) -> Path:
    """The temporary name under which this process writes `target`."""
    return target.parent / f"{TEMPORARY}{_host()}-{os.getpid()}-{target.name}"


def write_parquet(target: Path, table: pa.Table) -> None:
    """Write `table` as one Parquet file; a file that is already there is the same and stays."""
    if not target.is_file():
        write_whole(target, lambda path: pq.write_table(table, path, compression="zstd"))


def read_parquet(path: Path, columns: list[str] | None = None) -> pa.Table:
    """The rows of a Parquet file of the desk. Raises DamagedDeskError where it cannot be read."""
    try:
        return pq.ParquetFile(path).read(columns=columns)
    except (pa.ArrowException, OSError, KeyError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> DamagedDeskError:
    return DamagedDeskError(
        str(path),
        f"a file that cannot be read ({str(error).splitlines()[0]})",
        "a Parquet file as written by Foreign Desk",
        "Remove this file and read the same sources again: only its articles are read anew.",
    )


def count_rows(path: Path) -> int:
    """The number of rows of a Parquet file. Raises DamagedDeskError where it cannot be read."""
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error


def files(folder: Path, pattern: str) -> list[Path]:
    """The finished files of a folder, by name."""
    return sorted(p for p in folder.glob(pattern) if not p.name.startswith(TEMPORARY))


def clean(folder: Path) -> None:
    """Remove what writers that are no longer alive on this host left behind."""
    for path in _left_behind(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _left_behind(folder: Path) -> Iterator[Path]:
    prefix = f"{TEMPORARY}{_host()}-"
    for path in folder.glob(f"{TEMPORARY}*"):
        process = path.name.removeprefix(prefix).split("-", 1)[0]
        if path.name.startswith(prefix) and process.isdigit() and not _alive(int(process)):
            yield path


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    return socket.gethostname().replace("-", "_").replace("/", "_") or "host"


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(target: Path, error: OSError) -> DeskError:
    """The error that says that `target` cannot be written, and why."""
    return DeskError(
        str(target),
        f"that it cannot be written ({error.strerror or error})",
        "a folder with write permission and room on the disk",
        "Change the permission, or name another folder with --desk.",
    )
