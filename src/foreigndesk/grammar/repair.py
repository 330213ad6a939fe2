"""Mend what a statistical parser often gets wrong and word forms prove wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foreigndesk.model import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_PARTED = frozenset({"advcl", "npadvmod", "dislocated"})
_CLAUSAL = frozenset({"aux", "auxpass", "cop", "mark", "neg", "attr", "acomp"})

_MISTAGGED = frozenset({"IN", "RB", "NN", "NNS", "JJ"})
_GIVING = frozenset({"give", "lend", "hand"})
_NOMINAL = frozenset({"compound", "nmod", "npadvmod", "dep", "poss"})


def repaired(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with these slips mended, in this order.

    A word that governs a subject and an object is a verb, whatever its tag. A name right before a
    finite verb that has no subject is its subject, not its compound ("Smith embarks on ..."). A
    second subject right behind a verb is its object. Finite verbs are not coordinated with
    infinitives: in "directed the assembly to abandon the goal and ordered a vote", "ordered"
    shares the subject of "directed". A clause without verb is an object and what it is called:
    "found [the envoy] [guilty]". A participle before a noun that has an auxiliary is a verb with
    that noun as its object: "has trained and equipped forces". A name before a finite verb that
    has no subject is that, whatever stands between: "Norway, officials said, has sent aid". A name
    right behind a verb of giving receives the thing whose name it seemed to be: "gave Mali grain".
    A bare noun with a subject and an infinitive is a headline's verb: "Chad and Mali vow to fight".
    """
    mended = [_verb(tokens, token) for token in tokens]
    mended = [_subject(mended, token) for token in mended]
    mended = [_second_subject(mended, token) for token in mended]
    for mend in (_headlines, _small_clauses, _perfects, _parted_subjects, _receivers):
        mended = mend(mended)
    return _coordinated(mended)


def _verb(tokens: Sequence[Token], token: Token) -> Token:
    if token.tag not in _MISTAGGED:
        return token
    deps = {t.dep for t in tokens if t.head == token.i and t.i != token.i}
    plural = token.dep == "ROOT" and token.tag == "NNS" and "det" not in deps
    named = plural and any(t.dep == "nsubj" and t.i == token.i - 1 for t in tokens)
    clause = token.dep == "ccomp" and {"nsubj", "mark"} <= deps and token.tag == "NN"
    if not ({"nsubj", "dobj"} <= deps or clause or named):
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


def _headlines(tokens: list[Token]) -> list[Token]:
    mended = list(tokens)
    for token in tokens:
        if token.dep != "ROOT" or token.tag != "NN":
            continue
        kids = [t for t in tokens if t.head == token.i and t.i != token.i]
        bare = not {"det", "cop", "poss", "amod", "compound"} & {t.dep for t in kids}
        told = [t for t in kids if t.i > token.i and _is_infinitive(tokens, t.i)]
        if bare and told and any(t.dep == "nsubj" and t.i < token.i for t in kids):
            mended[token.i] = replace(token, tag="VBP", lemma=token.text.lower())
            mended[told[0].i] = replace(told[0], dep="xcomp")
    return mended


def _small_clauses(tokens: list[Token]) -> list[Token]:
    mended = list(tokens)
    for token in tokens:
        verb = _calling(tokens, token)
        if verb is None:
            continue
        named = _named(tokens, token)
        if named is not None:
            tag = token.tag if token.tag[:2] in ("JJ", "NN") else "NN"
            mended[named] = replace(tokens[named], dep="dobj", head=verb)
            mended[token.i] = replace(
                token, dep="oprd", tag=tag, head=verb, lemma=token.lemma.lower()
            )
    return mended


def _calling(tokens: Sequence[Token], token: Token) -> int | None:
    """The verb before what a parser took for a clause or an adjective behind its noun."""
    head = tokens[token.head]
    behind = head.dep == "dobj" and head.tag.startswith("NN")
    if behind and token.dep == "amod" and token.i == head.i + 1:
        return head.head
    if behind and token.dep == "dobj" and token.tag.startswith("NN"):
        return head.head
    if token.dep not in ("ccomp", "oprd") or not _nominal(token) or not head.tag.startswith("VB"):
        return None
    return head.i if head.i < token.i else None


def _named(tokens: Sequence[Token], token: Token) -> int | None:
    """The noun that `token` says something of: its subject, or a noun hung on the adjective."""
    if token.dep in ("amod", "dobj"):
        return token.head
    kids = [t for t in tokens if t.head == token.i and t.i != token.i]
    if any(t.dep in _CLAUSAL for t in kids):
        return None
    wanted = "nsubj" if token.dep == "ccomp" else "compound"
    adjective = token.tag.startswith("JJ")
    found = [t for t in kids if t.dep == wanted and t.tag[:2] in ("NN", "PR")]
    if not found or not token.head < found[0].i < token.i or not (adjective or wanted == "nsubj"):
        return None
    return found[0].i


def _nominal(token: Token) -> bool:
    """Whether a token cannot head a clause: no verb, or a name ("persona") taken for one."""
    return token.tag[:2] in ("JJ", "NN") or token.text.lower() == "persona"


def _perfects(tokens: list[Token]) -> list[Token]:
    mended = list(tokens)
    for token in tokens:
        noun = tokens[token.head]
        if token.tag != "VBN" or token.dep != "amod" or not noun.tag.startswith("NN"):
            continue
        kids = [t for t in tokens if t.head == token.i]
        if any(t.dep == "aux" for t in kids) and any(t.dep in _SUBJECTS for t in kids):
            _turn(mended, token, noun)
    return mended


def _parted_subjects(tokens: list[Token]) -> list[Token]:
    mended = list(tokens)
    for token in tokens:
        if token.dep not in _PARTED or not token.tag.startswith("NN"):
            continue
        for verb in (tokens[token.head], *(t for t in tokens if t.head == token.head)):
            if verb.i > token.i and verb.dep in ("ROOT", "ccomp") and _lacks_subject(tokens, verb):
                mended[token.i] = replace(token, dep="nsubj", head=verb.i)
                break
    return mended


def _receivers(tokens: list[Token]) -> list[Token]:
    mended = list(tokens)
    for verb in tokens[:-2]:
        if verb.lemma not in _GIVING or not verb.tag.startswith("VB"):
            continue
        last = verb.i + 1
        while tokens[last].tag == "NNP" and tokens[last].head == last + 1:
            last += 1
        if tokens[last].tag != "NNP":
            last -= 1  # it was the thing itself: "gave [Mali] grain"
        name, thing = tokens[last], tokens[tokens[last].head]
        given = thing.dep == "dobj" and thing.head == verb.i and thing.tag in ("NN", "NNS")
        if last > verb.i and name.dep == "compound" and given:
            mended[last] = replace(name, dep="dative", head=verb.i)
    return mended


def _lacks_subject(tokens: Sequence[Token], verb: Token) -> bool:
    kids = [t for t in tokens if t.head == verb.i and t.i != verb.i]
    finite = verb.tag in _FINITE or any(t.dep == "aux" and t.tag in _FINITE for t in kids)
    return finite and not any(t.dep in _SUBJECTS or t.dep == "mark" for t in kids)


def _turn(mended: list[Token], verb: Token, noun: Token) -> None:
    """Make `verb` govern `noun`, its head, as its object; participles beside it follow the verb."""
    top = verb.i if noun.head == noun.i else noun.head
    mended[verb.i] = replace(verb, head=top, dep=noun.dep)
    mended[noun.i] = replace(noun, head=verb.i, dep="dobj")
    for token in list(mended):
        between = verb.i < token.i < noun.i
        if between and token.head == noun.i and token.tag == "VBN" and token.dep == "amod":
            mended[token.i] = replace(token, head=verb.i, dep="conj")


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
