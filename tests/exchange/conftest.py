"""The hand-made reports of tests/ledger serve here too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))

from building import affair, write

from foreigndesk.ledger.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with the affair of the promised trip and the arms."""
    return write(tmp_path_factory.mktemp("desk") / "desk", affair())
