"""Whether a predicate happened, is planned, possible, asked for or denied, as the author has it.

The walk goes from the root down to the predicate. At each edge the governor's cue (an embedding
verb, noun or adjective, a mark, a preposition) acts on the commitment that reaches it; at each
node its own modals, adverbs, adjectives and negation do. All words are data (codebook/factuality).
"""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.factuality import load_cues
from foreigndesk.codebook.load import Codebook
from foreigndesk.coding.event_nouns import EventWords, is_predicate, load_event_words
from foreigndesk.coding.fact_walk import Walk
from foreigndesk.coding.stand import Stand, Step
from foreigndesk.coding.tense import tense
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Factuality, Predicate, Status

__all__ = ["Fact", "FactualityReader", "Step", "predicates"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What the text's author commits to about one predicate.

    `hedges` are words as they stand, outermost first; `path` the cues that acted, outermost first;
    `tense` is TimeML's word for a verb's tense, None for a noun or an adjective.
    """

    value: Factuality
    status: Status
    hedges: tuple[str, ...]
    path: tuple[Step, ...]
    tense: str | None


class FactualityReader:
    """Reads the factuality of predicates; keeps the walk of the tree it was last asked about."""

    def __init__(self, codebook: Codebook) -> None:
        """Raises CodebookError where the factuality data are wrong."""
        self._cues = load_cues(codebook)
        self._walk: Walk | None = None
        self.event_words: EventWords = load_event_words(codebook)

    def read(self, tree: Tree, i: int) -> Fact:
        """The factuality of the predicate (verb, event noun or adjective) at token `i`."""
        stand = self._stand(tree, i)
        commitment = stand.commitment
        return Fact(commitment.value, commitment.status, stand.hedges, stand.path, tense(tree, i))

    def _stand(self, tree: Tree, i: int) -> Stand:
        if self._walk is None or self._walk.tree is not tree:
            self._walk = Walk(tree, self._cues)
        return self._walk.stand(i)


def predicates(tree: Tree, reader: FactualityReader) -> tuple[Predicate, ...]:
    """Every event-denoting verb, noun and predicate adjective of a sentence, in text order."""
    found: list[Predicate] = []
    for token in tree.tokens:
        if is_predicate(tree, token.i, reader.event_words):
            fact = reader.read(tree, token.i)
            found.append(Predicate(token.start, token.end, token.lemma, fact.value, fact.tense))
    return tuple(found)
