"""The catalogue's names as a trie over pieces of tokens: longest match, accents and hyphens aside.

A piece is a token, or a part of one that hyphens divide ("U.S." in "U.S.-led"); hyphens themselves
are no pieces, so that "Kim Jong-Un" and "Kim Jong Un" are one name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from foreigndesk.codebook.actors import Actor, Person, actors, persons
from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.reference import reference_words
from foreigndesk.model import Token

NAME, ADJECTIVE, DEMONYM, SEAT, PERSON = "name", "adjective", "demonym", "seat", "person"
_WORDS = re.compile(r"'s\b|[^\s\-]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'"}
)
_INITIALS = re.compile(r"(?:\w\.)+\w?$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name may stand for: an entry, by which use of the name, and how it is written.

    `unsure`: the name counts only with support from the text. `shared`: it counts unless the text
    shows its other bearer. `written` holds its pieces.
    """

    entry: Actor | Person
    use: str
    written: tuple[str, ...]
    unsure: bool = False
    shared: bool = False


class Piece(NamedTuple):
    """A token or the part of one that hyphens divide; `start` and `end` count in the document."""

    key: str
    text: str
    token: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Pieces `first` to `last` (inclusive) are a name with these readings."""

    first: int
    last: int
    readings: tuple[Reading, ...]


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """`text` in lower case without accents, typographic apostrophes and the dots of initials."""
    lower = text.lower().translate(_LETTERS)
    if not lower.isascii():
        decomposed = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in decomposed if not unicodedata.combining(c))
    return lower.replace(".", "") if _INITIALS.match(lower) else lower


_VOWELS = str.maketrans("", "", "aeiouy'")


def skeleton(name: str) -> str:
    """The first letter and the consonants of a single word, which misspellings rarely change."""
    word = fold(name)
    return word[:1] + word[1:].translate(_VOWELS)


def words_of(name: str) -> tuple[str, ...]:
    """A catalogue name in the pieces in which tokens come, its leading article left out."""
    words: list[str] = []
    for word in _WORDS.findall(name.replace("’", "'").replace("'s", " 's")):
        words.append(word.rstrip("'"))
    return tuple(words[1:] if len(words) > 1 and words[0] in ("the", "The") else words)


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """The pieces of a sentence, in order."""
    found: list[Piece] = []
    for token in tokens:
        text = token.text
        if "-" not in text:
            found.append(Piece(fold(text), text, token.i, token.start, token.end))
        elif text.strip("-"):
            found.extend(_parts(token))
    return found


def _parts(token: Token) -> Iterable[Piece]:
    whole = len(token.text) == token.end - token.start
    for match in re.finditer(r"[^-]+", token.text):
        start, end = (match.start(), match.end()) if whole else (0, token.end - token.start)
        key = fold(match.group())
        yield Piece(key, match.group(), token.i, token.start + start, token.start + end)


def case_fits(written: str, text: str, alone: bool = True) -> bool:
    """Whether `text` may be the catalogue's `written`: capitals need capitals, acronyms all.

    A short word in capitals is an acronym, no name, where it stands `alone`.
    """
    if written == text or not written[:1].isupper():
        return True
    letters = written.replace(".", "")
    if letters.isupper() and len(letters) > 1:
        return text.replace(".", "").isupper()
    return text[:1].isupper() and (not (alone and text.isupper()) or len(text) > 3)


def _fits(written: Sequence[str], texts: Sequence[str]) -> bool:
    alone = len(texts) == 1
    return all(case_fits(w, t, alone) for w, t in zip(written, texts, strict=True))


class Names:
    """All names of the codebook's actors and office-holders."""

    def __init__(self, codebook: Codebook) -> None:
        self._trie: dict[str, Any] = {}
        self.by_id: dict[str, Actor | Person] = {}
        self.states: dict[str, Actor] = {}
        self.persons = persons(codebook)
        classes = reference_words(codebook)
        self.foremost = frozenset(map(fold, classes["reference-foremost"].words))
        first = frozenset(classes["reference-family-name-first"].words)
        self.surnames: dict[str, list[Person]] = {}
        self.skeletons: dict[str, list[Person]] = {}
        self.given: set[str] = set()
        for actor in actors(codebook):
            self._add_actor(actor)
        for person in self.persons:
            self.by_id[person.id] = person
            words = words_of(person.name)
            last = fold(words[0 if person.code in first and len(words) > 1 else -1])
            for surname in sorted({last, fold(words[-1])}):
                self.surnames.setdefault(surname, []).append(person)
            self.skeletons.setdefault(skeleton(words[-1]), []).append(person)
            self.given.update(fold(word) for word in words[:1] if len(words) > 1)
            for name in (person.name, *person.names):
                self._add(Reading(person, PERSON, words_of(name)))

    def _add_actor(self, actor: Actor) -> None:
        self.by_id[actor.id] = actor
        known = self.states.get(actor.code or "")
        better = known is None or (known.kind != "state" and actor.kind == "state")
        if actor.code and actor.sector is None and actor.kind in ("state", "territory") and better:
            self.states[actor.code] = actor
        uses = (
            (NAME, (actor.name, *actor.names)),
            (ADJECTIVE, actor.adjectives),
            (DEMONYM, actor.demonyms),
            (SEAT, actor.seats),
        )
        for use, names in uses:
            for name in names:
                unsure, shared = name in actor.ambiguous, name in actor.shared
                self._add(Reading(actor, use, words_of(name), unsure, shared))
        listed = {name for _, names in uses for name in names}
        for name in actor.ambiguous:
            if name not in listed:
                self._add(Reading(actor, NAME, words_of(name), True))

    def _add(self, reading: Reading) -> None:
        node = self._trie
        for word in reading.written:
            node = node.setdefault(fold(word), {})
        readings: list[Reading] = node.setdefault("", [])
        if not any(r.entry is reading.entry for r in readings):
            readings.append(reading)

    def find(self, sentence: Sequence[Piece]) -> list[Found]:
        """The longest names in `sentence`, from left to right, none overlapping."""
        found: list[Found] = []
        at = 0
        while at < len(sentence):
            match = self._longest(sentence, at) if sentence[at].key in self._trie else None
            if match:
                found.append(match)
            at = match.last + 1 if match else at + 1
        return found

    def _longest(self, sentence: Sequence[Piece], first: int) -> Found | None:
        node: dict[str, Any] = self._trie
        best: Found | None = None
        for at in range(first, len(sentence)):
            node = node.get(sentence[at].key) or {}
            if not node:
                break
            if "" not in node:
                continue
            texts = [p.text for p in sentence[first : at + 1]]
            fits = tuple(r for r in node[""] if _fits(r.written, texts))
            best = Found(first, at, fits) if fits else best
        return best
