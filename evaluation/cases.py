"""Frozen results of every case, so that a change of the coder shows as a diff of cases."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.gold import HERE
from foreigndesk.measure.found import Coded
from foreigndesk.measure.gold import GoldEvent
from foreigndesk.measure.match import Matched, Pair
from foreigndesk.measure.score import (
    attribution_score,
    date_right,
    mode_right,
    place_right,
    status_right,
)

CASES = HERE / "cases" / "events.tsv"
HEADER = "id\tverdict\tevent\tdetails"


def lines(results: Sequence[Matched]) -> list[str]:
    """The case file, line by line: one for each event of the gold, one for each false event.

    Verdicts: `whole` (type, actor and recipient right), `type` (only the type), `missed`,
    `false`; `quiet` for a text without events where none is found. Events that the gold calls
    optional show only where they are found, with a question mark.
    """
    return [HEADER, *(line for found in results for line in _lines(found))]


def _lines(found: Matched) -> Iterator[str]:
    name = found.text.id
    for pair in found.pairs:
        verdict = ("whole" if pair.whole else "type") + "?" * pair.gold.optional
        yield f"{name}\t{verdict}\t{_gold(pair.gold)}\t{_details(pair)}"
    for gold in found.missed:
        yield f"{name}\tmissed\t{_gold(gold)}\t"
    for coded in found.false:
        yield f"{name}\tfalse\t{_event(coded)}\t{coded.status}"
    if not found.text.events and not found.false:
        yield f"{name}\tquiet\t\t"


def _gold(gold: GoldEvent) -> str:
    actor, recipient = (_side(side) for side in (gold.actor, gold.recipient))
    return f"{gold.event_type.value} {actor} > {recipient}: {gold.trigger}"


def _side(parties: tuple[str, ...] | None) -> str:
    return "*" if parties is None else ",".join(parties) or "-"


def _event(coded: Coded) -> str:
    actor, recipient = (",".join(map(str, side)) or "-" for side in (coded.actor, coded.recipient))
    return f"{coded.event_type} {actor} > {recipient}: {coded.trigger}"


def _details(pair: Pair) -> str:
    return "; ".join(_differences(pair))


def _differences(pair: Pair) -> Iterator[str]:
    gold, coded = pair.gold, pair.coded
    if not pair.whole:
        yield f"found {_event(coded)}"
    if not pair.close:
        return
    if gold.event_mode and not mode_right(pair):
        yield f"mode {coded.event_mode}, not {gold.event_mode}"
    if gold.status is not None and not status_right(pair):
        yield f"status {coded.status}, not {gold.status.value}"
    if gold.attribution is not None:
        score = attribution_score(pair)
        if score.right < max(score.given, score.asked):
            yield f"attribution {_said(coded)}"
    if gold.date and not date_right(pair):
        yield f"date {coded.date}, not {gold.date}"
    if gold.place and not place_right(pair):
        yield f"place {coded.place}, not {gold.place}"


def _said(coded: Coded) -> str:
    found = [f"{speaker or '?'} {stance}" for speaker, stance in coded.attribution]
    return ", ".join(found) or "none"


def write(results: Sequence[Matched], path: Path = CASES) -> None:
    """Write the case file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines(results)) + "\n", encoding="utf-8")


def changes(results: Sequence[Matched], path: Path = CASES) -> str:
    """What differs from the frozen cases, as a diff without context; empty if nothing does."""
    frozen = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    diff = difflib.unified_diff(frozen, lines(results), "frozen", "now", lineterm="", n=0)
    return "\n".join(line for line in diff if not line.startswith("@@"))
