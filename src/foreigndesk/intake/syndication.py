"""Articles to Stories: near copies joined, so that a voice counts once however often printed.

Two articles are copies if more than 0.6 of the shorter one's word 5-grams are in the other
(containment; Broder 1997, "On the resemblance and containment of documents"). Candidates come from
an inverted index of a sample of the 5-grams: those whose hash is 0 modulo `SAMPLE`.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from foreigndesk.model import Article, Story

CONTAINED = 0.6
WORDS = 5
SAMPLE = 4
"""One 5-gram in so many is indexed."""
SHORTEST = 25
"""5-grams: a shorter text is a copy only of the very same text."""
COMMON = 64
"""Articles: a 5-gram in more of them is compared with this many neighbours only."""

TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Voice:
    """What is kept of an article: its sorted distinct 5-gram hashes and what orders a Story."""

    key: str
    published: str
    length: int
    outlet: str | None
    content: str
    grams: array[int]


def stories(articles: Iterable[Article]) -> tuple[Story, ...]:
    """Every article in exactly one Story; the same in any order. The lead is the earliest
    published, then the most complete, then the first by id; `story_id` is a hash of its content.
    """
    voices = {voice.key: voice for voice in map(_voice, articles)}
    ordered = [voices[key] for key in sorted(voices)]
    groups = _Groups(len(ordered))
    _join_same(ordered, groups)
    for first, second in _candidates(ordered):
        if groups.root(first) != groups.root(second) and _copies(ordered[first], ordered[second]):
            groups.join(first, second)
    found = [_story([ordered[n] for n in members]) for members in groups.members()]
    return tuple(sorted(found, key=lambda story: story.story_id))


def _voice(article: Article) -> _Voice:
    tokens = TOKEN.findall(article.text.casefold())
    starts = range(len(tokens) - WORDS + 1)
    grams = {crc32(" ".join(tokens[i : i + WORDS]).encode()) for i in starts}
    content = hashlib.sha256(" ".join(tokens).encode()).hexdigest()[:32]
    return _Voice(
        article.document_id,
        article.published.edtf or "9999",
        len(tokens),
        article.outlet,
        content,
        array("I", sorted(grams)),
    )


def _join_same(ordered: list[_Voice], groups: _Groups) -> None:
    first: dict[str, int] = {}
    for number, voice in enumerate(ordered):
        if voice.length >= WORDS:
            groups.join(first.setdefault(voice.content, number), number)


def _candidates(ordered: list[_Voice]) -> list[tuple[int, int]]:
    """Pairs that share enough sampled 5-grams to be worth comparing, sorted."""
    entries = array("Q")
    sizes = array("I")
    for number, voice in enumerate(ordered):
        sampled = _sampled(voice)
        sizes.append(len(sampled))
        entries.extend(gram << 32 | number for gram in sampled)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in _postings(entries):
        shared.update(_pairs(numbers))
    return sorted(
        pair for pair, count in shared.items() if count >= min(sizes[pair[0]], sizes[pair[1]]) // 4
    )


def _postings(entries: array[int]) -> Iterator[list[int]]:
    """The numbers of the articles that share a 5-gram, for each 5-gram in two or more.

    An entry holds the 5-gram's hash in its upper, the article's number in its lower 32 bits;
    sorted as one array they take 8 bytes each.
    """
    table = np.frombuffer(entries, dtype=np.uint64)
    table.sort()
    grams = table >> np.uint64(32)
    edges = np.flatnonzero(np.diff(grams)) + 1
    starts = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(table)]))
    several = np.flatnonzero(ends - starts > 1)
    numbers = (table & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    for run in several.tolist():
        yield numbers[int(starts[run]) : int(ends[run])].tolist()


def _sampled(voice: _Voice) -> list[int]:
    """The indexed part of an article's 5-grams; none of a very short one's."""
    if len(voice.grams) < SHORTEST:
        return []
    return [gram for gram in voice.grams if gram % SAMPLE == 0]


def _pairs(numbers: list[int]) -> list[tuple[int, int]]:
    if len(numbers) <= COMMON:
        return [(a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :]]
    near = [(a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 : i + 4]]
    return [*near, *((numbers[0], b) for b in numbers[4:])]


def _copies(first: _Voice, second: _Voice) -> bool:
    smaller, larger = sorted((first.grams, second.grams), key=len)
    common = len(set(smaller).intersection(larger))
    return common > CONTAINED * len(smaller)


def _story(members: list[_Voice]) -> Story:
    lead = min(members, key=lambda v: (v.published, -v.length, v.key))
    others = sorted(v.key for v in members if v is not lead)
    story_id = hashlib.sha256(f"{lead.content}\0{lead.key}".encode()).hexdigest()[:32]
    outlets = len({v.outlet for v in members if v.outlet})
    return Story(story_id, lead.key, (lead.key, *others), max(outlets, 1))


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
