"""A Sentence as a tree that can be walked: governors, dependants, stretches of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from foreigndesk.model import Sentence, Span, Token

Read = TypeVar("Read")


class Tree:
    """The dependency tree of one Sentence. Nodes are token indices; cycles are cut.

    `memo` holds what was read of single nodes (see `once`).
    """

    __slots__ = ("_kids", "memo", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.memo: dict[tuple[Any, int], Any] = {}
        self._kids: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self._kids[token.head].append(token.i)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def __len__(self) -> int:
        return len(self.tokens)

    def children(self, i: int, *deps: str) -> list[int]:
        """The dependants of `i` from left to right, only those with one of `deps` if any given."""
        kids = self._kids[i]
        if not deps or not kids:
            return kids
        tokens = self.tokens
        found = []
        for k in kids:  # a plain loop, faster than a comprehension for one or two
            if tokens[k].dep in deps:
                found.append(k)
        return found

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependant of `i` with one of `deps`, or None."""
        for k in self._kids[i]:
            if self.tokens[k].dep in deps:
                return k
        return None

    def ancestors(self, i: int) -> Iterator[int]:
        """The governors of `i`, nearest first, without `i` itself."""
        for _ in range(len(self.tokens)):
            head = self.tokens[i].head
            if head == i:
                return
            yield head
            i = head

    def depth(self, i: int) -> int:
        """How many governors stand above `i`."""
        return sum(1 for _ in self.ancestors(i))

    def subtree(self, i: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """`i` and all beneath it in text order, leaving out the branches at `without`."""
        found, kids = [i], self._kids
        for node in found:
            if beneath := kids[node]:
                found.extend([k for k in beneath if k not in without] if without else beneath)
        found.sort()
        return found

    def conjuncts(self, i: int) -> list[int]:
        """`i` and what is coordinated with it to its right ("Russia, China and Iran")."""
        found, kids, tokens = [i], self._kids, self.tokens
        for node in found:
            for k in kids[node]:
                if tokens[k].dep == "conj" and k not in found:
                    found.append(k)
        return found

    def first_conjunct(self, i: int) -> int:
        """The leftmost member of the coordination in which `i` stands."""
        for _ in range(len(self.tokens)):
            if self.tokens[i].dep != "conj" or self.tokens[i].head == i:
                return i
            i = self.tokens[i].head
        return i

    def span(self, first: int, last: int, text: str) -> Span:
        """Tokens `first` to `last` (inclusive) as a Span of the document `text`."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Span(start, end, text[start:end])

    def is_verb(self, i: int) -> bool:
        """Whether token `i` is tagged as a verb or modal."""
        return self.tokens[i].tag[:2] in ("VB", "MD")

    def is_noun(self, i: int) -> bool:
        """Whether token `i` is tagged as a noun, name or pronoun."""
        return self.tokens[i].tag[:2] in ("NN", "PR")


def once(read: Callable[[Tree, int], Read]) -> Callable[[Tree, int], Read]:
    """`read` of one node, done once for each tree: for what gives a value that nobody changes."""

    @wraps(read)
    def kept(tree: Tree, i: int) -> Read:
        key = (read, i)
        if key in tree.memo:
            found: Read = tree.memo[key]
            return found
        found = tree.memo[key] = read(tree, i)
        return found

    return kept
