"""A cleaner, and documents made of text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foreigndesk.codebook.load import Codebook
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.records import document
from foreigndesk.model import Document
from foreigndesk.settings import Settings

Make = Callable[[str], Document]


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    return Cleaner(Codebook(), Settings())


@pytest.fixture(scope="session")
def flat() -> Make:
    return lambda text: document("page.txt", "text/plain", text)


@pytest.fixture(scope="session")
def html() -> Make:
    return lambda markup: document("page.html", "text/html", markup)
