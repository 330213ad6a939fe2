"""Run the server until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from foreigndesk.desk.web.app import create_app
from foreigndesk.desk.web.options import Serving
from foreigndesk.errors import UsageError

GRACE = 3
"""Seconds that open streams are given when the server stops."""


def run(serving: Serving, told: Callable[[str], None]) -> None:
    """Serve a desk; `told` is given the address to open. Raises UsageError where the port is
    taken."""
    listening = _listening(serving)
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        create_app(serving), log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE, limit_concurrency=500,
    )  # fmt: skip
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    told(f"Open http://{host}:{port}/{'?token=…' if serving.token else ''} (Ctrl-C stops it)")
    uvicorn.Server(config).run(sockets=[listening])


def _listening(serving: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((serving.host, serving.port))
    except OSError as error:
        made.close()
        raise UsageError(
            f"{serving.host}:{serving.port}", error.strerror or str(error), "a free port of this "
            "machine", "Name another: --port 0 takes any.",
        ) from error  # fmt: skip
    made.listen(128)
    return made
