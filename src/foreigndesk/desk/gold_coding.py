"""Gold texts coded, or their coding taken from an output of `code`, and matched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click
import msgspec

from foreigndesk.desk.evaluation_text import progressing
from foreigndesk.errors import CodebookError, ParserError, UsageError
from foreigndesk.measure.columns import Row
from foreigndesk.measure.found import Coded, coded
from foreigndesk.measure.labels import Labels
from foreigndesk.measure.match import Matched, match
from foreigndesk.measure.pairs import Marked, related
from foreigndesk.model import Status, TextAnalysis

if TYPE_CHECKING:
    from foreigndesk.measure.gold import GoldText
    from foreigndesk.pipeline import Reader

HAPPENED = (Status.OCCURRED, Status.ONGOING)
Analyse = Callable[[int, Any], TextAnalysis | None]
"""What is found in a text, by its place in the gold; None where nothing is known of it."""


@dataclass(slots=True)
class Coding:
    """Where analyses come from, and notes on what had none."""

    analyse: Analyse
    notes: list[str]
    labels: Labels = field(default_factory=Labels)

    def events(self, texts: Sequence[GoldText], happened: bool) -> Iterator[Matched]:
        """Each text with what is found in it; `happened`: only what occurred or is ongoing."""
        for at, text in enumerate(progressing(texts, "coding")):
            found = self.analyse(at, text)
            reports = [self.labels.coded(coded(r)) for r in found.reports] if found else []
            if happened:
                text = _happened(text)
                reports = [each for each in reports if each.status in HAPPENED]
            yield match(text, reports)

    def pairs(self, texts: Sequence[Marked]) -> Iterator[Matched]:
        """Each text with the relation found between its marked actors."""
        for at, marked in enumerate(progressing(texts, "coding")):
            found = self.analyse(at, marked)
            answer: tuple[Coded, ...] = related(marked.gold, found.pair) if found else ()
            yield match(marked.gold, [self.labels.coded(each) for each in answer])


def _happened(text: GoldText) -> GoldText:
    events = tuple(e for e in text.events if e.status is None or e.status in HAPPENED)
    return msgspec.structs.replace(text, events=events)


def coding(reader: Reader) -> Coding:
    """The present codebook's coding."""
    from foreigndesk.coding.pair import Pair

    notes: list[str] = []

    def analyse(at: int, text: Any) -> TextAnalysis | None:
        gold = text.gold if isinstance(text, Marked) else text
        pair = Pair(text.actor, text.recipient) if isinstance(text, Marked) else None
        try:
            return reader.analyse(gold.text, gold.published, gold.id, pair)
        except (ParserError, CodebookError):
            raise  # no text could be coded
        except Exception as error:  # a defect on one text must not stop the others
            note = f"{gold.id} could not be coded ({type(error).__name__}: {error})."
            notes.append(note)
            click.echo(note, err=True)
            return None

    return Coding(analyse, notes)


def taken(path: str, rows: Sequence[Row], ids: Sequence[str], own_ids: bool) -> Coding:
    """The coding in an output of `code`: by the texts' ids, or by their order where they have none.

    Raises UsageError where the lines are no such output, or do not fit the gold.
    """
    notes: list[str] = []
    lines = [_analysis(row) for row in rows]
    errors = sum(line is None for line in lines)
    if errors:
        notes.append(f"Errors in {path}, where nothing counts as found: {errors:,}.")
    by_id = {line.id: line for line in lines if line is not None and line.id is not None}
    if own_ids and by_id:
        lost = sum(name not in by_id for name in ids)
        if lost == len(ids):
            raise _no_fit(path, f"no id of the gold ({ids[0]!r} and others)", "the gold's ids")
        if lost:
            notes.append(f"Texts that are not in {path}, where nothing counts as found: {lost:,}.")
        return Coding(lambda at, text: _fitting(path, by_id.get(ids[at]), text), notes)
    if len(lines) != len(ids):
        found = f"{len(lines):,} lines for {len(ids):,} texts without ids"
        raise _no_fit(path, found, "a line for each text, in order")
    return Coding(lambda at, text: _fitting(path, lines[at], text), notes)


def _no_fit(path: str, found: str, expected: str) -> UsageError:
    return UsageError(
        f"--found {path}", found, expected, "Code the gold's own texts: foreigndesk code GOLD.jsonl"
    )


def _analysis(row: Row) -> TextAnalysis | None:
    if "error" in row.fields:
        return None
    if "reports" not in row.fields:
        raise _no_fit(row.where, 'no "reports"', "lines that `foreigndesk code` wrote")
    try:
        return msgspec.convert(row.fields, TextAnalysis)
    except msgspec.ValidationError as error:
        raise _no_fit(row.where, str(error), "lines that `foreigndesk code` wrote") from error


def _fitting(path: str, found: TextAnalysis | None, text: Any) -> TextAnalysis | None:
    """An analysis, if its evidence stands in the text. Raises UsageError."""
    gold = text.gold if isinstance(text, Marked) else text
    for report in found.reports if found else ():
        evidence = report.evidence
        if gold.text[evidence.start : evidence.end] != evidence.text:
            raise _no_fit(path, f"another text under the id {gold.id!r}", "the gold's texts")
    return found
