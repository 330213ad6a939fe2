"""ICEWS and POLECAT, tables with a header, as imported rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from foreigndesk.exchange.codes import (
    country_of,
    country_of_name,
    group_of,
    groups,
    plover,
    scores,
    sector_of,
)
from foreigndesk.exchange.incoming import (
    BadLineError,
    Cells,
    Notes,
    Row,
    Side,
    cameo,
    coordinates,
    day,
    day_or_none,
    number,
    of_cameo,
    sides,
    text,
    whole,
)

_QUADS = ("verbalcooperation", "materialcooperation", "verbalconflict", "materialconflict")


def icews(cells: Cells, notes: Notes) -> Iterator[Row]:
    """The row of an ICEWS event."""
    found = cameo(cells.get("cameocode", ""), notes)
    lat, lon = coordinates(cells, ("latitude", "longitude"), notes)
    when = day(cells, "eventdate", notes)
    parts = (text(cells, c) for c in ("city", "district", "province", "country"))
    yield {
        "their_id": _identity(cells),
        "url": text(cells, "storyurl") or text(cells, "url"),
        "outlet": text(cells, "publisher"),
        "told": None,
        "earliest": when,
        "latest": when,
        "contexts": [],
        **of_cameo(found),
        "text": text(cells, "eventtext") or found.label,
        "their_quad": found.quad,
        "their_intensity": number(cells, "intensity", notes),
        **sides(_icews_side(cells, "source", notes), _icews_side(cells, "target", notes)),
        "place": next((part for part in parts if part), None),
        "country": country_of_name(cells.get("country", "")),
        "lat": lat,
        "lon": lon,
        "geonameid": None,
        "mentions": None,
        "outlets": None,
        "articles": None,
    }


def polecat(cells: Cells, notes: Notes) -> Iterator[Row]:
    """The rows of a POLECAT event: one for each pair where it has several actors (";")."""
    kind = (text(cells, "eventtype") or "").upper()
    if kind not in plover():
        raise BadLineError(f"Event Type {kind[:30]!r} is none of PLOVER's")
    mode = (text(cells, "eventmode") or "").casefold() or None
    quad, intensity = scores(kind, mode)
    lat, lon = coordinates(cells, ("latitude", "longitude"), notes)
    when = day(cells, "eventdate", notes)
    common: Row = {
        "their_id": _identity(cells),
        "url": text(cells, "url"),
        "outlet": text(cells, "source"),
        "told": day_or_none(cells, "publicationdate", notes),
        "earliest": when,
        "latest": when,
        "event_type": kind,
        "event_mode": mode,
        "contexts": _parts(cells, "contexts"),
        "cameo": None,
        "text": f"{kind} {mode}" if mode else kind,
        "quad": quad,
        "intensity": intensity,
        "their_quad": _quad(text(cells, "quadcode")),
        "their_intensity": number(cells, "intensity", notes),
        "place": text(cells, "placename") or text(cells, "rawplacename"),
        "country": _plover_code(cells.get("country", "")),
        "lat": lat,
        "lon": lon,
        "geonameid": whole(cells, "geonamesid", notes),
        "mentions": None,
        "outlets": None,
        "articles": None,
    }
    for actor in _parties(cells, "actor", notes):
        for recipient in _parties(cells, "recipient", notes):
            yield common | sides(actor, recipient)


def _identity(cells: Cells) -> str:
    found = text(cells, "eventid")
    if found is None:
        raise BadLineError("no Event ID")
    return found


def _icews_side(cells: Cells, which: str, notes: Notes) -> Side:
    name, country = text(cells, f"{which}name"), text(cells, f"{which}country")
    words = tuple(_parts(cells, f"{which}sectors", ","))
    code = _icews_code(name, country, words)
    if code is None and country is not None:
        notes[f"country unknown: {country[:40]}"] += 1
    found = dict.fromkeys(s for s in (sector_of(word, "icews") for word in words) if s)
    return Side(name, code, tuple(found), country)


@lru_cache(maxsize=50_000)
def _icews_code(name: str | None, country: str | None, words: tuple[str, ...]) -> str | None:
    """Our code of an actor: its country's, else that of the group that it or a sector names."""
    if country is not None:
        return country_of_name(country) or country_of(country)
    named = [group_of(word) for word in (name or "", *reversed(words)) if word]
    return next((code for code in named if code), None)


def _parties(cells: Cells, which: str, notes: Notes) -> list[Side]:
    """The parties of a side; one without name and country where there is none."""
    names, raw = _parts(cells, f"{which}name"), _parts(cells, f"{which}nameraw")
    codes = _parts(cells, f"{which}country")
    sectors = _parts(cells, f"primary{which}sector") or _parts(cells, f"{which}sectors")
    pairs = list(zip_longest(names or raw, codes))
    found = []
    for n, (name, code) in enumerate(pairs):
        known = _plover_code(code or "")
        if known is None and code:
            notes[f"country unknown: {code[:40]}"] += 1
        sector = sectors if len(pairs) == 1 else sectors[n : n + 1]
        found.append(Side(name, known, tuple(s.upper() for s in sector), code))
    return found or [Side()]


@lru_cache(maxsize=5_000)
def _plover_code(code: str) -> str | None:
    return code if code in groups() else country_of(code) or country_of_name(code)


def _quad(value: str | None) -> int | None:
    plain = "".join((value or "").casefold().replace("_", " ").split())
    if plain in _QUADS:
        return _QUADS.index(plain) + 1
    return int(plain) if plain in ("1", "2", "3", "4") else None


def _parts(cells: Cells, column: str, mark: str = ";") -> list[str]:
    value = text(cells, column)
    found = (part.strip() for part in (value or "").split(mark))
    return [part for part in found if part and part.casefold() not in ("none", "null")]
