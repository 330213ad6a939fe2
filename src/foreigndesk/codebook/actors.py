"""Typed entries of the codebook about actors: states and organisations, office-holders, roles."""

from __future__ import annotations

import msgspec

from foreigndesk.codebook.load import Codebook, Entry


class Actor(Entry, frozen=True, kw_only=True):
    """A state, bloc, organisation, armed group, party or people.

    `code` is ISO alpha-3 for a state or for what belongs to one, else IGO, UNO, EUR, NATO, WEST,
    NGO, MNC, IMG, ISM, or None; `sector` is PLOVER's, None for a state as such. `names` are exact
    names beside `name`, acronyms included; `adjectives` ("Russian") and `demonyms` ("Russians")
    lead to a state; `seats` are places and buildings that stand for its government when they act
    ("Moscow", "the Kremlin"). `plural`: the name takes "they" ("the Taliban").
    `ambiguous` names count only where the text names the actor unmistakably elsewhere or a role
    noun follows. `shared` names count unless the text shows another bearer: a given name or surname
    beside it ("Michael Jordan"), or one of the words `against` anywhere in it (lower case, single).
    """

    code: str | None
    name: str
    kind: str
    sector: str | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    plural: bool = False


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term of office: `since`, `until` are ISO days (or YYYY-MM, YYYY); until None: it lasts.

    `code` is the state served where the person's own code is an organisation's (POL in the terms as
    prime minister of one who is EUR as president of the European Council); None: the person's.
    """

    office: str
    since: str
    until: str | None = None
    sector: str = "GOV"
    code: str | None = None


class Person(Entry, frozen=True, kw_only=True):
    """An office-holder. `names` are other forms, surname alone included where it is safe.

    Outside every term the sector is `otherwise` (None: unknown before the first term, ELI after).
    """

    code: str
    name: str
    gender: str
    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    otherwise: str | None = None


class Role(Entry, frozen=True, kw_only=True):
    """Nouns that make an actor of whoever they are said of, with or without a country.

    `nouns` are lemmas or multiword phrases in lower case, the head last ("foreign minister",
    "ministry of defence" with its "of"). `number`: "one", "many"; `body`: an institution ("it").
    `weak`: an actor only with a country or a name beside it ("official" yes, "side" no).
    """

    nouns: tuple[str, ...]
    sector: str | None
    number: str = "one"
    gender: str | None = None
    body: bool = False
    weak: bool = False
    code: str | None = None


def actors(codebook: Codebook) -> tuple[Actor, ...]:
    """The states, blocs, organisations and groups."""
    return codebook.entries("actors", Actor)


def persons(codebook: Codebook) -> tuple[Person, ...]:
    """The office-holders."""
    return codebook.entries("offices", Person)


def roles(codebook: Codebook) -> tuple[Role, ...]:
    """The role nouns."""
    return codebook.entries("roles", Role)
