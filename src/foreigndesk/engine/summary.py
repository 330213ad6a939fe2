"""What a run did, counted as it goes; and how records are kept, wherever a batch was worked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.model import Skipped
from foreigndesk.pipeline import CODED_LANGUAGES


@dataclass
class Summary:
    """What a run did: numbers of documents and reports, and what was skipped and why.

    `documents`: how many a first pass over the pile has counted, known and unreadable ones too;
    None where it was not counted.
    """

    articles: int = 0
    reports: int = 0
    known: int = 0
    other_languages: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    documents: int | None = None

    @property
    def done(self) -> int:
        """Documents that are dealt with: read, known already or skipped."""
        return self.articles + self.known + len(self.skipped)

    def add(self, record: ArticleRecord | Skipped) -> None:
        """Count one record."""
        if isinstance(record, Skipped):
            self.skipped.append(record)
            return
        self.articles += 1
        self.reports += len(record.reports)
        self.other_languages += record.article.language not in CODED_LANGUAGES

    def join(self, other: Summary) -> None:
        """Count what another part of the run did."""
        self.articles += other.articles
        self.reports += other.reports
        self.other_languages += other.other_languages
        self.skipped += other.skipped


def keep(desk: Desk, records: Sequence[ArticleRecord | Skipped]) -> Summary:
    """Commit a batch's records to the desk, in one file each of articles and reports.

    Raises DeskError where the desk cannot be written.
    """
    desk.append([record for record in records if isinstance(record, ArticleRecord)])
    kept = Summary()
    for record in records:
        kept.add(record)
    return kept
