"""Judged samples: what the rows say, and the precision of the pile with its interval."""

from __future__ import annotations

import random
from typing import Any

import pytest
from measuring import QUADS

from foreigndesk.errors import UsageError
from foreigndesk.measure.accuracy import Figure
from foreigndesk.measure.columns import Row
from foreigndesk.measure.intervals import Bootstrap, wilson
from foreigndesk.measure.judged import read_sample
from foreigndesk.measure.judgements import kappa
from foreigndesk.measure.precision import of_sample, stratified


def row(at: int, verdict: str, **more: Any) -> Row:
    fields = {
        "report_id": f"r{at}", "document_id": f"d{at // 2}", "event_type": "AID", "event_mode": "",
        "status": "occurred", "actor": "Norway (NOR GOV)", "recipient": "Mali (MLI)",
        "confidence": "0.8", "rule": "aid.give", "evidence": "Norway gave.", "sample": "s",
        "stratum": "", "stratum_size": "1000", "stratum_drawn": "10", "verdict": verdict,
    }  # fmt: skip
    return Row(f"j.csv, line {at + 2}", fields | more)


def overall(rows: list[Row], name: str = "whole reports") -> Figure:
    found = of_sample(read_sample(rows), QUADS, Bootstrap()).figures
    return next(each for each in found if each.name == name)


def test_a_simple_random_sample_has_wilsons_interval() -> None:
    figure = overall([row(at, "Y" if at < 8 else "wrong") for at in range(10)])
    assert (figure.right, figure.given, figure.precision.value) == (8, 10, 0.8)
    low, high = wilson(0.8, 10, 0.95)
    assert (figure.precision.low, figure.precision.high) == pytest.approx((low, high), abs=1e-6)
    assert figure.recall.value is None


def test_parts_weigh_by_their_size() -> None:
    big = [row(at, "y", stratum="a", stratum_size="900") for at in range(10)]
    small = [row(at, "n", stratum="b", stratum_size="100") for at in range(10, 20)]
    assert overall(big + small).precision.value == pytest.approx(0.9)
    part = overall(big + small, "b")
    assert (part.precision.value, part.pile) == (0, 100)


def test_what_is_not_put_right_counts_as_right() -> None:
    rows = [row(at, "y") for at in range(6)]
    rows += [
        row(6, "n", should_be_type="reject"),
        row(7, "", should_be_status="Denied"),
        row(8, "n"),
    ]
    assert overall(rows).right == 6
    assert overall(rows, "their types").right == 7
    assert overall(rows, "their statuses").right == 7
    assert overall(rows, "their actors").right == 8


def test_confusion_and_cases() -> None:
    rows = [row(0, "n", should_be_type="REJECT", confidence="0.6"), row(1, "n"), row(2, "y")]
    found = of_sample(read_sample(rows), QUADS, Bootstrap())
    assert {(c.gold, c.found, c.count) for c in found.confusion} == {
        ("REJECT", "AID", 1), (None, "AID", 1), ("AID", "AID", 1),
    }  # fmt: skip
    assert [(c.gold, c.confidence) for c in found.cases] == [(None, 0.8), ("type REJECT", 0.6)]
    assert found.cases[0].found == "AID: Norway (NOR GOV) > Mali (MLI), occurred"


def test_unsure_empty_and_lost_rows_are_told() -> None:
    rows = [row(0, "y"), row(1, "?"), row(2, "")]
    notes = " ".join(read_sample(rows).notes)
    assert "Unsure and left out: 1 (first: j.csv, line 3)." in notes
    assert "Not judged and left out: 1 (first: j.csv, line 4)." in notes
    assert "Of 10 reports that were drawn, 7 are not in the file." in notes


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(0, "perhaps")], "the verdict 'perhaps'.*right, wrong or unsure"),
        ([row(0, "y"), row(0, "n")], "line 2: found the report r0 judged twice"),
        ([row(0, "y", should_be_type="AID")], "'y' with should_be_type"),
        ([row(0, "n", should_be_type="HELP")], "the event type 'HELP'"),
        ([row(0, ""), row(1, "")], "2 rows, none of them judged"),
        ([row(0, "y"), row(1, "y", sample="t")], "another sample"),
        ([row(0, "y", stratum_size="")], "stratum_size ''"),
        ([row(0, "y"), row(1, "y", stratum_size="7")], "another size of the stratum"),
    ],
)
def test_what_cannot_be_is_refused(rows: list[Row], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_sample(rows)


def test_two_judges() -> None:
    rows = [row(at, "y", judge="anna") for at in range(10)]
    rows += [row(at, "n" if at == 3 else "y", judge="ben") for at in range(10)]
    sample = read_sample(rows)
    assert len(sample.judged) == 9
    assert "10 reports have two judges, who agree on 9" in sample.notes[0]
    assert kappa([(True, True), (False, False), (True, False), (False, False)]) == 0.5


def test_twins_count_once() -> None:
    sample = read_sample([row(0, "y"), row(0, "right")])
    assert len(sample.judged) == 1
    assert sample.notes[0] == "Judged twice alike: 1; each counts once."


def test_one_stratum_is_wilson_and_a_census_is_certain() -> None:
    low, high = wilson(0.7, 50, 0.9)
    found = stratified([(10_000, 50, 35)], 0.9)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)
    whole = stratified([(50, 50, 35)], 0.9, finite=True)
    assert (whole.low, whole.high) == (0.7, 0.7)


def test_the_stratified_interval_holds_the_truth_as_often_as_it_says() -> None:
    """A thousand samples of a known pile: 95% intervals hold its precision in 93 to 98 of 100."""
    draw = random.Random(4)
    strata = [(5000, 30, 0.95), (3000, 30, 0.7), (2000, 30, 0.5)]
    truth = sum(size * share for size, _, share in strata) / 10_000
    held = 0
    for _ in range(1000):
        told = [(size, n, sum(draw.random() < p for _ in range(n))) for size, n, p in strata]
        found = stratified(told, 0.95)
        held += (found.low or 0) <= truth <= (found.high or 1)
    assert 930 <= held <= 980
