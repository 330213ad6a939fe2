"""How many copies `stories` finds among synthetic articles, how fast and in how much memory.

    python benchmarks/stories.py 10000 100000 1000000

Articles are drawn from a vocabulary with Zipf's law, about 150 words each, in outlets that share
phrases (a line at the end, standing sentences). Three in ten are copies of another: the same text,
cut short, with words changed, with a paragraph added, or with another title and first sentence.
Each size runs in a process of its own. Figures: seconds, peak memory, precision and recall of the
pairs of copies, for each kind of copy recall.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import accumulate

from foreigndesk.intake.syndication import stories
from foreigndesk.model import Article, Published, Segment

KINDS = ("same", "cut", "edited", "longer", "retitled")
STANDING = "Our reporters in the region contributed to this story and more details are to follow."


class World:
    """Articles with known copies, the same for the same size and seed."""

    def __init__(self, size: int, seed: int = 7) -> None:
        self.size = size
        self.chance = random.Random(seed)
        self.words = [f"w{n:x}" for n in range(60_000)]
        self.cumulated = list(accumulate(1 / (n + 10) for n in range(len(self.words))))
        self.origin: list[int] = []
        self.kind: list[str] = []

    def articles(self) -> Iterator[Article]:
        """One article after another; `origin` and `kind` grow along."""
        kept: dict[int, list[list[str]]] = {}
        recent: deque[int] = deque()
        for n in range(self.size):
            if recent and self.chance.random() < 0.3:
                origin = self.chance.choice(recent)
                kind = self.chance.choice(KINDS)
                sentences = self._copied(kept[origin], kind)
            else:
                origin, kind = n, "own"
                sentences = self._sentences(self.chance.randint(5, 9))
                kept[n] = sentences
                recent.append(n)
                if len(recent) > 2000:
                    del kept[recent.popleft()]
            self.origin.append(origin)
            self.kind.append(kind)
            yield self._article(n, sentences)

    def _sentences(self, count: int) -> list[list[str]]:
        drawn = iter(self.chance.choices(self.words, cum_weights=self.cumulated, k=30 * count))
        return [[next(drawn) for _ in range(self.chance.randint(14, 28))] for _ in range(count)]

    def _copied(self, sentences: list[list[str]], kind: str) -> list[list[str]]:
        if kind == "cut":
            return sentences[: max(3, len(sentences) * 6 // 10)]
        if kind == "edited":
            return [self._edited(sentence) for sentence in sentences]
        if kind == "longer":
            return [*sentences, *self._sentences(2)]
        if kind == "retitled":
            return [*self._sentences(1), *sentences[1:]]
        return sentences

    def _edited(self, sentence: list[str]) -> list[str]:
        """One word in forty changed."""
        return [self.chance.choice(self.words) if self.chance.random() < 0.025 else word
                for word in sentence]  # fmt: skip

    def _article(self, n: int, sentences: list[list[str]]) -> Article:
        outlet = f"Outlet {n % 97}"
        body = " ".join(" ".join(sentence) + "." for sentence in sentences)
        text = f"{body} {STANDING} {outlet} is on your side."
        return Article(
            document_id=f"{n:032x}",
            path=f"{n}.txt",
            title=None,
            byline=None,
            outlet=outlet,
            language="en",
            published=Published(None, None),
            republished_from=None,
            text=text,
            segments=(Segment(0, len(text), True, "paragraph"),),
        )


def measure(size: int) -> dict[str, float | int]:
    """The figures of one size, in this process."""
    world = World(size)
    begun = time.perf_counter()
    for _ in world.articles():
        pass
    made = time.perf_counter() - begun
    world = World(size)
    begun = time.perf_counter()
    found = stories(world.articles())
    seconds = time.perf_counter() - begun - made
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    group = {int(key, 16): n for n, story in enumerate(found) for key in story.articles}
    return {
        "articles": size,
        "seconds": round(seconds, 1),
        "MB": round(peak),
        **_pairs(world, group),
    }


def _pairs(world: World, group: dict[int, int]) -> dict[str, float]:
    """Precision over pairs in one Story, recall over pairs of a copy and its origin."""
    right = wrong = 0
    members: dict[int, list[int]] = defaultdict(list)
    for n, story in group.items():
        members[story].append(world.origin[n])
    for origins in members.values():
        together = sum(1 for i, a in enumerate(origins) for b in origins[i + 1 :] if a == b)
        pairs = len(origins) * (len(origins) - 1) // 2
        right, wrong = right + together, wrong + pairs - together
    asked: dict[str, list[bool]] = defaultdict(list)
    for n, (origin, kind) in enumerate(zip(world.origin, world.kind, strict=True)):
        if kind != "own":
            asked[kind].append(group[n] == group[origin])
    hits = {kind: sum(found) / len(found) for kind, found in sorted(asked.items())}
    everything = [hit for found in asked.values() for hit in found]
    return {
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(sum(everything) / len(everything), 4),
        **{f"recall {kind}": round(value, 4) for kind, value in hits.items()},
    }


def main() -> None:
    """Measure each size given, each in a fresh process, one JSON line each."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))), flush=True)
        return
    for size in sys.argv[1:] or ["10000", "100000"]:
        subprocess.run([sys.executable, __file__, "--one", size], check=True)


if __name__ == "__main__":
    main()
