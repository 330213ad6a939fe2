"""Gives the quotations of an article to the speech acts that introduce or sign them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from foreigndesk.coding.quotes import is_long, join, quotations
from foreigndesk.coding.speech_act import SpeechAct
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import TextRange

NEXT = 8
"""Characters, at most, between a quotation and the dash before its speaker's name."""


class Quoting:
    """Gives the quotations of an article to its acts, widening their contents in place."""

    def __init__(self, acts: list[SpeechAct], trees: Sequence[Tree], text: str) -> None:
        self.acts, self.trees, self.text = acts, trees, text
        self._at: dict[int, list[int]] = {}
        for k, act in enumerate(acts):
            self._at.setdefault(act.sentence, []).append(k)
        self._starts = [tree.sentence.start for tree in trees]
        self._heads = frozenset(self._starts)
        self._taken = frozenset((r.start, r.end) for act in acts for r in act.content)
        self._last: int | None = None

    def give(self, first: int, last: int) -> None:
        """Gives every quotation of sentences `first` to `last`, a paragraph, to one act."""
        speaker: int | None = self._last
        start, end = self.trees[first].sentence.start, self.trees[last].sentence.end
        quotes = quotations(self.text, start, end)
        if not quotes or quotes[0].start != start:
            speaker = None  # only a paragraph that opens with a quotation goes on with the last one
        for quote in quotes:
            if (quote.start, quote.end) in self._taken:
                continue
            whole = is_long(quote) or quote.start in self._heads
            owner = self._signed(quote, first, last) if whole else None
            if owner is None:
                owner = self._owner(quote, first, last)
            if owner is None and whole:
                owner = speaker
            if owner is None:
                continue
            act = self.acts[owner]
            self.acts[owner] = replace(act, content=join([*act.content, quote], self.text))
            speaker = owner if act.speech else speaker
        self._last = speaker

    def _within(self, first: int, last: int, start: int, end: int) -> list[int]:
        """The acts of sentences `first` to `last` that begin before `end`, from `start` on."""
        low = max(first, bisect_right(self._starts, start) - 1)
        high = min(last, bisect_left(self._starts, end) - 1)
        return [k for n in range(low, high + 1) for k in self._at.get(n, ())]

    def _owner(self, quote: TextRange, first: int, last: int) -> int | None:
        """The act that introduces a quotation: its cue outside it, in the same sentence."""
        for k in self._within(first, last, quote.start, quote.end):
            act = self.acts[k]
            at = self.trees[act.sentence][act.cue[0]].start
            touches = any(r.start < quote.end and quote.start < r.end for r in act.content)
            if quote.start <= at < quote.end or not (touches or not act.content):
                continue
            if touches or is_long(quote):
                return k
        return None

    def _signed(self, quote: TextRange, first: int, last: int) -> int | None:
        """The act whose cue follows at once, on the same line or the next ("- Jane Doe")."""
        for k in self._within(first, last + 1, quote.end - 1, quote.end + NEXT):
            act = self.acts[k]
            at = self.trees[act.sentence][act.cue[0]].start
            if at >= quote.end and not act.content:
                between = self.text[quote.end : at]
                return None if any(c.isalnum() for c in between) else k
        return None
