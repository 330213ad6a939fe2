"""A frame: one predicate matched to a codebook entry, with who takes part."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.model import EventType, Mention, Status


@dataclass(frozen=True, slots=True)
class Frame:
    """One event that a sentence speaks of: what (`entry`, `event`, `mode`), who, to whom.

    `content` are the frames it embeds ("agreed to meet"); `consumed` the tokens that are part of
    its words and trigger nothing themselves; `score` ranks it against other readings; `guessed`:
    no role told the recipient, it is but a name beneath the predicate. `status`: what the words
    themselves make of it ("invited": requested), None where factuality tells. `share`: the
    probability that the learned model gives to what it added (completion.py), None if nothing.
    """

    trigger: int
    entry: PredicateEntry
    event: EventType
    mode: str | None
    actor: tuple[Mention, ...]
    recipient: tuple[Mention, ...]
    symmetric: bool
    score: float
    consumed: frozenset[int] = frozenset()
    content: tuple[int, ...] = ()
    carrier: int | None = None
    guessed: bool = False
    status: Status | None = None
    share: float | None = None

    def between(
        self, actor: tuple[Mention, ...], recipient: tuple[Mention, ...], guessed: bool = False
    ) -> Frame:
        """The frame with its sides, a point better for each that is filled."""
        return Frame(
            self.trigger, self.entry, self.event, self.mode, actor, recipient, self.symmetric,
            self.score + bool(actor) + bool(recipient), self.consumed, self.content, self.carrier,
            guessed, self.status, self.share,
        )  # fmt: skip
