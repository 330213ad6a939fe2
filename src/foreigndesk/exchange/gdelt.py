"""GDELT 2.0 (Event Codebook V2.0): Events, 61 columns, and Mentions, 16; tabs, no header.

An event with several actors or recipients gives a row for each pair, as GDELT has it. Columns that
we know nothing of (religion, tone, ADM codes) are empty. Ids are 18 digits of our hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from foreigndesk.exchange.happenings import Happening, cameo, countries
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
_BLOCS = {"UNO": "IGOUNO", "EUR": "IGOEUREEC", "NATO": "IGOWSTNAT", "WEST": "WST"}
_WEB, _OTHER = "1", "3"
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
    return str(int(hashlib.sha256(key.encode()).hexdigest()[:15], 16) % 10**18).zfill(18)


def _event(happening: Happening, actor: Mention | None, recipient: Mention | None) -> Row:
    day = happening.day or happening.told
    code = cameo(happening)
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
        "QuadClass": str(happening.lead.quad),
        "GoldsteinScale": f"{happening.lead.intensity:.1f}",
        "NumMentions": str(len(happening.reports)),
        "NumSources": str(max(1, happening.event.outlets)),
        "NumArticles": str(len(happening.sources)),
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
        "MentionType": _WEB if source.url else _OTHER,
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
    country = mention.code if (mention.code or "") in countries() else ""
    group = "" if country else _BLOCS.get(mention.code or "", mention.code or "")
    sector = mention.sector or ""
    return {
        "Code": f"{country or group}{sector if sector not in group else ''}",
        "Name": _name(mention).upper(),
        "CountryCode": country or "",
        "KnownGroupCode": group,
        "Type1Code": sector,
    }


def _place(place: Place | None) -> Row:
    if place is None or place.lat is None or place.lon is None:
        return {}
    codes = countries().get(place.country or "")
    kind = "1" if place.name == place.country else "4"
    return {
        "Geo_Type": kind,
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
    share = (when.timetuple().tm_yday - 1) / 365
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
