"""Names in other spellings: misspelt against a name of the same text, or written another way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from foreigndesk.coding.names import fold

_SOUNDS = (
    (r"ks", "x"),
    (r"kh|gh|q", "k"),
    (r"ph", "f"),
    (r"ou|oo", "u"),
    (r"[eai]?[yj]|ei|ie|ee", "i"),
    (r"w", "v"),
    (r"(.)\1", r"\1"),
)


def tolerance(name: str) -> int:
    """How many letters of a name so long may be wrong, dropped, added or swapped."""
    return 0 if len(name) < 5 else 1 if len(name) < 8 else 2


def near(name: str, other: str) -> bool:
    """Whether two single words may be one name misspelt (but are not the same)."""
    a, b = fold(name), fold(other)
    limit = min(tolerance(a), tolerance(b))
    if not limit or a == b or a[0] != b[0] or abs(len(a) - len(b)) > limit:
        return False
    if a.rstrip("s") == b.rstrip("s"):
        return False
    return OSA.distance(a, b, score_cutoff=limit) <= limit


def same_person(name: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names are transcriptions of one: alike in surname and given name.

    Names of as many words are compared word by word ("Kim Min ho" is not "Kim Yung ho").
    """
    if len(name) < 2 or len(other) < 2:
        return False
    ends = [(name[-1], other[-1]), (name[0], other[0])]
    pairs = list(zip(name, other, strict=True)) if len(name) == len(other) else ends
    return all(fold(a) == fold(b) or _alike(a, b) for a, b in pairs)


def _alike(a: str, b: str) -> bool:
    short, long = sorted((fold(a), fold(b)), key=len)
    if short[:1] != long[:1]:
        return False
    if len(short.rstrip(".")) == 1:
        return True
    limit = 2 if len(long) > 5 else 1
    return OSA.distance(sounded(short), sounded(long), score_cutoff=limit) <= limit


@lru_cache(maxsize=50_000)
def sounded(word: str) -> str:
    """A folded word with the letters that transcriptions vary made one."""
    for pattern, letter in _SOUNDS:
        word = re.sub(pattern, letter, word)
    return word
