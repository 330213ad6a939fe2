"""What the tests of the served desk share."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from foreigndesk.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BASE = "http://127.0.0.1:8765"
SETTINGS = Settings(jobs=1)
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
"""What a hostile page puts wherever it can."""
Client = Callable[..., TestClient]

__all__ = ["BASE", "HOSTILE", "SETTINGS", "Client", "TestClient"]
