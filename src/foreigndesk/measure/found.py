"""What a coder says of a text, in the few fields that are measured."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foreigndesk.measure.gold import SECTORS
from foreigndesk.model import Attribution, Mention, Report


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, recipient or speaker; `names` are what it is called, to be compared by."""

    code: str | None
    sector: str | None
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(part for part in (self.code, self.sector) if part) or "?"


@dataclass(frozen=True, slots=True)
class Coded:
    """One event that a coder found; `start` and `end` bound its trigger, half-open.

    `evidence` is the sentence, `rule` what decided; "" where the coder does not say.
    """

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
    rule: str = ""
    evidence: str = ""


def coded(report: Report) -> Coded:
    """A Report in the fields that are measured."""
    return Coded(
        event_type=report.event_type.value,
        event_mode=report.event_mode,
        actor=tuple(map(party, report.actor)),
        recipient=tuple(map(party, report.recipient)),
        symmetric=report.symmetric,
        trigger=report.trigger.text,
        start=report.trigger.start,
        end=report.trigger.end,
        status=report.status.value,
        attribution=tuple(map(_said, report.attribution)),
        date=report.date.edtf,
        place=report.place.country if report.place else None,
        confidence=report.confidence,
        rule=report.rule,
        evidence=report.evidence.text,
    )


def party(mention: Mention) -> Party:
    """A mention as one who takes part."""
    names = dict.fromkeys(name for name in (mention.name, mention.text) if name)
    return Party(mention.code, mention.sector, tuple(names))


def _said(said: Attribution) -> tuple[Party | None, str]:
    return (party(said.speaker) if said.speaker else None, said.stance.value)


def parties(text: str) -> tuple[Party, ...]:
    """The parties of a cell such as "Vladimir Putin (RUS GOV); Mali (MLI)"."""
    found = []
    for part in filter(None, map(str.strip, text.split(";"))):
        match = re.fullmatch(r"(.*?)(?: \(([A-Z ]+)\))?", part, re.S)
        words = (match[2] or "").split() if match else []
        code = next((w for w in words if w not in SECTORS), None)
        sector = next((w for w in words if w in SECTORS), None)
        found.append(Party(code, sector, (match[1] if match else part,)))
    return tuple(found)
