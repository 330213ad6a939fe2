"""Articles to Stories: near copies joined, so that a voice counts once however often printed.

Two articles are copies if more than 0.6 of the shorter one's word 5-grams are in the other
(containment; Broder 1997, "On the resemblance and containment of documents"). Candidates come from
an inverted index of a sample of the 5-grams: those whose hash is 0 modulo `SAMPLE`.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from foreigndesk.intake.signatures import WORDS, Signatures
from foreigndesk.model import Article, Story

CONTAINED = 0.6
SAMPLE = 4
"""One 5-gram in so many is indexed."""
SHORTEST = 25
"""5-grams: a shorter text is a copy only of the very same text."""
COMMON = 64
"""Articles: a 5-gram in more of them is compared with this many neighbours only."""
AT_ONCE = 4_000_000
"""Pairs that are held before they are counted."""

_Whole: TypeAlias = npt.NDArray[np.uint64]
_Half: TypeAlias = npt.NDArray[np.uint32]
LOW = np.uint64(0xFFFFFFFF)
UPPER = np.uint64(32)


class _Voices:
    """What is kept of the articles, by number: their 5-gram hashes in one long array."""

    def __init__(self, articles: Iterable[Article], signatures: Signatures) -> None:
        self.keys: list[str] = []
        self.published: list[str] = []
        self.outlets: list[str | None] = []
        self.contents: list[bytes] = []
        self.words = array("I")
        self.ends = array("Q", [0])
        grams = array("I")
        known: dict[str | None, str | None] = {}
        seen: set[str] = set()
        for article in articles:
            if article.document_id in seen:
                continue
            seen.add(article.document_id)
            made = signatures.of(article.text)
            day = article.published.edtf or "9999"
            self.keys.append(article.document_id)
            self.published.append(known.setdefault(day, day) or "")
            self.outlets.append(known.setdefault(article.outlet, article.outlet))
            self.contents.append(made.content)
            self.words.append(made.words)
            grams.frombytes(made.grams)
            self.ends.append(len(grams))
        self.flat: _Half = np.frombuffer(grams, dtype=np.uint32)
        self.order = sorted(range(len(self.keys)), key=self.keys.__getitem__)

    def grams(self, number: int) -> _Half:
        """The sorted distinct 5-gram hashes of an article."""
        return self.flat[self.ends[number] : self.ends[number + 1]]


def stories(articles: Iterable[Article], signatures: Signatures | None = None) -> tuple[Story, ...]:
    """Every article in exactly one Story; the same in any order. The lead is the earliest
    published, then the most complete, then the first by id; `story_id` is a hash of its content.

    `signatures` that were kept save making them again.
    """
    signatures = signatures if signatures is not None else Signatures()
    voices = _Voices(articles, signatures)
    signatures.flush()
    groups = _Groups(len(voices.keys))
    _join_same(voices, groups)
    for first, second in _candidates(voices):
        if groups.root(first) != groups.root(second) and _copies(voices, first, second):
            groups.join(first, second)
    found = [_story(voices, members) for members in groups.members()]
    return tuple(sorted(found, key=lambda story: story.story_id))


def _join_same(voices: _Voices, groups: _Groups) -> None:
    first: dict[bytes, int] = {}
    for number in voices.order:
        if voices.words[number] >= WORDS:
            groups.join(first.setdefault(voices.contents[number], number), number)


def _candidates(voices: _Voices) -> Iterator[tuple[int, int]]:
    """Pairs that share enough sampled 5-grams to be worth comparing, sorted."""
    entries, sizes = _entries(voices)
    shared, counts = _counted(_pairs(entries))
    one, other = (shared >> UPPER).astype(np.int64), (shared & LOW).astype(np.int64)
    enough = counts >= np.minimum(sizes[one], sizes[other]) // 4
    order = voices.order
    for first, second in zip(one[enough].tolist(), other[enough].tolist(), strict=True):
        yield order[first], order[second]


def _entries(voices: _Voices) -> tuple[_Whole, npt.NDArray[np.int64]]:
    """The index, sorted: the sampled 5-grams in the upper, the articles' ranks by id in the lower
    32 bits; and how many of each article there are. A very short article has none."""
    ends = np.array(voices.ends, dtype=np.int64)
    lengths = np.diff(ends)
    ranks = np.empty(len(lengths), dtype=np.uint64)
    ranks[voices.order] = np.arange(len(lengths), dtype=np.uint64)
    wanted = np.repeat(lengths >= SHORTEST, lengths)
    for start in range(0, len(wanted), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        wanted[part] &= voices.flat[part] % np.uint32(SAMPLE) == 0
    places = np.flatnonzero(wanted)
    del wanted
    owners = ranks[np.searchsorted(ends, places, side="right") - 1]
    sizes = np.bincount(owners.astype(np.int64), minlength=len(lengths))
    entries = voices.flat[places].astype(np.uint64)
    entries <<= UPPER
    entries |= owners
    entries.sort()
    return entries, sizes


def _pairs(entries: _Whole) -> Iterator[_Whole]:
    """Pairs of articles that share a 5-gram, one in each half of 64 bits, some at a time."""
    starts, ends = _runs(entries >> UPPER)
    several = ends - starts > 1
    starts, ends = starts[several], ends[several]
    two = ends - starts == 2
    yield entries[starts[two]] << UPPER | (entries[starts[two] + 1] & LOW)
    waiting = array("Q")
    for start, end in zip(starts[~two].tolist(), ends[~two].tolist(), strict=True):
        numbers = (entries[start:end] & LOW).tolist()
        waiting.extend(a << 32 | b for a, b in _neighbours(numbers))
        if len(waiting) > AT_ONCE:
            yield np.array(waiting, dtype=np.uint64)
            del waiting[:]
    yield np.array(waiting, dtype=np.uint64)


def _runs(values: _Whole) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where each run of equal values begins and ends."""
    edges = np.flatnonzero(values[1:] != values[:-1]) + 1
    return np.concatenate(([0], edges)), np.concatenate((edges, [len(values)]))


def _neighbours(numbers: list[int]) -> Iterator[tuple[int, int]]:
    if len(numbers) <= COMMON:
        yield from ((a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :])
        return
    yield from ((a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 : i + 4])
    yield from ((numbers[0], b) for b in numbers[4:])


def _counted(parts: Iterable[_Whole]) -> tuple[_Whole, npt.NDArray[np.int64]]:
    """Each pair once, sorted, and how often it came."""
    pairs, counts = np.empty(0, np.uint64), np.empty(0, np.int64)
    for part in parts:
        new, times = np.unique(part, return_counts=True)
        both, which = np.unique(np.concatenate((pairs, new)), return_inverse=True)
        total = np.zeros(len(both), np.int64)
        np.add.at(total, which, np.concatenate((counts, times)))
        pairs, counts = both, total
    return pairs, counts


def _copies(voices: _Voices, first: int, second: int) -> bool:
    one, other = voices.grams(first), voices.grams(second)
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common > CONTAINED * min(len(one), len(other))


def _story(voices: _Voices, members: list[int]) -> Story:
    lead = min(members, key=lambda n: (voices.published[n], -voices.words[n], voices.keys[n]))
    key = voices.keys[lead]
    others = sorted(voices.keys[n] for n in members if n != lead)
    name = voices.contents[lead] + b"\0" + key.encode()
    story_id = hashlib.sha256(name).hexdigest()[:32]
    outlets = len({voices.outlets[n] for n in members if voices.outlets[n]})
    return Story(story_id, key, (key, *others), max(outlets, 1))


class _Groups:
    """Disjoint sets of numbers (union-find with path halving)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self.root(first), self.root(second)))
        self._parent[high] = low

    def members(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            found[self.root(number)].append(number)
        return list(found.values())
