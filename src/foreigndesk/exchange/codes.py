"""Codes of the field as tables: countries, groups of states, sectors, CAMEO, PLOVER's scores.

The data stand beside this file (`*.tsv`), PLOVER's scores in the codebook's ontology. CAMEO's codes
and labels are those of the CAMEO manual 1.1b3 (Schrodt), Goldstein scores those of GDELT's look-up
table; the PLOVER type and mode of a code follow PLOVER's own table of 2021, with the modes of
draft 2.0. CAMEO's root 01, public statements, has no PLOVER type. Countries' codes are ISO 3166-1
alpha-3, FIPS 10-4 and the Correlates of War's numbers.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import yaml

_QUAD_OF_ROOT = (1,) * 5 + (2,) * 3 + (3,) * 5 + (4,) * 7


@dataclass(frozen=True, slots=True)
class Codes:
    """A country's codes, FIPS 10-4 and the Correlates of War number ("" if none), and name."""

    fips: str
    cow: str
    name: str = ""
    other_codes: tuple[str, ...] = ()
    other_fips: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """An actor above states: its code, and how CAMEO writes it ("" where it has none)."""

    code: str
    cameo: str
    country: str
    group: str
    type: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code: PLOVER type and mode (None if none), Goldstein score -10 to 10, label."""

    code: str
    event_type: str | None
    event_mode: str | None
    goldstein: float
    label: str

    @property
    def quad(self) -> int:
        """The quad class that GDELT gives to the code's root: 1 to 4."""
        return _QUAD_OF_ROOT[int(self.code[:2]) - 1]


class _Mode(msgspec.Struct, frozen=True):
    score: float
    cameo: str | None = None


class _Type(msgspec.Struct, frozen=True):
    event: str
    quad: int
    score: float
    cameo: str
    modes: dict[str, _Mode] = {}


@cache
def countries() -> dict[str, Codes]:
    """The codes of countries by ISO 3166-1 alpha-3 (Kosovo XKX)."""
    return {
        row[0]: Codes(row[1], row[2], row[3], _many(row[4]), _many(row[5]), _many(row[6]))
        for row in _rows("countries.tsv")
    }


@cache
def groups() -> dict[str, Group]:
    """Actors above states by our code: UNO, EUR, NATO, WEST, IGO, NGO, IMG, MNC."""
    return {
        code: Group(code, cameo, country, group, type_, _many(names))
        for code, cameo, country, group, type_, names in _rows("groups.tsv")
    }


@cache
def cameo_table() -> dict[str, Cameo]:
    """CAMEO's codes."""
    return {
        row[0]: Cameo(row[0], row[1] or None, row[2] or None, float(row[3]), row[4])
        for row in _rows("cameo.tsv")
    }


@cache
def cameo_of(code: str) -> Cameo | None:
    """What a CAMEO code says; of one that is finer than the table, its base's. None: no such."""
    table = cameo_table()
    return table.get(code) or (table.get(code[:3]) if len(code) > 3 else None)


@cache
def plover() -> dict[str, _Type]:
    """PLOVER's event types by name, as the codebook's ontology has them."""
    text = (files("foreigndesk.codebook") / "data/ontology/plover.yaml").read_text("utf-8")
    return {e.event: e for e in msgspec.convert(yaml.safe_load(text), list[_Type])}


def scores(event_type: str, event_mode: str | None) -> tuple[int, float]:
    """PLOVER's quad class and intensity of a type and mode."""
    entry = plover()[event_type]
    mode = entry.modes.get(event_mode) if event_mode else None
    return entry.quad, mode.score if mode else entry.score


@cache
def country_of(code: str) -> str | None:
    """ISO alpha-3 of a country's code in CAMEO, ICEWS or PLOVER (KSV, KOS: XKX). None: no such."""
    return _by_code().get(code.strip().upper())


@cache
def country_of_fips(code: str) -> str | None:
    """ISO alpha-3 of a FIPS 10-4 code. None: no such."""
    return _by_fips().get(code.strip().upper())


@cache
def country_of_name(name: str) -> str | None:
    """ISO alpha-3 of a country's English name, in any case. None: no such."""
    return _by_name().get(folded(name))


@cache
def sector_of(word: str, of: str) -> str | None:
    """PLOVER's sector of a role code ("cameo") or of a sector's name ("icews"). None: no such."""
    key = folded(word)
    return next((s for w, s, o in _rows("sectors.tsv") if o == of and folded(w) == key), None)


@cache
def word_of_sector(sector: str, of: str) -> str:
    """The first role code or name of a sector; the sector itself where the table has none."""
    return next((w for w, s, o in _rows("sectors.tsv") if o == of and s == sector), sector)


@cache
def group_of(word: str) -> str | None:
    """Our code of a group of states by one of its names. None: no such."""
    key = folded(word)
    found = (g.code for g in groups().values() if key in {folded(n) for n in g.names})
    return next(found, None)


def folded(text: str) -> str:
    """A name without accents, case and doubled blanks."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


@cache
def _by_code() -> dict[str, str]:
    table = {code: iso for iso, c in countries().items() for code in c.other_codes}
    return table | {iso: iso for iso in countries()}


@cache
def _by_fips() -> dict[str, str]:
    table = {code: iso for iso, c in countries().items() for code in c.other_fips}
    return table | {c.fips: iso for iso, c in countries().items() if c.fips}


@cache
def _by_name() -> dict[str, str]:
    others = {folded(n): iso for iso, c in countries().items() for n in c.other_names}
    return others | {folded(c.name): iso for iso, c in countries().items()}


def _rows(name: str) -> list[list[str]]:
    text = (files("foreigndesk.exchange") / name).read_text("utf-8")
    head, *lines = text.splitlines()
    width = head.count("\t") + 1
    return [(line.split("\t") + [""] * width)[:width] for line in lines]


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
