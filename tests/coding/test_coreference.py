"""Reference over sentences, on sentences of our own."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.actors import ActorReader
from foreigndesk.coding.mentions import ActorMention
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser


@pytest.fixture(scope="module")
def reader() -> ActorReader:
    return ActorReader(open_codebook())


def last(reader: ActorReader, parser: SpacyParser, text: str, words: str) -> ActorMention:
    """The last mention of `text` with these words."""
    found = [m for s in reader.read(parse_text(text, parser), text, None) for m in s.mentions]
    return next(m for m in reversed(found) if m.mention.text == words)


KOREAN = (
    "Vladimir Putin met Kim Jong Un on Tuesday. North Korea's supreme leader thanked Putin. "
    "Both nations signed a treaty. The two leaders shook hands."
)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Putin met Merkel. He said that he was glad.", "he", "Vladimir Putin"),
        ("Choe Son Hui met Lavrov. She thanked the host.", "She", "Choe Son Hui"),
        ("Lavrov met Choe Son Hui and her aide.", "her", "Choe Son Hui"),
        ("Norway signed the treaty. It will send ships.", "It", "Norway"),
        ("The U.S. widened its work with its allies.", "its", "United States"),
        ("Iran, which sent arms, denied it.", "which", "Iran"),
        ("Chile voted. The country also signed.", "The country", "Chile"),
        ("South Korea fired. The North fired back.", "The North", "North Korea"),
        ("India and Pakistan talked. Islamabad said its neighbour lied.", "its neighbour", "India"),
        ("Choe Son Hui flew to Oslo. Later Choe spoke.", "Choe", "Choe Son Hui"),
        (KOREAN, "North Korea's supreme leader", "Kim Jong Un"),
        ("John Kirby spoke. “We are ready,” he said.", "We", "John Kirby"),
        ("“We are ready.”\n\n– John Kirby, spokesperson", "We", "John Kirby"),
    ],
)
def test_whom_it_means(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, name: str
) -> None:
    assert last(reader, parser, text, words).mention.name == name


def test_both_nations_are_the_two(reader: ActorReader, parser: SpacyParser) -> None:
    both = last(reader, parser, KOREAN, "Both nations")
    assert [m.code for m in both.members] == ["PRK", "RUS"]
    leaders = last(reader, parser, KOREAN, "The two leaders")
    assert [m.name for m in leaders.members] == ["Kim Jong Un", "Vladimir Putin"]


def test_governments_of_both_nations(reader: ActorReader, parser: SpacyParser) -> None:
    text = "Lavrov met Choe Son Hui. The governments of both nations have agreed to trade."
    found = last(reader, parser, text, "The governments of both nations")
    assert [(m.code, m.sector) for m in found.members] == [("PRK", "GOV"), ("RUS", "GOV")]


def test_each_other(reader: ActorReader, parser: SpacyParser) -> None:
    found = last(reader, parser, "India and Pakistan accused each other of lying.", "each other")
    assert {m.code for m in found.members} == {"IND", "PAK"}


def test_they_are_the_coordinated(reader: ActorReader, parser: SpacyParser) -> None:
    text = "Japan and South Korea met. They vowed to trade."
    assert {m.code for m in last(reader, parser, text, "They").members} == {"JPN", "KOR"}


def test_bodies_of_the_country_in_play(reader: ActorReader, parser: SpacyParser) -> None:
    text = "Sudan closed its border. The army sent tanks, and its spokesman confirmed it."
    army = last(reader, parser, text, "The army").mention
    assert (army.code, army.sector) == ("SDN", "MIL")


def test_possessive_gives_the_country(reader: ActorReader, parser: SpacyParser) -> None:
    found = last(reader, parser, "China said that its navy had sailed.", "its navy").mention
    assert (found.code, found.sector) == ("CHN", "MIL")


def test_empty_it_is_nobody(reader: ActorReader, parser: SpacyParser) -> None:
    text = "Norway waits. It is clear that nobody came."
    found = [m for s in reader.read(parse_text(text, parser), text, None) for m in s.mentions]
    assert "It" not in {m.mention.text for m in found}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Georgia left. The ex-Soviet republic won.", "The ex-Soviet republic", "Georgia"),
        ("China fired at Taiwan. The island fired back.", "The island", "Taiwan"),
        ("Jordan let Iraq in. The oil-poor kingdom lied.", "The oil-poor kingdom", "Jordan"),
        ("Italy sued Tunisia. The North African state paid.", "The North African state", "Tunisia"),
        ("North Korea fired. Its southern foe fired.", "Its southern foe", "South Korea"),
        ("Chad warned Sudan. Chad left the neighbouring state.", "the neighbouring state", "Sudan"),
        ("Syria and Israel met. The latter left.", "The latter", "Israel"),
        ("Syria and Israel met; the former has left.", "the former", "Syria"),
        ("Aum Shinrikyo met. The sect denied it.", "The sect", "Aum Shinrikyo"),
    ],
)
def test_what_style_and_place_tell(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, name: str
) -> None:
    assert last(reader, parser, text, words).mention.name == name


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Peru and Chile met. Each side left.", "Each side", ["CHL", "PER"]),
        ("Peru fired at Chile. Neither country stopped.", "Neither country", ["CHL", "PER"]),
        ("NATO and Serbia met. Both sides left.", "Both sides", ["NATO", "SRB"]),
    ],
)
def test_each_of_two(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, codes: list[str]
) -> None:
    assert sorted(m.code or "" for m in last(reader, parser, text, words).members) == codes


@pytest.mark.parametrize(
    ("text", "words", "code", "sector"),
    [
        ("Guinea's junta freed him. The generals slept.", "The generals", "GIN", "MIL"),
        ("Bulgaria's cabinet left, and parliament will vote.", "parliament", "BGR", "LEG"),
        ("Men stormed a palace in Mali. The minister fled.", "The minister", "MLI", "GOV"),
        ("Greece fell. Its creditors met, and its premier left.", "its premier", "GRC", "GOV"),
        ("Iran left the talks with Iraq. The ambassador wept.", "The ambassador", None, "GOV"),
    ],
)
def test_bodies_at_home(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, code: str, sector: str
) -> None:
    found = last(reader, parser, text, words).mention
    assert (found.code, found.sector) == (code, sector)
