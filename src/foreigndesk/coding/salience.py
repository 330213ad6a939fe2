"""The actors in play at a point of an article, and how much each is in the reader's mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from foreigndesk.coding.drafts import Draft

WEIGHTS = {
    "nsubj": 4.0,
    "nsubjpass": 3.5,
    "agent": 3.0,
    "dobj": 2.0,
    "dative": 2.0,
    "poss": 2.0,
    "ROOT": 2.0,
    "appos": 1.0,
    "pobj": 1.5,
}
_OTHER, _ADJECTIVE, _PLACE = 1.0, 0.6, 0.8
_DECAY = 0.55
_SAME_SENTENCE = 4.0
_OBJECT_MALUS = 3.0


def weight(dep: str, kind: str) -> float:
    """How much one mention counts, by its syntactic place and kind."""
    base = WEIGHTS.get(dep, _OTHER)
    return min(base, _ADJECTIVE) if kind == "adjective" else base


@dataclass(slots=True)
class Entity:
    """An actor of this article with its drafts; `score` is its salience as of sentence `seen`."""

    drafts: list[Draft]
    score: float = 0.0
    seen: int = 0
    order: int = 0
    last: float = 0.0
    nouns: set[str] = field(default_factory=set)

    @property
    def lead(self) -> Draft:
        """The draft that stands for it: the first, of a collective the latest."""
        return self.drafts[0]

    @property
    def subject(self) -> bool:
        """Whether it was a subject when last mentioned."""
        return self.last >= WEIGHTS["nsubjpass"]

    def told_in(self, sentence: int) -> bool:
        """Whether the sentence has mentioned it by more than an adjective or a place."""
        return self.seen == sentence and self.last > _ADJECTIVE

    def now(self, sentence: int) -> float:
        """Its salience as of a sentence, higher where that sentence has named it already."""
        bonus = _SAME_SENTENCE if self.seen == sentence else 0.0
        return float(self.score * _DECAY ** (sentence - self.seen)) + bonus


class Stage:
    """The entities of an article in the order of their coming."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._index: dict[object, Entity] = {}
        self.countries: dict[str, Entity] = {}
        self._clock = 0

    def see(self, draft: Draft, sentence: int, amount: float) -> Entity:
        """Note a mention of a known actor and return its entity."""
        key = _key(draft)
        entity = self._index.get(key)
        if entity is None:
            entity = self._index[key] = Entity([draft], seen=sentence)
            self.entities.append(entity)
        elif draft.members and entity.lead is not draft:
            entity.drafts.insert(0, draft)
        elif entity.lead is not draft:
            _merge(entity.lead, draft)
            entity.drafts.append(draft)
        if draft.noun:
            entity.nouns.add(draft.noun)
        entity.last = amount
        self._raise(entity, sentence, amount)
        return entity

    def _raise(self, entity: Entity, sentence: int, amount: float) -> None:
        self._clock += 1
        entity.score = entity.score * _DECAY ** (sentence - entity.seen) + amount
        entity.seen, entity.order = sentence, self._clock

    def best(
        self, sentence: int, fits: Callable[[Entity], bool], lowered: bool = False
    ) -> Entity | None:
        """The most salient entity that fits; the latest mentioned of equals.

        `lowered`: the sentence's subject counts less, as for a pronoun that is an object.
        """
        ranked = self.ranked(sentence, fits)
        if lowered and len(ranked) > 1 and ranked[0].subject and ranked[0].seen == sentence:
            gap = ranked[0].now(sentence) - ranked[1].now(sentence)
            return ranked[1] if gap < _OBJECT_MALUS else ranked[0]
        return ranked[0] if ranked else None

    def ranked(self, sentence: int, fits: Callable[[Entity], bool]) -> list[Entity]:
        """The entities that fit, the most salient first."""
        found = [e for e in self.entities if fits(e)]
        return sorted(found, key=lambda e: (-e.now(sentence), -e.order))

    def country_scores(self, sentence: int, only: bool = False) -> list[tuple[str, float]]:
        """Country codes by the salience of their state and, less, of whoever belongs to it.

        `only`: only those that this very sentence has mentioned.
        """
        scores: dict[str, float] = {}
        for entity in self.entities:
            code = entity.lead.code
            if code is None or entity.lead.members or (only and not entity.told_in(sentence)):
                continue
            share = 1.0 if entity.lead.state else 0.5
            scores[code] = scores.get(code, 0.0) + share * entity.now(sentence)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _key(draft: Draft) -> object:
    if draft.members:
        return tuple(sorted(str(m.identity()) for m in draft.members))
    if draft.actor_id or (draft.kind == "named" and draft.name):
        return draft.actor_id or draft.name
    if draft.name and draft.antecedent is not None:
        return draft.name
    role = draft.role.id if draft.role else draft.noun
    return (draft.code, role, draft.number)


def _merge(lead: Draft, draft: Draft) -> None:
    """Let the first mention learn what a later one says."""
    lead.code = lead.code or draft.code
    if not (lead.state or draft.state):
        lead.sector = lead.sector or draft.sector
    lead.gender, lead.role = lead.gender or draft.gender, lead.role or draft.role
    lead.noun = lead.noun or draft.noun
    if lead.person is None:
        lead.person = draft.person


def fill(entities: Iterable[Entity]) -> None:
    """Give every mention of an actor what another mention of it says."""
    for entity in entities:
        lead = entity.lead
        if lead.members:
            continue
        for draft in entity.drafts[1:]:
            draft.code = draft.code or lead.code
            if not (lead.state or draft.state):
                draft.sector = draft.sector or lead.sector
            draft.gender = draft.gender or lead.gender
