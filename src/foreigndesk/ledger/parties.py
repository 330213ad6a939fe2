"""Whether two mentions name the same actor, one a part of the other, or two actors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from foreigndesk.model import Mention

SAME, PART, KIN, OTHER = 1.0, 0.8, 0.4, 0.0
"""The scale of `likeness`, 0 to 1."""

OF_THE_STATE = frozenset({None, "GOV", "MIL", "SPY", "COP", "LEG", "JUD", "IGO"})
"""The sectors (PLOVER's) whose members can stand for their state or body."""
OF_MANY = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes that many bodies share: to have one in common makes no two of them kin."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as the linking sees it. `whole`: the state (or bloc, or body) as such."""

    identity: str
    code: str | None
    sector: str | None
    whole: bool
    person: bool
    name: str
    words: frozenset[str]


def party(mention: Mention) -> Party:
    """The actor that a mention names."""
    name = fold(mention.name or mention.text)
    person = (mention.actor_id or "").startswith("person.")
    whole = not person and _is_whole(mention)
    identity = mention.actor_id or "|".join((name, mention.code or "", mention.sector or ""))
    words = frozenset(re.findall(r"\w{3,}", name))
    return Party(identity, mention.code, mention.sector, whole, person, name, words)


def _is_whole(mention: Mention) -> bool:
    """A state's entry has its code as (the end of) its id, or a code and no sector."""
    if mention.code is None or mention.actor_id is None:
        return False
    tail = re.split(r"[.:/_-]", mention.actor_id)[-1]
    return mention.sector is None or tail.casefold() == mention.code.casefold()


def fold(text: str) -> str:
    """A name without accents, case and doubled blanks."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def likeness(one: Party, other: Party) -> float:
    """SAME, PART (a state and one who stands for it), KIN (two of one state), or OTHER."""
    if one.identity == other.identity or (one.name == other.name and one.code == other.code):
        return SAME
    if one.code is None or other.code is None or one.code in OF_MANY:
        return KIN if one.words and one.words & other.words else OTHER
    if one.code != other.code:
        return OTHER
    if one.whole or other.whole:
        return PART if {one.sector, other.sector} <= OF_THE_STATE else OTHER
    if one.person and other.person:
        return OTHER
    return KIN if {one.sector, other.sector} <= OF_THE_STATE else OTHER


def side_likeness(one: Sequence[Party], other: Sequence[Party]) -> float | None:
    """How well two sides agree, 0 to 1; None if one of them is not told.

    Each of the shorter side must be found in the longer; states that only the longer names
    lessen the agreement.
    """
    if not one or not other:
        return None
    small, large = sorted((one, other), key=len)
    best = [max(likeness(s, p) for p in large) for s in small]
    if min(best) == OTHER:
        return OTHER
    named = {p.code or p.identity for p in small}
    strange = {p.code or p.identity for p in large} - named
    return sum(best) / len(best) * (1 - 0.3 * len(strange) / (len(strange) + len(named)))


def codes(parties: Sequence[Party]) -> tuple[str, ...]:
    """The codes (or, where there is none, the names) of a side, sorted, each once."""
    return tuple(sorted({p.code or p.name for p in parties}))
