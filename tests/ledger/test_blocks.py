from __future__ import annotations

import random
from itertools import product

from building import JULY, Doc, affair, say

from foreigndesk.ledger.blocks import MOST, Blocks, asked_keys, block_keys
from foreigndesk.ledger.views import View, profiles, view
from foreigndesk.model import Report


def views(reports: list[Report]) -> list[View]:
    about = profiles(reports)
    return [view(r, {}, about) for r in reports]


def test_a_report_finds_what_is_filed_under_a_key_it_asks() -> None:
    everything = views(affair())
    for one, other in product(everything, everything):
        blocks = Blocks()
        blocks.file(one, 0)
        shared = not set(asked_keys(other)).isdisjoint(block_keys(one))
        assert (blocks.candidates(other) == [0]) == shared


def test_a_year_apart_is_another_block() -> None:
    deed = "Vladimir Putin > CONSULT visit > North Korea"
    one, other = views(
        [say(Doc(d, d), "Putin visits.", deed, date=d) for d in ("2023-06-19", "2024-06-19")]
    )
    assert set(asked_keys(one)).isdisjoint(block_keys(other))


def test_a_headline_that_names_one_side_finds_the_report_of_both() -> None:
    both, one = views(
        [
            say(JULY, "Russia threatens Ukraine.", "Russia > THREATEN > Ukraine"),
            say(JULY, "Russia threatens war.", "Russia > THREATEN > "),
        ]
    )
    for first, second in ((both, one), (one, both)):
        blocks = Blocks()
        blocks.file(first, 7)
        assert blocks.candidates(second) == [7]


def test_of_many_clusters_those_that_share_most_are_heard() -> None:
    deed = "Russia > ASSAULT > Ukraine"
    many = [say(Doc(f"d{n}", "2024-02-02"), "Troops fired.", deed) for n in range(3 * MOST)]
    same = say(Doc("s", "2024-02-02"), "Troops fired at Balakliia bridge.", deed)
    asks = say(Doc("t", "2024-02-02"), "Troops hit Balakliia bridge.", "Russia > ASSAULT > ")
    *filed, named, asking = views([*many, same, asks])
    blocks = Blocks()
    order = list(range(len(filed)))
    random.Random(3).shuffle(order)
    for number in order:
        blocks.file(filed[number], number)
    blocks.file(named, len(filed))
    found = blocks.candidates(asking)
    assert len(found) == MOST
    assert len(filed) in found
