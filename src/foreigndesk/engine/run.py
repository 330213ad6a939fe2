"""Read paths into a desk: the main job, start to end."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from foreigndesk.codebook.load import open_codebook
from foreigndesk.engine import local
from foreigndesk.errors import NothingReadError
from foreigndesk.intake.pile import template_of
from foreigndesk.intake.read import read
from foreigndesk.intake.signatures import Signatures
from foreigndesk.intake.source import STDIN
from foreigndesk.intake.syndication import stories
from foreigndesk.intake.template import Template
from foreigndesk.ledger import store
from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.ledger.manifest import Run
from foreigndesk.model import Article, Document, Skipped, Story
from foreigndesk.pipeline import CODED_LANGUAGES
from foreigndesk.settings import Settings


@dataclass
class Summary:
    """What a run did: numbers of documents and reports, and what was skipped and why."""

    articles: int = 0
    reports: int = 0
    known: int = 0
    other_languages: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, record: ArticleRecord | Skipped) -> None:
        """Count one record."""
        if isinstance(record, Skipped):
            self.skipped.append(record)
            return
        self.articles += 1
        self.reports += len(record.reports)
        self.other_languages += record.article.language not in CODED_LANGUAGES


Progress = Callable[[Summary], None]


def read_into(
    desk: Desk,
    paths: Sequence[str | Path],
    settings: Settings,
    published: str | None = None,
    progress: Progress = lambda summary: None,
) -> Summary:
    """Read `paths` into `desk`, committing batch by batch, then derive the ledger anew.

    A first pass learns what the pages of each outlet have in common (`intake.pile`). What the desk
    knows already is not read again. Raises NothingReadError if nothing could be read
    and nothing was known, DeskError if the desk cannot be written.
    """
    template = template_of(paths, settings)
    documents = read(paths, settings, published)
    summary = take_in(desk, documents, settings, progress, template)
    if not summary.articles and not summary.known:
        raise _nothing(paths, summary)
    finish(desk, settings)
    return summary


def take_in(
    desk: Desk,
    documents: Iterable[Document | Skipped],
    settings: Settings,
    progress: Progress = lambda summary: None,
    template: Template | None = None,
) -> Summary:
    """Read those of `documents` that the desk does not know, committing batch by batch."""
    summary = Summary()
    unknown = _unknown(documents, desk.known(), summary)
    for batch in local.run(unknown, settings, template):
        for record in batch:
            summary.add(record)
        desk.append([record for record in batch if isinstance(record, ArticleRecord)])
        progress(summary)
    return summary


def finish(desk: Desk, settings: Settings) -> None:
    """Derive the ledger from all that the desk holds, and note the run."""
    renew(desk)
    desk.record_run(_run(settings))


def renew(desk: Desk) -> None:
    """Derive the ledger again, where judgements or files have changed since it was made."""
    rebuild(desk, lambda articles: _stories(desk, articles))


def _stories(desk: Desk, articles: Iterable[Article]) -> tuple[Story, ...]:
    """The Stories of a desk's articles; signatures made before are taken from the desk."""
    folder = desk.path / "signatures"
    folder.mkdir(exist_ok=True)
    store.clean(folder)
    kept = (store.read_parquet(file) for file in store.files(folder, "*.parquet"))

    def keep(table: pa.Table) -> None:
        digest = hashlib.sha256(b"".join(table["text"].to_pylist())).hexdigest()[:24]
        store.write_parquet(folder / f"{digest}.parquet", table)

    return stories(articles, Signatures(kept, keep))


def _unknown(
    documents: Iterable[Document | Skipped], known: set[str], summary: Summary
) -> Iterator[Document | Skipped]:
    seen = set(known)
    for document in documents:
        if isinstance(document, Document):
            if document.id in seen:
                summary.known += 1
                continue
            seen.add(document.id)
        yield document


def _nothing(paths: Sequence[str | Path], summary: Summary) -> NothingReadError:
    found = "; ".join(f"{s.document}: {s.reason}" for s in summary.skipped[:5])
    if len(summary.skipped) == 1:
        found = summary.skipped[0].reason
    elif len(summary.skipped) > 5:
        found += f"; and {len(summary.skipped) - 5:,} more"
    return NothingReadError(
        ", ".join(map(str, paths)),
        found or "no files in it",
        "at least one page of news that can be read",
        "Name files or folders of news pages; `foreigndesk read --help` lists the forms.",
    )


def check_paths(paths: Sequence[str | Path]) -> None:
    """Raises NothingReadError if none of `paths` is there, so that no desk is made for nothing."""
    if not any(str(path) == STDIN or os.path.lexists(path) for path in paths):
        missing = [Skipped(str(path), "read", "no such file or folder") for path in paths]
        raise _nothing(paths, Summary(skipped=missing))


def _run(settings: Settings) -> Run:
    """What this run was made with; nothing of when or by how many workers."""
    values = {key: value for key, value in asdict(settings).items() if key not in ("jobs", "batch")}
    return Run(version("foreigndesk"), open_codebook(settings.codebook).version, values)
