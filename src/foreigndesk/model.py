"""The records of Foreign Desk: frozen, slotted dataclasses and enums.

Offsets (`start`, `end`) are half-open code-point ranges. In a desk they count in the
Document's text; in `code` they count in the given text. Unknown is None, never a filler word.
Dates are EDTF (ISO 8601-2) with `earliest` and `latest` as ISO days (YYYY-MM-DD).
The field order below is the order of the exported JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class EventType(StrEnum):
    """The sixteen event types of PLOVER (manual, draft 2.0)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Status(StrEnum):
    """What the page itself commits to about an event."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    REQUESTED = "requested"
    DENIED = "denied"


class Stance(StrEnum):
    """A speaker's stance on what is said."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ALLEGES = "alleges"
    DOUBTS = "doubts"
    REPORTS = "reports"


class Factuality(StrEnum):
    """FactBank's scale (Sauri and Pustejovsky 2009), from the text's author."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    CERTAIN_NOT = "CT-"
    PROBABLE_NOT = "PR-"
    POSSIBLE_NOT = "PS-"
    UNCOMMITTED = "Uu"


class Standing(StrEnum):
    """How well an Event stands, from all that is reported of it."""

    PLANNED = "planned"
    ALLEGED = "alleged"
    CONTESTED = "contested"
    REPORTED = "reported"
    CORROBORATED = "corroborated"


class SegmentKind(StrEnum):
    """What a stretch of a page is."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE = "date"
    STANDFIRST = "standfirst"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CAPTION = "caption"
    TEASER = "teaser"
    NAVIGATION = "navigation"
    SHARE = "share"
    DONATION = "donation"
    FORM = "form"
    LEGAL = "legal"
    OTHER = "other"


# --------------------------------------------------------------------------- intake


@dataclass(frozen=True, slots=True)
class Document:
    """What was received, before any judgement.

    `text` is the text as received (decoded, nothing normalised) or, for markup, its plain
    rendering; all offsets count in it. `markup` is the decoded markup, None for plain text.
    `published`, `title`, `outlet`, `url` hold only what came with the document as metadata
    (a JSON line's fields, the user's --published); nothing read from the text.
    """

    id: str
    path: str | None
    media_type: str
    text: str
    markup: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the Document's text, kept as journalism or dropped.

    `language` (ISO 639-1) is given only for a kept paragraph that is not in its article's
    language: such a one is of kind other and not coded.
    """

    start: int
    end: int
    kept: bool
    kind: SegmentKind
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date: `edtf` is a day, a month, a year or an interval; None if unknown.

    `basis` says where it was read: "given" (by the user or a metadata field), "metadata",
    "address", "dateline", "byline", "head", "inferred" or None.
    """

    edtf: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of journalism found in a Document."""

    document_id: str
    path: str | None
    title: str | None
    byline: str | None
    outlet: str | None
    language: str | None
    published: Published
    republished_from: str | None
    text: str
    segments: tuple[Segment, ...]
    story_id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are copies of one another: one independent voice.

    `lead` and `articles` are document ids; `outlets` counts distinct outlets.
    """

    story_id: str
    lead: str
    articles: tuple[str, ...]
    outlets: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a stage could not handle, and why; shown in the summary, never silent."""

    document: str
    stage: str
    reason: str


# --------------------------------------------------------------------------- grammar


@dataclass(frozen=True, slots=True)
class Token:
    """A parsed token. `head` is the index in the sentence of its governor (its own for the root).

    `text` has typographic quotes and dashes made plain; `start`/`end` point to the Document's
    text as it stands. `tag` is a Penn Treebank tag, `dep` a ClearNLP dependency label.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence of an Article. `segment` is the kind of segment it stands in."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    segment: SegmentKind = SegmentKind.PARAGRAPH
    paragraph: int = 0


# --------------------------------------------------------------------------- reports


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """The event-denoting word or words."""

    start: int
    end: int
    text: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an actor.

    `name` is the actor's catalogue name, or the name as it stands; `code` ISO alpha-3, or
    IGO, UNO, EUR, NGO, IMG, MNC, NATO, WEST ...; `sector` PLOVER's three letters; `actor_id` the
    codebook entry's id, None for one not in the catalogue. A mention that refers by a pronoun or
    a bare description bears the words of the reference and the name of what it refers to.
    """

    start: int
    end: int
    text: str
    name: str | None
    code: str | None
    sector: str | None
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so (`speaker` None if unnamed), by which words, with which stance."""

    speaker: Mention | None
    cue: Span | None
    stance: Stance


@dataclass(frozen=True, slots=True)
class EventDate:
    """When: `basis` is explicit, relative, inferred, published or None.

    `text`, `start`, `end` are the words it comes from, None if it rests on no words of the text.
    """

    edtf: str | None
    earliest: str | None
    latest: str | None
    text: str | None
    start: int | None
    end: int | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: `country` ISO alpha-3; `lat`, `lon` in degrees (WGS 84)."""

    text: str | None
    start: int | None
    end: int | None
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None


@dataclass(frozen=True, slots=True)
class Quantities:
    """Numbers of people, and other amounts as they stand in the text."""

    dead: int | None = None
    injured: int | None = None
    arrested: int | None = None
    other: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """The Document behind a Report."""

    id: str | None
    path: str | None
    title: str | None
    outlet: str | None
    published: str | None
    published_basis: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One statement, in one sentence, that an event did, did not, may or will happen.

    `quad` is PLOVER's quad class 1 to 4; `intensity` its scale, -10 to +10; `confidence` is in
    0 to 1; `rule` the id of the codebook entry or model that decided.
    """

    report_id: str
    event_id: str | None
    document: DocumentRef
    evidence: Span
    trigger: Trigger
    event_type: EventType
    event_mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    intensity: float
    actor: tuple[Mention, ...]
    recipient: tuple[Mention, ...]
    symmetric: bool
    status: Status
    hedges: tuple[str, ...]
    attribution: tuple[Attribution, ...]
    date: EventDate
    place: Place | None
    quantities: Quantities
    confidence: float
    rule: str
    facts: tuple[OrderFact, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFact:
    """A checkable statement of order beside an event: "first in 24 years", "last ... in 2019".

    `kind` is "first" (none like it in the `span`) or "last" (none like it after the `span`);
    `earliest` and `latest` bound the span of time it speaks of, as ISO days, None if it has none.
    """

    kind: str
    text: str
    start: int
    end: int
    earliest: str | None
    latest: str | None


# --------------------------------------------------------------------------- text analysis


@dataclass(frozen=True, slots=True)
class Predicate:
    """An event-denoting verb or noun, with its factuality from the author's view."""

    start: int
    end: int
    lemma: str
    factuality: Factuality
    tense: str | None


@dataclass(frozen=True, slots=True)
class TextRange:
    """A bare range of characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AttributionSpan:
    """A source, its cue and the content it is said of."""

    speaker: Span | None
    cue: Span
    content: tuple[TextRange, ...]
    stance: Stance


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: `type` and `value` are TIMEX3's, `edtf` None for durations and sets."""

    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str | None


@dataclass(frozen=True, slots=True)
class PairRelation:
    """The one relation that a text states between two marked actors."""

    event_type: EventType
    event_mode: str | None
    status: Status
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """Everything read from one text."""

    id: str | None
    reports: tuple[Report, ...] = ()
    mentions: tuple[Mention, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    attributions: tuple[AttributionSpan, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()
    pair: PairRelation | None = None


# --------------------------------------------------------------------------- ledger


@dataclass(frozen=True, slots=True)
class Claim:
    """A speaker's stance on an Event, in one Report. `speaker` None: an unnamed source."""

    claim_id: str
    event_id: str
    report_id: str
    speaker: str | None
    speaker_code: str | None
    stance: Stance
    cue: str | None
    document_id: str | None
    outlet: str | None
    published: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two Reports of one Event, or of one relation, that cannot both be right.

    `kind` is date, number, place, actor, order or occurrence; `first` and `second` are report
    ids; `says_first` and `says_second` the values; `settle` says what would settle it.
    """

    discrepancy_id: str
    kind: str
    event_id: str
    first: str
    second: str
    says_first: str
    says_second: str
    evidence_first: str
    evidence_second: str
    settle: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A recorded decision, by rule or by a person; appended, never overwritten.

    `verdict` is right, wrong, type, actor, same or different; `subject` and `other` are ids.
    """

    judgement_id: str
    subject: str
    verdict: str
    other: str | None
    value: str | None
    by: str
    at: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One real-world happening, with all the Reports that speak of it.

    `stories` and `outlets` are counts; `fulfils` is the id of the promised Event it keeps.
    """

    event_id: str
    event_type: EventType
    event_mode: str | None
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    date: EventDate
    place: Place | None
    standing: Standing
    reports: tuple[str, ...]
    stories: int
    outlets: int
    claims: tuple[Claim, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    fulfils: str | None = None
    symmetric: bool = False
    links: tuple[str, ...] = field(default=())
