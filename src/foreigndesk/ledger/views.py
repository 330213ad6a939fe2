"""A Report as the linking sees it: its actors, its window of time, its words, worked out once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, partial
from sys import intern

from foreigndesk.ledger.families import FAMILIES, ONCE, PROMISE_MEMORY, Family
from foreigndesk.ledger.parties import Party, fold, party
from foreigndesk.ledger.times import UNKNOWN, Interval, between, bounds
from foreigndesk.model import Report, Stance, Status

_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "about after again also amid another been before being both could does during each from "
        "have having into more most much other over said says same should some such than that "
        "their them then there these they this those through under until upon were what when "
        "where which while will with would year",
    )
)
_CALENDAR = frozenset(
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may "
        "june july august september october november december the president minister prime "
        "foreign government state united",
    )
)
MUTUAL = frozenset({"057", "030", "040", "046"})
"""CAMEO's codes for what both sides do alike, whoever is named first: sign, agree, negotiate."""
NAMES = 8
"""How many names of its sentence a report is filed under at most."""
HOSTS = "043"
"""CAMEO's code for hosting a visit: the recipient is the one who travels."""


_LETTERS = re.compile(r"[^\W\d_]{4,}")
_CAPITAL = re.compile(r"(?<=[^.!?\u201c\"] )[A-Z\u00c0-\u00de][^\W\d_]{2,}")


class Realm(StrEnum):
    """What a report speaks of: a happening, or one to come. EITHER: the words leave it open."""

    ACTUAL = "actual"
    PROMISE = "promise"
    EITHER = "either"
    IF = "if"


@dataclass(frozen=True, slots=True)
class View:
    """A Report made ready for comparison. `told` is when its article was published.

    `parties`: both sides; `unsure`: one of them is told by a description or has no code;
    `counted`: people are counted; `afloat`: it tells of a past that may lie long before its text,
    no date, no news. In days: `memory` may lie between the texts of two undated reports of one
    happening, `reach` before its text in which an undated report's happening may lie, `slack`
    by which told dates of one happening may differ, be it by an error; `once`: they may differ
    by more than its family's tolerance, since it is done once.
    """

    report: Report
    realm: Realm
    family: Family
    doers: tuple[Party, ...]
    others: tuple[Party, ...]
    directed: bool
    when: Interval
    told: Interval
    words: frozenset[str]
    names: frozenset[str]
    profile: frozenset[str]
    story: str
    report_id: str = field(init=False)
    document: str | None = field(init=False)
    lemma: str = field(init=False)
    parties: tuple[Party, ...] = field(init=False)
    unsure: bool = field(init=False)
    counted: bool = field(init=False)
    afloat: bool = field(init=False)
    memory: int = field(init=False)
    reach: int = field(init=False)
    slack: int = field(init=False)
    once: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out what every comparison asks for."""
        report, told = self.report, self.report.quantities
        both = _sides(self.doers, self.others)
        slack = max(self.family.tolerance, ONCE.get(report.cameo or "", 0))
        memory = PROMISE_MEMORY if self.realm is Realm.PROMISE else self.family.memory
        afloat = self.realm is Realm.ACTUAL and report.date.edtf is None and self.told.known
        recalls = afloat and bool(self.doers) and len(both) > 1
        put = partial(object.__setattr__, self)
        put("report_id", report.report_id)
        put("document", report.document.id)
        put("lemma", intern(report.trigger.lemma.casefold()))
        put("parties", both)
        put("unsure", any(p.vague or p.code is None for p in both))
        put("counted", (told.dead, told.injured, told.arrested) != (None, None, None))
        put("afloat", afloat)
        put("memory", memory)
        put("reach", max(memory, self.family.recall) if recalls else memory)
        put("slack", slack)
        put("once", slack > self.family.tolerance)


@lru_cache(maxsize=50_000)
def _sides(doers: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    """Both sides, one tuple for all reports of the same."""
    return doers + others


def view(
    report: Report,
    stories: Mapping[str, str],
    profiles: Mapping[str, frozenset[str]] | None = None,
    known: dict[frozenset[str], frozenset[str]] | None = None,
) -> View:
    """Make a report ready; `stories` gives the story id of each document id, `profiles` its words.

    See `profiles` for the latter; without them the sentence stands for its article. What is in
    `known` is not kept twice.
    """
    known = {} if known is None else known
    doers = _sides(tuple([party(m) for m in report.actor]), ())
    others = _sides(tuple([party(m) for m in report.recipient]), ())
    if (report.cameo or "").startswith(HOSTS):
        doers, others = others, doers
    told = bounds(report.document.published)
    document = report.document.id or report.report_id
    words, names = _words(report, doers + others), _names(report.evidence.text)
    about = (profiles or {}).get(document) or profile([report])
    return View(
        report=report,
        realm=_realm(report, told),
        family=FAMILIES[report.event_type],
        doers=doers,
        others=others,
        directed=not report.symmetric
        and (report.event_type != "CONSULT" or report.event_mode == "visit")
        and (report.cameo or "") not in MUTUAL,
        when=event_window(report),
        told=told,
        words=known.setdefault(words, words),
        names=known.setdefault(names, names),
        profile=known.setdefault(about, about),
        story=stories.get(document, document),
    )


def profiles(reports: Iterable[Report]) -> dict[str, frozenset[str]]:
    """By document what its reports are about: to be made of all reports of each document."""
    by_document: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_document[report.document.id or report.report_id].append(report)
    return {document: profile(rows) for document, rows in by_document.items()}


def profile(reports: Sequence[Report]) -> frozenset[str]:
    """The names in the evidence of one document's reports, and the words of its title."""
    title = reports[0].document.title or ""
    found = {w[:5] for w in _LETTERS.findall(fold(title)) if w not in _EMPTY_WORDS}
    for text in sorted({r.evidence.text for r in reports}):
        found |= _names(text)
    return frozenset(found - _CALENDAR)


def _names(text: str) -> frozenset[str]:
    """The first five letters of each capital word of a text, its first word left out."""
    found = [fold(w) for w in _CAPITAL.findall(text)]
    return frozenset([w[:5] for w in found if w not in _CALENDAR][:NAMES])


def event_window(report: Report) -> Interval:
    """The days a report gives for its event; unknown if open or only the day of publication."""
    window = between(report.date.earliest, report.date.latest)
    if report.date.basis == "published" or window.days is None:
        return UNKNOWN
    return window


def _realm(report: Report, told: Interval) -> Realm:
    if report.status in (Status.PLANNED, Status.REQUESTED):
        return Realm.PROMISE
    if report.status is Status.CONDITIONAL:
        return Realm.IF
    if report.status in (Status.OCCURRED, Status.ONGOING):
        return Realm.ACTUAL
    earliest = event_window(report).earliest
    if earliest is not None and told.latest is not None and earliest > told.latest:
        return Realm.PROMISE
    disputed = any(a.stance in (Stance.ALLEGES, Stance.DENIES) for a in report.attribution)
    return Realm.ACTUAL if disputed or report.status is Status.DENIED else Realm.EITHER


def _words(report: Report, parties: tuple[Party, ...]) -> frozenset[str]:
    """The stems (first five letters) of the evidence's content words, actors' names left out."""
    names = {word for p in parties for word in p.words}
    names |= {w for m in report.actor + report.recipient for w in fold(m.text).split()}
    words = re.findall(r"[^\W\d_]{4,}", fold(report.evidence.text))
    return frozenset(intern(w[:5]) for w in words if w not in _EMPTY_WORDS and w not in names)
