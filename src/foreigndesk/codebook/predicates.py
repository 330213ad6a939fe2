"""Typed entries of the codebook about events: predicates and the word classes they use."""

from __future__ import annotations

from typing import Any

import msgspec

from foreigndesk.codebook.load import Codebook, Entry
from foreigndesk.codebook.ontology import TypeEntry, mode_name, own_types
from foreigndesk.model import EventType, Status


class Implied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A second event that the same words tell: whom one invites is asked to visit.

    `actor` and `recipient` are "actor" or "recipient" of the first event or a preposition of its
    clause, tried in order; `where`: one of these prepositions must stand there. `status` is that
    of the second event, `accepted` that where the same sentence says that it was agreed to.
    """

    event: EventType
    mode: str | None = None
    actor: tuple[str, ...] = ("recipient",)
    recipient: tuple[str, ...] = ("actor",)
    where: tuple[str, ...] = ()
    status: Status = Status.REQUESTED
    accepted: Status = Status.PLANNED


class PredicateEntry(Entry, frozen=True, kw_only=True):
    """Words that say that an event of a type happens, and who its participants are.

    Triggers are lemmas: `verbs`, `nouns` (multiword ones with their compounds: "air strike"),
    `adjectives`, `modals` (with their verb as what they embed: "will not send"). Conditions, all
    of which must hold:
    `particle`  one of these particles, adverbs, `@classes` or words that the object is called
                stands with the verb ("call off", "found X guilty");
    `object`    the head of the object is one of these lemmas or of these `@classes`; `@actor`: it
                is an actor; `@thing`: it is none; `@none`: there is no object;
    `without`   the head of the object is none of these lemmas or classes;
    `with`      for each preposition, its noun is one of these lemmas, classes or `@actor`;
                an empty list takes any noun;
    `subject`   like `object`, for who acts;
    `modifier`  the noun bears one of these words before it ("joint exercises");
    `carrier`   the verb that carries the noun is one of these ("became a member of");
    `own_subject`: the subject stands with the verb itself ("X raised concern", not "X did Y,
    raising concern", where the whole of Y raises it);
    `complement` what follows is one of: "infinitive", "that" (a clause of its own), "gerund".
    Roles, tried in order until one holds actors: `subject`, `object`, `indirect`, `owner` (of the
    object: "Iran's tests"), `deed` (who acts in the event that is the object), `content` (who acts
    in the embedded event, then whom it is done to), or a preposition ("with", "on behalf of").
    `content`: the predicate embeds another event; `content_modes` gives the mode by the type of
    that event; `content_actor` "same" or "other": who acts in it is, or is not, who acts here;
    `content_modal` "will", "will not" or "must": the embedded event stands under such a modal;
    `becomes` gives another type (or "TYPE/mode") by it, "-" for no report.
    `inner`: told only as the content of another entry ("said X was to blame"), never on its own.
    `implies`: further events that the same words tell. `needs`: roles that must be filled.
    `weight`: how sure such words are, 0 to 1. `own`: not written in files, but true of what is read
    from a user's: where such an entry holds, it goes before those of the package.
    """

    event: EventType | None = None
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    particle: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    modifier: tuple[str, ...] = ()
    carrier: tuple[str, ...] = ()
    own_subject: bool = False
    with_: dict[str, tuple[str, ...]] = msgspec.field(default={}, name="with")
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ()
    symmetric: bool = False
    content: bool = False
    content_actor: str | None = None
    content_modal: str | None = None
    content_modes: dict[str, str] = {}
    becomes: dict[str, str] = {}
    inner: bool = False
    implies: tuple[Implied, ...] = ()
    needs: tuple[str, ...] = ("actor",)
    weight: float = 0.8
    own: bool = False


class WordClass(Entry, frozen=True, kw_only=True):
    """Nouns or verbs that predicates name together, as `@id`: weapons, talks, light verbs."""

    words: tuple[str, ...]


def predicates(codebook: Codebook) -> tuple[PredicateEntry, ...]:
    """All predicate entries, in the order of their files.

    A type of one's own, where an entry names one, is read as the type and mode that it stands for.
    """
    types = own_types(codebook) if len(codebook.directories) > 1 else {}

    def rewrite(fields: dict[str, Any]) -> dict[str, Any]:
        return {**in_plover(fields, types), "own": True}

    return codebook.entries("predicates", PredicateEntry, rewrite)


def in_plover(fields: dict[str, Any], own: dict[str, TypeEntry]) -> dict[str, Any]:
    """An entry's fields with PLOVER's types for those of one's own, the same where it names none.

    "SABOTAGE" with mode "cable" is ASSAULT with mode "sabotage/cable", as is "SABOTAGE/cable" in
    `becomes`.
    """
    told = _typed(fields, own)
    if isinstance(told.get("implies"), list):
        implied = [_typed(i, own) if isinstance(i, dict) else i for i in told["implies"]]
        told = {**told, "implies": implied}
    if isinstance(told.get("becomes"), dict):
        becomes = {key: _named(value, own) for key, value in told["becomes"].items()}
        told = {**told, "becomes": becomes}
    return told


def _typed(fields: dict[str, Any], own: dict[str, TypeEntry]) -> dict[str, Any]:
    entry = own.get(str(fields.get("event")))
    if entry is None:
        return fields
    mode = fields.get("mode")
    whole = mode_name(entry.event, mode) if mode is None or isinstance(mode, str) else mode
    return {**fields, "event": entry.under, "mode": whole}


def _named(target: object, own: dict[str, TypeEntry]) -> object:
    name, _, mode = str(target).partition("/")
    entry = own.get(name)
    return target if entry is None else f"{entry.under}/{mode_name(name, mode or None)}"


def word_classes(codebook: Codebook) -> dict[str, frozenset[str]]:
    """The word classes by id."""
    return {entry.id: frozenset(entry.words) for entry in codebook.entries("words", WordClass)}
