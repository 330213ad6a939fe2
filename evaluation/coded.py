"""What Foreign Desk finds in the texts of the gold."""

from __future__ import annotations

from collections.abc import Sequence

from foreigndesk.measure.found import Coded, coded
from foreigndesk.measure.gold import GoldText
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


def code_all(texts: Sequence[GoldText]) -> list[tuple[Coded, ...]]:
    """What Foreign Desk finds in each text, with its default settings."""
    reader = Reader(Settings())
    return [
        tuple(coded(report) for report in reader.analyse(t.text, t.published).reports)
        for t in texts
    ]
