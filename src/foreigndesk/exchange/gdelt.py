"""GDELT 2.0 (Event Codebook V2.0): Events, 61 columns, and Mentions, 16; tabs, no header.

An event with several actors or recipients gives a row for each pair, as GDELT has it. Columns that
we know nothing of (religion, tone, ADM codes) are empty. Ids are 18 digits of our hash. QuadClass
and GoldsteinScale are those that GDELT gives to the CAMEO code, FractionDate by its formula.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from foreigndesk.exchange.codes import cameo_of, countries, groups, word_of_sector
from foreigndesk.exchange.happenings import Happening, cameo
from foreigndesk.model import Mention, Place, Report

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
    *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{side}Geo_{name}" for side in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset",
    "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_WEB, _CITATION = "1", "2"
_NO_PLACE, _COUNTRY, _US_CITY, _CITY = "0", "1", "3", "4"
_CAMEO_COUNTRY = {"XKX": "KSV", "ROU": "ROM", "TLS": "TMP", "MNE": "MTN"}
Row = dict[str, str]


def event_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    """The rows of the Events table, under its columns' names."""
    for happening in happenings:
        for actor, recipient in happening.pairs:
            yield _event(happening, actor, recipient)


def mention_rows(happenings: Iterable[Happening]) -> Iterator[Row]:
    """The rows of the Mentions table: a report each, for every pair of its event."""
    for happening in happenings:
        for actor, recipient in happening.pairs:
            for report in happening.reports:
                yield _mention(happening, identity(happening, actor, recipient), report)


def identity(happening: Happening, actor: Mention | None, recipient: Mention | None) -> str:
    """A number of 18 digits for an event and a pair of its sides, the same in every export."""
    key = "\0".join((happening.event.event_id, _name(actor), _name(recipient)))
    found = int(hashlib.sha256(key.encode()).hexdigest()[:15], 16)
    return str(10**17 + found % (9 * 10**17))


def _event(happening: Happening, actor: Mention | None, recipient: Mention | None) -> Row:
    day = happening.day or happening.told
    code = cameo(happening)
    says = cameo_of(code)
    assert says is not None
    first = next((s for s in map(happening.source, happening.reports) if s.url), None)
    return {
        "GlobalEventID": identity(happening, actor, recipient),
        **_days(day),
        **{f"Actor1{key}": value for key, value in _actor(actor).items()},
        **{f"Actor2{key}": value for key, value in _actor(recipient).items()},
        "IsRootEvent": str(int(happening.lead.evidence.start < 500)),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(says.quad),
        "GoldsteinScale": f"{says.goldstein:.1f}",
        "NumMentions": str(len(happening.reports)),
        "NumSources": str(max(1, happening.event.outlets)),
        "NumArticles": str(len(happening.sources)),
        "Actor1Geo_Type": _NO_PLACE,
        "Actor2Geo_Type": _NO_PLACE,
        **{f"Action{key}": value for key, value in _place(happening.event.place).items()},
        "DATEADDED": _compact(happening.told),
        "SOURCEURL": (first.url if first else None) or "",
    }


def _mention(happening: Happening, event: str, report: Report) -> Row:
    source = happening.source(report)
    return {
        "GLOBALEVENTID": event,
        "EventTimeDate": _compact(happening.day or happening.told),
        "MentionTimeDate": _compact(source.published),
        "MentionType": _WEB if source.url else _CITATION,
        "MentionSourceName": source.outlet or "",
        "MentionIdentifier": source.url or source.document_id,
        "Actor1CharOffset": str(report.actor[0].start) if report.actor else "-1",
        "Actor2CharOffset": str(report.recipient[0].start) if report.recipient else "-1",
        "ActionCharOffset": str(report.trigger.start),
        "InRawText": "1",
        "Confidence": str(round(report.confidence * 10) * 10),
    }


def _actor(mention: Mention | None) -> Row:
    if mention is None:
        return {}
    code, name = mention.code or "", {"Name": _name(mention).upper()}
    role = word_of_sector(mention.sector, "cameo") if mention.sector else ""
    group = groups().get(code)
    if group is not None:
        others = role if role not in ("", group.type) else ""
        own = {"CountryCode": group.country, "KnownGroupCode": group.group}
        types = [t for t in (group.type, others) if t]
        numbered = {f"Type{n}Code": t for n, t in enumerate(types, 1)}
        return {"Code": f"{group.cameo}{others}", **name, **own, **numbered}
    country = _CAMEO_COUNTRY.get(code, code) if code in countries() else ""
    known = {"CountryCode": country, "KnownGroupCode": "" if country else code}
    return {"Code": f"{country or code}{role}", **name, **known, "Type1Code": role}


def _place(place: Place | None) -> Row:
    if place is None or place.lat is None or place.lon is None:
        return {"Geo_Type": _NO_PLACE}
    codes = countries().get(place.country or "")
    names = (codes.name, *codes.other_names) if codes else ()
    city = _US_CITY if place.country == "USA" else _CITY
    return {
        "Geo_Type": _COUNTRY if place.name in names else city,
        "Geo_Fullname": place.name or place.text or "",
        "Geo_CountryCode": codes.fips if codes else "",
        "Geo_Lat": f"{place.lat:.4f}",
        "Geo_Long": f"{place.lon:.4f}",
        "Geo_FeatureID": str(place.geonameid or ""),
    }


def _days(day: str | None) -> Row:
    if day is None:
        return {}
    when = date.fromisoformat(day)
    share = (when.month * 30 + when.day) / 365
    return {
        "Day": day.replace("-", ""),
        "MonthYear": day[:7].replace("-", ""),
        "Year": day[:4],
        "FractionDate": f"{when.year + min(share, 0.9999):.4f}",
    }


def _compact(day: str | None) -> str:
    return day.replace("-", "") + "000000" if day else ""


def _name(mention: Mention | None) -> str:
    return "" if mention is None else mention.name or mention.text
