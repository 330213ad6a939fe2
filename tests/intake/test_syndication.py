"""Near copies to Stories."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from foreigndesk.intake.signatures import Signatures
from foreigndesk.intake.syndication import stories
from foreigndesk.model import Article, Published

WORDS = [f"word{n}" for n in range(400)]


def prose(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def article(key: str, text: str, day: str | None = None, outlet: str | None = None) -> Article:
    return Article(key, None, None, None, outlet, "en", Published(day, None), None, text, ())


def groups(articles: list[Article]) -> list[list[str]]:
    return sorted(sorted(story.articles) for story in stories(articles))


def test_copies_are_joined_and_others_are_not() -> None:
    wire = prose(1)
    cut = " ".join(wire.split()[:80])
    longer = wire + " " + prose(2, 60)
    half = " ".join(wire.split()[100:160]) + " " + prose(3, 140)
    found = groups(
        [
            article("a", wire),
            article("b", cut),
            article("c", longer),
            article("d", half),
            article("e", prose(4)),
        ]
    )
    assert found == [["a", "b", "c"], ["d"], ["e"]]


def test_any_order_gives_the_same() -> None:
    many = [article(f"{n}", prose(n % 7) + " " + prose(100 + n, 20)) for n in range(30)]
    shuffled = many[:]
    random.Random(5).shuffle(shuffled)
    assert stories(many) == stories(shuffled)
    assert len(stories(many)) == 7


def test_the_lead_is_the_earliest_then_the_most_complete() -> None:
    wire = prose(1)
    late = article("a", wire + " " + prose(2, 30), "2020-05-02", "A")
    early = article("b", wire, "2020-05-01", "B")
    undated = article("c", wire + " " + prose(3, 10), None, "B")
    (story,) = stories([late, undated, early])
    assert (story.lead, story.outlets) == ("b", 2)
    (story,) = stories([article("x", wire), article("y", wire + " and more")])
    assert story.lead == "y"


def test_short_texts_are_joined_only_if_the_same() -> None:
    short = "The envoys met in Vienna on Monday and left."
    found = groups([article("a", short), article("b", short), article("c", short + " So it goes.")])
    assert found == [["a", "b"], ["c"]]
    assert groups([article("a", ""), article("b", "")]) == [["a"], ["b"]]


def test_an_article_read_twice_counts_once() -> None:
    twice = article("a", prose(1))
    assert groups([twice, twice]) == [["a"]]


def test_many_copies_of_one_wire_story() -> None:
    wire = prose(1)
    many = [article(f"{n:03}", wire + f" {prose(n, 12)}") for n in range(300)]
    assert len(stories(many)) == 1


def test_kept_signatures_give_the_same_and_are_not_made_again() -> None:
    many = [article(f"{n}", prose(n % 5) + " " + prose(50 + n, 30)) for n in range(20)]
    tables: list[pa.Table] = []
    first = Signatures(keep=tables.append)
    expected = stories(many[:12], first)
    again = Signatures(tables, keep=tables.append)
    assert stories(many, again) == stories(many)
    assert (first.made, again.made) == (12, 8)
    assert stories(many[:12], Signatures(tables)) == expected


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_incremental_is_anew_in_any_order(chance: random.Random) -> None:
    many = [_copy(chance, f"{n}") for n in range(chance.randint(1, 30))]
    expected = stories(many)
    chance.shuffle(many)
    tables: list[pa.Table] = []
    for cut in sorted(chance.sample(range(len(many)), min(2, len(many)))):
        stories(many[:cut], Signatures(tables, tables.append))
    assert stories(many, Signatures(tables)) == expected


def _copy(chance: random.Random, key: str) -> Article:
    words = prose(chance.randrange(6), 90).split()
    for _ in range(chance.randrange(12)):
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    return article(key, " ".join(words[: chance.randint(20, 90)]), chance.choice((None, "2020")))
