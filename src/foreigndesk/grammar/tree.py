"""A Sentence as a tree that can be walked: governors, dependants, stretches of tokens."""

from __future__ import annotations

from collections.abc import Iterator

from foreigndesk.model import Sentence, Span, Token


class Tree:
    """The dependency tree of one Sentence. Nodes are token indices; cycles are cut."""

    __slots__ = ("_kids", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
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
        return [k for k in kids if tokens[k].dep in deps]

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

    def subtree(self, i: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """`i` and all beneath it in text order, leaving out the branches at `without`."""
        found, stack = [], [i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(k for k in self._kids[node] if k not in without)
        return sorted(found)

    def conjuncts(self, i: int) -> list[int]:
        """`i` and what is coordinated with it to its right ("Russia, China and Iran")."""
        found = [i]
        for node in found:
            found.extend(k for k in self.children(node, "conj") if k not in found)
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
