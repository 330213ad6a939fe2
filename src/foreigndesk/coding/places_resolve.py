"""Which of its namesakes a place name means, from the other places of the text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from foreigndesk.codebook.places import COUNTRY, REGION, SETTLEMENT, Toponym, place_key

NEAR_KM = 250.0
COUNTRY_WEIGHT, ADMIN_WEIGHT, NEAR_WEIGHT, SPECIAL = 0.8, 2.5, 1.0, 9.0
PLAIN_CITY, PLAIN_LEAD = 300_000, 4
METROPOLIS = 500_000
ALIAS = 1.8  # what a settlement loses that bears the name only beside its own, in log10 of people


@dataclass(slots=True)
class Candidate:
    """A name at tokens `first` to `last` with the places it may mean.

    `within`: the region or country named right after it; `apposed`: it is such a region itself;
    `located`: a preposition or a dateline says that it is a place.
    """

    first: int
    last: int
    start: int
    end: int
    key: str
    options: tuple[Toponym, ...]
    located: bool = False
    apposed: bool = False
    within: tuple[Toponym, ...] = ()

    @property
    def narrowed(self) -> tuple[Toponym, ...]:
        """The options that lie in what is named right after, none if nothing is.

        A country's name before another country's is one of a list ("China, Japan"), no town there.
        """
        states = any(o.kind == COUNTRY and not o.adjective for o in self.options)
        around = [w for w in self.within if not (states and w.kind == COUNTRY)]
        return tuple(o for o in self.options if any(_lies_in(o, w) for w in around))


@dataclass(slots=True)
class Surroundings:
    """Of which countries and regions the text speaks by which names, and where they lie.

    A name never speaks for its own reading: what was added under a key is left out for that key.
    """

    names: list[tuple[str, Toponym, int]] = field(default_factory=list)

    def add(self, key: str, place: Toponym, weight: int = 1) -> None:
        """Count `place`, named by `key`, as one that the text speaks of."""
        self.names.append((key, place, weight))

    def without(self, key: str) -> View:
        """What the other names of the text say."""
        view = View(Counter(), Counter(), [])
        for name, place, weight in self.names:
            if name == key:
                continue
            if place.country:
                view.countries[place.country] += weight
                if place.admin1:
                    view.regions[place.country, place.admin1] += weight
            if place.kind == SETTLEMENT:
                view.points.append(place)
        return view


@dataclass(frozen=True, slots=True)
class View:
    """How often each country and region is spoken of, and the sure settlements."""

    countries: Counter[str]
    regions: Counter[tuple[str, str]]
    points: list[Toponym]


def resolve(candidates: Sequence[Candidate]) -> list[Toponym | None]:
    """The place that each candidate means: one for each name, unless its own words narrow it."""
    around = Surroundings()
    by_name: dict[str, Toponym] = {}
    for candidate in candidates:
        if narrowed := candidate.narrowed:
            by_name.setdefault(candidate.key, _best(narrowed, around, candidate))
            around.add(candidate.key, by_name[candidate.key], 2)
        elif _is_plain(candidate):
            around.add(candidate.key, _first(candidate))
    memory: dict[tuple[str, bool], Toponym] = {}
    chosen: list[Toponym | None] = []
    for candidate in candidates:
        chosen.append(_choice(candidate, around, by_name, memory))
    return chosen


def _choice(
    candidate: Candidate,
    around: Surroundings,
    by_name: dict[str, Toponym],
    memory: dict[tuple[str, bool], Toponym],
) -> Toponym | None:
    if narrowed := candidate.narrowed:
        return _best(narrowed, around, candidate)
    if candidate.key in by_name and not candidate.apposed:
        return by_name[candidate.key]
    slot = (candidate.key, candidate.apposed)
    if slot not in memory:
        memory[slot] = _best(candidate.options, around, candidate)
    return memory[slot]


def _is_plain(candidate: Candidate) -> bool:
    """Whether the name alone tells: a country, or a city far larger than its namesakes."""
    options = candidate.options
    if candidate.apposed:
        return True
    if options[0].kind != SETTLEMENT:
        return len({(o.country, o.kind) for o in options[:2]}) == 1 or len(options) == 1
    if _is_alias(options[0], candidate.key) and len(options) > 1:
        return False
    rival = options[1].population if len(options) > 1 else 0
    return options[0].population >= max(PLAIN_CITY, PLAIN_LEAD * rival)


def _first(candidate: Candidate) -> Toponym:
    regions = [o for o in candidate.options if o.kind in (REGION, COUNTRY)]
    return regions[0] if candidate.apposed and regions else candidate.options[0]


def _best(options: Sequence[Toponym], around: Surroundings, candidate: Candidate) -> Toponym:
    """The option with the highest score; a capital that bears its country's name yields to it."""
    states = {o.country for o in options if o.kind == COUNTRY}
    kept = [o for o in options if o.kind != SETTLEMENT or o.country not in states]
    if len(kept) == 1:
        return kept[0]
    view = around.without(candidate.key)
    scored = [(_score(o, view, candidate), -n) for n, o in enumerate(kept)]
    return kept[-max(scored)[1]]


def _score(place: Toponym, around: View, candidate: Candidate) -> float:
    """Size as log10 of the population, plus what the text's other places say for it."""
    score = math.log10(place.population + 10) if place.kind == SETTLEMENT else SPECIAL
    if _is_alias(place, candidate.key):
        score -= ALIAS
    if place.kind == REGION and not candidate.apposed and _has_metropolis(candidate, place):
        score = 5.0
    if place.kind != SETTLEMENT and candidate.apposed:
        score += 3
    if place.country:
        score += COUNTRY_WEIGHT * _share(around.countries[place.country], around.countries)
        if place.admin1:
            key = (place.country, place.admin1)
            score += ADMIN_WEIGHT * min(1.0, around.regions[key] / 2)
    if place.kind == SETTLEMENT and any(kilometres(place, p) <= NEAR_KM for p in around.points):
        score += NEAR_WEIGHT
    return score


def _is_alias(place: Toponym, key: str) -> bool:
    """Whether the settlement's own name is quite another: Chattogram was once called Islamabad.

    "Geneva" for Genève is none: the same name in another spelling begins alike.
    """
    return place.kind == SETTLEMENT and place_key(place.name)[:1] != key[:1]


def _share(count: int, counts: Counter[str]) -> float:
    return count / max(counts.values(), default=1) if count else 0.0


def _has_metropolis(candidate: Candidate, region: Toponym) -> bool:
    return any(
        o.kind == SETTLEMENT and o.population >= METROPOLIS and o.country == region.country
        for o in candidate.options
    )


def _lies_in(place: Toponym, region: Toponym) -> bool:
    if place.adjective or place.country != region.country or place == region:
        return False
    if region.kind == COUNTRY:
        return place.kind != COUNTRY
    return region.kind == REGION and place.admin1 == region.admin1 and place.kind == SETTLEMENT


def kilometres(a: Toponym, b: Toponym) -> float:
    """The great-circle distance of two places in kilometres (mean radius 6371 km)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))
