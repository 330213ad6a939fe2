"""The country of an actor that its own words leave open, from what stands beside it.

"Police fired at demonstrators in Nairobi": the place is the country of both. "The opposition
leader was arrested by Ugandan police": so is the other side, where both are at home.
"""

from __future__ import annotations

from dataclasses import replace

from foreigndesk.model import Mention, Place

_AT_HOME = frozenset(
    {"COP", "OPP", "CVL", "LEG", "PTY", "LAB", "EDU", "JUD", "AGR", "SOC", "UAF", "REB", "MED",
     "JRN", "REL", "MIL", "GOV", "PRM", "CRM", "BUS", "ELI"}
)  # fmt: skip
"""PLOVER's sectors whose members, told of without a country, are those of where it happened."""
_RULING = frozenset({"COP", "GOV", "MIL", "JUD", "LEG", "SPY"})
_OUTWARD = frozenset(
    {
        "CONSULT", "SUPPORT", "COOPERATE", "AID", "MOBILIZE", "REJECT", "THREATEN",
        "SANCTION/expel", "SANCTION/withdraw", "SANCTION/discontinue",
    }
)  # fmt: skip
"""Types, or types with a mode, of what is done to others as a rule, not at home."""
_NO_STATES = frozenset({"IGO", "UNO", "EUR", "NATO", "WEST", "NGO", "MNC", "IMG", "ISM"})
Sides = tuple[tuple[Mention, ...], tuple[Mention, ...]]


def at_home(
    event: str,
    actor: tuple[Mention, ...],
    recipient: tuple[Mention, ...],
    place: Place | None,
) -> Sides:
    """Both sides with the countries that the place or the other side tells.

    `event` is a type, with its mode behind a slash if it has one ("SANCTION/expel"). The other
    side tells only of deeds done at home: whom a government expels, denies to have hit
    or sends troops to is as a rule another's.
    """
    country = place.country if place else None
    outward = event in _OUTWARD or event.partition("/")[0] in _OUTWARD
    beside = ((), ()) if outward else (recipient, actor)
    return (
        tuple(_settled(m, country or _domestic(m, beside[0])) for m in actor),
        tuple(_settled(m, country or _domestic(m, beside[1])) for m in recipient),
    )


def _settled(mention: Mention, country: str | None) -> Mention:
    unnamed = mention.code is None and mention.name is None and mention.actor_id is None
    if country is None or not unnamed or mention.sector not in _AT_HOME:
        return mention
    return replace(mention, code=country)


def _domestic(mention: Mention, others: tuple[Mention, ...]) -> str | None:
    """The one country of the other side, where one side rules and the other is ruled."""
    codes = {m.code for m in others if m.code and m.code not in _NO_STATES and m.sector in _AT_HOME}
    rules = mention.sector in _RULING or any(m.sector in _RULING for m in others)
    return codes.pop() if len(codes) == 1 and rules else None
