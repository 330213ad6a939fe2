"""Accuracy as a ratchet: floors, frozen cases, a well-formed gold."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from evaluation import cases, floors, whenwhere
from evaluation.gold import GoldEvent, GoldText, faults, read_gold
from evaluation.run import Outcome, run

UPDATE = "look at them one by one; if the change is meant: python -m evaluation --update"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run()


@pytest.fixture(scope="module")
def figures(outcome: Outcome) -> dict[str, float]:
    return outcome.figures() | whenwhere.figures(whenwhere.cases())


def test_no_figure_is_under_its_floor(figures: dict[str, float]) -> None:
    low = floors.below(figures, floors.read())
    assert not low, "\n".join(low)


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert set(floors.read()) == set(figures)


def test_when_and_where_gold_is_well_formed() -> None:
    texts = whenwhere.read_texts()
    assert sum(len(text.reports) for text in texts) >= 200
    assert len({text.id for text in texts}) == len(texts)
    for text in texts:
        assert all(report.trigger in text.text for report in text.reports), text.id


def test_cases_are_as_frozen(outcome: Outcome) -> None:
    changed = cases.changes(outcome.results)
    assert not changed, f"cases changed; {UPDATE}\n{changed}"


def test_better_than_the_naive_baseline(outcome: Outcome) -> None:
    naive = run("baseline").figures()
    for half in ("dev", "test"):
        assert outcome.figures()[f"{half}.whole.f1"] > 2 * naive[f"{half}.whole.f1"]


def test_gold_is_well_formed() -> None:
    found = faults(read_gold())
    assert not found, "\n".join(found)


def test_gold_covers_what_it_promises() -> None:
    texts = read_gold()
    events = [event for text in texts for event in text.events]
    assert len(texts) >= 360
    assert len({event.event_type for event in events}) == 16
    assert len({event.status for event in events}) == 7
    assert len({said.stance for event in events for said in event.attribution or ()}) == 5


def _event(text: GoldText, **changes: Any) -> GoldText:
    event: GoldEvent = msgspec.structs.replace(text.events[0], **changes)
    return msgspec.structs.replace(text, events=(event,))


def test_faults_are_found() -> None:
    text = next(text for text in read_gold() if text.events)
    broken = [
        (_event(text, trigger="zzz"), "does not stand in the text"),
        (_event(text, actor=("QQQ",)), "no code or sector"),
        (_event(text, event_mode="sideways"), "has no mode"),
        (_event(text, date="yesterday"), "no EDTF date"),
    ]
    for wrong, words in broken:
        assert any(words in fault for fault in faults((wrong,)))
    assert any("stands twice" in fault for fault in faults((text, text)))


def test_floors_rise_and_fall_only_when_named() -> None:
    old = {"a": 0.5, "b": 0.5}
    figures = {"a": 0.8, "b": 0.4}
    assert floors.raised(figures, old) == {"a": 0.79, "b": 0.5}
    assert floors.raised(figures, old, ("b",)) == {"a": 0.79, "b": 0.39}
    assert floors.below(figures, old) == [
        "b is 0.4000, under its floor 0.5000; if that is meant, "
        "run: python -m evaluation --update --lower b"
    ]
    with pytest.raises(ValueError, match="no such figure"):
        floors.raised(figures, old, ("c",))
