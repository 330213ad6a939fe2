"""Signatures of articles: what Stories are found by, made once for each text and kept.

A signature is the set of hashes of a text's word 5-grams (CRC-32), the number of its words, and a
hash of the words themselves. It depends on the text alone, so one that is kept is as good as new.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zlib import crc32

import pyarrow as pa

WORDS = 5
TOKEN = re.compile(r"\w+")
SCHEMA = pa.schema(
    [
        *(("text", pa.binary(16)), ("content", pa.binary(16)), ("words", pa.int32())),
        ("grams", pa.binary()),
    ]
)
"""Kept signatures: a hash of the text, of its words, their number, the sorted 5-gram hashes."""


@dataclass(frozen=True, slots=True)
class Signature:
    """`grams`: distinct hashes of 32 bits, sorted, as bytes in this machine's order."""

    content: bytes
    words: int
    grams: bytes


Keep = Callable[[pa.Table], None]
AT_ONCE = 20_000
"""Signatures that are kept in one table."""


class Signatures:
    """Signatures by text. `kept`: those made before, as tables; `keep` is given those made now.

    Each kept one is handed out once and then forgotten, so that memory does not hold it twice.
    """

    def __init__(self, kept: Iterable[pa.Table] = (), keep: Keep = lambda table: None) -> None:
        self._keep = keep
        self._kept: dict[bytes, Signature] = {}
        self._new: list[tuple[bytes, Signature]] = []
        self.made = 0
        for table in kept:
            columns = (table[name].to_pylist() for name in SCHEMA.names)
            for text, *values in zip(*columns, strict=True):
                self._kept[text] = Signature(*values)

    def of(self, text: str) -> Signature:
        """The signature of a text."""
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found = self._kept.pop(key, None)
        if found is None:
            found = signature(text)
            self.made += 1
            self._new.append((key, found))
            if len(self._new) >= AT_ONCE:
                self.flush()
        return found

    def flush(self) -> None:
        """Hand over those made since the last time."""
        if not self._new:
            return
        rows = [(key, s.content, s.words, s.grams) for key, s in sorted(self._new, key=_key)]
        columns = zip(*rows, strict=True)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)]
        self._new.clear()
        self._keep(pa.Table.from_arrays(arrays, schema=SCHEMA))


def _key(made: tuple[bytes, Signature]) -> bytes:
    return made[0]


def signature(text: str) -> Signature:
    """The signature of a text, made from its words without case and punctuation."""
    tokens = TOKEN.findall(text.casefold())
    starts = range(len(tokens) - WORDS + 1)
    grams = {crc32(" ".join(tokens[i : i + WORDS]).encode()) for i in starts}
    content = hashlib.blake2b(" ".join(tokens).encode(), digest_size=16).digest()
    return Signature(content, len(tokens), array("I", sorted(grams)).tobytes())
