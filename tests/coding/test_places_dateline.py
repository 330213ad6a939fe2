"""Datelines, and settlements that only their own words name."""

from __future__ import annotations

import pytest

from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


def places(reader: Reader, text: str) -> dict[str, tuple[str | None, str | None]]:
    """The name and country of the place of each report, by trigger."""
    found = reader.analyse(text, "2020-03-05").reports
    return {
        r.trigger.text: (r.place.name, r.place.country) if r.place else (None, None) for r in found
    }


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("KARACHI, Pakistan, March 5 (Reuters) - Gunmen abducted an American reporter.",
         "abducted", ("Karachi", "PAK")),
        ("WASHINGTON, March 5 (Reuters) - U.S. troops killed three Somali rebels on Monday.",
         "killed", (None, None)),
        ("CAIRO (AP) - Police arrested two teachers in Alexandria on Monday.",
         "arrested", ("Alexandria", "EGY")),
        ("MOSCOW (AP) - Russia accused Norway of spying.", "accused", (None, None)),
    ],
)  # fmt: skip
def test_only_local_events_take_the_dateline(
    reader: Reader, text: str, trigger: str, place: tuple[str | None, str | None]
) -> None:
    assert places(reader, text)[trigger] == place


def test_a_dateline_opens_one_sentence_only(reader: Reader) -> None:
    text = "YANGON, March 5 (AFP) - Soldiers arrested ten monks. Police beat a teacher."
    assert places(reader, text)["beat"] == (None, None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A missile killed two men in the Polish village of Zzadowice.", ("Zzadowice", "POL")),
        ("A missile killed two men in the town of Zzagram in Indian Kashmir.", ("Zzagram", "IND")),
        ("A missile killed two men in the town of Zzagram.", (None, None)),
        ("Rebels attacked an Abkhaz convoy in a Tbilisi suburb.", ("Tbilisi", "GEO")),
        ("Rebels stormed the Japanese embassy in Lima.", ("Lima", "PER")),
        ("Rebels stormed the Japanese embassy.", (None, None)),
        ("Troops withdrew from Rwanda.", ("Rwanda", "RWA")),
    ],
)
def test_place_of_the_first_report(
    reader: Reader, text: str, place: tuple[str | None, str | None]
) -> None:
    assert next(iter(places(reader, text).values())) == place


def test_background_keeps_its_time(reader: Reader) -> None:
    text = "Rwanda invaded Zaire in October 1996. Its troops killed thousands of refugees."
    dates = [(r.date.edtf, r.date.basis) for r in reader.analyse(text, "2020-03-05").reports]
    assert dates == [("1996-10", "explicit"), ("1996-10", "inferred")]


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("Lavrov flew on Tuesday to Grozny, where he met officers.", "met", "2020-03-03"),
        ("Kim received envoys in July 2000, when Putin met his father.", "met", "2000-07"),
        ("Between 1992 and 1995 Serb forces besieged Sarajevo.", "besieged", "1992/1995"),
        ("Gunmen attacked a bus carrying Sri Lankan fans on Tuesday.", "attacked", "2020-03-03"),
    ],
)
def test_clauses_that_share_a_time(reader: Reader, text: str, trigger: str, date: str) -> None:
    found = reader.analyse(text, "2020-03-05").reports
    assert {r.trigger.text: r.date.edtf for r in found}[trigger] == date
