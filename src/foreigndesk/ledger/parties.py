"""Whether two mentions name the same actor, one a part of the other, or two actors."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from foreigndesk.model import Mention

SAME, PART, KIN, OTHER = 1.0, 0.8, 0.4, 0.0
"""The scale of `likeness`, 0 to 1."""

_LINKS = frozenset({"and", "the", "for", "bin", "van", "von", "der", "del", "abu"})
"""Small words within names."""
OF_THE_STATE = frozenset({None, "GOV", "MIL", "SPY", "COP", "LEG", "JUD", "IGO"})
"""The sectors (PLOVER's) whose members can stand for their state or body."""
ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
"""The sectors (PLOVER's) of those who bear arms without being the state's."""
OF_MANY = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's codes that many bodies share: to have one in common makes no two of them kin."""


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """An actor as the linking sees it, made by `party`, compared by `likeness`.

    `whole`: the state (or bloc, or body) as such. `vague`: told by a description ("gunmen", "42
    students"), which fits many.
    """

    identity: str
    code: str | None
    sector: str | None
    whole: bool
    person: bool
    name: str
    words: frozenset[str]
    vague: bool = False


def party(mention: Mention) -> Party:
    """The actor that a mention names; one Party for all that name it alike."""
    return _party(mention.name or mention.text, mention.code, mention.sector, mention.actor_id)


@lru_cache(maxsize=100_000)
def _party(named: str, code: str | None, sector: str | None, actor_id: str | None) -> Party:
    return _as_party(Mention(0, 0, named, named, code, sector, actor_id))


def _as_party(mention: Mention) -> Party:
    name = fold(mention.name or mention.text)
    person = (mention.actor_id or "").startswith("person.")
    whole = not person and _is_whole(mention)
    identity = mention.actor_id or "|".join((name, mention.code or "", mention.sector or ""))
    words = frozenset(re.findall(r"\w{3,}", name))
    vague = mention.actor_id is None and _is_description(mention)
    return Party(identity, mention.code, mention.sector, whole, person, name, words, vague)


def _is_description(mention: Mention) -> bool:
    """Whether it is told by a common noun: "the mayor of Van", not "Nebi Saleh".

    A word alone with a sector is one ("Demonstrators"): a name of one word bears none.
    """
    words: list[str] = re.findall(r"[^\W\d_]{3,}", mention.name or mention.text)
    common = [w for w in words if w[0].islower() and w not in _LINKS]
    return bool(common) or (len(words) < 2 and mention.sector is not None)


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
    if one.vague or other.vague:
        return _vague_likeness(one, other)
    if one.code is None or other.code is None or one.code in OF_MANY:
        return KIN if one.words and one.words & other.words else OTHER
    if one.code != other.code:
        return OTHER
    if one.whole or other.whole:
        return PART if {one.sector, other.sector} <= OF_THE_STATE else OTHER
    if one.person and other.person:
        return OTHER
    if (one.person or other.person) and {one.sector, other.sector} == {"GOV", "ELI"}:
        return KIN
    return KIN if {one.sector, other.sector} <= OF_THE_STATE else OTHER


def _vague_likeness(one: Party, other: Party) -> float:
    """A description goes with another of the same kind of people, and with whom it may mean."""
    if one.code is not None and other.code is not None and one.code != other.code:
        return KIN if one.words & other.words and OF_MANY & {one.code, other.code} else OTHER
    if one.sector == other.sector or one.words & other.words:
        return KIN + 0.2
    kinds = {_kind(one), _kind(other)}
    if len(kinds) == 1 or kinds == {"state", "people"}:
        state = one if _kind(one) == "state" else other
        return KIN if len(kinds) == 1 or state.sector in (None, "GOV") else OTHER
    return OTHER


def _kind(one: Party) -> str:
    if one.sector in ARMED:
        return "armed"
    if one.code is not None and not one.vague and one.sector in OF_THE_STATE:
        return "state"
    return "state" if one.sector is not None and one.sector in OF_THE_STATE else "people"


@lru_cache(maxsize=50_000)
def side_likeness(one: tuple[Party, ...], other: tuple[Party, ...]) -> float | None:
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


@lru_cache(maxsize=50_000)
def codes(parties: tuple[Party, ...]) -> tuple[str, ...]:
    """The codes of a side, or where there is none the name or the last word of a description."""
    return tuple(sorted({p.code or _called(p) for p in parties}))


def _called(one: Party) -> str:
    return one.name.split()[-1] if one.vague and one.name else one.name
