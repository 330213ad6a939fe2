"""Typed entries of the codebook about events: predicates and the word classes they use."""

from __future__ import annotations

import msgspec

from foreigndesk.codebook.load import Codebook, Entry
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
    `weight`: how sure such words are, 0 to 1.
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


class WordClass(Entry, frozen=True, kw_only=True):
    """Nouns or verbs that predicates name together, as `@id`: weapons, talks, light verbs."""

    words: tuple[str, ...]


def predicates(codebook: Codebook) -> tuple[PredicateEntry, ...]:
    """All predicate entries, in the order of their files."""
    return codebook.entries("predicates", PredicateEntry)


def word_classes(codebook: Codebook) -> dict[str, frozenset[str]]:
    """The word classes by id."""
    return {entry.id: frozenset(entry.words) for entry in codebook.entries("words", WordClass)}
