"""Reports that people judged: the rows of a filled-in sample, and what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from foreigndesk.errors import UsageError
from foreigndesk.measure.columns import Fields, Row
from foreigndesk.measure.found import Coded, parties
from foreigndesk.measure.judgements import SHOULD, Judged, agreed
from foreigndesk.measure.known import FaultError, one_of
from foreigndesk.measure.reading import faultless
from foreigndesk.model import EventType, Status

VERDICTS: dict[str, tuple[str, ...]] = {
    "right": ("right", "r", "y", "yes", "true", "1", "correct"),
    "wrong": ("wrong", "w", "n", "no", "false", "0", "incorrect"),
    "unsure": ("unsure", "u", "?", "skip", "k"),
}
"""A verdict, and the words for it in any case. An empty cell: not judged."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the pile: how many reports it has, and how many were drawn from it."""

    name: str | None
    size: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was judged: the pile's parts, the judged reports, notes on the others."""

    strata: tuple[Stratum, ...]
    judged: tuple[Judged, ...]
    notes: tuple[str, ...]


def is_judged(row: Row) -> bool:
    """Whether a record is a row of a sample to be judged."""
    return "report_id" in row.fields and "verdict" in row.fields


def read_sample(rows: Sequence[Row]) -> Sample:
    """The judged sample in these rows.

    Raises UsageError, with lines, for words that are no verdict, for a report judged in two ways
    by one judge, for rows of two samples, and where nothing is judged.
    """
    strata = _strata(rows)
    found: dict[str, list[Judged]] = defaultdict(list)
    unsure: list[str] = []
    empty: list[str] = []

    def take(row: Row) -> None:
        verdict = _verdict(row.fields)
        if verdict is None or verdict == "unsure":
            (empty if verdict is None else unsure).append(row.where)
            return
        _once(found[_text(row.fields, "report_id")], _judged(row, verdict == "right"))

    faultless(rows, take, lenient=None)
    if not found:
        raise UsageError(
            rows[0].where.partition(",")[0], f"{len(rows):,} rows, none of them judged",
            "right, wrong or unsure in the column verdict", "Fill it in.",
        )  # fmt: skip
    kept, notes = agreed(found)
    notes += _missing(rows, strata, unsure, empty)
    return Sample(strata, tuple(kept), tuple(notes))


def _strata(rows: Sequence[Row]) -> tuple[Stratum, ...]:
    """The parts of the pile, each as all its rows say it."""
    found: dict[str | None, Stratum] = {}
    samples: dict[str, str] = {}
    for row in rows:
        samples.setdefault(str(row.fields.get("sample")), row.where)
        name = _text(row.fields, "stratum") or None
        one = Stratum(name, _number(row, "stratum_size"), _number(row, "stratum_drawn"))
        if found.setdefault(name, one) != one and len(samples) == 1:
            raise UsageError(
                row.where, f"another size of the stratum {name!r}", str(found[name].size),
                "Leave the columns stratum_size and stratum_drawn as they were drawn.",
            )  # fmt: skip
    if len(samples) > 1:
        (_, one_at), (other, other_at) = list(samples.items())[:2]
        raise UsageError(
            other_at, f"a row of another sample ({other}) than {one_at}", "one sample at a time",
            "Evaluate each by itself.",
        )  # fmt: skip
    return tuple(found[name] for name in sorted(found, key=lambda n: (n is None, n or "")))


def _number(row: Row, name: str) -> int:
    value = row.fields.get(name)
    try:
        return int(float(str(value)))
    except ValueError:
        raise UsageError(
            row.where, f"{name} {value!r}", "the number that `foreigndesk sample` wrote there",
            "Keep all columns of the sample.",
        ) from None  # fmt: skip


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return "" if value is None else str(value).strip()


def _verdict(fields: Fields) -> str | None:
    """A row's verdict. Raises FaultError for other words."""
    given = _text(fields, "verdict")
    put = [name for name in SHOULD if _text(fields, f"should_be_{name}")]
    if not given:
        return "wrong" if put else None
    for verdict, words in VERDICTS.items():
        if given.casefold() in words:
            if verdict != "wrong" and put:
                raise FaultError(f"{given!r} with should_be_{put[0]}", "wrong, or no correction")
            return verdict
    raise FaultError(f"the verdict {given!r}", "right, wrong or unsure (y, n, ?), or nothing")


def _judged(row: Row, right: bool) -> Judged:
    fields = row.fields
    should = {name: text for name in SHOULD if (text := _text(fields, f"should_be_{name}"))}
    if "type" in should:
        should["type"] = one_of(EventType, should["type"], "event type").value
    if "status" in should:
        should["status"] = one_of(Status, should["status"], "status").value
    return Judged(
        report_id=_text(fields, "report_id"),
        document=_text(fields, "document_id"),
        coded=_coded(fields),
        right=right,
        should=should,
        stratum=_text(fields, "stratum") or None,
        judge=_text(fields, "judge") or None,
    )


def _coded(fields: Fields) -> Coded:
    """The report as it stands in the row that was judged."""
    return Coded(
        event_type=_text(fields, "event_type"),
        event_mode=_text(fields, "event_mode") or None,
        actor=parties(_text(fields, "actor")),
        recipient=parties(_text(fields, "recipient")),
        symmetric=False,
        trigger=_text(fields, "trigger"),
        start=0,
        end=0,
        status=_text(fields, "status"),
        attribution=(),
        date=_text(fields, "date") or None,
        place=_text(fields, "place") or None,
        confidence=float(_text(fields, "confidence").replace(",", ".") or 0),
        rule=_text(fields, "rule"),
        evidence=_text(fields, "evidence"),
    )


def _once(known: list[Judged], new: Judged) -> None:
    """Add a judgement on a report. Raises FaultError where its judge said otherwise before."""
    for old in known:
        if old.judge == new.judge and (old.right, old.should) != (new.right, new.should):
            who = f" by {new.judge}" if new.judge else ""
            raise FaultError(
                f"the report {new.report_id[:10]} judged twice{who}, right and wrong"
                if old.right != new.right
                else f"the report {new.report_id[:10]} put right in two ways{who}",
                "one judgement on each report, or another name in the column judge",
            )
    known.append(new)


def _missing(
    rows: Sequence[Row], strata: Sequence[Stratum], unsure: list[str], empty: list[str]
) -> list[str]:
    drawn = sum(stratum.drawn for stratum in strata)
    there = len({_text(row.fields, "report_id") for row in rows})
    notes = []
    if unsure:
        notes.append(f"Unsure and left out: {len(unsure):,} (first: {unsure[0]}).")
    if empty:
        notes.append(f"Not judged and left out: {len(empty):,} (first: {empty[0]}).")
    if there < drawn:
        notes.append(
            f"Of {drawn:,} reports that were drawn, {drawn - there:,} are not in the file."
        )
    if notes:
        notes.append("If those left out are the hard ones, the precision is lower than it says.")
    return notes
