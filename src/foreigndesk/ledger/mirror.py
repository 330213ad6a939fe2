"""The folder on this machine that stands for a desk at an address.

What is at the address is the desk; the folder is a copy of as much of it as was asked for. Files of
articles and reports never change, so each is fetched once; of the others an entry in
`versions.json` says which state the copy is of. Nothing counts as written before it is at the
address. Stores of objects put a file in place at once; elsewhere it is sent under a temporary
name, then renamed.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foreigndesk.address import asking, filesystem
from foreigndesk.errors import DeskError
from foreigndesk.ledger.store import TEMPORARY, temporary_beside
from foreigndesk.settings import cache_folder

VERSIONS = "versions.json"
AT_ONCE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "r2", "memory"}
"""Protocols of stores in which a file that is put is there whole or not at all."""
TOGETHER = 64
"""Files that are fetched in one call."""
_STATES = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified",
           "updated", "created")  # fmt: skip
"""What of a store's word on a file tells one state of it from another: the first that it gives."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A desk's `address`, and the `folder` that stands for it."""

    address: str
    folder: Path

    @classmethod
    def of(cls, address: str, kept: bool = True) -> Mirror:
        """The mirror of an address: in the user's cache, or for this process alone."""
        home = cache_folder("desks") if kept else None
        if home is None:
            folder = Path(tempfile.mkdtemp(prefix="foreigndesk-"))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        else:
            folder = home / hashlib.sha256(address.encode()).hexdigest()[:24]
        folder.mkdir(parents=True, exist_ok=True)
        return cls(address, folder)

    def names(self, part: str) -> dict[str, int]:
        """The finished files of a part of the desk ("articles") at the address, by name, and
        their sizes in bytes."""
        with self._store() as (fs, root):
            try:
                found = fs.find(f"{root}/{part}", detail=True)
            except FileNotFoundError:
                return {}
        names = {path.rsplit("/", 1)[1]: int(info["size"]) for path, info in found.items()}
        return {name: size for name, size in names.items() if not name.startswith(TEMPORARY)}

    def empty(self) -> bool:
        """Whether there is nothing at the address."""
        with self._store() as (fs, root):
            try:
                return not fs.ls(root, detail=False)
            except FileNotFoundError:
                return True

    def pull(self, part: str) -> bool:
        """Fetch what a part of the desk has and the folder lacks, drop what the desk has no more;
        whether anything came. Only between `locked`."""
        folder = self.folder / part
        folder.mkdir(parents=True, exist_ok=True)
        there = self.names(part)
        here = {path.name: path for path in folder.iterdir() if path.is_file()}
        missing = [n for n, size in sorted(there.items())
                   if n not in here or here[n].stat().st_size != size]  # fmt: skip
        for n in range(0, len(missing), TOGETHER):
            self.fetch([f"{part}/{name}" for name in missing[n : n + TOGETHER]])
        for name, path in here.items():
            if name not in there and not name.startswith(TEMPORARY):
                path.unlink(missing_ok=True)
        return bool(missing)

    def bring(self, name: str) -> bool:
        """Make the copy of a file that changes be of its present state, or none if there is none;
        whether it changed. Only between `locked`."""
        state = self._state(name)
        copy = self.folder / name
        if state is not None and self._versions().get(name) == [state, _stamp(copy)]:
            return False
        if state is None:
            there = copy.exists()
            copy.unlink(missing_ok=True)
            return there
        self.fetch([name])
        self._note(name, state)
        return True

    def fetch(self, names: Sequence[str]) -> None:
        """Copy files of the desk into the folder, each put in place when it is whole."""
        targets = [self.folder / name for name in names]
        beside = [temporary_beside(target) for target in targets]
        with self._store() as (fs, root):
            fs.get([f"{root}/{name}" for name in names], [str(path) for path in beside])
        for temporary, target in zip(beside, targets, strict=True):
            os.replace(temporary, target)

    def send(self, name: str) -> None:
        """Put a file of the folder at the address, whole. Raises DeskError."""
        try:
            self._send(name)
        except FileNotFoundError as error:
            raise _refused(self.address, error) from error

    def _send(self, name: str) -> None:
        with self._store() as (fs, root):
            target, copy = f"{root}/{name}", str(self.folder / name)
            protocol = self.address.split("://", 1)[0]
            if protocol in AT_ONCE:
                fs.put_file(copy, target)
                return
            folder, last = target.rsplit("/", 1)
            temporary = f"{folder}/{temporary_beside(Path(last)).name}"
            fs.makedirs(folder, exist_ok=True)
            fs.put_file(copy, temporary)
            fs.mv(temporary, target)

    def put(self, name: str) -> None:
        """Send a file that changes, where the copy is not what was fetched or sent last."""
        if self._versions().get(name, ["", ""])[1] != _stamp(self.folder / name):
            self.send(name)
            self._note(name, self._state(name) or "")

    def remove(self, names: Sequence[str]) -> None:
        """Remove files at the address."""
        with self._store() as (fs, root):
            for name in names:
                with suppress(FileNotFoundError):
                    fs.rm_file(f"{root}/{name}")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """While one process of this machine is within, others wait; elsewhere nobody does."""
        with (self.folder / ".lock").open("ab") as file:
            with suppress(ImportError):  # Windows has none: there, one process at a time
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _store(self) -> Iterator[tuple[Any, str]]:
        """The filesystem and the desk's path in it. Raises DeskError for what it refuses."""
        fs, root = filesystem(self.address)
        fs.invalidate_cache()
        try:
            with asking(self.address):
                yield fs, root
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _refused(self.address, error) from error

    def _state(self, name: str) -> str | None:
        """Which state of a file is at the address; None if it is not there."""
        with self._store() as (fs, root):
            try:
                info = fs.info(f"{root}/{name}")
            except FileNotFoundError:
                return None
        told = next((str(info[key]) for key in _STATES if info.get(key) is not None), "")
        return f"{told} {info['size']}"

    def _versions(self) -> dict[str, list[str]]:
        try:
            found: dict[str, list[str]] = json.loads((self.folder / VERSIONS).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _note(self, name: str, state: str) -> None:
        """Write down which state the copy of a file is of."""
        told = {**self._versions(), name: [state, _stamp(self.folder / name)]}
        file = self.folder / VERSIONS
        temporary = temporary_beside(file)
        temporary.write_text(json.dumps(told), "utf-8")
        os.replace(temporary, file)


def _refused(address: str, error: OSError) -> DeskError:
    return DeskError(
        address,
        f"that it cannot be reached or written ({error.strerror or error})",
        "a store that answers, and keys that open it",
        "Check the address, the endpoint and the keys in the environment.",
    )


def _stamp(copy: Path) -> str:
    """What tells that a copy was changed here; "" if there is none."""
    try:
        found = copy.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"
