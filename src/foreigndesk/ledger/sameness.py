"""Whether two Reports are of the very same actors, deed or place: what features.py builds on."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from foreigndesk.ledger.parties import SAME, fold, side_likeness
from foreigndesk.ledger.views import View
from foreigndesk.model import Place


def recalls(early: View, late: View, apart: int) -> bool:
    """Whether an undated word on the past is about this happening of the very same actors.

    They are the same on both sides, and it was at the same place, of the same mode, or is told in
    some of the same words.
    """
    if not late.afloat or apart > late.reach or not exact(early, late):
        return False
    a, b = early.report, late.report
    if a.place is not None and b.place is not None:
        return places_agree(early, late) > 0
    if early.family.name == "consult":
        return False
    return (a.event_mode is not None and a.event_mode == b.event_mode) or (
        same_deed(early, late) and len(early.words & late.words) > 1
    )


def exact(one: View, other: View) -> bool:
    """Whether both name the very same actors on the same sides, none more."""
    if one.directed and other.directed:
        sides = ((one.doers, other.doers), (one.others, other.others))
    else:
        sides = ((one.parties, other.parties), ((), ()))
        if len(one.parties) < 2:
            return False
    return all(len(a) == len(b) and (not a or side_likeness(a, b) == SAME) for a, b in sides)


def same_deed(one: View, other: View) -> bool:
    """Whether one entry of the codebook, one word, or entries of one stem decided both.

    Entries for the same deed share the beginning of their ids ("support.join-bloc",
    "support.join-member") and their CAMEO code.
    """
    a, b = one.report, other.report
    if a.rule == b.rule or one.lemma == other.lemma:
        return True
    return a.cameo == b.cameo and a.rule.split("-")[0] == b.rule.split("-")[0]


def done_once(one: View, other: View) -> bool:
    """Whether it is one deed of the very same actors that nobody does twice in a short time."""
    if not (one.once and other.once) or not (_both_told(one, other) or _half_told(one, other)):
        return False
    one_day = one.when.days == 1 and one.when == other.when
    return one_day or same_deed(one, other)


def _both_told(one: View, other: View) -> bool:
    return bool(one.others or one.report.symmetric) and exact(one, other)


def _half_told(one: View, other: View) -> bool:
    """Whether one leaves the other side unnamed ("Riyadh cut relations") and tells the same."""
    if bool(one.others) == bool(other.others) or len(one.words & other.words) < 2:
        return False
    return len(one.doers) == len(other.doers) and side_likeness(one.doers, other.doers) == SAME


def places_agree(one: View, other: View) -> float:
    """1 for the same place, 0.5 where one may lie in the other, 0 for two places."""
    a, b = one.report.place, other.report.place
    if a is None or b is None:
        return 0.0
    if same_place(a, b):
        return 1.0
    if a.country is None or a.country != b.country:
        return 0.0
    states = {p.name for p in (*one.parties, *other.parties) if p.whole}
    wide = a.geonameid is None or b.geonameid is None
    return 0.5 if wide or {fold(a.name or ""), fold(b.name or "")} & states else 0.0


def same_place(a: Place, b: Place) -> bool:
    """Whether two places are one by id, or by name and country."""
    if a.geonameid is not None and b.geonameid is not None:
        return a.geonameid == b.geonameid
    return a.name is not None and a.name == b.name and a.country == b.country


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two positions in degrees (haversine, Earth of 6371 km)."""
    (lat1, lon1), (lat2, lon2) = one, other
    a = sin(radians(lat2 - lat1) / 2) ** 2
    a += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(a))
