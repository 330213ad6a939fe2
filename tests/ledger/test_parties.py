from __future__ import annotations

import pytest

from foreigndesk.ledger.parties import KIN, OTHER, PART, SAME, codes, likeness, party
from foreigndesk.model import Mention


def named(
    name: str, code: str | None = None, sector: str | None = None, entry: str | None = None
) -> Mention:
    return Mention(0, len(name), name, name, code, sector, entry)


IRAQ = named("Iraq", "IRQ", None, "state.IRQ")
SOMALIA = named("Somalia", "SOM", None, "state.SOM")
MINISTER = named("Ahmed Moallim", "SOM", "GOV", "person.ahmed-moallim")


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (IRAQ, IRAQ, SAME, SAME),
        (SOMALIA, MINISTER, PART, PART),
        (IRAQ, named("14 people", None, "CVL"), KIN, PART),
        (named("the students", None, "EDU"), named("the girls", None, "CVL"), KIN, PART),
        (named("gunmen", None, "UAF"), named("militants", None, "REB"), KIN, PART),
        (named("Ahed Tamimi"), named("a Palestinian girl", "PSE", "CVL"), KIN, PART),
        (named("gunmen", None, "UAF"), named("the students", None, "EDU"), OTHER, OTHER),
        (IRAQ, SOMALIA, OTHER, OTHER),
        (IRAQ, named("Somali villagers", "SOM", "CVL"), OTHER, OTHER),
        (IRAQ, named("Iraqi rebels", "IRQ", "REB"), OTHER, OTHER),
        (named("Ahed Tamimi"), named("Nabil Kadhim"), OTHER, OTHER),
    ],
)
def test_likeness(one: Mention, other: Mention, least: float, most: float) -> None:
    assert least <= likeness(party(one), party(other)) <= most
    assert likeness(party(one), party(other)) == likeness(party(other), party(one))


@pytest.mark.parametrize(
    ("mention", "vague"),
    [
        (named("the mayor of Van"), True),
        (named("Demonstrators", "FRA", "CVL"), True),
        (named("Nebi Saleh"), False),
        (named("Prince Faisal bin Farhan"), False),
        (named("the president", "LKA", "GOV", "office.lka-president"), False),
    ],
)
def test_a_description_is_vague(mention: Mention, vague: bool) -> None:
    assert party(mention).vague is vague


def test_the_code_of_a_description_is_its_last_word() -> None:
    crowd = [party(named(n, None, "EDU")) for n in ("42 students", "the students")]
    assert codes(tuple(crowd)) == ("students",)
