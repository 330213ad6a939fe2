"""Toponyms of a text, resolved to the gazetteer: every kind, also adjectives ("Russian")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.places import AREA, SETTLEMENT, Gazetteer, Toponym, place_key
from foreigndesk.coding.places_event import event_place as event_place  # the room's public name
from foreigndesk.coding.places_resolve import Candidate, resolve
from foreigndesk.model import Place, Sentence, Token

LONGEST = 5
SURE = 150_000
_NAME_TAGS = ("NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class _Words:
    locative: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    institutions: frozenset[str]
    parts: frozenset[str]
    barred: frozenset[str]


class PlaceReader:
    """Finds the places of a text. The gazetteer is loaded at the first name looked up."""

    def __init__(self, codebook: Codebook) -> None:
        self.gazetteer = Gazetteer(codebook)

    @cached_property
    def _words(self) -> _Words:
        names = ("locative", "person-title", "given-name", "institution", "part-of-place")
        return _Words(*(self.gazetteer.words(n) for n in (*names, "not-a-place")))

    def read(self, sentences: Sequence[Sentence], text: str) -> tuple[Place, ...]:
        """The places of `text`, in order; offsets count in it.

        Of namesakes the one wins that the words after it name ("Paris, Texas"), else the one that
        the countries and regions of the text speak for, else the most populous.
        """
        found = [c for s in sentences for c in self._candidates(s.tokens, text)]
        chosen = resolve(found)
        sure = {c.key for c, t in zip(found, chosen, strict=True) if t and _is_sure(c, t)}
        return tuple(
            _place(c, t, text)
            for c, t in zip(found, chosen, strict=True)
            if t and (c.key in sure or _is_sure(c, t))
        )

    def _candidates(self, tokens: Sequence[Token], text: str) -> Iterable[Candidate]:
        i, before = 0, -2
        previous: Candidate | None = None
        while i < len(tokens):
            if not tokens[i].text[:1].isupper():
                i += 1
                continue
            found = self._longest(tokens, i, text, before)
            if found is None:
                i += 1
                continue
            if previous is not None and _apposed(tokens, previous, found):
                previous.within = found.options
                found.apposed = True
            yield found
            previous, before = found, found.last
            i = found.last + 1

    def _longest(
        self, tokens: Sequence[Token], first: int, text: str, before: int
    ) -> Candidate | None:
        for last in range(min(len(tokens), first + LONGEST) - 1, first - 1, -1):
            end = tokens[last]
            if not end.text[:1].isupper():
                continue
            key = place_key(text[tokens[first].start : end.end])
            if key in self._words.barred:
                continue
            options = self.gazetteer.find(key)
            if options and (kept := self._fitting(tokens, (first, last), options, before)):
                loc = self._located(tokens, first)
                start = tokens[first].start
                return Candidate(first, last, start, end.end, key, kept, loc)
        return None

    def _fitting(
        self,
        tokens: Sequence[Token],
        bounds: tuple[int, int],
        options: tuple[Toponym, ...],
        before: int,
    ) -> tuple[Toponym, ...]:
        """The options that the words around do not forbid."""
        first, last = bounds
        names = all(t.tag in _NAME_TAGS for t in tokens[first : last + 1])
        if not names and first == last:
            options = tuple(o for o in options if o.kind != SETTLEMENT)
        if before == first - 1 or first == 0:
            named = False
        else:
            named, person = self._follows_name(tokens[first - 1])
            if person:
                return tuple(o for o in options if o.adjective)
        if named or self._is_institution(tokens, last):
            return tuple(o for o in options if o.kind != SETTLEMENT)
        return options

    def _follows_name(self, previous: Token) -> tuple[bool, bool]:
        """Whether the word before is part of a longer name, and whether of a person's for sure."""
        words = self._words
        word = previous.text.lower().rstrip(".")
        named = previous.tag in _NAME_TAGS and previous.text[:1].isupper()
        initial = named and len(word) == 1
        if initial or (named and (word in words.titles or word in words.given)):
            return True, True
        return named and word not in words.parts and word not in words.locative, False

    def _is_institution(self, tokens: Sequence[Token], last: int) -> bool:
        """Whether the word after makes a newspaper, a street or a firm of the name."""
        if last + 1 >= len(tokens):
            return False
        following = tokens[last + 1].text
        return following[:1].isupper() and following.lower().rstrip(".") in self._words.institutions

    def _located(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether the words before say that it is a place, or it opens a dateline in capitals."""
        words = self._words
        for back in (1, 2):
            if first >= back and tokens[first - back].text.lower() in words.locative:
                between = [t.text.lower() for t in tokens[first - back + 1 : first]]
                return all(w in words.parts or w in ("the", "downtown") for w in between)
        return tokens[first].text.isupper() and len(tokens[first].text) > 3 and first == 0


def _apposed(tokens: Sequence[Token], previous: Candidate, found: Candidate) -> bool:
    """ "Paris, Texas", "Charleston, W.Va.", "Oxford (England"."""
    return (
        found.first == previous.last + 2
        and tokens[previous.last + 1].text in (",", "(")
        and any(o.kind != SETTLEMENT and not o.adjective for o in found.options)
    )


def _is_sure(candidate: Candidate, place: Toponym) -> bool:
    """Whether a name counts as a place by itself: not a small town's without a word for it."""
    if place.kind != SETTLEMENT or candidate.located or candidate.narrowed:
        return True
    return place.population >= SURE * (1 if candidate.first != candidate.last else 2)


def _place(candidate: Candidate, place: Toponym, text: str) -> Place:
    words = text[candidate.start : candidate.end]
    where = (place.name, place.country, place.lat, place.lon, place.geonameid)
    return Place(words, candidate.start, candidate.end, *where)
