"""Two codings of an article compared: paired by id, then by trigger, type and sides."""

from __future__ import annotations

from dataclasses import replace

from building import affair
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.ledger.difference import Kind, compare
from foreigndesk.ledger.obeying import by_words, judgement, moved
from foreigndesk.model import EventType, Report, Status

REPORTS = affair()[:4]


def renamed(report: Report, **changes: object) -> Report:
    """The report under another id, as another entry gives it."""
    return replace(report, report_id=f"x{report.report_id}", rule="own.x", **changes)


@given(st.permutations(REPORTS), st.sets(st.sampled_from(range(4))))
def test_the_same_reports_do_not_differ(order: list[Report], gone: set[int]) -> None:
    assert compare(REPORTS, order) == []
    kept = [r for r in order if REPORTS.index(r) not in gone]
    assert {d.kind for d in compare(REPORTS, kept)} <= {Kind.GONE}
    assert {d.before for d in compare(REPORTS, kept)} == {REPORTS[n] for n in gone}
    assert {d.after for d in compare(kept, REPORTS)} == {REPORTS[n] for n in gone}


def test_another_entry_on_the_same_trigger_is_a_change() -> None:
    (found,) = compare(REPORTS[:1], [renamed(REPORTS[0], status=Status.POSSIBLE)])
    assert {c.field for c in found.changes} == {"rule", "status"}


def test_of_several_on_one_trigger_those_of_one_type_are_paired() -> None:
    one = REPORTS[0]
    other = replace(one, report_id="other", event_type=EventType.AID)
    now = [renamed(other), renamed(one)]
    pairs = {(d.before.event_type, d.after.event_type) for d in compare([one, other], now)}
    assert pairs == {(one.event_type, one.event_type), (EventType.AID, EventType.AID)}


def test_of_several_on_one_trigger_a_judgement_goes_to_the_one_that_tells_the_same() -> None:
    one = REPORTS[0]
    wrong = judgement("wrong", [one], None, "me", "2024-07-01")
    typed = judgement("type", [one], "{}", "me", "2024-07-01")
    aid = replace(one, report_id="a-aid", event_type=EventType.AID)
    same = renamed(one)
    assert moved(wrong, set(), by_words([aid, same])).subject == same.report_id
    assert moved(wrong, set(), by_words([aid])).subject == one.report_id
    assert moved(typed, set(), by_words([aid])).subject == aid.report_id


def test_an_anchor_of_an_older_version_names_the_words_alone() -> None:
    one = REPORTS[0]
    wrong = judgement("wrong", [one], None, "me", "2024-07-01")
    old = replace(wrong, evidence=":".join((wrong.evidence or "").split(":")[:3]))
    aid = replace(one, report_id="a-aid", event_type=EventType.AID)
    assert moved(old, set(), by_words([aid])).subject == aid.report_id
