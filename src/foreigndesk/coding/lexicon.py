"""Role nouns and closed classes of words, indexed for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from foreigndesk.codebook.actors import Role, roles
from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.reference import reference_words
from foreigndesk.coding.names import Piece, fold, words_of
from foreigndesk.grammar.tree import Tree

_STYLE = "reference-style-"
_NOUN_CLASSES = (
    "reference-pair-member",
    "reference-relational",
    "reference-dyad-states",
    "reference-dyad-persons",
    "reference-state",
    "reference-organisation",
    "reference-quantity",
    "reference-north-south",
)


class Lexicon:
    """The role nouns by lemma and the closed classes of words, indexed once for a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._trie: dict[str, Any] = {}
        for role in roles(codebook):
            for noun in role.nouns:
                self._add(noun, role)
        self._entries = reference_words(codebook)
        self.classes = {key: frozenset(entry.words) for key, entry in self._entries.items()}
        self.pronouns = {
            word: entry
            for key, entry in self._entries.items()
            if entry.number or entry.gender
            for word in entry.words
        }
        self.styles = {
            key.removeprefix(_STYLE).replace("-", " "): words
            for key, words in self.classes.items()
            if key.startswith(_STYLE)
        }
        self.nouns = frozenset().union(*(self.words(key) for key in _NOUN_CLASSES))

    def words(self, key: str) -> frozenset[str]:
        """The words of the class `key`, none if the codebook lacks it."""
        return self.classes.get(key, frozenset())

    def posts(self) -> dict[str, str]:
        """Offices that are one post under other names, each by the first of its class."""
        classes = [e.words for k, e in self._entries.items() if k.startswith("reference-office-")]
        return {fold(word): fold(words[0]) for words in classes for word in words}

    def _add(self, noun: str, role: Role) -> None:
        node = self._trie
        for word in words_of(noun):
            node = node.setdefault(fold(word), {})
        node.setdefault("", role)

    def roles_in(
        self, tree: Tree, sentence: Sequence[Piece], free: Callable[[int, int], bool]
    ) -> Iterable[tuple[int, int, Role]]:
        """(first piece, last piece, role), longest first from the left, none overlapping.

        `free` says whether a role noun may stand at (first piece, last piece).
        """
        trie, tokens = self._trie, tree.tokens
        keys = [_forms(p.key, (t := tokens[p.token]).tag, t.lemma) for p in sentence]
        at = 0
        while at < len(sentence):
            if keys[at][0] not in trie and keys[at][-1] not in trie:
                at += 1
                continue
            last, role = self._longest(keys, at)
            if role is not None and not free(at, last):
                last, role = at, None
            if role is not None:
                yield at, last, role
            at = last + 1

    def _longest(self, keys: Sequence[tuple[str, ...]], first: int) -> tuple[int, Role | None]:
        nodes, best, at = [self._trie], (first, None), first
        while nodes and at < len(keys):
            nodes = [node[key] for node in nodes for key in keys[at] if key in node]
            best = next(((at, node[""]) for node in nodes if "" in node), best)
            at += 1
        return best


def forms(tree: Tree, piece: Piece) -> tuple[str, ...]:
    """A piece as it stands and, of a noun, adjective or verb, as its lemma."""
    token = tree[piece.token]
    return _forms(piece.key, token.tag, token.lemma)


@lru_cache(maxsize=100_000)
def _forms(key: str, tag: str, lemma: str) -> tuple[str, ...]:
    """A word as it stands and, of a noun, adjective or verb, its lemma."""
    if tag[:2] not in ("NN", "JJ", "VB", "CD"):
        return (key,)
    other = singular(key) if tag[:3] == "NNP" else fold(lemma)
    return (key,) if other == key else (key, other)


def singular(word: str) -> str:
    """A lower-case noun without the ending of the plural (for words tagged as names)."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
