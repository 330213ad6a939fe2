"""The place of an event, apart from the places that its sentence merely names.

A place is the event's if a locative preposition ties it to the event ("held talks in Doha"), if
it is the goal of a motion ("flew to Doha") or the object of a verb that happens at its object
("shelled Kharkiv"). A place that acts or is acted upon ("Washington accused") is no place here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.places import Gazetteer
from foreigndesk.coding.event_date import DateWords, date_words, event_hosts, event_owner
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Place

_ADJECTIVES = frozenset({"JJ", "NNPS"})


@dataclass(frozen=True)
class EventPlaceWords:
    """Prepositions and lemmas of the codebook's placewords, and how clauses share a time."""

    where: frozenset[str]
    whither: frozenset[str]
    struck: frozenset[str]
    go: frozenset[str]
    at_object: frozenset[str]
    clauses: DateWords


def event_place_words(codebook: Codebook) -> EventPlaceWords:
    """The words of a codebook. Raises CodebookError."""
    book = Gazetteer(codebook)
    names = ("where", "whither", "struck", "go", "at-object")
    where, whither, struck, go, at_object = (book.words(name) for name in names)
    return EventPlaceWords(where, whither, struck, go, at_object, date_words(codebook))


@cache
def _package_words() -> EventPlaceWords:
    return event_place_words(open_codebook())


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """`events`: tokens of the sentence that denote other events; `dateline`: where the page was
    filed, to be used only if `local` says that the event is one of that place."""

    events: frozenset[int] = frozenset()
    dateline: Place | None = None
    local: bool = False
    words: EventPlaceWords | None = None


def event_place(
    tree: Tree, trigger: int, places: tuple[Place, ...], context: PlaceContext | None = None
) -> Place | None:
    """The place of the event at token `trigger`, None if the text does not say.

    `places` are the whole text's or the sentence's, as PlaceReader.read gives them.
    """
    context = context or PlaceContext()
    words = context.words or _package_words()
    tied: dict[int, list[Place]] = {}
    for place in places:
        if place.start is None or not tree.sentence.start <= place.start < tree.sentence.end:
            continue
        owner = _tied_to(tree, trigger, place, context, words)
        if owner is not None:
            tied.setdefault(owner, []).append(place)
    for host in event_hosts(tree, trigger, words.clauses):
        if host in tied:
            return min(tied[host], key=lambda p: abs((p.start or 0) - tree[host].start))
    return context.dateline if context.local and not tied else None


def _tied_to(
    tree: Tree, trigger: int, place: Place, context: PlaceContext, words: EventPlaceWords
) -> int | None:
    """The event token to which the place is tied as its place, or None."""
    head = _head(tree, place)
    if head is None or (tree[head].tag in _ADJECTIVES and tree[head].dep == "amod"):
        return None
    link = head
    while tree[link].dep in ("conj", "appos", "compound", "nmod") and tree[link].head != link:
        if tree[link].dep in ("compound", "nmod") and tree[tree[link].head].tag[:3] == "NNP":
            return None
        link = tree[link].head
    owner = event_owner(tree, link, trigger, context.events, words.clauses)
    if owner is None:
        return None
    lemma = tree[owner].lemma
    if tree[link].dep == "dobj" and tree[link].head == owner:
        return owner if lemma in words.at_object else None
    if tree[link].dep != "pobj":
        return None
    return owner if _preposition_fits(tree[tree[link].head].text.lower(), lemma, words) else None


def _preposition_fits(preposition: str, lemma: str, words: EventPlaceWords) -> bool:
    if preposition in words.where and preposition != "on":
        return True
    if lemma in words.go and preposition in words.whither:
        return True
    return lemma in words.at_object and preposition in words.struck


def _head(tree: Tree, place: Place) -> int | None:
    start, end = place.start or 0, place.end or 0
    inside = {t.i for t in tree.tokens if t.start < end and start < t.end}
    return next((i for i in sorted(inside) if tree[i].head not in inside), None)
