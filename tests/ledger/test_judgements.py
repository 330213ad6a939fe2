"""Judgements are obeyed at once, over rebuilds, and when the same words are coded anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import msgspec
from building import affair, by_text, records, write
from test_incremental import content

from foreigndesk.ledger import shards
from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.judgements import decide
from foreigndesk.ledger.obeying import ActorValue, TypeValue, judgement
from foreigndesk.model import Event, EventType, Judgement, Report

WHEN = "2024-07-01T12:00:00+00:00"


def judged(verdict: str, *reports: Report, value: object = None) -> Judgement:
    text = None if value is None else msgspec.json.encode(value).decode()
    return judgement(verdict, reports, text, "me", WHEN)


def events(desk: Desk) -> dict[str, Event]:
    """The event of each report."""
    rows = [msgspec.json.decode(row[-1], type=Event) for row in content(desk)["events"]]
    return {report: event for event in rows for report in event.reports}


def coded_anew(desk: Desk, reports: list[Report]) -> list[Report]:
    """The articles coded by another codebook: other ids, other confidence."""
    for folder in (desk.articles_folder, desk.reports_folder):
        shutil.rmtree(folder)
        folder.mkdir()
    again = [replace(r, report_id=f"x{r.report_id}", confidence=0.5) for r in reports]
    desk.append(records(again))
    return again


def test_a_wrong_report_stays_out_when_its_words_are_coded_anew(tmp_path: Path) -> None:
    reports = affair()
    desk = write(tmp_path / "desk", reports)
    desk.judge([judged("wrong", reports[0])])
    rebuild(desk, by_text)
    assert reports[0].report_id not in events(desk)
    again = coded_anew(desk, reports)
    rebuild(desk, by_text)
    assert again[0].report_id not in events(desk)
    assert again[1].report_id in events(desk)


def test_same_and_different_hold_when_coded_anew(tmp_path: Path) -> None:
    reports = affair()
    desk = write(tmp_path / "desk", reports)
    one, other, apart = reports[8], reports[11], reports[10]
    assert events(desk)[one.report_id] == events(desk)[other.report_id]
    assert events(desk)[one.report_id] != events(desk)[apart.report_id]
    desk.judge([judged("different", one, other), judged("same", one, apart)])
    for anew in (False, True):
        now = coded_anew(desk, reports) if anew else reports
        rebuild(desk, by_text)
        found = events(desk)
        assert found[now[8].report_id] != found[now[11].report_id]
        assert found[now[8].report_id] == found[now[10].report_id]


def test_other_words_are_not_judged(tmp_path: Path) -> None:
    reports = affair()
    desk = write(tmp_path / "desk", reports)
    desk.judge([judged("wrong", reports[0])])
    changed = [replace(r, trigger=replace(r.trigger, text="other")) for r in reports]
    again = coded_anew(desk, changed)
    rebuild(desk, by_text)
    assert again[0].report_id in events(desk)


def test_type_and_actor_are_put_right_in_any_shard(tmp_path: Path, monkeypatch) -> None:
    for number, whole in enumerate((shards.WHOLE, 0)):
        monkeypatch.setattr(shards, "WHOLE", whole)
        reports = affair()
        desk = write(tmp_path / f"desk{number}", reports)
        desk.judge(
            [
                judged("type", reports[0], value=TypeValue(EventType.AID, None, 2, 7.0, "070")),
                judged("actor", reports[0], value=ActorValue("actor", "Norway", "NOR")),
            ]
        )
        rebuild(desk, by_text)
        event = events(desk)[reports[0].report_id]
        assert event.event_type is EventType.AID
        assert [m.code for m in event.actors] == ["NOR"]


def test_of_two_the_later_stands_and_what_is_undone_never_was() -> None:
    report = affair()[0]
    wrong, right = judged("wrong", report), judged("right", report)
    assert decide([wrong]).wrong == {report.report_id}
    assert decide([wrong, right]).wrong == frozenset()
    undo = replace(wrong, judgement_id="u", verdict="undo", subject=wrong.judgement_id)
    assert decide([wrong, undo]).wrong == frozenset()
    assert decide([right, wrong, undo]).wrong == frozenset()
