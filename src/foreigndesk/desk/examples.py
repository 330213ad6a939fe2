"""Code the sentences that codebook entries carry: each entry's own test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from foreigndesk.codebook.actors import Actor, Person, Role, actors, persons, roles
from foreigndesk.codebook.load import Entry
from foreigndesk.codebook.predicates import PredicateEntry, WordClass, predicates
from foreigndesk.coding.frames import Considered
from foreigndesk.coding.reading import Reading, mentions_of
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

Holds = Callable[[Reader, Entry, Reading], bool]


def failing(settings: Settings) -> list[str]:
    """What is wrong, a line for each sentence that is not coded, by rules, as its entry says."""
    return list(check(Reader(replace(settings, learned=0))))


def check(reader: Reader, kinds: tuple[str, ...] | None = None) -> Iterator[str]:
    """The faults of the entries of `kinds`, all that can be checked if None."""
    for kind in CHECKS:
        if kinds is None or kind in kinds:
            for entry in entries_of(reader, kind):
                yield from _faults(reader, kind, entry)


def entries_of(reader: Reader, kind: str) -> tuple[Entry, ...]:
    """The entries of a kind that has a check."""
    book = reader.codebook
    if kind == "words":
        return book.entries("words", WordClass)
    by_kind: dict[str, Callable[..., tuple[Entry, ...]]] = {
        "predicates": predicates,
        "actors": actors,
        "offices": persons,
        "roles": roles,
    }
    return by_kind[kind](book)


def _faults(reader: Reader, kind: str, entry: Entry) -> Iterator[str]:
    holds, strictly = CHECKS[kind]
    if not holds(reader, entry, reader.reading_of_text(entry.says, None, None)):
        yield f"{kind}: {entry.id}: its says: is not coded by it: {entry.says!r}"
    if strictly(reader, entry, reader.reading_of_text(entry.not_, None, None)):
        yield f"{kind}: {entry.id}: its not: is coded by it: {entry.not_!r}"


def fires(reader: Reader, entry: Entry, reading: Reading) -> bool:
    """Whether a predicate holds anywhere, or decides a frame."""
    assert isinstance(entry, PredicateEntry)
    if any(frame.entry.id == entry.id for frames in reading.frames for frame in frames):
        return True
    log: list[Considered] = []
    for tree, mentions in zip(reading.trees, reading.mentions, strict=True):
        reader.coder.frames.read(tree, mentions, log)
    return any(tried.entry_id == entry.id and tried.fell is None for tried in log)


def names(reader: Reader, entry: Entry, reading: Reading) -> bool:
    """Whether a mention leads to the actor or office-holder."""
    assert isinstance(entry, Actor | Person)
    return any(mention.actor_id == entry.id for mention in mentions_of(reading))


def leads_to(reader: Reader, entry: Entry, reading: Reading) -> bool:
    """Like `names`, or a mention that has the actor's code from one of its forms.

    "Estonian police" is a mention of police with Estonia's code, not one of Estonia.
    """
    assert isinstance(entry, Actor)
    forms = {entry.name, *entry.names, *entry.adjectives, *entry.demonyms, *entry.seats}
    by_code = (m for m in mentions_of(reading) if m.code is not None and m.code == entry.code)
    return names(reader, entry, reading) or any(_any_in(tuple(forms), m.text) for m in by_code)


def covers(reader: Reader, entry: Entry, reading: Reading) -> bool:
    """Whether a mention of that sector covers one of the role's nouns."""
    assert isinstance(entry, Role)
    for trees, found in zip(reading.trees, reading.mentions, strict=True):
        for mention in (m.mention for m in found.mentions):
            inside = [t for t in trees.tokens if mention.start <= t.start < mention.end]
            words = " ".join(t.lemma.lower() for t in inside)
            plain = " ".join(t.text.lower() for t in inside)
            if mention.sector == entry.sector and _any_in(entry.nouns, words, plain):
                return True
    return False


def has_word(reader: Reader, entry: Entry, reading: Reading) -> bool:
    """Whether a word of the class stands in the text."""
    assert isinstance(entry, WordClass)
    words = " ".join(t.lemma.lower() for tree in reading.trees for t in tree.tokens)
    plain = " ".join(t.text.lower() for tree in reading.trees for t in tree.tokens)
    return _any_in(entry.words, words, plain)


def _any_in(phrases: tuple[str, ...], *texts: str) -> bool:
    return any(f" {phrase} " in f" {text} " for phrase in phrases for text in texts)


CHECKS: dict[str, tuple[Holds, Holds]] = {
    "predicates": (fires, fires),
    "words": (has_word, has_word),
    "roles": (covers, covers),
    "offices": (names, names),
    "actors": (leads_to, names),
}
"""What must hold of each kind's `says:`, and must not of its `not:`.

The other kinds are checked by the tests of their rooms.
"""
