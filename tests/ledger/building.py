"""Hand-made reports for the tests of the ledger: `say` builds one, `write` puts them on a desk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.model import (
    Article,
    Attribution,
    Document,
    DocumentRef,
    EventDate,
    EventType,
    Mention,
    OrderFact,
    Place,
    Published,
    Quantities,
    Report,
    Segment,
    SegmentKind,
    Span,
    Stance,
    Status,
    Story,
    Trigger,
)

WHO = {
    "Russia": ("RUS", None, "state.RUS"),
    "Moscow": ("RUS", "GOV", "state.RUS"),
    "North Korea": ("PRK", None, "state.PRK"),
    "South Korea": ("KOR", None, "state.KOR"),
    "United States": ("USA", None, "state.USA"),
    "Ukraine": ("UKR", None, "state.UKR"),
    "Israel": ("ISR", None, "state.ISR"),
    "Vladimir Putin": ("RUS", "GOV", "person.vladimir-putin"),
    "Sergey Lavrov": ("RUS", "GOV", "person.sergey-lavrov"),
    "Kim Jong Un": ("PRK", "GOV", "person.kim-jong-un"),
    "Choe Son Hui": ("PRK", "GOV", "person.choe-son-hui"),
    "Russian rebels": ("RUS", "REB", None),
    "Defence Ministry": ("RUS", "MIL", "body.rus-defence"),
}
QUAD = {"CONSULT": (1, 2.5), "AID": (2, 10.0), "ASSAULT": (4, -9.0), "ACCUSE": (3, -3.0)}


@dataclass(frozen=True)
class Doc:
    """An article to be: its name is its document id."""

    id: str
    published: str | None = None
    outlet: str | None = None
    story: str | None = None


def who(names: str) -> tuple[Mention, ...]:
    """Mentions of the actors with these names, parted by "; "."""
    rows = [(n, WHO[n]) for n in names.split("; ") if n]
    return tuple(Mention(0, len(n), n, n, code, sector, i) for n, (code, sector, i) in rows)


def say(  # a builder of flat test rows: more parameters than a function of the package may have
    doc: Doc,
    text: str,
    deed: str,
    *,
    status: str = "occurred",
    date: str | None = None,
    by: Sequence[tuple[str, str]] = (),
    place: str | None = None,
    dead: int | None = None,
    facts: tuple[OrderFact, ...] = (),
    cameo: str | None = None,
    hedges: tuple[str, ...] = (),
    at: int = 0,
) -> Report:
    """One report; `deed` is "Actor; Actor > TYPE mode > Recipient" ("=" for symmetric events)."""
    mark = "=" if "=" in deed else ">"
    actor, kind, recipient = (part.strip() for part in deed.split(mark))
    type_, _, mode = kind.partition(" ")
    first, _, last = (date or "").partition("/")
    quad, intensity = QUAD.get(type_, (3, -1.0))
    key = f"{doc.id} {text} {deed} {status} {date} {by} {at}"
    return Report(
        report_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        event_id=None,
        document=DocumentRef(doc.id, f"{doc.id}.txt", None, doc.outlet, doc.published, "given"),
        evidence=Span(at, at + len(text), text),
        trigger=Trigger(at, at + 4, text[:4], type_.lower()),
        event_type=EventType(type_),
        event_mode=mode or None,
        contexts=(),
        cameo=cameo,
        quad=quad,
        intensity=intensity,
        actor=who(actor),
        recipient=who(recipient),
        symmetric=mark == "=",
        status=Status(status),
        hedges=hedges,
        attribution=tuple(
            Attribution(who(n)[0] if n else None, Span(0, 4, "said"), Stance(s)) for n, s in by
        ),
        date=EventDate(
            date, first or None, last or first or None, date, 0, 4, "explicit" if date else None
        ),
        place=Place(place, 0, 4, place, None, None, None, None) if place else None,
        quantities=Quantities(dead=dead),
        confidence=0.8,
        rule="test.rule",
        facts=facts,
    )


def records(reports: Iterable[Report]) -> list[ArticleRecord]:
    """The articles of these reports, in the order of their first report."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.document.id or "", []).append(report)
    return [_record(name, rows) for name, rows in found.items()]


def _record(name: str, reports: list[Report]) -> ArticleRecord:
    ref = reports[0].document
    text = " ".join(r.evidence.text for r in reports)
    document = Document(name, ref.path, "text/plain", text)
    article = Article(
        name,
        ref.path,
        f"Title of {name}",
        None,
        ref.outlet,
        "en",
        Published(ref.published, "given"),
        None,
        text,
        (Segment(0, len(text), True, SegmentKind.PARAGRAPH),),
    )
    return ArticleRecord(document, article, tuple(reports))


def by_text(articles: Iterable[Article]) -> tuple[Story, ...]:
    """Articles with the very same text are one story."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(article.text, []).append(article)
    return tuple(_story(group) for group in groups.values())


def _story(group: list[Article]) -> Story:
    ids = sorted(a.document_id for a in group)
    return Story(f"story-{ids[0]}", ids[0], tuple(ids), len({a.outlet for a in group}))


def write(path: Path, reports: Iterable[Report]) -> Desk:
    """A desk with these reports and its ledger."""
    desk = Desk.create_or_open(path)
    desk.append(records(reports))
    rebuild(desk, by_text)
    return desk


JANUARY = Doc("january", "2024-01-25", "Daily Star")
JULY = Doc("july", "2024-07-19", "World Mag")
WIRE = Doc("wire", "2024-06-20", "Wire")


def affair() -> list[Report]:
    """The affair of the promised trip and the arms, over three articles."""
    return [
        say(JANUARY, "Choe met Lavrov in Moscow.", "Choe Son Hui = CONSULT = Sergey Lavrov",
            date="2024-01-15/2024-01-17", place="Moscow"),
        say(JANUARY, "Putin would make the trip to Pyongyang, he told Choe.",
            "Vladimir Putin > CONSULT visit > North Korea", status="planned",
            by=[("Vladimir Putin", "asserts")], at=100),
        say(JANUARY, "If Putin does make it to Pyongyang.",
            "Vladimir Putin > CONSULT visit > North Korea", status="conditional", at=200),
        say(JANUARY, "Putin met with Kim in September.", "Vladimir Putin = CONSULT = Kim Jong Un",
            date="2023-09-01/2023-09-30", at=300),
        say(JANUARY, "Washington and Seoul accuse Pyongyang of arms transfers to Russia.",
            "United States; South Korea > ACCUSE > North Korea", at=400),
        say(JANUARY, "Washington and Seoul accuse Pyongyang of arms transfers to Russia.",
            "North Korea > AID > Russia", status="possible", at=400,
            by=[("United States", "alleges"), ("South Korea", "alleges")]),
        say(JANUARY, "Pyongyang and Moscow deny the arms transfers to Russia.",
            "North Korea; Moscow > REJECT > United States", at=500),
        say(JANUARY, "Pyongyang and Moscow deny the arms transfers to Russia.",
            "North Korea > AID > Russia", status="denied", at=500,
            by=[("North Korea", "denies"), ("Moscow", "denies")]),
        say(JULY, "Putin embarks on a landmark visit to North Korea, his first there in 24 years.",
            "Vladimir Putin > CONSULT visit > North Korea"),
        say(JULY, "Accusations that North Korea has provided military support to Russia.",
            "North Korea > AID > Russia", status="possible", by=[("", "alleges")], at=100),
        say(JULY, "The visit was long anticipated since their last meeting in 2019.",
            "Vladimir Putin = CONSULT = Kim Jong Un", date="2019-01-01/2019-12-31", at=200,
            facts=(OrderFact("last", "their last meeting in 2019", 240, 266,
                             "2019-01-01", "2019-12-31"),)),
        say(WIRE, "Putin arrived in Pyongyang on Wednesday, where Kim received him.",
            "Vladimir Putin > CONSULT visit > North Korea", date="2024-06-19", place="Pyongyang"),
    ]  # fmt: skip
