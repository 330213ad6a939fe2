"""Addresses: files that are not on this machine's disk. fsspec is imported here alone.

`s3://bucket/pages`, `gs://`, `memory://`, `https://`, whatever fsspec has a filesystem for. Keys
and endpoints are given as fsspec and its filesystems take them (AWS_ACCESS_KEY_ID,
AWS_ENDPOINT_URL, FSSPEC_S3_ENDPOINT_URL, ...). A `file://` address is the path it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from foreigndesk.errors import ForeignDeskError, UsageError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_EXTRAS = {"s3": "s3", "s3a": "s3", "memory": "s3"}
"""The extra that brings a protocol's filesystem; others are packages of their own."""


def plain(path: str | Path) -> str | Path:
    """The path that a `file://` address names; anything else as it is."""
    text = str(path)
    for prefix in ("file://", "local://"):
        if text.startswith(prefix):
            return Path(text.removeprefix(prefix))
    return path


def is_address(path: str | Path) -> bool:
    """Whether `path` is an address, and not one of a file on this machine."""
    return bool(_ADDRESS.match(str(path))) and plain(path) == path


def filesystem(address: str) -> tuple[Any, str]:
    """The fsspec filesystem of an address, and the address as a path of it.

    Raises UsageError where fsspec, or the package for such addresses, is not installed.
    """
    protocol = address.split("://", 1)[0]
    try:
        from fsspec.core import url_to_fs

        with asking(address):
            fs, root = url_to_fs(address)
    except ImportError as error:
        raise _not_installed(address, protocol, error) from error
    except ValueError as error:
        raise UsageError(
            address, str(error), "an address that fsspec knows, such as s3://bucket/folder",
            "Correct it.",
        ) from error  # fmt: skip
    return fs, str(root).rstrip("/")


@contextmanager
def asking(address: str) -> Iterator[None]:
    """Within, whatever a store refuses in its own words (but what Python itself has a word for:
    OSError, ImportError, ValueError) is raised as a ForeignDeskError."""
    try:
        yield
    except (OSError, ImportError, ValueError, ForeignDeskError):
        raise
    except Exception as error:  # botocore, google.auth, azure.core, ...: no common base
        raise ForeignDeskError(
            address,
            f"a store that refuses ({type(error).__name__}: {error})",
            "a store that answers, and keys that open it",
            "Check the address, the endpoint and the keys in the environment.",
        ) from error


def exists(address: str) -> bool:
    """Whether there is a file or a folder at an address."""
    fs, root = filesystem(address)
    with asking(address):
        return bool(fs.exists(root))


def _not_installed(address: str, protocol: str, error: ImportError) -> UsageError:
    extra = _EXTRAS.get(protocol)
    do = f"'foreigndesk[{extra}]'" if extra else "fsspec and the package named above"
    return UsageError(
        address,
        f"no package for {protocol}:// ({error})",
        f"fsspec with a filesystem for {protocol}",
        f"Install it: pip install {do}.",
    )
