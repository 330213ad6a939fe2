"""What people judged on a desk, to be evaluated: in `review`, or in a sample that was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from foreigndesk.errors import UsageError
from foreigndesk.measure.accuracy import Accuracy
from foreigndesk.measure.found import coded
from foreigndesk.measure.judged import Sample, read_sample
from foreigndesk.measure.judgements import Judged, review_lines
from foreigndesk.measure.precision import of_judgements
from foreigndesk.measure.precision import of_sample as measure_sample

if TYPE_CHECKING:
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.ledger.judgements import Decisions
    from foreigndesk.measure.columns import Row
    from foreigndesk.measure.intervals import Bootstrap
    from foreigndesk.model import Report
    from foreigndesk.settings import Settings

ABOUT_REPORTS = ("right", "wrong", "type", "actor")


def sample_of(records: list[Row], desk_path: str | None) -> Sample:
    """A filled-in sample. Raises UsageError where its reports are not those of the desk."""
    sample = read_sample(records)
    if desk_path is None:
        return sample
    from foreigndesk.ledger.desk import Desk

    ids = {each.report_id for each in sample.judged}
    lost = len(ids) - len(Desk.open(desk_path).which_reports(ids))
    if lost == len(ids):
        raise UsageError(
            desk_path, f"none of the {lost:,} judged reports", "the desk they are from",
            "Name that desk, or leave --desk out.",
        )  # fmt: skip
    note = f"Judged reports that are not in {desk_path} any more: {lost:,}."
    return replace(sample, notes=(*sample.notes, note)) if lost else sample


def of_sample(sample: Sample, settings: Settings, options: Bootstrap) -> Accuracy:
    """The precision of the pile that a judged sample is from."""
    return measure_sample(sample, _quads(settings), options)


def write_judgements(sample: Sample, path: str, settings: Settings) -> None:
    """Write a sample's verdicts as `review --from` takes them."""
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.desk.gold_files import known
    from foreigndesk.desk.texts import open_output

    knows = known(open_codebook(settings.codebook))
    with open_output(path) as out:
        for line in review_lines(sample.judged, knows):
            out.write(msgspec.json.encode(line) + b"\n")


def of_review(desk_path: str, settings: Settings, options: Bootstrap) -> Accuracy:
    """The reports judged in review, as they were coded. Raises UsageError if there are none."""
    from foreigndesk.ledger.desk import Desk
    from foreigndesk.ledger.judgements import decide
    from foreigndesk.ledger.obeying import resolved

    desk = Desk.open(desk_path)
    given = resolved(desk, desk.judgements())
    undone = {j.subject for j in given if j.verdict == "undo"}
    standing = [j for j in given if j.judgement_id not in undone and j.verdict in ABOUT_REPORTS]
    reports = _reports(desk, {j.subject for j in standing})
    if not reports:
        raise UsageError(
            desk_path, "no judged report", "reports judged in review",
            f"Judge some: foreigndesk review --desk {desk_path}",
        )  # fmt: skip
    decisions = decide(given)
    judged = [_judged(report, decisions) for report in reports]
    found = of_judgements(judged, _quads(settings), options)
    lost = len({j.subject for j in standing}) - len(reports)
    note = f"Judged reports that are not in the desk any more: {lost:,}."
    return replace(found, notes=(*found.notes, note)) if lost else found


def _reports(desk: Desk, ids: set[str]) -> list[Report]:
    """The reports of these ids as they were coded, by id."""
    from foreigndesk.analysis.query import ask
    from foreigndesk.model import Report

    sql = "SELECT DISTINCT document_id FROM reports WHERE list_contains(?, report_id)"
    documents = set(ask(desk, sql, [sorted(ids)])["document_id"].to_pylist())
    texts = desk.report_texts(documents=documents)
    found = {key: text for batch in texts for key, text in batch if key in ids}
    return [msgspec.json.decode(found[key], type=Report) for key in sorted(found)]


def _judged(report: Report, decisions: Decisions) -> Judged:
    """A report with what stands of it after all judgements."""
    should = dict(_should(decisions.changes.get(report.report_id, ())))
    wrong = report.report_id in decisions.wrong
    return Judged(
        report_id=report.report_id,
        document=report.document.id or "",
        coded=coded(report),
        right=not wrong and not should,
        should={} if wrong else should,
    )


def _should(changes: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What judgements put in place: (part of the report, what it should be)."""
    from foreigndesk.ledger.obeying import ActorValue, TypeValue

    for verdict, value in changes:
        if verdict == "type":
            put = msgspec.json.decode(value, type=TypeValue)
            yield "type", put.event_type.value
            if put.event_mode:
                yield "mode", put.event_mode
        else:
            who = msgspec.json.decode(value, type=ActorValue)
            yield who.side, f"{who.name} ({who.code})" if who.code else who.name


def _quads(settings: Settings) -> Mapping[str, int]:
    from foreigndesk.codebook.load import open_codebook
    from foreigndesk.codebook.ontology import ontology

    types = ontology(open_codebook(settings.codebook)).types
    return {event.value: entry.quad for event, entry in types.items()}
