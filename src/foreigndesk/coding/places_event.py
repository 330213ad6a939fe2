"""The place of an event, apart from the places that its sentence merely names.

A place is the event's if a locative preposition ties it to the event ("held talks in Doha"), if
it is the goal of a motion ("flew to Doha"), the object of a verb that happens at its object
("shelled Kharkiv"), the subject of one that happens at its subject ("Oman hosted"), or names the
site that is ("a Moscow theatre", "the Geneva talks"). A place that acts or is acted upon
("Washington accused") is no place here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.places import COUNTRY, REGION, Gazetteer, place_key
from foreigndesk.coding.event_date_clauses import DateWords, date_words, event_hosts, event_owner
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Place

_ADJECTIVES = frozenset({"JJ", "NNPS"})
_BY_PREPOSITION, _BY_OBJECT, _BY_SITE, _BY_ADJECTIVE = 4, 3, 2, 1
_INNER = ("conj", "appos", "compound", "nmod", "poss", "amod")


@dataclass(frozen=True)
class EventPlaceWords:
    """Prepositions and lemmas of the codebook's placewords, and how clauses share a time."""

    where: frozenset[str]
    whither: frozenset[str]
    struck: frozenset[str]
    go: frozenset[str]
    at_object: frozenset[str]
    at_subject: frozenset[str]
    leave: frozenset[str]
    site: frozenset[str]
    settled: frozenset[str]
    border: frozenset[str]
    told: frozenset[str]
    fineness: Callable[[Place], int]
    clauses: DateWords


def event_place_words(codebook: Codebook, gazetteer: Gazetteer | None = None) -> EventPlaceWords:
    """The words of a codebook, with its `gazetteer` if there is one yet. Raises CodebookError."""
    book = gazetteer or Gazetteer(codebook)
    return EventPlaceWords(
        where=book.words("where"),
        whither=book.words("whither"),
        struck=book.words("struck"),
        go=book.words("go"),
        at_object=book.words("at-object"),
        at_subject=book.words("at-subject"),
        leave=book.words("leave"),
        site=book.words("site"),
        settled=book.words("settled"),
        border=book.words("border"),
        told=book.words("told"),
        fineness=lambda place: _fineness(book, place),
        clauses=date_words(codebook),
    )


def _fineness(book: Gazetteer, place: Place) -> int:
    """0 for a country, 1 for a region, 2 for what is smaller."""
    named = [o for o in book.find(place_key(place.name or "")) if o.country == place.country]
    kinds = {o.kind for o in named if o.geonameid == place.geonameid}
    return 0 if COUNTRY in kinds else 1 if REGION in kinds else 2


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


@dataclass(frozen=True, slots=True)
class _Tie:
    """How a place hangs on the event token `owner`: the greater the strength, the surer."""

    owner: int
    strength: int
    fineness: int
    place: Place


def event_place(
    tree: Tree, trigger: int, places: tuple[Place, ...], context: PlaceContext | None = None
) -> Place | None:
    """The place of the event at token `trigger`, None if the text does not say.

    `places` are the whole text's or the sentence's, as PlaceReader.read gives them. Of several
    the surest tied wins, then the smallest ("Sopore in Indian Kashmir"), then the nearest.
    """
    context = context or PlaceContext()
    words = context.words or _package_words()
    ties = [tie for place in places if (tie := _tie(tree, trigger, place, context, words))]
    for host in _hosts(tree, trigger, words):
        if found := [tie for tie in ties if tie.owner == host]:
            return _best(tree, host, found)
    return context.dateline if context.local and not ties else None


def _hosts(tree: Tree, trigger: int, words: EventPlaceWords) -> Iterator[int]:
    """The tokens whose places are the trigger's too, the nearest first; its target last."""
    yield from event_hosts(tree, trigger, words.clauses, for_place=True)
    if tree.is_verb(trigger) and tree[trigger].lemma in words.at_object:
        yield from tree.children(trigger, "dobj")


def _best(tree: Tree, host: int, ties: list[_Tie]) -> Place:
    """The surest tied place, or what is smaller in the same country and no mere adjective's."""

    def near(tie: _Tie) -> int:
        return -abs((tie.place.start or 0) - tree[host].start)

    surest = max(ties, key=lambda tie: (tie.strength, tie.fineness, near(tie)))
    country = surest.place.country
    same = [t for t in ties if t.place.country == country and t.strength >= _BY_SITE]
    return max(same or [surest], key=lambda tie: (tie.fineness, tie.strength, near(tie))).place


def _tie(
    tree: Tree, trigger: int, place: Place, context: PlaceContext, words: EventPlaceWords
) -> _Tie | None:
    """How the place is tied to an event as its place, None if it is not."""
    if place.start is None or not tree.sentence.start <= place.start < tree.sentence.end:
        return None
    if place is context.dateline:
        return None
    head = _head(tree, place)
    if head is None:
        return None
    fine = words.fineness(place)
    link, strength = _link(tree, head, trigger, fine, words)
    if link is None:
        return None
    if link == trigger:
        return _Tie(trigger, strength, fine, place)
    owner = _whose_clause(tree, link, trigger)
    if owner is None:
        owner = event_owner(tree, link, trigger, context.events, words.clauses)
    if owner is None or not _holds(tree, link, owner, words, site=link != head):
        return None
    return _Tie(owner, strength + (tree[link].dep == "pobj"), fine, place)


def _link(
    tree: Tree, head: int, trigger: int, fine: int, words: EventPlaceWords
) -> tuple[int | None, int]:
    """The token by which the place hangs on its clause, with the strength; None if by none.

    It is the place itself, the site that it names ("a Moscow theatre"), the settlement of which it
    is the name ("the port of Aden") or the border of which it is a side.
    """
    link, strength = head, _BY_OBJECT
    for _ in range(len(tree)):
        token = tree[link]
        above = token.head
        if token.dep in ("pobj", "conj") and _is_named_so(tree, link, words):
            link = tree[tree[link].head].head
            strength = 0 if tree[link].lemma.lower() in words.border else strength
            continue
        if token.dep not in _INNER or above == link:
            return link, strength
        if token.dep in ("conj", "appos"):
            link = above
            continue
        if above == trigger and not tree.is_verb(above):
            return (above, _BY_SITE) if token.dep == "compound" and fine else (None, 0)
        strength = _BY_ADJECTIVE if fine == 0 else _BY_SITE
        if not _is_site(tree, above, fine, words) and not _is_part_of(tree, link):
            return None, 0
        link = above
    return link, strength


def _is_named_so(tree: Tree, link: int, words: EventPlaceWords) -> bool:
    """ "The town of Gori", "the border with Ukraine": whether the noun above is the place."""
    preposition = tree[tree[link].head]
    if tree[link].dep != "pobj":
        return False
    noun = tree[preposition.head].lemma.lower()
    if preposition.text.lower() == "of":
        return noun in words.settled
    return noun in words.border and preposition.text.lower() in ("with", "between")


def _is_site(tree: Tree, noun: int, fine: int, words: EventPlaceWords) -> bool:
    """Whether the noun is a site that a name before it places ("Baghdad airport").

    A country's name or adjective places only settlements and borders: "the Polish village", but
    not "the Polish embassy".
    """
    lemma = tree[noun].lemma.lower()
    if lemma in words.settled or lemma in words.border:
        return True
    if fine == 0:
        return False
    return lemma in words.site or (_is_entered(tree, noun, words) and lemma not in words.told)


def _is_entered(tree: Tree, noun: int, words: EventPlaceWords) -> bool:
    """Whether the noun stands behind "in", "at" and the like: "in a crowded Sarajevo market"."""
    token = tree[noun]
    return token.dep == "pobj" and tree[token.head].text.lower() in words.where - {"on"}


def _is_part_of(tree: Tree, owner: int) -> bool:
    """ "In Russia's Far East", "in Kiev's Maidan": a named part, reached by a preposition."""
    part = tree[tree[owner].head]
    return tree[owner].dep == "poss" and part.tag == "NNP" and part.dep == "pobj"


def _whose_clause(tree: Tree, link: int, trigger: int) -> int | None:
    """The trigger, if its clause says what happened where `link` is: "Grozny, where he met"."""
    if tree[trigger].dep != "relcl":
        return None
    asks = any(tree[k].text.lower() == "where" for k in tree.children(trigger, "advmod"))
    return trigger if asks and tree[trigger].head == link else None


def _holds(tree: Tree, link: int, owner: int, words: EventPlaceWords, site: bool) -> bool:
    """Whether the words between place and event make it the event's place."""
    token, lemma = tree[link], tree[owner].lemma
    if tree[owner].dep == "relcl" and tree[owner].head == link:
        return True
    if token.head == owner:
        if token.dep in ("dobj", "nsubjpass"):
            return lemma in words.at_object
        if token.dep == "nsubj":
            return lemma in words.at_subject
    if token.dep != "pobj":
        return False
    preposition = tree[token.head].text.lower()
    return (site and preposition == "on") or _preposition_fits(preposition, lemma, words)


def _preposition_fits(preposition: str, lemma: str, words: EventPlaceWords) -> bool:
    if preposition in words.where and preposition != "on":
        return True
    if lemma in words.go and preposition in words.whither:
        return True
    if lemma in words.leave and preposition in ("from", "of"):
        return True
    return lemma in words.at_object and preposition in words.struck


def _head(tree: Tree, place: Place) -> int | None:
    start, end = place.start or 0, place.end or 0
    inside = {t.i for t in tree.tokens if t.start < end and start < t.end}
    return next((i for i in sorted(inside) if tree[i].head not in inside), None)
