"""Who a mention is, on sentences of our own, with the live parser and the shipped catalogue."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreigndesk.codebook.actors import Person, Term
from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.actors import ActorReader
from foreigndesk.coding.mentions import ActorMention
from foreigndesk.coding.names import case_fits, fold, skeleton, words_of
from foreigndesk.coding.offices import sector_on
from foreigndesk.coding.spelling import near, same_person
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser


@pytest.fixture(scope="module")
def reader() -> ActorReader:
    return ActorReader(open_codebook())


def mentions(
    reader: ActorReader, parser: SpacyParser, text: str, published: str | None = None
) -> dict[str, ActorMention]:
    """The mentions by their words; a later one of the same words wins."""
    found = reader.read(parse_text(text, parser), text, published)
    return {m.mention.text: m for sentence in found for m in sentence.mentions}


@pytest.mark.parametrize(
    ("text", "words", "code", "sector"),
    [
        ("Colombian rebels burned a bridge.", "Colombian rebels", "COL", "REB"),
        ("The Iranian parliament passed a law.", "The Iranian parliament", "IRN", "LEG"),
        ("The government of Sudan signed.", "The government of Sudan", "SDN", "GOV"),
        ("Troops from Kenya left.", "Troops from Kenya", "KEN", "MIL"),
        ("Police in Kenya arrested two men.", "Police", "KEN", "COP"),
        ("Iran-backed rebels in Yemen fired.", "Iran-backed rebels", "YEM", "REB"),
        ("Protesters burned tyres.", "Protesters", None, "CVL"),
        ("Kim Jong-Un sent a letter.", "Kim Jong-Un", "PRK", "GOV"),
        ("KIM JONG UN sent a letter.", "KIM JONG UN", "PRK", "GOV"),
        ("Former president Vladimir Putin spoke.", "Former president Vladimir Putin", "RUS", "ELI"),
        ("Cote d'Ivoire signed.", "Cote d'Ivoire", "CIV", None),
    ],
)
def test_who(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, code: str, sector: str
) -> None:
    found = mentions(reader, parser, text)[words].mention
    assert (found.code, found.sector) == (code, sector)


def test_title_country_and_name_are_one_mention(reader: ActorReader, parser: SpacyParser) -> None:
    text = "Sergey Lavrov met North Korean Foreign Minister Choe Son Hui in Moscow."
    found = mentions(reader, parser, text)
    choe = found["North Korean Foreign Minister Choe Son Hui"]
    assert choe.mention.name == "Choe Son Hui"
    assert choe.kind == "named"
    assert found["Moscow"].kind == "place"


def test_seats_act(reader: ActorReader, parser: SpacyParser) -> None:
    found = mentions(reader, parser, "Moscow accused Washington. He planned a trip to Seoul.")
    assert {w: (m.kind, m.mention.code) for w, m in found.items() if m.kind == "seat"} == {
        "Moscow": ("seat", "RUS"),
        "Washington": ("seat", "USA"),
        "Seoul": ("seat", "KOR"),
    }


def test_adjective_before_what_is_no_actor(reader: ActorReader, parser: SpacyParser) -> None:
    found = mentions(reader, parser, "Russian weapons reached the port.")
    assert found["Russian"].kind == "adjective"
    assert found["Russian"].mention.code == "RUS"


def test_unknown_name_by_apposition(reader: ActorReader, parser: SpacyParser) -> None:
    found = mentions(reader, parser, "Ivan Petrovsky, a Russian diplomat, met the envoy.")
    assert found["Ivan Petrovsky"].mention.code == "RUS"
    assert found["Ivan Petrovsky"].mention.sector == "GOV"
    assert found["a Russian diplomat"].mention.name == "Ivan Petrovsky"


def test_unknown_name_stays_an_actor(reader: ActorReader, parser: SpacyParser) -> None:
    found = mentions(reader, parser, "Anna Lindqvist thanked the sailors.")
    assert found["Anna Lindqvist"].mention.code is None


def test_misspelt_name_is_resolved_and_marked(reader: ActorReader, parser: SpacyParser) -> None:
    found = mentions(reader, parser, "Sergey Lavrov spoke in Oslo. Later Lavron left.")
    lavron = found["Lavron"]
    assert (lavron.mention.name, lavron.misspelt) == ("Sergey Lavrov", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chad and Georgia signed a treaty.", "TCD GEO"),
        ("Turkey accused Guinea.", "TUR GIN"),
        ("Georgia said Tbilisi would not yield to the governor.", "GEO GEO GEO"),
        ("Jordan King Abdullah met Niger President Mohamed Bazoum.", "JOR NER"),
        ("Michael Jordan met Chad Smith. Later Jordan left.", ""),
        ("Jordan Peterson thanked Paris Hilton.", ""),
        ("Georgia governor Brian Kemp signed the bill.", "USA"),
        ("Georgian troops fired.", "GEO"),
        ("The roast turkey burned.", ""),
        ("Ships left the South China Sea for the Gulf of Mexico.", ""),
        ("They fought in the Korean War and the Vietnam War.", ""),
        ("The Cuban missile crisis and the Iran-Contra affair ended.", ""),
    ],
)
def test_names_that_others_share(
    reader: ActorReader, parser: SpacyParser, text: str, code: str
) -> None:
    found = reader.read(parse_text(text, parser), text, "2022-05-01")
    kinds = ("named", "role", "seat", "adjective")
    codes = [m.mention.code for s in found for m in s.mentions if m.kind in kinds]
    assert [c for c in codes if c] == code.split()


def test_collective_has_members(reader: ActorReader, parser: SpacyParser) -> None:
    found = mentions(reader, parser, "U.S. and South Korean forces held drills.")
    forces = found["U.S. and South Korean forces"]
    assert [(m.code, m.sector) for m in forces.members] == [("USA", "MIL"), ("KOR", "MIL")]


def test_office_holder_of_the_day(reader: ActorReader, parser: SpacyParser) -> None:
    text = "The Russian president spoke."
    now = mentions(reader, parser, text, "2023-05-01")["The Russian president"]
    assert now.mention.name == "Vladimir Putin"
    then = mentions(reader, parser, text, "1995-05-01")["The Russian president"]
    assert then.mention.name == "Boris Yeltsin"


def test_counterpart_holds_the_same_office(reader: ActorReader, parser: SpacyParser) -> None:
    text = "Iranian Foreign Minister Hossein Amir-Abdollahian will meet his Saudi counterpart."
    met = mentions(reader, parser, text, "2023-03-19")["his Saudi counterpart"].mention
    assert (met.name, met.code, met.sector) == ("Faisal bin Farhan", "SAU", "GOV")


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Finland and Sweden applied. Their ambassadors left.", "Their ambassadors", "FIN SWE"),
        (
            "Chad, Mali and Togo met. The three countries left.",
            "The three countries",
            "MLI TCD TGO",
        ),
        (
            "North Korea and Russia signed a treaty. Japan and South Korea accused Pyongyang of"
            " arming Moscow, an accusation that both governments have denied.",
            "both governments",
            "PRK RUS",
        ),
        ("Iran and Iraq met. China said it would support both sides.", "both sides", "IRN IRQ"),
    ],
)
def test_who_a_collective_is(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, codes: str
) -> None:
    found = mentions(reader, parser, text)[words]
    assert sorted(m.code or "" for m in found.members) == codes.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Shared opposition to Trump grew.", "opposition"),
        ("The alliance between France and Germany held.", "alliance"),
        ("Japan teamed up with Kenya.", "teamed"),
        ("The administration of the vaccine began.", "administration"),
    ],
)
def test_deeds_are_no_actors(
    reader: ActorReader, parser: SpacyParser, text: str, words: str
) -> None:
    assert not [w for w in mentions(reader, parser, text) if words in w]


def test_a_role_is_not_of_the_country_it_deals_with(
    reader: ActorReader, parser: SpacyParser
) -> None:
    found = mentions(reader, parser, "Kenya's ambassador to Somalia met the U.S. envoy for Syria.")
    assert found["Kenya's ambassador"].mention.code == "KEN"
    assert found["the U.S. envoy for Syria"].mention.code == "USA"


def test_terms_for_another_and_undated_pages(reader: ActorReader, parser: SpacyParser) -> None:
    def tusk(day: str | None) -> tuple[str | None, str | None]:
        mention = mentions(reader, parser, "Donald Tusk spoke.", day)["Donald Tusk"].mention
        return mention.code, mention.sector

    assert tusk("2016-01-01") == ("EUR", "IGO")
    assert tusk("2010-01-01") == tusk(None) == ("POL", "GOV")
    kirby = mentions(reader, parser, "John Kirby spoke.", "2025-03-01/..")["John Kirby"].mention
    assert kirby.sector == "GOV"


@given(st.text(alphabet="Putin metKim🎉الرئيس\u00a0\r\n,.-'", max_size=60))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_words_of_a_mention_stand_in_the_text(
    reader: ActorReader, parser: SpacyParser, noise: str
) -> None:
    text = f"{noise} Vladimir Putin’s envoy met Kim. {noise}"
    for sentence in reader.read(parse_text(text, parser), text, None):
        for found in sentence.mentions:
            assert text[found.mention.start : found.mention.end] == found.mention.text


def _person(otherwise: str | None = None) -> Person:
    terms = (Term("minister", "2001-03", "2004-06-30", "MIL"), Term("president", "2010", None))
    fields = {"id": "person.x", "says": "a", "not_": "b", "code": "NOR", "name": "X Y"}
    return Person(**fields, gender="f", terms=terms, otherwise=otherwise)


@pytest.mark.parametrize(
    ("day", "sector"),
    [
        ("2000-01-01", None),
        ("2001-03-15", "MIL"),
        ("2004-06-30", "MIL"),
        ("2005-01-01", "ELI"),
        ("2010-05-05", "GOV"),
        (None, "GOV"),
    ],
)
def test_sector_as_of_a_day(day: str | None, sector: str | None) -> None:
    assert sector_on(_person(), day) == sector


def test_otherwise_holds_outside_of_terms() -> None:
    assert sector_on(_person("PTY"), "2006-01-01") == "PTY"


def test_spelling() -> None:
    assert near("Lavron", "Lavrov")
    assert not near("Iran", "Iraq")
    assert not near("Johnson", "Jonssen")
    assert same_person(("Aleksandr", "Lukashenko"), ("Alexander", "Lukashenko"))
    assert not same_person(("Boris", "Johnson"), ("Lyndon", "Johnson"))


def test_names_in_pieces() -> None:
    assert words_of("Supreme People's Assembly") == ("Supreme", "People", "'s", "Assembly")
    assert fold("Nausėda") == "nauseda"
    assert fold("U.S.") == "us"
    assert not case_fits("US", "us")
    assert case_fits("Korea", "KOREA")


@pytest.mark.parametrize(
    ("text", "words", "code", "sector"),
    [
        ("Hutu militia burned a bridge.", "Hutu militia", "RWA", "UAF"),
        ("Chung Dong-hwa, head of a Seoul-based think tank, left.", "Chung Dong-hwa", "KOR", "EDU"),
        ("Fatima Zahra, a member of the Moroccan parliament, left.", "Fatima Zahra", "MAR", "LEG"),
        ("A spokesman for the Somali rebels, Ali Dhere, left.", "Ali Dhere", "SOM", "REB"),
        ("The RUF captured a town.", "The RUF", "SLE", "REB"),
        ("UN officials left.", "UN officials", "UNO", "IGO"),
        ("U.N. peacekeepers left.", "U.N. peacekeepers", "UNO", "MIL"),
        ("Slobodan Milosovic left.", "Slobodan Milosovic", "SRB", "GOV"),
        ("Denzel Washington left.", "Denzel Washington", None, None),
    ],
)
def test_who_by_what_stands_beside(
    reader: ActorReader, parser: SpacyParser, text: str, words: str, code: str, sector: str
) -> None:
    found = mentions(reader, parser, text)[words].mention
    assert (found.code, found.sector) == (code, sector)


_BRITON = "The British foreign minister"


@pytest.mark.parametrize(
    ("day", "text", "words", "name", "sector"),
    [
        ("1998-01-10", "Vladimir Putin left.", "Vladimir Putin", "Vladimir Putin", None),
        ("1998-10-10", "Vladimir Putin left.", "Vladimir Putin", "Vladimir Putin", "SPY"),
        ("2000-06-10", "Vladimir Putin left.", "Vladimir Putin", "Vladimir Putin", "GOV"),
        ("2008-06-10", "Rice warned Iran.", "Rice", "Condoleezza Rice", "GOV"),
        ("2018-06-10", "Rice warned Iran.", "Rice", "Rice", None),
        ("2000-06-14", "Rice grew in Iran.", "Iran", "Iran", None),
        ("1992-02-01", "The British foreign minister left.", _BRITON, "Douglas Hurd", "GOV"),
        ("1996-03-01", "The British foreign minister left.", _BRITON, "Malcolm Rifkind", "GOV"),
    ],
)
def test_who_it_is_on_the_day(
    reader: ActorReader,
    parser: SpacyParser,
    *,
    day: str,
    text: str,
    words: str,
    name: str,
    sector: str | None,
) -> None:
    found = mentions(reader, parser, text, day)[words].mention
    assert (found.name, found.sector) == (name, sector)


def test_a_misspelling_keeps_its_consonants() -> None:
    assert skeleton("Milosovic") == skeleton("Milosevic") != skeleton("Milutinovic")
