"""The engines that there are: where a run's documents are read and worked."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from foreigndesk.engine import local
from foreigndesk.engine.summary import Summary, keep
from foreigndesk.errors import UsageError
from foreigndesk.intake.read import read
from foreigndesk.intake.template import Template
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Document, Skipped
from foreigndesk.settings import Settings

ENGINES = ("local", "ray")


class Engine(Protocol):
    """Where work runs. The result depends on neither the engine nor the number of workers."""

    def read(
        self, paths: Sequence[str | Path], published: str | None = None
    ) -> Iterator[Document | Skipped]:
        """The documents at `paths`, as `intake.read.read` gives them."""

    def work(
        self, desk: Desk, documents: Iterable[Document | Skipped], template: Template | None
    ) -> Generator[Summary, None, None]:
        """Code `documents` and commit them to the desk; what was done, batch by batch, in order."""


class Local:
    """This machine: this process, or worker processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(
        self, paths: Sequence[str | Path], published: str | None = None
    ) -> Iterator[Document | Skipped]:
        """The documents at `paths`."""
        return read(paths, self._settings, published)

    def work(
        self, desk: Desk, documents: Iterable[Document | Skipped], template: Template | None
    ) -> Generator[Summary, None, None]:
        """Code `documents` and commit them to the desk."""
        with closing(local.run(documents, self._settings, template)) as results:
            for result in results:
                yield keep(desk, result)


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings name; what it starts ends with it.

    Raises UsageError where there is none of that name, or no Ray to run on.
    """
    if settings.engine == "local":
        yield Local(settings)
    elif settings.engine == "ray":
        from foreigndesk.engine.cluster import opened

        with opened(settings) as cluster:
            yield cluster
    else:
        raise UsageError(
            "the setting engine", repr(settings.engine), " or ".join(ENGINES), "Correct it."
        )
