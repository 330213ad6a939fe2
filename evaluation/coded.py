"""What a coder says of a text, in the few fields that are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.gold import GoldText
from foreigndesk.model import Attribution, Mention, Report
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, recipient or speaker."""

    code: str | None
    sector: str | None

    def __str__(self) -> str:
        return " ".join(part for part in (self.code, self.sector) if part) or "?"


@dataclass(frozen=True, slots=True)
class Coded:
    """One event that a coder found; `start` and `end` bound its trigger, half-open."""

    event_type: str
    event_mode: str | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    symmetric: bool
    trigger: str
    start: int
    end: int
    status: str
    attribution: tuple[tuple[Party | None, str], ...]
    date: str | None
    place: str | None
    confidence: float


def code_all(texts: Sequence[GoldText]) -> list[tuple[Coded, ...]]:
    """What Foreign Desk finds in each text, with its default settings."""
    reader = Reader(Settings())
    return [
        tuple(_coded(report) for report in reader.analyse(t.text, t.published).reports)
        for t in texts
    ]


def _coded(report: Report) -> Coded:
    return Coded(
        event_type=report.event_type.value,
        event_mode=report.event_mode,
        actor=tuple(_party(mention) for mention in report.actor),
        recipient=tuple(_party(mention) for mention in report.recipient),
        symmetric=report.symmetric,
        trigger=report.trigger.text,
        start=report.trigger.start,
        end=report.trigger.end,
        status=report.status.value,
        attribution=tuple(_said(said) for said in report.attribution),
        date=report.date.edtf,
        place=report.place.country if report.place else None,
        confidence=report.confidence,
    )


def _party(mention: Mention) -> Party:
    return Party(mention.code, mention.sector)


def _said(said: Attribution) -> tuple[Party | None, str]:
    return (_party(said.speaker) if said.speaker else None, said.stance.value)
