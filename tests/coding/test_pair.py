"""The relation of a marked pair, by rules alone and with a model."""

from __future__ import annotations

import pytest

from foreigndesk.coding.pair import Pair, root_of, weighed
from foreigndesk.coding.pair_model import RULE, PairModel, Weights
from foreigndesk.coding.wordpiece import WordPiece
from foreigndesk.model import EventType, PairRelation
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

ROOTS = ("ASSAULT", "CONSULT", "YIELD")


class Says:
    """Stands in for a session: it gives the same scores for every text."""

    def __init__(self, *scores: float) -> None:
        self.scores = scores

    def run(self, names: object, feeds: object) -> list[list[tuple[float, ...]]]:
        return [[self.scores]]


def model(*scores: float) -> PairModel:
    weights = Weights(roots=ROOTS, rule={"both": 2.0, "one": 1.0, "wrong-way": 0.0})
    return PairModel(Says(*scores), WordPiece({"[UNK]": 100}), weights)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


def ask(reader: Reader, text: str, actor: str, recipient: str, m: PairModel | None) -> PairRelation:
    reading = reader.reading_of_text(text, None, None)
    start, end = text.index(actor), text.index(recipient)
    pair = Pair((start, start + len(actor)), (end, end + len(recipient)))
    return weighed(reader.coder, reading, pair, m)


def test_rules_alone(reader: Reader) -> None:
    found = ask(reader, "Mali attacked Chad on Monday.", "Mali", "Chad", None)
    assert found.event_type is EventType.ASSAULT
    assert found.rule != RULE


def test_rules_silent_without_a_model(reader: Reader) -> None:
    found = ask(reader, "Mali is larger than Chad.", "Mali", "Chad", None)
    assert (found.rule, found.confidence) == ("pair.no-report", 0.05)


def test_model_answers_where_rules_are_silent(reader: Reader) -> None:
    found = ask(reader, "Mali is larger than Chad.", "Mali", "Chad", model(0, 1, 3))
    assert (found.event_type, found.rule) == (EventType.RETREAT, RULE)
    assert found.confidence == pytest.approx(0.844, abs=0.001)


def test_a_rule_holds_against_a_doubtful_model_and_yields_to_a_sure_one(reader: Reader) -> None:
    text = "Mali attacked Chad on Monday."
    doubtful = ask(reader, text, "Mali", "Chad", model(0, 0.5, 0))
    sure = ask(reader, text, "Mali", "Chad", model(0, 9, 0))
    assert doubtful.event_type is EventType.ASSAULT
    assert doubtful.rule.startswith("assault.")
    assert (sure.event_type, sure.rule) == (EventType.CONSULT, RULE)


def test_concede_and_retreat_are_one_root() -> None:
    assert {root_of(EventType.CONCEDE), root_of(EventType.RETREAT)} == {"YIELD"}
    assert root_of(EventType.AID) == "AID"
