"""Mend what a statistical parser often gets wrong and word forms prove wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foreigndesk.model import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


_MISTAGGED = frozenset({"IN", "RB", "NN", "NNS", "JJ"})
_NOMINAL = frozenset({"compound", "nmod", "npadvmod", "dep", "poss"})


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with these slips mended, in this order.

    A word that governs a subject and an object is a verb, whatever its tag. A name right before a
    finite verb that has no subject is its subject, not its compound ("Smith embarks on ..."). A
    second subject right behind a verb is its object. Finite verbs are not coordinated with
    infinitives: in "directed the assembly to abandon the goal and ordered a vote", "ordered"
    shares the subject of "directed".
    """
    mended = [_verb(tokens, token) for token in tokens]
    mended = [_subject(mended, token) for token in mended]
    mended = [_second_subject(mended, token) for token in mended]
    return _coordinated(mended)


def _verb(tokens: Sequence[Token], token: Token) -> Token:
    if token.tag not in _MISTAGGED:
        return token
    deps = {t.dep for t in tokens if t.head == token.i and t.i != token.i}
    if not {"nsubj", "dobj"} <= deps:
        return token
    return replace(token, tag="VBZ" if token.tag == "NNS" else "VBP", lemma=token.lemma.lower())


def _subject(tokens: Sequence[Token], token: Token) -> Token:
    head = tokens[token.head]
    fits = token.dep in _NOMINAL and head.tag in _FINITE and token.i + 1 == head.i
    if not fits or not token.tag.startswith("NN"):
        return token
    if any(t.head == head.i and t.dep in _SUBJECTS for t in tokens):
        return token
    return replace(token, dep="nsubj")


def _second_subject(tokens: Sequence[Token], token: Token) -> Token:
    head = tokens[token.head]
    if token.dep != "nsubj" or token.i <= head.i or head.tag not in _FINITE:
        return token
    others = [t for t in tokens if t.head == head.i and t.i != token.i]
    between = tokens[head.i + 1 : token.i]
    if any(t.dep == "dobj" for t in others) or any(t.head != token.i for t in between):
        return token
    before = any(t.dep in _SUBJECTS and t.i < head.i for t in others)
    return replace(token, dep="dobj") if before else token


def _coordinated(tokens: Sequence[Token]) -> tuple[Token, ...]:
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
