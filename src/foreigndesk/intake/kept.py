"""What was fetched, kept as received: one WARC file (ISO 28500) an answer."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from foreigndesk.intake.fetch import Fetched

_UNDONE = ("content-encoding", "transfer-encoding", "content-length", "connection")


def keep(answer: Fetched, folder: Path) -> str:
    """Write an answer whole, as `<hash>.warc.gz`; the file's name. The body is kept unpacked.

    The name is a hash of address and body: the same answer is kept once. Raises OSError.
    """
    digest = hashlib.sha256(answer.url.encode() + b"\0" + answer.body).hexdigest()[:32]
    name = f"{digest}.warc.gz"
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}.part"
    with temporary.open("wb") as file:
        _write(file, answer)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / name)
    return name


def _write(file: Any, answer: Fetched) -> None:  # warcio publishes no types
    writer = import_module("warcio.warcwriter").WARCWriter(file, gzip=True)
    headers = import_module("warcio.statusandheaders").StatusAndHeaders
    told = [(k, v) for k, v in answer.headers if k.lower() not in _UNDONE]
    told.append(("Content-Length", str(len(answer.body))))
    record = writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.body),
        http_headers=headers(f"{answer.status} {answer.reason}".strip(), told, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)
