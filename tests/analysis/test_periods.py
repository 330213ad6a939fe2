"""Dyads by period, blocs and balance, action and response, and who omits what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from building import Doc, say, write

from foreigndesk.analysis import Filters, balance, blocs, coverage, dyads, network, responses
from foreigndesk.errors import UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import EventDate

A = Doc("a", "2024-03-11", "Alpha")
B = Doc("b", "2024-03-12", "Beta")
C = Doc("c", "2024-03-13", "Gamma")


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two friends and a foe of both; an accusation and what came back."""
    reports = [
        say(A, "Russia armed North Korea.", "Russia > AID > North Korea", date="2024-03-04"),
        say(A, "Seoul accused Russia.", "South Korea > ACCUSE > Russia", date="2024-03-05", at=100),
        say(A, "Seoul accused the North.", "South Korea > ACCUSE > North Korea",
            date="2024-03-05", at=200),
        say(B, "North Korea hit back at South Korea.", "North Korea > ACCUSE > South Korea",
            date="2024-03-08"),
        replace(
            say(C, "They met in some year.", "Russia = CONSULT = Ukraine", at=50),
            date=EventDate("2024", "2024-01-01", "2024-12-31", "2024", 0, 4, "explicit"),
        ),
    ]  # fmt: skip
    return write(tmp_path_factory.mktemp("quarrel") / "desk", reports)


def test_an_event_counts_only_in_periods_that_its_date_knows(quarrel: Desk) -> None:
    weeks = {(r["week"], r["source"], r["target"]) for r in dyads(quarrel, by="week").to_pylist()}
    assert ("2024-03-04", "RUS", "PRK") in weeks
    assert (None, "RUS", "UKR") in weeks
    years = {(r["year"], r["source"], r["target"]) for r in dyads(quarrel, by="year").to_pylist()}
    assert ("2024", "RUS", "UKR") in years
    with pytest.raises(UsageError, match="day, week, month, year"):
        dyads(quarrel, by="fortnight")


def test_undirected_dyads_join_both_ways(quarrel: Desk) -> None:
    rows = dyads(quarrel, Filters(dyad="KOR-PRK"), undirected=True).to_pylist()
    assert [(r["source"], r["target"], r["events"]) for r in rows] == [("KOR", "PRK", 2)]


def test_two_friends_and_their_foe_are_balanced(quarrel: Desk) -> None:
    (row,) = balance(quarrel).to_pylist()
    assert (row["triangles"], row["balanced"], row["balance"]) == (1, 1, 1.0)
    assert (row["positive"], row["negative"]) == (2, 2)
    groups = [r["states"] for r in blocs(quarrel).to_pylist()]
    assert groups == [["PRK", "RUS", "UKR"]]
    assert {r["month"] for r in network(quarrel, by="month").to_pylist()} == {"2024-03", None}


def test_what_came_back_within_the_window(quarrel: Desk) -> None:
    asked = Filters(dyad="KOR-PRK")
    rows = {(r["source"], r["quad"]): r for r in responses(quarrel, asked, 7).to_pylist()}
    action = rows["KOR", 3]
    assert (action["actions"], action["answered"], action["then_quad3"]) == (1, 1, 1)
    assert action["median_days"] == 3
    assert rows["PRK", 3]["answered"] == 0
    assert {r["answered"] for r in responses(quarrel, asked, 2).to_pylist()} == {0}
    with pytest.raises(UsageError, match="one day"):
        responses(quarrel, asked, 0)


def test_who_printed_and_omits_it(quarrel: Desk) -> None:
    rows = coverage(quarrel, Filters(dyad="PRK>KOR")).to_pylist()
    assert {r["outlet"]: r["tells"] for r in rows} == {"Beta": True, "Alpha": False, "Gamma": False}
    told = next(r for r in rows if r["tells"])
    assert told["evidence"] == "North Korea hit back at South Korea."
    again = coverage(quarrel, event=told["event_id"][:6]).to_pylist()
    assert again == rows


def test_an_empty_ledger_answers(tmp_path: Path) -> None:
    desk = write(tmp_path / "desk", [])
    for question in (dyads, network, blocs, balance, responses, coverage):
        assert question(desk).num_rows == 0
