"""The actor data: it loads, its codes and terms are sound, its names lead to one entry each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest

from foreigndesk.codebook.actors import Actor, Person, Role, actors, persons, roles
from foreigndesk.codebook.load import open_codebook

BOOK = open_codebook()
ACTORS = actors(BOOK)
PERSONS = persons(BOOK)
ROLES = roles(BOOK)
STATES = {a.code for a in ACTORS if a.kind in ("state", "territory") and a.sector is None}
BLOCS = {"IGO", "UNO", "EUR", "NATO", "WEST", "NGO", "MNC", "IMG", "ISM"}
PLOVER = """GOV MIL COP JUD LEG PTY OPP REB UAF SPY CVL REF JRN MED BUS LAB EDU REL AGR CRM SOC
ELI IGO NGO
PRM"""
SECTORS = frozenset(PLOVER.split())
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.names, *actor.adjectives, *actor.demonyms, *actor.seats)


def _holds(text: str, names: Iterable[str]) -> list[str]:
    return [n for n in names if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text)]


def _plural(noun: str) -> str:
    forms = [re.escape(noun) + "(?:s|es)?"]
    if noun.endswith("y"):
        forms.append(re.escape(noun[:-1]) + "ies")
    if noun.endswith("man"):
        forms.append(re.escape(noun[:-3]) + "men")
    return rf"\b(?:{'|'.join(forms)})\b"


def test_the_catalogue_is_as_large_as_promised() -> None:
    states = [a for a in ACTORS if a.kind == "state"]
    assert len(states) >= 195
    assert len(ACTORS) - len(states) >= 400
    assert len(PERSONS) >= 500
    assert sum(len(r.nouns) for r in ROLES) >= 250


def test_ids_are_unique_over_all_files() -> None:
    ids = [e.id for kind in (ACTORS, PERSONS, ROLES) for e in kind]
    written = sum(
        file.read_text(encoding="utf-8").count("\n- id:")
        + file.read_text(encoding="utf-8").startswith("- id:")
        for kind in ("actors", "offices", "roles")
        for file in BOOK.files(kind)
    )
    assert len(ids) == len(set(ids)) == written


@pytest.mark.parametrize("actor", ACTORS, ids=lambda a: a.id)
def test_an_actor_is_sound(actor: Actor) -> None:
    assert actor.code is None or actor.code in STATES | BLOCS
    assert actor.sector is None or actor.sector in SECTORS
    assert set(actor.ambiguous) <= set(_names(actor)), "ambiguous lists names of the entry"
    assert len({actor.name, *actor.names}) == len(actor.names) + 1, "a name twice"
    assert _holds(actor.says, _names(actor)), actor.says
    assert set(actor.shared) <= set(_names(actor)) - set(actor.ambiguous), "shared ones of the rest"
    assert bool(actor.shared) or not actor.against, "against what?"
    assert all(word == word.lower() and " " not in word for word in actor.against)
    sure = [n for n in _names(actor) if n not in (*actor.ambiguous, *actor.shared)]
    assert not _holds(actor.not_, sure), actor.not_


@pytest.mark.parametrize("person", PERSONS, ids=lambda p: p.id)
def test_a_person_is_sound(person: Person) -> None:
    assert person.code in STATES | BLOCS
    assert person.gender in ("f", "m")
    assert person.otherwise is None or person.otherwise in SECTORS
    assert person.terms or person.otherwise, "neither an office nor a standing"
    assert _holds(person.says, (person.name, *person.names)), person.says
    assert not _holds(person.not_, (person.name, *person.names)), person.not_
    for term in person.terms:
        assert all(DAY.fullmatch(day) for day in (term.since, term.until or term.since))
        assert term.until is None or term.since <= term.until
        assert term.sector in SECTORS
        assert term.code is None or term.code in STATES | BLOCS
    assert [t.since for t in person.terms] == sorted(t.since for t in person.terms)


@pytest.mark.parametrize("role", ROLES, ids=lambda r: r.id)
def test_a_role_is_sound(role: Role) -> None:
    assert 0 < len(role.nouns) == len(set(role.nouns))
    assert role.sector is None or role.sector in SECTORS
    assert role.number in ("one", "many")
    assert role.gender in (None, "f", "m")
    assert any(re.search(_plural(n), role.says.lower()) for n in role.nouns), role.says
    assert not [n for n in role.nouns if re.search(_plural(n), role.not_.lower())], role.not_


def test_a_name_leads_to_one_actor() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for actor in ACTORS:
        for name in _names(actor):
            if name not in actor.ambiguous:
                owners[name].add(actor.id)
    assert {n: sorted(ids) for n, ids in owners.items() if len(ids) > 1} == {}


def test_a_name_leads_to_one_person() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for person in PERSONS:
        for name in (person.name, *person.names):
            owners[name].add(person.id)
    assert {n: sorted(ids) for n, ids in owners.items() if len(ids) > 1} == {}


def test_no_person_bears_an_actors_name() -> None:
    taken = {n for a in ACTORS for n in _names(a) if n not in a.ambiguous}
    shared = {n for p in PERSONS for n in (p.name, *p.names) if n in taken}
    assert shared == set()


def test_a_noun_stands_in_one_role() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for role in ROLES:
        for noun in role.nouns:
            owners[noun].append(role.id)
    assert {n: ids for n, ids in owners.items() if len(ids) > 1} == {}
