"""Mentions of actors within one parsed sentence, and how the coders look them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from foreigndesk.model import Mention

NAMED, ROLE, ADJECTIVE, PRONOUN = "named", "role", "adjective", "pronoun"
SEAT, PLACE = "seat", "place"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A Mention at tokens `first` to `last` (inclusive), whose syntactic head is token `head`.

    `kind`: "named" (a state, city seat, person, organisation, group by name), "role" (a noun such
    as "troops", "ministry", "president", with or without a country), "adjective" (a country
    adjective or compound before a noun that is no actor: "Russian weapons"), "pronoun", "seat" (a
    capital or building that may stand for its state: "Moscow said", "a trip to Moscow") or "place"
    (a state or seat where only a place can be meant: "in Moscow", "near Ukraine").
    `number` is "one" or "many", `gender` "f", "m", "n" or None if unknown, for coreference.
    `members` are the mentions that a collective refers to ("both nations"), empty otherwise.
    `definite`: a bare description that asks for an antecedent ("the ministry", "its neighbour").
    `misspelt`: the name is another spelling of the one resolved to.
    """

    first: int
    last: int
    head: int
    mention: Mention
    kind: str
    number: str = "one"
    gender: str | None = None
    members: tuple[Mention, ...] = ()
    definite: bool = False
    misspelt: bool = False

    def actors(self) -> tuple[Mention, ...]:
        """Whom the mention stands for: the members of a collective, else itself."""
        return self.members or (self.mention,)


@dataclass(frozen=True, slots=True)
class SentenceMentions:
    """The mentions of one sentence, in text order, found again by token."""

    mentions: tuple[ActorMention, ...]
    by_token: dict[int, ActorMention] = field(default_factory=dict)

    @classmethod
    def of(cls, mentions: Iterable[ActorMention]) -> SentenceMentions:
        """Index `mentions`; where two overlap, the longer one owns the token."""
        ordered = sorted(mentions, key=lambda m: (m.first, -m.last))
        table: dict[int, ActorMention] = {}
        for mention in sorted(ordered, key=lambda m: m.first - m.last, reverse=True):
            for i in range(mention.first, mention.last + 1):
                table[i] = mention
        return cls(tuple(ordered), table)

    def at(self, i: int) -> ActorMention | None:
        """The mention that covers token `i`, or None."""
        return self.by_token.get(i)

    def actors(self, mention: ActorMention) -> tuple[Mention, ...]:
        """Whom a mention stands for, by the words that name them where the sentence has any."""
        if mention.kind != PRONOUN and not mention.members:
            return mention.actors()
        return tuple(self._named(actor, mention.first) for actor in mention.actors())

    def _named(self, actor: Mention, at: int) -> Mention:
        """The mention by name, in this sentence, of whom `actor` refers to; nearest before `at`."""
        named = [
            m
            for m in self.mentions
            if m.kind in (NAMED, ROLE, SEAT) and not m.members and _same(m.mention, actor)
        ]
        before = [m for m in named if m.first < at]
        return (before[-1:] or named[:1])[0].mention if named else actor

    def headed(self, i: int) -> ActorMention | None:
        """The mention whose syntactic head is token `i` and that is no mere adjective, or None."""
        found = self.by_token.get(i)
        return found if found and found.kind != ADJECTIVE and found.head == i else None


def _same(named: Mention, actor: Mention) -> bool:
    """Whether `named` names whom `actor` refers to; unnamed bodies are told by code and sector."""
    if actor.actor_id is not None:
        return named.actor_id == actor.actor_id and named.sector == actor.sector
    if actor.name is not None:
        return (named.name or named.text) == actor.name
    known = actor.code is not None and actor.sector is not None
    return known and (named.name, named.code, named.sector) == (None, actor.code, actor.sector)
