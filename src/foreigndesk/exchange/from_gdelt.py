"""GDELT Events (1.0 of 57 or 58 columns, 2.0 of 61) and Mentions as imported rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from foreigndesk.exchange.codes import country_of, country_of_fips, groups, sector_of
from foreigndesk.exchange.gdelt import EVENTS, MENTIONS
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

COLUMNS: dict[int, tuple[str, ...]] = {
    61: EVENTS,
    58: tuple(name for name in EVENTS if "ADM2" not in name),
    57: tuple(name for name in EVENTS if "ADM2" not in name and name != "SOURCEURL"),
    16: MENTIONS,
}
"""The columns of a file without header, by their number."""
_HOST = re.compile(r"https?://(?:[^/@]*@)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


def events(cells: Cells, notes: Notes) -> Iterator[Row]:
    """The row of an event."""
    code = cells.get("eventcode") or ""
    found = cameo(code, notes)
    url = text(cells, "sourceurl")
    lat, lon = coordinates(cells, ("actiongeolat", "actiongeolong"), notes)
    when = day(cells, "day", notes)
    yield {
        "their_id": identity(cells),
        "url": url,
        "outlet": host(url),
        "told": day_or_none(cells, "dateadded", notes),
        "earliest": when,
        "latest": when,
        "contexts": [],
        **of_cameo(found),
        "their_quad": whole(cells, "quadclass", notes),
        "their_intensity": number(cells, "goldsteinscale", notes),
        **sides(_side(cells, 1, notes), _side(cells, 2, notes)),
        "place": text(cells, "actiongeofullname"),
        "country": country_of_fips(cells.get("actiongeocountrycode", "")),
        "lat": lat,
        "lon": lon,
        "geonameid": None,
        "mentions": whole(cells, "nummentions", notes),
        "outlets": whole(cells, "numsources", notes),
        "articles": whole(cells, "numarticles", notes),
    }


def mentions(cells: Cells, notes: Notes) -> Iterator[Row]:
    """The row of a mention."""
    confidence = number(cells, "confidence", notes)
    yield {
        "their_id": identity(cells),
        "day": day_or_none(cells, "eventtimedate", notes),
        "told": day_or_none(cells, "mentiontimedate", notes),
        "kind": text(cells, "mentiontype"),
        "outlet": text(cells, "mentionsourcename"),
        "url": text(cells, "mentionidentifier"),
        "sentence": whole(cells, "sentenceid", notes),
        "confidence": None if confidence is None else confidence / 100,
    }


def identity(cells: Cells) -> str:
    """The event's id. Raises BadLineError where it is no number."""
    found = cells.get("globaleventid", "").strip()
    if not found.isdigit():
        raise BadLineError(f"GlobalEventID {found[:40]!r} is no number")
    return found


def host(url: str | None) -> str | None:
    """The outlet: the host of an address without "www."."""
    found = _HOST.match(url or "")
    return found[1].casefold() if found else None


def _side(cells: Cells, n: int, notes: Notes) -> Side:
    given = text(cells, f"actor{n}code")
    roles = tuple(cells.get(f"actor{n}type{i}code", "") for i in (1, 2, 3))
    known = (cells.get(f"actor{n}countrycode", ""), cells.get(f"actor{n}knowngroupcode", ""))
    return Side(text(cells, f"actor{n}name"), code_of(*known, roles), _sectors(roles), given)


@lru_cache(maxsize=50_000)
def code_of(country: str, group: str, roles: tuple[str, ...]) -> str | None:
    """Our code of an actor: its country's, else that of the group it is or belongs to."""
    found = country_of(country) if country else None
    if found:
        return found
    known = groups().values()
    by_group = (g.code for g in known if group and g.group == group)
    by_region = (g.code for g in known if country and g.country == country and not g.group)
    by_region_alone = (g.code for g in known if country == g.country == g.code)
    by_role = (g.code for g in known if g.type in roles and g.code == g.type)
    for options in (by_group, by_region, by_region_alone, by_role):
        if (code := next(options, None)) is not None:
            return code
    return None


@lru_cache(maxsize=50_000)
def _sectors(roles: tuple[str, ...]) -> tuple[str, ...]:
    found = (sector_of(role, "cameo") for role in roles if role)
    return tuple(dict.fromkeys(sector for sector in found if sector))
