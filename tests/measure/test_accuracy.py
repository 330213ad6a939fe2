"""Figures of coded texts, by group, with their intervals and the cases behind them."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from measuring import QUADS, event, found, text

from foreigndesk.measure.accuracy import Accuracy, Confusion, Figure, accuracy
from foreigndesk.measure.intervals import Bootstrap
from foreigndesk.measure.match import Matched, match
from foreigndesk.model import Status

FEW = Bootstrap(resamples=200)


def some() -> list[Matched]:
    """Twenty texts: of the even ones all is right, of the odd ones the type or the actor is not."""
    made = []
    for at in range(20):
        gold = text(f"text {at}", event("ASSAULT", "IRN", "IRQ", status=Status.OCCURRED))
        kind = "ASSAULT" if at % 2 == 0 or at % 3 == 0 else "COERCE"
        actor = "IRN" if at % 3 else "TUR"
        made.append(match(gold, [found(kind, actor, "IRQ", confidence=0.95 if at == 3 else 0.7)]))
    made.append(match(text("nothing"), []))
    return made


def figure(of: Accuracy, group: str, name: str) -> Figure:
    (row,) = [f for f in of.figures if (f.group, f.name) == (group, name)]
    return row


def test_figures_are_the_counts() -> None:
    of = accuracy(some(), QUADS, FEW)
    whole = figure(of, "overall", "whole events")
    right = [at for at in range(20) if at % 2 == 0 and at % 3]
    assert (whole.right, whole.given, whole.asked) == (len(right), 20, 20)
    assert whole.precision.value == len(right) / 20
    assert figure(of, "event type", "COERCE").asked == 0
    assert figure(of, "event type", "COERCE").recall.value is None
    assert figure(of, "quad class", "4 material conflict").right == len(right)
    assert figure(of, "actor country", "TUR").asked == 0
    assert figure(of, "details", "texts without events, left quiet").right == 1
    assert figure(of, "confidence", "0.9 and more").precision.value == 0


def test_intervals_hold_the_value_and_do_not_depend_on_order() -> None:
    results = some()
    of = accuracy(results, QUADS, FEW)
    random.Random(1).shuffle(results)
    assert accuracy(results, QUADS, FEW).figures == of.figures
    for row in of.figures:
        for each in (row.precision, row.recall, row.f1):
            if each.value is not None and each.low is not None and each.high is not None:
                assert 0 <= each.low <= each.value <= each.high <= 1, row
    whole = figure(of, "overall", "whole events").f1
    assert whole.low is not None
    assert whole.low < (whole.value or 0)


def test_a_group_that_the_gold_does_not_judge_is_left_out() -> None:
    groups = {row.group for row in accuracy(some(), QUADS, FEW).figures}
    assert "status" in groups
    assert "mode" not in groups
    assert "actor sector" not in groups


def test_by_status_the_status_must_be_right_too() -> None:
    gold = text("x", event("AID", "NOR", "MLI", status=Status.PLANNED))
    of = accuracy([match(gold, [found("AID", "NOR", "MLI")])], QUADS, FEW)
    assert figure(of, "overall", "whole events").right == 1
    assert figure(of, "status", "planned").right == 0
    assert figure(of, "status", "occurred").given == 1


def test_sides_that_changed_places_count_for_the_golds_actor() -> None:
    gold = text("x", event("AGREE", "NOR", "SWE", symmetric=True))
    of = accuracy([match(gold, [found("AGREE", "SWE", "NOR", symmetric=True)])], QUADS, FEW)
    assert figure(of, "actor country", "NOR").right == 1


def test_of_several_right_actors_the_one_found_counts() -> None:
    gold = text("x", event("AID", "IMG|IRQ REB", "MLI"))
    of = accuracy([match(gold, [found("AID", "IRQ", "MLI")])], QUADS, FEW)
    assert [f.name for f in of.figures if f.group == "actor country"] == ["IRQ"]


def test_confusion_counts_each_event_once() -> None:
    of = accuracy(some(), QUADS, FEW)
    assert sum(each.count for each in of.confusion) == 20
    assert Confusion("ASSAULT", "COERCE", 7) in of.confusion
    missed = accuracy([match(text("x", event("AID", "NOR", None)), [])], QUADS, FEW)
    assert missed.confusion == (Confusion("AID", None, 1),)


def test_the_most_confident_error_comes_first_with_its_rule() -> None:
    first = accuracy(some(), QUADS, FEW).cases[0]
    assert (first.text_id, first.kind, first.confidence) == ("t", "sides", 0.95)
    assert first.gold == "ASSAULT: IRN > IRQ, occurred"
    assert first.found == "ASSAULT: TUR > IRQ, occurred"
    assert first.rule == "some.rule"


KINDS = st.sampled_from(["AID", "ACCUSE", "ASSAULT"])
WHO = st.sampled_from(["NOR", "MLI", None])


@given(
    st.lists(st.tuples(KINDS, WHO, WHO, st.booleans()), max_size=5),
    st.lists(st.tuples(KINDS, WHO, WHO), max_size=5),
)
def test_every_event_is_counted_once(
    golds: list[tuple[str, str | None, str | None, bool]],
    coded: list[tuple[str, str | None, str | None]],
) -> None:
    gold = text("x", *(event(kind, a, r, optional=o) for kind, a, r, o in golds))
    matched = match(gold, [found(*each) for each in coded])
    of = accuracy([matched], QUADS, Bootstrap(100))
    rows = [row for row in of.figures if row.group == "event type"]
    free = sum(pair.gold.optional for pair in matched.pairs)
    assert sum(row.asked or 0 for row in rows) == sum(not optional for *_, optional in golds)
    assert sum(row.given for row in rows) == len(coded) - free
    for row in rows:
        assert row.right <= min(row.given, row.asked or 0)
    assert sum(each.count for each in of.confusion if each.found) == len(coded)
    wrong = [case for case in of.cases if case.found is None]
    assert len(wrong) + sum(each.count for each in of.confusion if each.gold and each.found) == len(
        matched.missed
    ) + len(matched.pairs)


def test_what_is_missed_comes_last() -> None:
    results = [*some(), match(text("zz", event("AID", "NOR", None)), [])]
    last = accuracy(results, QUADS, FEW).cases[-1]
    assert (last.kind, last.found, last.evidence) == ("missed", None, "zz")
