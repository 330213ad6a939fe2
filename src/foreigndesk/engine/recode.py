"""Code a desk's articles again, after the codebook or the program has changed.

What a new coding changes is added as a later revision of the article, reports first; nothing that
is in the desk is changed. A recoding that was killed is completed by the next, which passes over
what the same program and codebook have coded already.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from foreigndesk.codebook.load import open_codebook
from foreigndesk.engine import local
from foreigndesk.engine.run import finish, renew
from foreigndesk.ledger.coded import articles_with_reports, codings, note
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.ledger.difference import Difference, Kind, compare
from foreigndesk.ledger.fates import Fate, Judged, fates, judged_documents
from foreigndesk.model import Document, Report, Skipped
from foreigndesk.pipeline import CODED_LANGUAGES, Cleaned, Reader
from foreigndesk.settings import Settings

OF_RUN = ("parser", "codebook", "learned", "max_line")
"""Settings that a recoding takes from the desk's last run, unless they are given."""


@dataclass
class Tally:
    """Reports of one event type (and mode): before, after, and what became of them."""

    before: int = 0
    after: int = 0
    added: int = 0
    gone: int = 0
    changed: int = 0


@dataclass
class Recoded:
    """What a recoding did: articles coded, those passed over, reports by type, judgements."""

    total: int = 0
    articles: int = 0
    current: int = 0
    differing: int = 0
    by_type: dict[str, Tally] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    judgements: list[Fate] = field(default_factory=list)

    def tally(self, report: Report) -> Tally:
        """The tally of a report's type and mode."""
        name = report.event_type + (f"/{report.event_mode}" if report.event_mode else "")
        return self.by_type.setdefault(name, Tally())

    def add(self, before: Iterable[Report], after: Iterable[Report]) -> None:
        """Count an article and its reports."""
        self.articles += 1
        for report in before:
            self.tally(report).before += 1
        for report in after:
            self.tally(report).after += 1

    def differ(self, difference: Difference) -> None:
        """Count a difference, under the type that the report has now, or had."""
        tally = self.tally(difference.report)
        tally.added += difference.kind is Kind.ADDED
        tally.gone += difference.kind is Kind.GONE
        tally.changed += difference.kind is Kind.CHANGED


@dataclass(frozen=True)
class Told:
    """Who is told of a recoding while it goes on: of each difference, and of how far it is."""

    difference: Callable[[Document, Difference], None] = lambda document, difference: None
    progress: Callable[[Recoded], None] = lambda recoded: None


def settings_of(desk: Desk, given: Settings, named: Iterable[str] = ()) -> Settings:
    """`given`, with the settings of the desk's last run for those that were not `named`."""
    last = desk.runs[-1].settings if desk.runs else None
    if last is None:
        return given
    kept = {name: last.get(name) for name in OF_RUN if name not in set(named)}
    changes = {name: v for name, v in kept.items() if v is not None or name == "codebook"}
    return replace(given, **changes)  # type: ignore[arg-type]  # as they stand in desk.toml


def recode(
    desk: Desk, settings: Settings, told: Told = Told(), *, every: bool = False, dry: bool = False
) -> Recoded:
    """Code the desk's articles again with `settings`; the ledger follows.

    `every`: also those that the same program and codebook have coded. `dry`: nothing is written.
    Raises CodebookError where the codebook is wrong, DeskError where the desk cannot be written.
    """
    desk.complete()
    work = _Recoding(desk, settings, told, dry)
    done = work.run(every)
    judgements = desk.judgements()
    if judgements:
        done.judgements = fates(desk, judgements, work.judged)
    if not dry:
        work.end()
    return done


class _Recoding:
    """One recoding on its way."""

    def __init__(self, desk: Desk, settings: Settings, told: Told, dry: bool) -> None:
        self.desk, self.settings, self.told, self.dry = desk, settings, told, dry
        self.done = Recoded()
        self.judged = Judged(judged_documents(desk, desk.judgements()))
        self.waiting: deque[ArticleRecord] = deque()

    def run(self, every: bool) -> Recoded:
        """Code what is to be coded, batch by batch."""
        reader = Reader(self.settings)
        known = codings(self.desk)
        current = set() if every else known.current(reader.stamp)
        self.done.total = len(known.revisions)
        self.done.current = len(current)
        for batch in local.run(self._documents(current), self.settings):
            self._take(batch)
            self.told.progress(self.done)
        return self.done

    def end(self) -> None:
        """Let the ledger follow, also where a run that was killed has coded all; note the run."""
        last = self.desk.runs[-1] if self.desk.runs else None
        made_with = (open_codebook(self.settings.codebook).version, self.settings.codebook)
        noted = last is not None and (last.codebook, last.settings.get("codebook")) == made_with
        if self.done.articles or not noted:
            finish(self.desk, self.settings)
        else:
            renew(self.desk)

    def _documents(self, current: set[str]) -> Iterator[Document]:
        for record in articles_with_reports(self.desk, current):
            if record.article.language not in CODED_LANGUAGES:
                self.done.total -= 1
                continue
            self.waiting.append(record)
            document = record.document
            yield Cleaned(
                document.id, record.article.path, document.media_type, document.text,
                article=record.article,
            )  # fmt: skip

    def _take(self, batch: list[ArticleRecord | Skipped]) -> None:
        """Compare and keep the new records, which come in the order in which they went out."""
        same: list[ArticleRecord] = []
        changed: list[ArticleRecord] = []
        for new in batch:
            old = self.waiting.popleft()
            if isinstance(new, Skipped):
                self.done.skipped.append(new)
                continue
            found = self._compare(old, new)
            if found or new.article != old.article:
                changed.append(replace(new, revision=old.revision + 1, document=old.document))
            else:
                same.append(replace(new, revision=old.revision))
        if not self.dry:
            self.desk.append(changed)
            note(self.desk, same)

    def _compare(self, old: ArticleRecord, new: ArticleRecord) -> bool:
        """Count and tell what two codings of an article differ in; whether they do."""
        self.done.add(old.reports, new.reports)
        self.judged.add(old.document.id, old.reports, new.reports)
        differences = compare(old.reports, new.reports)
        self.done.differing += bool(differences)
        for difference in differences:
            self.done.differ(difference)
            self.told.difference(old.document, difference)
        return bool(differences)
