"""The tables of codes: whole, consistent with the codebook, and leading there and back."""

from __future__ import annotations

import pytest
from building import Doc, say

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.ontology import ontology
from foreigndesk.codebook.predicates import predicates
from foreigndesk.exchange.codes import (
    cameo_of,
    cameo_table,
    countries,
    country_of,
    country_of_fips,
    country_of_name,
    group_of,
    groups,
    plover,
    scores,
    sector_of,
    word_of_sector,
)
from foreigndesk.exchange.gdelt import _CAMEO_COUNTRY
from foreigndesk.exchange.happenings import Happening, cameo
from foreigndesk.model import Event, EventType, Standing


def test_scores_are_those_of_the_codebook() -> None:
    book = ontology(Codebook())
    for kind in EventType:
        for mode in (None, *book.types[kind].modes):
            assert scores(kind, mode) == (book.quad(kind, mode), book.intensity(kind, mode))
    assert set(plover()) == set(EventType)


def test_every_cameo_code_is_whole() -> None:
    table = cameo_table()
    assert {code[:2] for code in table} == {f"{n:02}" for n in range(1, 21)}
    for code, says in table.items():
        assert code[:-1] in table or len(code) == 2
        assert says.label
        assert -10 <= says.goldstein <= 10
        assert (says.event_type is None) == code.startswith("01")
        if says.event_type and says.event_mode:
            assert says.event_mode in plover()[says.event_type].modes


@pytest.mark.parametrize(
    ("code", "quad", "kind", "mode"),
    [
        ("010", 1, None, None),
        ("042", 1, "CONSULT", "visit"),
        ("0841", 2, "RETREAT", "release"),
        ("112", 3, "ACCUSE", "allege"),
        ("163", 4, "COERCE", "restrict"),
        ("195", 4, "ASSAULT", "aerial"),
        ("1953", 4, "ASSAULT", "aerial"),
    ],
)
def test_what_cameo_codes_say(code: str, quad: int, kind: str | None, mode: str | None) -> None:
    found = cameo_of(code)
    assert found is not None
    assert (found.quad, found.event_type, found.event_mode) == (quad, kind, mode)


def test_what_is_no_cameo_code() -> None:
    assert cameo_of("99") is None
    assert cameo_of("00") is None


def test_the_types_own_codes_lead_back_to_them() -> None:
    for kind, entry in plover().items():
        found = cameo_of(entry.cameo)
        assert found is not None
        assert found.event_type == kind


def test_nearly_all_codes_of_the_codebook_lead_back_to_their_types() -> None:
    entries = [e for e in predicates(Codebook()) if e.cameo and e.event]
    astray = {
        (e.cameo, e.event.value)
        for e in entries
        if e.event and (says := cameo_of(e.cameo or "")) and says.event_type != e.event.value
    }
    assert astray <= {("0831", "CONCEDE"), ("175", "COERCE")}


def test_countries_by_code_name_and_fips() -> None:
    assert country_of("KSV") == country_of("kos") == country_of_name("Kosova") == "XKX"
    assert country_of_fips("GM") == "DEU"
    assert country_of_fips("GZ") == "PSE"
    assert country_of_name("russian  federation") == country_of_name("Russia") == "RUS"
    assert country_of_name("Türkiye") == "TUR"
    assert country_of_name("Atlantis") is country_of("") is country_of_fips("") is None
    for iso, codes in countries().items():
        assert country_of(iso) == iso
        assert country_of_fips(codes.fips) == iso
        assert country_of_name(codes.name) == iso
        assert country_of(_CAMEO_COUNTRY.get(iso, iso)) == iso


def test_names_and_codes_of_countries_are_of_one_alone() -> None:
    codes = [c for iso, each in countries().items() for c in (iso, *each.other_codes)]
    names = [n.casefold() for each in countries().values() for n in (each.name, *each.other_names)]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))


def test_groups_and_sectors() -> None:
    assert group_of("united nations") == "UNO"
    assert {g.code for g in groups().values()} >= {"UNO", "EUR", "NATO", "IGO", "NGO"}
    assert sector_of("MED", "cameo") == "JRN"  # CAMEO's media; PLOVER's MED is health
    assert word_of_sector("MED", "cameo") == "HLH"
    assert sector_of("Legislative / Parliamentary", "icews") == "LEG"
    assert sector_of("Choir", "icews") is None
    assert word_of_sector("PRM", "cameo") == "PRM"


@pytest.mark.parametrize(
    ("kind", "mode", "told", "code"),
    [
        ("CONSULT", "visit", ["040", "040", "043"], "043"),
        ("CONSULT", "visit", ["040"], "042"),
        ("CONSULT", None, ["046"], "046"),
        ("CONCEDE", None, ["0831"], "080"),
        ("SANCTION", "convict", ["163"], "160"),
        ("ASSAULT", "beat", [], "182"),
        ("COERCE", "sabotage/cable", [], "170"),
    ],
)
def test_the_code_of_an_event_leads_back_to_it(
    kind: str, mode: str | None, told: list[str], code: str
) -> None:
    deed = f"Russia > {kind} {mode or ''} > Ukraine"
    reports = tuple(say(Doc("a"), f"It {n}.", deed, cameo=c) for n, c in enumerate(told or [None]))
    first = reports[0]
    event = Event("e", first.event_type, first.event_mode, (), (), first.date, None,
                  Standing.REPORTED, (), 1, 1)  # fmt: skip
    assert cameo(Happening(event, reports, {})) == code
