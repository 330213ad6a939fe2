"""The country of a town or region that an actor is named by: "Minsk police", "Rakhine rebels"."""

from __future__ import annotations

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.places import REGION, Gazetteer, place_key

_TOWN, _METROPOLIS = 50_000, 500_000
_LEAD = 3


class Homelands:
    """Countries by the name of a place, only where one place of that name stands out."""

    def __init__(self, codebook: Codebook, gazetteer: Gazetteer | None = None) -> None:
        self._gazetteer = gazetteer or Gazetteer(codebook)

    def of(self, name: str, alone: bool = False) -> str | None:
        """The ISO alpha-3 code of the country of the region or town `name`, None if unsure.

        A town has 50,000 inhabitants or more, and three times those of its namesakes abroad;
        half a million if its name stands `alone`, where it may as well be a surname.
        """
        places = self._gazetteer.find(place_key(name))
        if not places or places[0].adjective:
            return None
        first = places[0]
        if first.kind == REGION:
            return first.country
        abroad = [p.population for p in places if p.country != first.country]
        enough = first.population >= (_METROPOLIS if alone else _TOWN)
        return (
            first.country if enough and first.population > _LEAD * max(abroad, default=0) else None
        )
