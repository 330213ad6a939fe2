"""Read paths into a desk: the main job, start to end."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from foreigndesk.address import exists, is_address, plain
from foreigndesk.codebook.load import open_codebook
from foreigndesk.engine.engines import Engine, engine_of
from foreigndesk.engine.summary import Summary
from foreigndesk.errors import NothingReadError
from foreigndesk.intake.addressed import SINGLE
from foreigndesk.intake.signatures import Signatures
from foreigndesk.intake.source import STDIN
from foreigndesk.intake.syndication import stories
from foreigndesk.intake.template import Template, learn
from foreigndesk.ledger import store
from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.manifest import Run
from foreigndesk.model import Article, Document, Skipped, Story
from foreigndesk.settings import Settings

__all__ = ["Summary", "check_paths", "finish", "read_into", "renew", "take_in"]
ROUNDS = 5
"""Times that a ledger is made again because another run added to the desk meanwhile."""
LOOKED_AT = 200
"""Documents of the first pass between two words of progress."""
Progress = Callable[[Summary], None]


def read_into(
    desk: Desk,
    paths: Sequence[str | Path],
    settings: Settings,
    published: str | None = None,
    progress: Progress = lambda summary: None,
) -> Summary:
    """Read `paths` into `desk`, committing batch by batch, then derive the ledger anew.

    A first pass learns what the pages of each outlet have in common. What the desk
    knows already is not read again. Raises NothingReadError if nothing could be read
    and nothing was known, DeskError if the desk cannot be written.
    """
    with engine_of(settings) as engine:
        run = _Run(desk, engine, progress)
        template = run.look(paths)
        run.take_in(engine.read(paths, published), template)
    if not run.summary.articles and not run.summary.known:
        raise _nothing(paths, run.summary)
    finish(desk, settings)
    return run.summary


def take_in(
    desk: Desk,
    documents: Iterable[Document | Skipped],
    settings: Settings,
    progress: Progress = lambda summary: None,
    template: Template | None = None,
) -> Summary:
    """Read those of `documents` that the desk does not know, committing batch by batch.

    Raises UsageError where there is no such engine.
    """
    with engine_of(settings) as engine:
        run = _Run(desk, engine, progress)
        run.take_in(documents, template)
        return run.summary


@dataclass(frozen=True)
class _Run:
    """A run into a desk on an engine, and what it has done so far."""

    desk: Desk
    engine: Engine
    progress: Progress
    summary: Summary = field(default_factory=Summary)

    def look(self, paths: Sequence[str | Path]) -> Template:
        """The first pass: what the pages of each outlet have in common, and how many there are.

        Standard input can be read only once: it teaches nothing, and with it the number is open.
        """
        named = [path for path in paths if str(path) != STDIN]
        template = learn(self._counted(self.engine.read(named)))
        if len(named) < len(paths):
            self.summary.documents = None
        return template

    def _counted(self, found: Iterable[Document | Skipped]) -> Iterator[Document | Skipped]:
        for number, item in enumerate(found, 1):
            self.summary.documents = number
            if not number % LOOKED_AT:
                self.progress(self.summary)
            yield item

    def take_in(self, documents: Iterable[Document | Skipped], template: Template | None) -> None:
        """Read what the desk does not know."""
        self.progress(self.summary)
        unknown = _unknown(documents, self.desk.known(), self.summary)
        with closing(self.engine.work(self.desk, unknown, template)) as done:
            for batch in done:
                self.summary.join(batch)
                self.progress(self.summary)


def finish(desk: Desk, settings: Settings) -> None:
    """Derive the ledger from all that the desk holds, and note the run."""
    renew(desk)
    desk.record_run(_run(settings))


def renew(desk: Desk) -> None:
    """Derive the ledger again, where judgements or files have changed since it was made."""
    desk.complete()
    for _ in range(ROUNDS):
        rebuild(desk, lambda articles: _stories(desk, articles))
        desk.publish()
        if not desk.complete():
            return


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
    if not any(_is_there(path) for path in paths):
        missing = [Skipped(str(path), "read", "no such file or folder") for path in paths]
        raise _nothing(paths, Summary(skipped=missing))


def _is_there(path: str | Path) -> bool:
    if is_address(path):
        return str(path).startswith(SINGLE) or exists(str(path))
    return str(path) == STDIN or os.path.lexists(plain(path))


def _run(settings: Settings) -> Run:
    """What this run was made with; nothing of when or by how many workers."""
    where = ("jobs", "batch", "engine", "ray_address")
    values = {key: value for key, value in asdict(settings).items() if key not in where}
    return Run(version("foreigndesk"), open_codebook(settings.codebook).version, values)
