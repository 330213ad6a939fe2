"""What the pages of one outlet have in common: learned from the pile, line by line.

A line that stands in many pages of an outlet, whose articles differ, is furniture. `learn` makes a
first pass over the documents of one call (see `pile`); `Cleaner` then asks the `Template`. Only
the `OUTLETS` outlets with the smallest hashes, and of each the `SAMPLE` pages with the smallest
ids, are counted: memory is bounded (about 100 kB an outlet, 200 MB at most), and neither the order
of the files nor the number of workers changes the result. An outlet of fewer than `PAGES` pages
shows no template. Pages read in several calls are judged by what each call shows.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from foreigndesk.intake.units import Unit, units
from foreigndesk.model import Document, Skipped

SAMPLE = 64
"""Pages of an outlet that are counted; of pages that name none, eight times as many."""
OUTLETS = 2000
"""Outlets that are counted."""
PAGES = 4
"""Pages with different articles in which a line must stand."""
UNNAMED = 100
"""Pages that name no outlet from which they, who may be of many sites, show anything."""
LINES, SENTENCES = 0.05, 0.3
"""The share of an outlet's pages in which a line, or a sentence, must stand: papers repeat whole
sentences of background ("Russia calls the war a special military operation")."""
LONGEST = 5
"""The longest lines of a page, by which its article is known."""
FIRST, LAST = 250, 150
"""Lines at the head and at the end of a page that are counted."""
HEAD = 60_000
"""Characters of a page's markup in which its address is looked for."""
ADDRESS = re.compile(
    r"<(?:link[^>]{0,200}rel=.?canonical|meta[^>]{0,200}og:url)[^>]{0,200}?"
    r"(?:href|content)=[\"'](?P<url>https?://[^\"'\s<>]{4,300})",
    re.IGNORECASE,
)

PageLines = tuple[int, "array[int]", tuple[int, ...]]
"""A page's order in the sample, all its lines, and the longest of them, as hashes."""


@dataclass(frozen=True)
class Template:
    """The furniture of each outlet, as hashes of lines. Can be sent to worker processes."""

    furniture: dict[str, frozenset[int]] = field(default_factory=dict)

    def of(self, document: Document) -> frozenset[int]:
        """The furniture of a document's outlet; empty where the pile shows none."""
        return self.furniture.get(outlet_of(document), frozenset())


def learn(documents: Iterable[Document | Skipped]) -> Template:
    """The template of a pile: one pass over all its documents, in any order."""
    sample = _Sample()
    for document in documents:
        if isinstance(document, Document):
            sample.add(document)
    return Template({outlet: lines for outlet, lines in sample.furniture().items() if lines})


def outlet_of(document: Document) -> str:
    """The host of a document's address, else the outlet it came with; "" if neither is known."""
    url = document.url
    if url is None and document.markup is not None:
        match = ADDRESS.search(document.markup[:HEAD])
        url = match["url"] if match else None
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        host = None
    return (host or document.outlet or "").removeprefix("www.").casefold()


def line_key(unit: Unit) -> int:
    """A hash of a line's words, with its first bit set for a sentence."""
    bare = " ".join(unit.text.casefold().split())[:600].encode("utf-8", "replace")
    key = int.from_bytes(hashlib.blake2b(bare, digest_size=8).digest(), "big")
    return key | 1 if unit.sentence and unit.words >= 6 else key & ~1


class _Sample:
    """The pages with the smallest ids of each outlet."""

    def __init__(self) -> None:
        self._pages: dict[str, list[PageLines]] = {}
        self._outlets: list[tuple[int, str]] = []

    def add(self, document: Document) -> None:
        outlet = outlet_of(document)
        heap = self._pages.get(outlet) or self._open(outlet)
        if heap is None:
            return
        order = -_order(document.id)
        size = SAMPLE if outlet else 8 * SAMPLE
        if len(heap) >= size and order <= heap[0][0]:
            return
        if any(page[0] == order for page in heap):  # the same document twice
            return
        heapq.heappush(heap, (order, *_lines(document)))
        if len(heap) > size:
            heapq.heappop(heap)

    def _open(self, outlet: str) -> list[PageLines] | None:
        """Begin to count an outlet, in place of that with the greatest hash; None if it has it."""
        entry = (-_order(outlet) if outlet else 1, outlet)  # pages without one are always counted
        if len(self._outlets) >= OUTLETS:
            if entry < self._outlets[0]:
                return None
            del self._pages[heapq.heappop(self._outlets)[1]]
        heapq.heappush(self._outlets, entry)
        return self._pages.setdefault(outlet, [])

    def furniture(self) -> dict[str, frozenset[int]]:
        """The furniture of each outlet."""
        return {o: _common(self._pages[o], bool(o)) for o in sorted(self._pages)}


def _order(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")


def _lines(document: Document) -> tuple[array[int], tuple[int, ...]]:
    found = units(document.text)
    found = found[:FIRST] + found[max(FIRST, len(found) - LAST) :]
    keys = {line_key(unit): unit.words for unit in found}
    longest = sorted(keys, key=lambda key: (-keys[key], key))[:LONGEST]
    return array("Q", keys), tuple(longest)


def _common(pages: list[PageLines], known: bool) -> frozenset[int]:
    """Lines in at least `PAGES` pages with different articles, and in a share of all.

    Of pages that name no outlet no sentence is taken: they may be of many sites.
    """
    if not known and len(pages) < UNNAMED:
        return frozenset()
    times = Counter(key for _, keys, _ in pages for key in keys)
    articles: dict[int, set[int]] = {}
    for _, keys, longest in pages:
        own = next((key for key in longest if times[key] * 2 <= len(pages)), 0)
        for key in keys:
            if times[key] >= PAGES:
                articles.setdefault(key, set()).add(own)
    share = {0: LINES * len(pages) if known else 0.0, 1: SENTENCES * len(pages)}
    return frozenset(
        key
        for key, own in articles.items()
        if len(own) >= max(PAGES, share[key & 1]) and (known or not key & 1)
    )
