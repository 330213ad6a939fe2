"""What a worker remembers of paragraphs that it has parsed: copies of an article are parsed once.

The latest are kept as they are; older ones packed (about 4 bytes a character), under a digest of
their text, until `PACKED` bytes are full. A paragraph in a copy that comes thousands of articles
later is still known.
"""

from __future__ import annotations

import hashlib
import marshal
import zlib

from foreigndesk.model import Token

Sentences = tuple[tuple[Token, ...], ...]
RECENT = 500_000
"""Characters of paragraphs whose sentences are kept as they are (about 60 bytes of memory each)."""
PACKED = 64_000_000
"""Bytes of packed sentences that are kept (those of about 5,000 articles)."""


class Parsed:
    """The sentences of paragraphs by their text; the oldest are forgotten first."""

    def __init__(self, recent: int | None = None, packed: int | None = None) -> None:
        """`recent` and `packed`: characters and bytes that are kept, as above if None."""
        self._most = (RECENT if recent is None else recent, PACKED if packed is None else packed)
        self._recent: dict[str, Sentences] = {}
        self._packed: dict[bytes, bytes] = {}
        self.held = [0, 0]

    def get(self, text: str) -> Sentences | None:
        """The sentences of a paragraph, None if it is not remembered."""
        found = self._recent.get(text)
        if found is None and self._packed and (packed := self._packed.get(_key(text))):
            found = _unpacked(packed, text)
        return found

    def keep(self, text: str, sentences: Sentences) -> None:
        """Remember a paragraph as the latest."""
        if self._recent.pop(text, None) is None:
            self.held[0] += len(text)
        self._recent[text] = sentences
        while self.held[0] > self._most[0] and len(self._recent) > 1:
            oldest = next(iter(self._recent))
            self._pack(oldest, self._recent.pop(oldest))
            self.held[0] -= len(oldest)

    def _pack(self, text: str, sentences: Sentences) -> None:
        key = _key(text)
        if key in self._packed or not self._most[1]:
            return
        packed = self._packed[key] = _packed(sentences)
        self.held[1] += len(packed)
        while self.held[1] > self._most[1]:
            oldest = next(iter(self._packed))
            self.held[1] -= len(self._packed.pop(oldest))


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _packed(sentences: Sentences) -> bytes:
    rows = [[(t.start, t.end, t.lemma, t.tag, t.dep, t.head) for t in s] for s in sentences]
    return zlib.compress(marshal.dumps(rows), 1)


def _unpacked(packed: bytes, text: str) -> Sentences:
    """The sentences again; the words of the tokens are those of the text."""
    return tuple(
        tuple(
            Token(i, start, end, text[start:end], lemma, tag, dep, head)
            for i, (start, end, lemma, tag, dep, head) in enumerate(rows)
        )
        for rows in marshal.loads(zlib.decompress(packed))  # packed by this process
    )
