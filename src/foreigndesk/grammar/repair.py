"""Mend what a statistical parser often gets wrong and word forms prove wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foreigndesk.model import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with finite verbs no longer coordinated with infinitives.

    "directed the assembly to abandon the goal and ordered a vote": "ordered" shares the subject
    of "directed", not of "abandon", for an infinitive and a past tense do not coordinate.
    """
    mended = list(tokens)
    for token in tokens:
        if token.dep == "conj" and token.tag in _FINITE and _is_infinitive(tokens, token.head):
            if any(t.head == token.i and t.dep in _SUBJECTS for t in tokens):
                continue
            governor = _finite_above(mended, token.head)
            if governor is not None:
                mended[token.i] = replace(token, head=governor)
    return tuple(mended)


def _is_infinitive(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].tag == "VB" and any(t.head == i and t.tag == "TO" for t in tokens)


def _finite_above(tokens: Sequence[Token], i: int) -> int | None:
    """The nearest finite verb above `i`, auxiliaries counted."""
    for _ in range(len(tokens)):
        head = tokens[i].head
        if head == i:
            return None
        i = head
        aux = any(t.head == i and t.dep in ("aux", "auxpass") and t.tag in _FINITE for t in tokens)
        if tokens[i].tag in _FINITE or aux:
            return i
    return None
