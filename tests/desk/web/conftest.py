"""A served desk of the sample pages, one of hostile pages, one that is empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from web_desk import BASE, HOSTILE, SETTINGS, Client, TestClient

from foreigndesk.desk.web.app import create_app, prepared
from foreigndesk.desk.web.options import Serving
from foreigndesk.engine.run import read_into
from foreigndesk.ledger.desk import Desk


@pytest.fixture
def served() -> Iterator[Client]:
    """Opens a client of a served desk; all are closed at the test's end."""
    with ExitStack() as stack:

        def open_client(path: Path, base: str = BASE, **more: Any) -> TestClient:
            app = create_app(prepared(Serving(path, **more)))
            client = TestClient(app, base_url=base, follow_redirects=False)
            return stack.enter_context(client)

        yield open_client


@pytest.fixture
def client(served: Client, desk: Path) -> TestClient:
    """A client of the desk of sample pages, served read-only."""
    return served(desk, read_only=True)


@pytest.fixture(scope="session")
def hostile_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of one article whose every field is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    text = (
        f"Russian President Vladimir Putin visited North Korea on Tuesday. {HOSTILE} said so.\n\n"
        "Iran said on Monday that it had attacked Israel, <script>alert(3)</script> sources said."
    )
    record = {"text": text, "title": f"Putin visits North Korea {HOSTILE}", "outlet": HOSTILE,
              "url": "javascript:alert(4)", "published": "2024-06-19"}  # fmt: skip
    (folder / "page.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    desk = Desk.create_or_open(folder / "desk")
    read_into(desk, [folder / "page.jsonl"], SETTINGS)
    return desk.path
