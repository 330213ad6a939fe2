"""A mention in the making: what is known of who it is, before reference is settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from foreigndesk.codebook.actors import Role
from foreigndesk.coding.mentions import ActorMention
from foreigndesk.model import Mention


@dataclass(slots=True)
class Draft:
    """Tokens `first` to `last` with head `head`, characters `start` to `end`, and who that is.

    `noun` is the role or noun as lemma, None for a bare name; `person` True for a person, False
    for a body or state, None if unknown. `definite` asks for an antecedent. `relational`: the
    possessor is not the country ("Iran's allies"). `absorbed` are the countries and organisations
    named within the phrase ("Hamas" in "Hamas leaders"), no mentions of their own.
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    kind: str
    name: str | None = None
    code: str | None = None
    sector: str | None = None
    actor_id: str | None = None
    number: str = "one"
    gender: str | None = None
    person: bool | None = None
    role: Role | None = None
    noun: str | None = None
    definite: bool = False
    relational: bool = False
    state: bool = False
    misspelt: bool = False
    members: list[Draft] = field(default_factory=list)
    absorbed: list[Draft] = field(default_factory=list)
    antecedent: Draft | None = None

    def take(self, other: Draft) -> None:
        """Become the same actor as `other`; the words and their place stay."""
        self.name, self.code, self.sector = other.name, other.code, other.sector
        self.actor_id, self.members = other.actor_id, list(other.members)
        self.state = other.state
        if other.state:
            self.sector = None
        self.gender = self.gender or other.gender
        self.person = other.person if self.person is None else self.person
        self.antecedent = other

    def identity(self) -> tuple[str | None, str | None, str | None]:
        """What makes two drafts one actor."""
        return (self.actor_id, None, None) if self.actor_id else (None, self.name, self.code)

    def known(self) -> bool:
        """Whether anything says who it is."""
        return bool(self.name or self.code or self.actor_id or self.members)

    def mention(self, text: str) -> Mention:
        """As a Mention of the document `text`."""
        words = text[self.start : self.end]
        return Mention(
            self.start, self.end, words, self.name, self.code, self.sector, self.actor_id
        )

    def finished(self, text: str) -> ActorMention:
        """As an ActorMention."""
        return ActorMention(
            first=self.first,
            last=self.last,
            head=self.head,
            mention=self.mention(text),
            kind=self.kind,
            number=self.number,
            gender=self.gender,
            members=tuple(self._member(m, text) for m in self.members),
            definite=self.definite,
            misspelt=self.misspelt,
        )

    def _member(self, member: Draft, text: str) -> Mention:
        words = text[self.start : self.end]
        who = (member.name, member.code, member.sector, member.actor_id)
        return Mention(self.start, self.end, words, *who)
