"""Word pieces of BERT's uncased vocabulary, in plain Python.

Source of the method: Wu et al. 2016 (arXiv 1609.08144) and the BERT code (Devlin et al. 2019):
lower case, accents stripped, punctuation apart, then the longest piece that fits, left to right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 100


@dataclass(frozen=True, slots=True, eq=False)
class WordPiece:
    """Turns text into piece numbers; `pieces` maps a piece to its number."""

    pieces: dict[str, int]

    @classmethod
    def of(cls, lines: str) -> WordPiece:
        """The tokenizer of a vocabulary file's text, one piece a line."""
        return cls({piece: n for n, piece in enumerate(lines.split("\n")) if piece})

    def ids(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`, without [CLS] and [SEP]."""
        return [n for word in _words(text) for n in self._of_word(word)]

    def _of_word(self, word: str) -> list[int]:
        if len(word) > _LONGEST:
            return [self.pieces["[UNK]"]]
        found: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while (key := ("##" if start else "") + word[start:end]) not in self.pieces:
                end -= 1
                if end == start:
                    return [self.pieces["[UNK]"]]
            found.append(self.pieces[key])
            start = end
        return found


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    word: list[str] = []
    for char in plain:
        kind = _kind(char)
        if kind == "keep":
            word.append(char)
        elif kind != "drop":
            if word:
                yield "".join(word)
                word = []
            if kind == "alone":
                yield char
    if word:
        yield "".join(word)


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """ "keep" in a word, "alone", "space" or "drop"."""
    if char in "\t\n\r":
        return "space"
    category = unicodedata.category(char)
    if category == "Mn" or category in ("Cc", "Cf") or char in "\0\ufffd":
        return "drop"
    if category == "Zs":
        return "space"
    code = ord(char)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    chinese = 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF
    return "alone" if ascii_mark or chinese or category.startswith("P") else "keep"
