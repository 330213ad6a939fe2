"""Places: the gazetteer, which namesake is meant, and where an event was."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.load import open_codebook
from foreigndesk.codebook.places import Gazetteer, PlaceEntry, place_key
from foreigndesk.coding.places import PlaceReader, event_place
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Place

READER = PlaceReader(open_codebook())
GAZETTEER = Gazetteer(open_codebook())


def places(text: str, parser: SpacyParser) -> tuple[Place, ...]:
    return READER.read(parse_text(text, parser), text)


def where(text: str, word: str, parser: SpacyParser) -> str | None:
    sentences = parse_text(text, parser)
    tree = Tree(sentences[0])
    trigger = next(t.i for t in tree.tokens if t.text == word)
    found = event_place(tree, trigger, READER.read(sentences, text))
    return found.name if found else None


def test_a_country_has_id_code_and_point() -> None:
    (place,) = GAZETTEER.find("north korea")
    assert (place.country, place.geonameid, place.lat, place.lon) == ("PRK", 1873107, 40.0, 127.0)


@pytest.mark.parametrize("name", ["Kyiv", "Kiev", "Saint Petersburg", "Pyongyang", "Zürich"])
def test_cities_are_found_under_their_names(name: str) -> None:
    assert GAZETTEER.find(place_key(name))


def test_what_is_no_place_is_not_found() -> None:
    assert GAZETTEER.find("xyzzy") == ()


def test_entries_lie_on_the_globe_and_are_found_in_their_example(parser: SpacyParser) -> None:
    for entry in open_codebook().entries("places", PlaceEntry):
        assert -90 <= entry.lat <= 90, entry.id
        assert -180 <= entry.lon <= 180, entry.id
        assert entry.name in {p.name for p in places(entry.says, parser)}, entry.id
        assert entry.name not in {p.name for p in places(entry.not_, parser)}, entry.id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Storms hit Paris, Texas, on Sunday.", [("Paris", "USA"), ("Texas", "USA")]),
        ("They met in Paris on Sunday.", [("Paris", "FRA")]),
        ("The United States spoke in Geneva.", [("United States", "USA"), ("Geneva", "CHE")]),
        ("Russian troops left Kherson.", [("Russian", "RUS"), ("Kherson", "UKR")]),
        ("Michael Jordan spoke.", []),
        ("The danger of HIV is real.", []),
    ],
)
def test_namesakes(text: str, found: list[tuple[str, str]], parser: SpacyParser) -> None:
    assert [(p.text, p.country) for p in places(text, parser)] == found


def test_spans_are_the_text_to_the_letter(parser: SpacyParser) -> None:
    text = "In “Pyongyang” — the capital of North Korea — Putin met Kim."
    assert [text[p.start : p.end] for p in places(text, parser)] == ["Pyongyang", "North Korea"]


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Sergey Lavrov met Choe in Moscow from Jan. 15 to 17.", "met", "Moscow"),
        ("Washington accused Pyongyang of sending arms to Russia.", "accused", None),
        ("Washington accused Pyongyang of sending arms to Russia.", "sending", None),
        ("Putin flew to Pyongyang on Tuesday for talks with Kim.", "flew", "Pyongyang"),
        ("The leader has invited Putin to Pyongyang.", "invited", None),
        ("China and Japan will hold talks in Beijing next week.", "talks", "Beijing"),
        ("Iran, speaking in Geneva, condemned the attack on Kharkiv.", "condemned", None),
        ("Iran, speaking in Geneva, condemned the attack on Kharkiv.", "attack", "Kharkiv"),
    ],
)
def test_event_place(text: str, word: str, place: str | None, parser: SpacyParser) -> None:
    assert where(text, word, parser) == place
