"""ICEWS (20 columns, tab-separated, with a header) and POLECAT (40 columns, the same)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foreigndesk.exchange.codes import cameo_of, countries, groups, word_of_sector
from foreigndesk.exchange.gdelt import identity
from foreigndesk.exchange.happenings import Happening, cameo
from foreigndesk.model import Mention, Place

ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name",
    "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
_GROUP = {
    "IGO": "International Government Organization",
    "NGO": "Nongovernmental Organization",
    "IMG": "International Militarized Group",
    "MNC": "Multinational Corporation",
}
Row = dict[str, str]


def icews_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    """A row for each pair of an event's sides. Countries and sectors are names, as in ICEWS."""
    for happening in happenings:
        lead, source = happening.lead, happening.source(happening.lead)
        says = cameo_of(cameo(happening))
        assert says is not None
        for actor, recipient in happening.pairs:
            yield {
                "Event ID": identity(happening, actor, recipient),
                "Event Date": happening.day or happening.told or "",
                **_side("Source", actor),
                "Event Text": says.label,
                "CAMEO Code": says.code,
                "Intensity": f"{says.goldstein:.1f}",
                **_side("Target", recipient),
                "Story ID": lead.document.id or "",
                "Publisher": source.outlet or "",
                **_place(happening),
            }


def polecat_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    """A row for each pair of an event's sides."""
    for happening in happenings:
        lead, source = happening.lead, happening.source(happening.lead)
        place = happening.event.place
        for actor, recipient in happening.pairs:
            yield {
                "Event ID": identity(happening, actor, recipient),
                "Event Date": happening.day or happening.told or "",
                "Event Type": str(happening.event.event_type),
                "Event Mode": happening.event.event_mode or "",
                "Intensity": f"{lead.intensity:.1f}",
                "Quad Code": _QUADS[lead.quad],
                "Contexts": ";".join(lead.contexts),
                **_party("Actor", actor),
                **_party("Recipient", recipient),
                "Placename": (place.name or "") if place else "",
                "Country": plover_country(place.country) if place else "",
                "Latitude": _degrees(place.lat if place else None),
                "Longitude": _degrees(place.lon if place else None),
                "GeoNames ID": str(place.geonameid or "") if place else "",
                "Raw Placename": (place.text or "") if place else "",
                "Source": source.outlet or "",
                "Publication Date": source.published or "",
                "Language": "en",
                "Version": "Foreign Desk",
            }


def plover_country(code: str | None) -> str:
    """A code as PLOVER's manual writes it: Kosovo is KOS. "" if unknown."""
    return "KOS" if code == "XKX" else code or ""


def _side(name: str, mention: Mention | None) -> Row:
    if mention is None:
        return {}
    codes, group = countries().get(mention.code or ""), groups().get(mention.code or "")
    sector = word_of_sector(mention.sector, "icews") if mention.sector else ""
    above = [_GROUP[group.type], group.names[0]] if group and group.type else []
    above += [group.names[0]] if group and not group.type else []
    words = dict.fromkeys(word for word in (*above, "" if sector in _GROUP else sector) if word)
    return {
        f"{name} Name": mention.name or mention.text,
        f"{name} Sectors": ",".join(words),
        f"{name} Country": codes.name if codes else "",
    }


def _party(name: str, mention: Mention | None) -> Row:
    if mention is None:
        return {}
    codes = countries().get(mention.code or "")
    return {
        f"{name} Name": mention.name or mention.text,
        f"{name} Country": plover_country(mention.code),
        f"{name} COW": codes.cow if codes else "",
        f"Primary {name} Sector": mention.sector or "",
        f"{name} Sectors": mention.sector or "",
        f"{name} Name Raw": mention.text,
    }


def _place(happening: Happening) -> Row:
    place = happening.event.place
    if place is None:
        return {}
    return {
        "City": "" if _is_country(place) else place.name or place.text or "",
        "Country": countries()[place.country].name if place.country in countries() else "",
        "Latitude": _degrees(place.lat),
        "Longitude": _degrees(place.lon),
    }


def _is_country(place: Place) -> bool:
    codes = countries().get(place.country or "")
    return codes is not None and place.name in (codes.name, *codes.other_names)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
