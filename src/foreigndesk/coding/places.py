"""Toponyms of a text, resolved to the gazetteer: every kind, also adjectives ("Russian")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from foreigndesk.codebook.load import Codebook
from foreigndesk.codebook.places import SETTLEMENT, Gazetteer, Toponym, place_key
from foreigndesk.coding.places_event import event_place as event_place  # the room's public name
from foreigndesk.coding.places_resolve import Candidate, resolve
from foreigndesk.coding.places_unlisted import unlisted
from foreigndesk.model import Place, Sentence, Token

LONGEST = 5
SURE = 50_000
ACRONYM = 4
_NAME_TAGS = ("NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class _Words:
    locative: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    institutions: frozenset[str]
    parts: frozenset[str]
    barred: frozenset[str]
    ends: frozenset[str]
    struck: frozenset[str]


class PlaceReader:
    """Finds the places of a text. The gazetteer is loaded at the first name looked up."""

    def __init__(self, codebook: Codebook) -> None:
        self.gazetteer = Gazetteer(codebook)

    @cached_property
    def _words(self) -> _Words:
        names = ("locative", "person-title", "given-name", "institution", "part-of-place")
        more = ("not-a-place", "name-end", "at-object")
        return _Words(*(self.gazetteer.words(n) for n in (*names, *more)))

    def read(self, sentences: Sequence[Sentence], text: str) -> tuple[Place, ...]:
        """The places of `text`, in order; offsets count in it.

        Of namesakes the one wins that the words after it name ("Paris, Texas"), else the one that
        the countries and regions of the text speak for, else the most populous.
        """
        people: set[str] = set()
        found = [c for s in sentences for c in self._candidates(s.tokens, text, people)]
        pairs = [(c, t) for c, t in zip(found, resolve(found), strict=True) if t]
        sure = {c.key for c, t in pairs if _is_sure(c, t, people)}
        listed = [_place(c, t, text) for c, t in pairs if c.key in sure]
        return _with_unlisted(listed, sentences, text, self.gazetteer.words("settled"))

    def _candidates(
        self, tokens: Sequence[Token], text: str, people: set[str]
    ) -> Iterator[Candidate]:
        """The candidates of a sentence; names that stand as a person's surname go to `people`."""
        i, before = 0, -2
        previous: Candidate | None = None
        while i < len(tokens):
            found = self._longest(tokens, i, text, before) if tokens[i].text[:1].isupper() else None
            if found is None:
                if i and self._follows_name(tokens[i - 1])[0]:
                    people.add(place_key(tokens[i].text))
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
            if not end.text[:1].isupper() and not self._may_end(tokens, first, last):
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
        words = tokens[first : last + 1]
        names = all(t.tag in _NAME_TAGS or _is_shouted(t) for t in words)
        if all(t.text.isupper() and len(t.text) <= ACRONYM for t in words):
            options = tuple(o for o in options if o.kind != SETTLEMENT)
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

    def _may_end(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a name may end in this word in lower case: "Punggye-ri", "the Rafah crossing"."""
        if last == first:
            return False
        return tokens[last - 1].text == "-" or tokens[last].text in self._words.ends

    def _located(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether the words before say that it is a place, or it opens a dateline in capitals."""
        words = self._words
        if first and tokens[first - 1].lemma in words.struck:
            return True
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


def _is_shouted(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > ACRONYM


def _is_sure(candidate: Candidate, place: Toponym, people: set[str]) -> bool:
    """Whether a name counts as a place by itself: not a small town's without a word for it."""
    if place.kind != SETTLEMENT or candidate.narrowed:
        return True
    if candidate.key in people:
        return candidate.located and place.population >= SURE
    return candidate.located or place.population >= SURE


def _with_unlisted(
    listed: list[Place], sentences: Sequence[Sentence], text: str, settled: frozenset[str]
) -> tuple[Place, ...]:
    more = [p for s in sentences for p in unlisted(s, listed, text, settled)]
    return tuple(sorted([*listed, *more], key=lambda p: p.start or 0)) if more else tuple(listed)


def _place(candidate: Candidate, place: Toponym, text: str) -> Place:
    words = text[candidate.start : candidate.end]
    where = (place.name, place.country, place.lat, place.lon, place.geonameid)
    return Place(words, candidate.start, candidate.end, *where)
