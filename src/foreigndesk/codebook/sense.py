"""Whether what an entry says makes sense: names that are known, ranges, dates, marks."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foreigndesk.codebook.actors import Actor, Person, Role
from foreigndesk.codebook.boilerplate import Boilerplate, compile_marks
from foreigndesk.codebook.faults import near, some
from foreigndesk.codebook.load import Entry
from foreigndesk.codebook.ontology import OWN_NAME, ContextEntry, TypeEntry, mode_name
from foreigndesk.codebook.predicates import PredicateEntry
from foreigndesk.codebook.values import Wrong, day, one_of, within
from foreigndesk.errors import CodebookError
from foreigndesk.model import EventType

RESERVED = frozenset({"actor", "thing", "none"})
ROLES = ("subject", "object", "indirect", "owner", "deed", "content")
BLOCS = ("IGO", "UNO", "EUR", "NATO", "WEST", "NGO", "MNC", "IMG", "ISM")
_WORDS = ("object", "without", "subject", "particle")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry that could be read: its file, which of its entries it is, whether the user's own."""

    entry: Any
    file: Path
    number: int
    own: bool


@dataclass(frozen=True, slots=True)
class Known:
    """The names that entries may speak of."""

    modes: Mapping[str, frozenset[str]]
    classes: frozenset[str]
    contexts: frozenset[str]
    codes: frozenset[str]
    sectors: frozenset[str]

    @classmethod
    def of(cls, entries: Mapping[str, Sequence[Any]], own: Set[int] = frozenset()) -> Known:
        """What the entries of all kinds define; sectors those alone that are not a user's `own`."""
        modes: dict[str, set[str]] = {}
        for entry in entries.get("ontology", ()):
            modes.setdefault(entry.under or entry.event, set()).update(_modes(entry))
        actors = entries.get("actors", ())
        states = {a.code for a in actors if a.kind in ("state", "territory") and a.code}
        told = [*actors, *entries.get("roles", ())]
        persons = (p for p in entries.get("offices", ()) if id(p) not in own)
        terms = [t for person in persons for t in person.terms]
        return cls(
            {name: frozenset(found) for name, found in modes.items()},
            frozenset(e.id for e in entries.get("words", ())),
            frozenset(e.context for e in entries.get("contexts", ())),
            frozenset(states) | frozenset(BLOCS),
            frozenset(e.sector for e in (*told, *terms) if e.sector and id(e) not in own),
        )


def wrong_with(kind: str, entry: Entry, known: Known) -> Iterator[Wrong]:
    """What is wrong with an entry that has the fields of its kind."""
    yield from _sentences(entry)
    check = CHECKS.get(kind)
    if check is not None:
        yield from check(entry, known)


def _modes(entry: TypeEntry) -> set[str]:
    if entry.under is None:
        return set(entry.modes)
    return {mode_name(entry.event), *(mode_name(entry.event, mode) for mode in entry.modes)}


def _sentences(entry: Entry) -> Iterator[Wrong]:
    for name, sentence in (("says", entry.says), ("not", entry.not_)):
        if not sentence.strip():
            yield name, f"an empty `{name}:`", "a sentence", "Write one."
    if entry.says and entry.says == entry.not_:
        yield "not", "the same sentence in `says:` and `not:`", "two", "Change one of them."
    if not entry.id.strip() or entry.id != "".join(entry.id.split()):
        yield "id", f"the id {entry.id!r}", "one without spaces", "Rename it."


def _type(entry: TypeEntry, known: Known) -> Iterator[Wrong]:
    if entry.under is None and entry.event not in EventType.__members__:
        hint = near(entry.event, EventType) or "Add `under:` with the type that it is a kind of."
        yield "event", f"the event type {entry.event!r} without `under:`", "one of PLOVER's", hint
    if entry.under is not None and entry.event in EventType.__members__:
        yield "under", f"`under:` of PLOVER's own {entry.event}", "a name of your own", "Rename it."
    if entry.under is not None and not OWN_NAME.fullmatch(entry.event):
        told = "capitals, digits and hyphens, such as SABOTAGE"
        yield "event", f"the name {entry.event!r}", told, f"Write {entry.event.upper()!r}."
    if entry.quad is not None:
        yield from within("quad", entry.quad, 1, 4)
    yield from within("score", entry.score, -10, 10)
    for name, mode in entry.modes.items():
        yield from within(f"modes.{name}.score", mode.score, -10, 10)


def _predicate(entry: PredicateEntry, known: Known) -> Iterator[Wrong]:
    if not (entry.verbs or entry.nouns or entry.adjectives or entry.modals):
        told = "`verbs:`, `nouns:`, `adjectives:` or `modals:`"
        yield "", "no word that could set it off", told, "Add the words that tell the event."
    yield from within("weight", entry.weight, 0, 1)
    if entry.event is not None and entry.mode is not None:
        yield from _mode(entry.event, entry.mode, known)
    for path, word in _class_names(entry):
        if word[1:] not in known.classes | RESERVED:
            hint = near(word, {f"@{c}" for c in known.classes | RESERVED})
            yield path, f"the list {word}", "one that words/ defines", hint or "Define it there."
    for n, context in enumerate(entry.contexts):
        yield from one_of(f"contexts.{n}", "context", context, known.contexts)
    for name in ("actor", "recipient"):
        yield from _roles(name, getattr(entry, name))
    for n, need in enumerate(entry.needs):
        yield from one_of(f"needs.{n}", "need", need, ("actor", "recipient"))
    for n, follows in enumerate(entry.complement):
        allowed = ("infinitive", "that", "gerund")
        yield from one_of(f"complement.{n}", "complement", follows, allowed)


def _mode(event: str, mode: str, known: Known) -> Iterator[Wrong]:
    modes = known.modes.get(event, frozenset())
    if mode not in modes:
        name = mode.rpartition("/")[2]
        plain = {m.rpartition("/")[2] for m in modes}
        hint = near(name, plain) or "Leave it out, or add the mode to ontology/."
        yield "mode", f"the mode {mode!r}", f"one of {event}'s: {some(modes)}", hint


def _class_names(entry: PredicateEntry) -> Iterator[tuple[str, str]]:
    lists = [(name, getattr(entry, name)) for name in _WORDS]
    lists += [(f"with.{name}", words) for name, words in entry.with_.items()]
    for name, words in lists:
        for n, word in enumerate(words):
            if word.startswith("@"):
                yield f"{name}.{n}", word


def _roles(name: str, roles: Iterable[str]) -> Iterator[Wrong]:
    """A role that is a slip of the pen: any other word may be a preposition."""
    for n, role in enumerate(roles):
        if role not in ROLES:
            slip = difflib.get_close_matches(role, ROLES, 1, cutoff=0.8)
            if slip:
                told = f"one of {', '.join(ROLES)}, or a preposition"
                yield f"{name}.{n}", f"the role {role!r}", told, f"Did you mean {slip[0]!r}?"


def _actor(entry: Actor, known: Known) -> Iterator[Wrong]:
    if entry.kind not in ("state", "territory"):
        yield from _code("code", entry.code, known)
    yield from _sector("sector", entry.sector, known)
    names = (entry.name, *entry.names, *entry.adjectives, *entry.demonyms, *entry.seats)
    for field in ("ambiguous", "shared"):
        for n, name in enumerate(getattr(entry, field)):
            yield from one_of(f"{field}.{n}", "name", name, names)


def _person(entry: Person, known: Known) -> Iterator[Wrong]:
    yield from _code("code", entry.code, known)
    yield from one_of("gender", "gender", entry.gender, ("f", "m"))
    yield from _sector("otherwise", entry.otherwise, known)
    for n, term in enumerate(entry.terms):
        yield from day(f"terms.{n}.since", term.since)
        if term.until is not None:
            yield from day(f"terms.{n}.until", term.until)
            if term.until[: len(term.since)] < term.since[: len(term.until)]:
                told = f"a term that ends ({term.until}) before it begins ({term.since})"
                yield f"terms.{n}.until", told, "an end after the beginning", "Correct a date."
        yield from _sector(f"terms.{n}.sector", term.sector, known)
        yield from _code(f"terms.{n}.code", term.code, known)


def _role(entry: Role, known: Known) -> Iterator[Wrong]:
    if not entry.nouns:
        yield "nouns", "no nouns", "one or more", "Add them."
    yield from _sector("sector", entry.sector, known)
    yield from one_of("number", "number", entry.number, ("one", "many"))


def _context(entry: ContextEntry, known: Known) -> Iterator[Wrong]:
    if not entry.words:
        yield "words", "no words", "one or more", "Add the words that show it."


def _cue(entry: Any, known: Known) -> Iterator[Wrong]:
    if not entry.words and hasattr(entry, "pos"):
        yield "words", "no words", "one lemma or more", "Fill in `words`."
    if entry.word not in entry.says:
        told = f"the word {entry.word!r}, which its says: does not have"
        yield "word", told, "a word of says:", "Correct one of the two."


def _place(entry: Any, known: Known) -> Iterator[Wrong]:
    yield from within("lat", entry.lat, -90, 90)
    yield from within("lon", entry.lon, -180, 180)
    yield from one_of("kind", "kind", entry.kind, ("region", "area", "site"))
    yield from _code("country", entry.country, known)


def _boilerplate(entry: Boilerplate, known: Known) -> Iterator[Wrong]:
    for n, mark in enumerate(entry.marks):
        try:
            compile_marks((replace_marks(entry, mark),))
        except CodebookError as error:
            yield f"marks.{n}", error.found, error.expected, "Mend the mark."
    if not entry.marks:
        yield "marks", "no marks", "one or more", "Add the words of the line."


def replace_marks(entry: Boilerplate, mark: str) -> Boilerplate:
    """The entry with one mark alone."""
    import msgspec

    return msgspec.structs.replace(entry, marks=(mark,))


def _code(path: str, code: str | None, known: Known) -> Iterator[Wrong]:
    if code is not None and code not in known.codes:
        hint = near(code, known.codes) or "A new state or territory needs an entry in actors/."
        told = "three letters of ISO 3166, or one of " + ", ".join(BLOCS)
        yield path, f"the code {code!r}", told, hint


def _sector(path: str, sector: str | None, known: Known) -> Iterator[Wrong]:
    if sector is not None:
        yield from one_of(path, "sector", sector, known.sectors)


CHECKS: dict[str, Callable[[Any, Known], Iterator[Wrong]]] = {
    "ontology": _type,
    "contexts": _context,
    "predicates": _predicate,
    "actors": _actor,
    "offices": _person,
    "roles": _role,
    "factuality": _cue,
    "attribution": _cue,
    "eventnouns": _cue,
    "places": _place,
    "boilerplate": _boilerplate,
}
"""What is asked of the entries of each kind, beyond their fields and sentences."""
