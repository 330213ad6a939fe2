"""A Ray cluster as an engine: workers that each hold a Reader and are given batch after batch."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from foreigndesk.codebook.load import open_codebook
from foreigndesk.engine.batches import Batch, Result, batches
from foreigndesk.engine.pool import Kind, Pool
from foreigndesk.engine.ray_seam import Session
from foreigndesk.engine.scattered import read_on
from foreigndesk.engine.summary import Summary, keep
from foreigndesk.engine.workers import work
from foreigndesk.errors import ForeignDeskError
from foreigndesk.intake.template import Template
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.remote import RemoteDesk
from foreigndesk.model import Document, Skipped
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


@dataclass(frozen=True)
class Given:
    """What every worker is made from. `desk`: the address of the desk to which it commits by
    itself; None: it hands its records back."""

    settings: Settings
    template: Template | None
    desk: str | None


class Worker:
    """A Reader on some machine of the cluster."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._reader = Reader(given.settings, given.template)
        self._desk: Desk | None = None

    def begin(self) -> str | ForeignDeskError:
        """Load the models; the versions by which this worker codes."""
        try:
            reader = self._reader
            _ = (reader.cleaner, reader.parser, reader.coder)
            if self._given.desk is not None:
                self._desk = RemoteDesk.at(self._given.desk, make=False, kept=False)
            return versions(self._given.settings)
        except ForeignDeskError as error:
            return error

    def work(self, batch: Batch, whole: bool) -> Result | Summary | ForeignDeskError:
        """Code a batch; commit it if it is whole and the desk is at an address."""
        try:
            records = work(self._reader, batch)
            return keep(self._desk, records) if self._desk is not None and whole else records
        except ForeignDeskError as error:
            return error


def versions(settings: Settings) -> str:
    """The versions on which the result depends."""
    return (
        f"foreigndesk {version('foreigndesk')}, codebook {open_codebook(settings.codebook).version}"
    )


class Cluster:
    """A Ray cluster as an engine."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self._jobs = settings.jobs or session.processors

    def read(
        self, paths: Sequence[str | Path], published: str | None = None
    ) -> Iterator[Document | Skipped]:
        """The documents at `paths`: what is at an address is read all over the cluster."""
        return read_on(self._session, paths, self._settings, published)

    def work(
        self, desk: Desk, documents: Iterable[Document | Skipped], template: Template | None
    ) -> Generator[Summary, None, None]:
        """Code `documents` all over the cluster. To a desk at an address the workers commit by
        themselves, to one in a folder this process does.

        Raises ForeignDeskError where workers cannot start, ParserError, CodebookError, DeskError.
        """
        address = desk.mirror.address if isinstance(desk, RemoteDesk) else None
        given = Given(self._settings, template, address)
        kind = Kind(Worker, given, versions(self._settings))
        pool = Pool(self._session, kind, self._jobs)
        for done in pool.run(batches(documents, self._settings.batch)):
            yield done if isinstance(done, Summary) else keep(desk, done)


@contextmanager
def opened(settings: Settings) -> Iterator[Cluster]:
    """The cluster at `settings.ray_address`, or a Ray that is started here for `settings.jobs`
    workers and ended at the end. Raises UsageError without Ray or a cluster."""
    with Session(settings.ray_address, settings.jobs or os.cpu_count() or 1) as session:
        yield Cluster(session, settings)
