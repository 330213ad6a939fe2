"""Which tokens denote events: verbs that are no auxiliaries, event nouns, predicate adjectives."""

from __future__ import annotations

from dataclasses import dataclass

from foreigndesk.codebook.factuality import load_nouns
from foreigndesk.codebook.load import Codebook
from foreigndesk.grammar.tree import Tree

_NO_PREDICATE = frozenset({"aux", "auxpass", "punct", "case"})
_ADJECTIVE = frozenset({"acomp", "oprd", "ROOT", "ccomp", "conj", "xcomp"})
_SHORTEST = 5
"""Letters of the shortest noun that a suffix alone makes an event noun."""


@dataclass(frozen=True)
class EventWords:
    """Event nouns: listed lemmas, and suffixes with the lemmas that they do not hold for."""

    nouns: frozenset[str]
    suffixes: tuple[str, ...]
    others: frozenset[str]

    def holds(self, lemma: str) -> bool:
        """Whether a noun of this lemma denotes an event."""
        if lemma in self.nouns:
            return True
        if lemma in self.others or len(lemma) < _SHORTEST or not self.suffixes:
            return False
        return lemma.endswith(self.suffixes)


def load_event_words(codebook: Codebook) -> EventWords:
    """The event nouns of a codebook. Raises CodebookError as `Codebook.entries` does."""
    nouns: set[str] = set()
    others: set[str] = set()
    suffixes: list[str] = []
    for entry in load_nouns(codebook):
        nouns.update(entry.words)
        others.update(entry.other)
        suffixes.extend(s for s in entry.suffixes if s not in suffixes)
    return EventWords(frozenset(nouns), tuple(suffixes), frozenset(others))


def is_predicate(tree: Tree, i: int, words: EventWords) -> bool:
    """Whether token `i` denotes an event: a main verb, an event noun or a predicate adjective."""
    token = tree[i]
    if token.dep in _NO_PREDICATE:
        return False
    kind = token.tag[:2]
    if kind == "VB":
        return True
    if kind == "NN":
        if token.tag in ("NNP", "NNPS"):
            return token.lemma.lower() in words.nouns and token.dep != "compound"
        return words.holds(token.lemma)
    return kind == "JJ" and token.dep in _ADJECTIVE
