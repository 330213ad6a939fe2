"""How reports of each event type are brought together: one row for each type."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.model import EventType


@dataclass(frozen=True, slots=True)
class Family:
    """Types that one happening may be coded as, and how far apart its reports may lie.

    `tolerance`: days between two told dates of one happening. `memory`: days between the texts
    of two reports that tell no date. `need`: the score that links (see features.py). `recall`:
    days back in which an undated word on the past is taken to recall the one happening of the
    very same actors, 0 for what recurs.
    """

    name: str
    tolerance: int
    memory: int
    need: float
    recall: int = 0


_HELP = Family("help", tolerance=30, memory=400, need=4.2)
_YIELD = Family("yield", tolerance=7, memory=60, need=4.0)

FAMILIES: dict[EventType, Family] = {
    EventType.AGREE: Family("agree", tolerance=2, memory=30, need=4.7, recall=400),
    EventType.CONSULT: Family("consult", tolerance=3, memory=45, need=3.4, recall=400),
    EventType.SUPPORT: Family("support", tolerance=2, memory=30, need=4.7, recall=400),
    EventType.CONCEDE: _YIELD,
    EventType.COOPERATE: _HELP,
    EventType.AID: _HELP,
    EventType.RETREAT: _YIELD,
    EventType.REQUEST: Family("request", tolerance=3, memory=30, need=4.7, recall=400),
    EventType.ACCUSE: Family("accuse", tolerance=3, memory=60, need=4.7),
    EventType.REJECT: Family("reject", tolerance=3, memory=60, need=4.7),
    EventType.THREATEN: Family("threaten", tolerance=3, memory=30, need=4.7),
    EventType.PROTEST: Family("protest", tolerance=1, memory=7, need=3.6),
    EventType.SANCTION: Family("sanction", tolerance=7, memory=90, need=4.0, recall=3000),
    EventType.MOBILIZE: Family("mobilize", tolerance=7, memory=60, need=3.8),
    EventType.COERCE: Family("coerce", tolerance=3, memory=30, need=3.8),
    EventType.ASSAULT: Family("assault", tolerance=1, memory=10, need=4.9),
}
PROMISE_MEMORY = 300
"""Days between two texts that speak of one promise without a date."""

ONCE: dict[str, int] = {
    "050": 30,
    "033": 30,
    "054": 30,
    "057": 30,
    "0831": 60,
    "161": 400,
    "164": 400,
}
"""By CAMEO code what two parties do to each other once in a long while (join, sign, ratify, resign,
break off relations), and the days by which two texts on it may differ: one of them errs."""

KIN: dict[str, frozenset[str]] = {
    "agree": frozenset({"support", "help", "yield"}),
    "support": frozenset({"agree", "help"}),
    "help": frozenset({"agree", "support"}),
    "yield": frozenset({"agree"}),
    "coerce": frozenset({"assault", "sanction"}),
    "assault": frozenset({"coerce"}),
    "sanction": frozenset({"coerce", "reject", "accuse"}),
    "reject": frozenset({"sanction"}),
    "accuse": frozenset({"sanction"}),
}
"""By family the families as which the very same deed may be coded: a kidnapping, an expulsion."""
