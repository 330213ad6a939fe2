"""Predicate entries made ready for matching, once: their words and classes resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from foreigndesk.codebook.predicates import PredicateEntry

Classes = Mapping[str, frozenset[str]]
_OPEN = frozenset({"@actor", "@none", "@thing"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may stand in a role: `words` (lemmas), an `actor`, a `thing` that is none, or `none`.

    `said` are the words of the entry. `closed`: only words count, so that they are the trigger's
    own. `points`: how telling it is that the condition holds.
    """

    words: frozenset[str]
    actor: bool
    thing: bool
    none: bool
    said: str
    closed: bool
    points: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry at triggers of one last word.

    `conditions` are the names of those that the entry makes. `phrases` are the words before the
    last of each trigger, longest first: (("air",), ()). Roles that the entry leaves open are None
    or empty. Without one of the `objects` (if any) as its object, or without all of the
    `prepositions`, the entry cannot hold: a quick way to leave it out.
    """

    entry: PredicateEntry
    conditions: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    particle: frozenset[str]
    object: Wanted | None
    without: Wanted | None
    subject: Wanted | None
    with_: tuple[tuple[str, Wanted], ...]
    objects: frozenset[str]
    prepositions: frozenset[str]


class Candidates(list[Candidate]):
    """The candidates of one trigger word, found again by an object or preposition they need."""

    def hopeful(self, roles: frozenset[str], objects: frozenset[str]) -> list[Candidate]:
        """All, in order, but for those that need another object, or a role that is not filled."""
        always, by_object, by_role = self._index
        found = {n for word in objects for n in by_object.get(word, ())}
        found.update(n for role in roles for n in by_role.get(role, ()))
        kept = [n for n in found if self[n].prepositions <= roles]
        return [self[n] for n in sorted([*always, *kept])]

    @cached_property
    def _index(self) -> tuple[list[int], dict[str, list[int]], dict[str, list[int]]]:
        """Places in the list: of those that need neither, by an object, by a preposition."""
        always: list[int] = []
        by_object: dict[str, list[int]] = {}
        by_role: dict[str, list[int]] = {}
        for n, candidate in enumerate(self):
            for word in candidate.objects:
                by_object.setdefault(word, []).append(n)
            if candidate.prepositions and not candidate.objects:
                by_role.setdefault(min(candidate.prepositions), []).append(n)
            elif not candidate.objects:
                always.append(n)
        return always, by_object, by_role


def candidate(entry: PredicateEntry, last: str, classes: Classes) -> Candidate:
    """The entry ready for triggers whose last word is `last`."""
    triggers = [
        word.split() for word in (*entry.verbs, *entry.nouns, *entry.adjectives, *entry.modals)
    ]
    before = {tuple(words[:-1]) for words in triggers if words[-1] == last}
    wanted = _wanted(entry.object, classes)
    with_ = tuple((role, any_of(words, classes)) for role, words in entry.with_.items())
    return Candidate(
        entry,
        _conditions(entry, before),
        tuple(sorted(before, key=lambda words: (-len(words), words))),
        _words(entry.particle, classes),
        wanted,
        _wanted(entry.without, classes),
        _wanted(entry.subject, classes),
        with_,
        wanted.words if wanted is not None and wanted.closed else frozenset(),
        frozenset(role for role, words in with_ if not words.none),
    )


def _conditions(entry: PredicateEntry, before: set[tuple[str, ...]]) -> tuple[str, ...]:
    made = {
        "phrase": before != {()},
        "particle": entry.particle,
        "object": entry.object or entry.without,
        "subject": entry.subject,
        "with": entry.with_,
        "complement": entry.complement,
        "modifier": entry.modifier,
        "carrier": entry.carrier,
        "own_subject": entry.own_subject,
    }
    return tuple(name for name, condition in made.items() if condition)


def _wanted(words: tuple[str, ...], classes: Classes) -> Wanted | None:
    return any_of(words, classes) if words else None


def any_of(words: tuple[str, ...], classes: Classes) -> Wanted:
    """The words and classes of a condition, resolved; with no words, anything at all."""
    return Wanted(
        words=_words(words, classes),
        actor="@actor" in words or not words,
        thing="@thing" in words or not words,
        none="@none" in words,
        said=", ".join(words),
        closed=bool(words) and not set(words) & _OPEN,
        points=1.0 if words in (("@actor",), ("@none",)) else 3.0,
    )


def _words(words: tuple[str, ...], classes: Classes) -> frozenset[str]:
    found = {word for word in words if not word.startswith("@")}
    for word in words:
        if word.startswith("@"):
            found |= classes.get(word[1:], frozenset())
    return frozenset(found)
