"""The pool of model and rules: what it learns from cases, and the reliability table."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

pytest.importorskip("torch", reason="torch is only in the training environment")

from foreigndesk.coding.pair_model import Vote
from training.pool import Case, answers, fit_pool, macro_f1, model_alone, reliability, rules_alone

ROOTS = ("AID", "CONSULT", "YIELD")


def case(label: str, sure: str, vote: str | None, fit: float = 1.0) -> Case:
    logs = [math.log(0.5 if r == sure else 0.25) for r in ROOTS]
    return Case(label, logs, (Vote(vote, fit, 0.8),) if vote else ())


def test_rules_that_are_right_get_a_weight_and_wrong_ones_none() -> None:
    right = [case(label, "AID", label) for label in ROOTS] * 20
    wrong = [case("AID", "AID", label, 0.2) for label in ("CONSULT", "YIELD")] * 20
    weights = fit_pool(right + wrong, ROOTS)
    assert weights.rule["both"] > 1.0 > weights.rule["wrong-way"]
    assert [a.root for a in answers(right[:3], weights)] == list(ROOTS)
    assert {a.root for a in answers(wrong, weights)} == {"AID"}


def test_figures() -> None:
    cases = [case("AID", "AID", None), case("CONSULT", "AID", "CONSULT")]
    assert macro_f1(model_alone(cases, ROOTS)) == pytest.approx((2 / 3 + 0) / 2)
    assert [a.root for a in rules_alone(cases)] == ["CONSULT", "CONSULT"]
    assert "0.500" in reliability(model_alone(cases, ROOTS))
