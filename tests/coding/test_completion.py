"""What the learned model adds to frames: sides, events, and nothing where nothing is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foreigndesk.coding.completion import Completer
from foreigndesk.coding.pair_model import NONE, RULE, PairModel
from foreigndesk.model import Report, Status
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


class Told:
    """A stand-in for the model that answers every pair alike, and counts the questions."""

    class weights:  # noqa: N801  # stands for an attribute of PairModel
        none = True

    def __init__(self, **shares: float) -> None:
        self.answer = {NONE: 1 - sum(shares.values()), **shares}
        self.asked: list[tuple[str, str]] = []

    def shares(
        self, text: str, actor: tuple[int, int], recipient: tuple[int, int]
    ) -> dict[str, float]:
        self.asked.append((text[slice(*actor)], text[slice(*recipient)]))
        return self.answer


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


@pytest.fixture
def coded(reader: Reader) -> Callable[[str, object], tuple[Report, ...]]:
    def code(text: str, model: object) -> tuple[Report, ...]:
        coder = reader.coder
        kept = coder.completer
        quiet = coder.frames.classes["no-deed"]
        coder.completer = Completer(coder.factuality, quiet, lambda: model)  # type: ignore[arg-type,return-value]
        try:
            return reader.analyse(text).reports
        finally:
            coder.completer = kept

    return code


Code = Callable[[str, object], tuple[Report, ...]]
UNKNOWN = "Norway zorbled Chile on Monday."


def test_an_event_of_a_verb_that_no_entry_knows(coded: Code) -> None:
    model = Told(ASSAULT=0.9)
    (report,) = coded(UNKNOWN, model)
    assert (report.event_type, report.rule, report.trigger.text) == ("ASSAULT", RULE, "zorbled")
    assert [m.text for m in (*report.actor, *report.recipient)] == ["Norway", "Chile"]
    assert report.status is Status.OCCURRED
    assert report.confidence == pytest.approx(0.9 * 0.924, abs=0.01)
    assert model.asked == [("Norway", "Chile")]


def test_no_event_where_the_model_is_not_sure_or_sees_none(coded: Code) -> None:
    assert coded(UNKNOWN, Told(ASSAULT=0.6)) == ()
    assert coded(UNKNOWN, Told()) == ()


def test_no_model_or_one_that_knows_no_none_adds_nothing(coded: Code) -> None:
    class Old(Told):
        class weights:  # noqa: N801
            none = False

    assert coded(UNKNOWN, None) == ()
    assert coded(UNKNOWN, Old(ASSAULT=0.9)) == ()


def test_a_frame_with_both_sides_asks_nothing(coded: Code) -> None:
    model = Told(ASSAULT=0.9)
    (report,) = coded("Norway praised Chile.", model)
    assert report.event_type == "SUPPORT"
    assert model.asked == []


def test_a_missing_side_is_filled_and_bears_the_models_name(coded: Code) -> None:
    text = "Peru threw out the draft that Bolivia had put forward."
    (before,), (after,) = coded(text, Told()), coded(text, Told(REJECT=0.8))
    assert [m.text for m in before.actor] == ["Peru"]
    assert before.recipient == ()
    assert [m.text for m in after.recipient] == ["Bolivia"]
    assert after.rule == f"{before.rule}+{RULE}"
    assert after.confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Norway is larger than Chile.",  # no deed
        "Norway said that Chile zorbled the bridge.",  # a clause of its own, with its own subject
        "Norway and Chile.",  # no verb
        "The museum in Norway has a garden.",  # one party
    ],
)
def test_who_stands_nowhere_like_a_side_is_not_asked_about(coded: Code, text: str) -> None:
    model = Told(ASSAULT=0.9)
    coded(text, model)
    assert model.asked == []


def test_at_most_three_questions_for_a_new_event(coded: Code) -> None:
    model = Told()
    coded("Norway, Peru and Mali zorbled Chile with Kenya, Chad and Cuba near Ghana.", model)
    assert len(model.asked) <= 3


@pytest.mark.parametrize(
    ("text", "root"),
    [("Norway will zorble Chile.", "AGREE"), ("Norway did not zorble Chile.", "REJECT")],
)
def test_what_is_said_of_a_deed_makes_an_agreement_or_a_refusal(
    coded: Code, text: str, root: str
) -> None:
    (report,) = coded(text, Told(**{root: 0.9}))
    assert report.status is Status.OCCURRED
    (deed,) = coded(text, Told(ASSAULT=0.9))
    assert deed.status in (Status.PLANNED, Status.DENIED)


def test_the_shipped_model_completes_and_rules_only_does_not(reader: Reader) -> None:
    text = "Colombo handed back 13 trawlers to Indian fishermen."
    (report,) = reader.analyse(text).reports
    assert (report.event_type, report.rule) == ("RETREAT", RULE)
    assert [m.text for m in report.recipient] == ["Indian fishermen"]
    assert Reader(Settings(learned=0)).analyse(text).reports == ()


def test_the_shipped_model_knows_two_who_are_not_related(reader: Reader) -> None:
    model: PairModel | None = reader.coder.completer and reader.coder.completer.model()
    assert model is not None
    assert model.weights.none
    shares = model.shares("Norway lies north of Chile.", (0, 6), (21, 26))
    assert max(shares, key=lambda r: shares[r]) == NONE
    assert sum(shares.values()) == pytest.approx(1)
    assert len(model.logs("Norway lies north of Chile.", (0, 6), (21, 26))) == 15
