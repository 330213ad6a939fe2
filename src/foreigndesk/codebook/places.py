"""The gazetteer: countries, regions, sites and settlements with coordinates, found by name.

Settlements stand sorted in one gzipped table, which is unpacked at the first look-up (0.1 s, 8 MB)
and searched by halving; nothing is built from it. Names of countries come from the actors.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from foreigndesk.codebook.actors import actors
from foreigndesk.codebook.load import Codebook, Entry

NOTICE = "# NOTICE: data from GeoNames (www.geonames.org), licensed under CC BY 4.0; selected."
SETTLEMENT, COUNTRY, REGION, AREA, SITE = "settlement", "country", "region", "area", "site"
_LETTERS = str.maketrans("øØłŁđĐıßʻʼ’‘", "oOlLdDis''''")
_BREAKS = re.compile(r"[\s\-]+")


class PlaceEntry(Entry, frozen=True, kw_only=True):
    """A region or site that no list of settlements has: `kind` region, area or site.

    `lat`, `lon` in degrees; `radius` in km, how far the place reaches from there, 0 for a point.
    """

    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    names: tuple[str, ...] = ()
    geonameid: int | None = None
    radius: float = 0


class PlaceWords(Entry, frozen=True, kw_only=True):
    """A list of words that mark or bar a place."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place of the gazetteer. `admin1` is GeoNames' code of the first-order division."""

    name: str
    kind: str
    country: str | None
    admin1: str
    lat: float
    lon: float
    population: int
    geonameid: int | None
    adjective: bool = False


@lru_cache(maxsize=200_000)
def place_key(name: str) -> str:
    """`name` as it is looked up: lower case, no accents, dots or apostrophes, hyphens as spaces."""
    plain = name.translate(_LETTERS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _BREAKS.sub(" ", plain.lower().replace(".", " ").replace("'", "")).strip()


class Gazetteer:
    """Places by name. Loads at first use. Raises CodebookError for a wrong data file."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._found: dict[str, tuple[Toponym, ...]] = {}

    def find(self, key: str) -> tuple[Toponym, ...]:
        """The places whose `place_key` is `key`: special ones first, then the most populous."""
        found = self._found.get(key)
        if found is None:
            found = self._special.get(key, ()) + self._settlements(key)
            if len(self._found) < 100_000:
                self._found[key] = found
        return found

    def words(self, name: str) -> frozenset[str]:
        """The word list `name` ("not-a-place") of codebook/data/placewords."""
        return self._words.get(f"places.{name}", frozenset())

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        entries = self._codebook.entries("placewords", PlaceWords)
        return {e.id: frozenset(e.words) for e in entries}

    @cached_property
    def _special(self) -> dict[str, tuple[Toponym, ...]]:
        table: dict[str, list[Toponym]] = {}
        points = [p for file in self._files("points.tsv") for p in _points(file)]
        for point, names in points:
            _add(table, point, (point.name, *names))
        for entry in self._codebook.entries("places", PlaceEntry):
            place = Toponym(
                entry.name, entry.kind, entry.country, "", entry.lat, entry.lon, 0, entry.geonameid
            )
            _add(table, place, (entry.name, *entry.names))
        states = {p.country: p for p, _ in points if p.kind == COUNTRY}
        for actor in actors(self._codebook):
            state = states.get(actor.code) if actor.kind in ("state", "territory") else None
            if state is not None:
                _add_new(table, state, (actor.name, *actor.names))
                _add(table, _adjective(state), (*actor.adjectives, *actor.demonyms))
        return {key: tuple(places) for key, places in table.items()}

    @cached_property
    def _lines(self) -> list[bytes]:
        files = self._files("settlements.tsv.gz")
        return gzip.decompress(files[-1].read_bytes()).splitlines() if files else []

    def _settlements(self, key: str) -> tuple[Toponym, ...]:
        prefix = f"{key}\t".encode()
        at = bisect_left(self._lines, prefix)
        found = []
        while at < len(self._lines) and self._lines[at].startswith(prefix):
            found.append(_settlement(self._lines[at].decode()))
            at += 1
        return tuple(found)

    def _files(self, name: str) -> list[Path]:
        return [f for d in self._codebook.directories if (f := d / "places" / name).is_file()]


def _add(table: dict[str, list[Toponym]], place: Toponym, names: tuple[str, ...]) -> None:
    for name in names:
        places = table.setdefault(place_key(name), [])
        if all(
            (p.kind, p.country, p.name) != (place.kind, place.country, place.name) for p in places
        ):
            places.append(place)


def _add_new(table: dict[str, list[Toponym]], state: Toponym, names: tuple[str, ...]) -> None:
    """Names of a state that are no other special place's ("Darfur" is not all of Sudan)."""
    for name in names:
        if place_key(name) not in table:
            _add(table, state, (name,))


def _adjective(state: Toponym) -> Toponym:
    s = state
    where = (s.lat, s.lon, s.population, s.geonameid)
    return Toponym(s.name, s.kind, s.country, s.admin1, *where, adjective=True)


def _points(file: Path) -> list[tuple[Toponym, tuple[str, ...]]]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, name, country, admin1, lat, lon, people, geonameid, names = line.split("\t")
        where = (float(lat), float(lon), int(people or 0), int(geonameid) if geonameid else None)
        place = Toponym(name, kind, country or None, admin1, *where)
        found.append((place, tuple(n for n in names.split("|") if n)))
    return found


def _settlement(line: str) -> Toponym:
    _, name, country, admin1, lat, lon, people, geonameid = line.split("\t")
    where = (float(lat), float(lon), int(people), int(geonameid))
    return Toponym(name, SETTLEMENT, country, admin1, *where)
