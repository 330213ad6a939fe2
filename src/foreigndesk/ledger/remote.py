"""A desk at an address: the same files in the same layout, worked on through a Mirror.

Whole files of articles and reports are sent as they are written, by whoever writes them; the
ledger is made here of what the address holds, and sent in one piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from foreigndesk.errors import DeskError
from foreigndesk.ledger import store
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.ledger.held import Held, ledger_file
from foreigndesk.ledger.manifest import NAME, Manifest, Run, read_manifest, write_manifest
from foreigndesk.ledger.mirror import Mirror
from foreigndesk.model import Judgement

JUDGEMENTS, LEDGER = "judgements.jsonl", "ledger.duckdb"
WHOLE = ("reports", "articles")
"""Parts of whole files, in the order in which they are sent: what is named before what names."""


@dataclass(frozen=True, slots=True)
class RemoteDesk(Desk):
    """A desk at an address; `path` is the folder that stands for it."""

    mirror: Mirror
    kept: bool = True

    @classmethod
    def at(cls, address: str, make: bool, kept: bool = True) -> RemoteDesk:
        """The desk at an address, made if there is none and `make`; `kept`: its copy stays.

        Raises DeskError if there is none, if other things are there or if it cannot be reached,
        UsageError where the package for such addresses is not installed.
        """
        mirror = Mirror.of(address.rstrip("/"), kept)
        desk = cls(mirror.folder, mirror, kept)
        with mirror.locked():
            mirror.bring(NAME)
            if not (mirror.folder / NAME).exists():
                _check(mirror, make)
                write_manifest(mirror.folder / NAME, Manifest())
                mirror.put(NAME)
            read_manifest(mirror.folder / NAME)
            mirror.bring(JUDGEMENTS)
            if kept:
                mirror.bring(LEDGER)
            for folder in (desk.path, desk.articles_folder, desk.reports_folder):
                folder.mkdir(exist_ok=True)
                store.clean(folder)
        return desk

    @property
    def place(self) -> str:
        """The address."""
        return self.mirror.address

    def complete(self) -> bool:
        """Fetch what the desk holds and the copy lacks; whether there was any."""
        with self.mirror.locked():
            came = [self.mirror.pull(part) for part in WHOLE]
            return any([*came, self.mirror.bring(JUDGEMENTS)])

    def publish(self) -> None:
        """Send the ledger, if it was made anew."""
        with self.mirror.locked():
            self.mirror.put(LEDGER)

    @contextmanager
    def replacing(self) -> Iterator[Desk]:
        """Within, files of the copy are merged; then what is new is sent, what is gone removed."""
        self.complete()
        with self.mirror.locked():
            before = self._files()
            yield Desk(self.path)
            after = self._files()
            for name in after:
                if name not in before:
                    self.mirror.send(name)
            self.mirror.remove([name for name in reversed(before) if name not in after])

    def append(self, batch: Sequence[ArticleRecord]) -> list[Path]:
        """Put articles and their reports at the address, reports first."""
        with self.mirror.locked():
            files = Desk.append(self, batch)
            for file in files:
                self.mirror.send(file.relative_to(self.path).as_posix())
            for file in files if not self.kept else ():
                file.unlink()
        return files

    def record_run(self, run: Run) -> None:
        """Add a run to `desk.toml`."""
        with self.mirror.locked():
            self.mirror.bring(NAME)
            Desk.record_run(self, run)
            self.mirror.put(NAME)

    def judge(self, decisions: Iterable[Judgement]) -> None:
        """Append people's decisions to those that are at the address."""
        with self.mirror.locked():
            self.mirror.bring(JUDGEMENTS)
            Desk.judge(self, decisions)
            self.mirror.put(JUDGEMENTS)

    def document_text(self, document_id: str) -> str | None:
        """The text of a document; of the articles only the file that holds it is fetched."""
        name = ledger_file(self.ledger, document_id)
        file = self.articles_folder / (name or "")
        if name is not None and not file.is_file():
            with self.mirror.locked(), suppress(FileNotFoundError):
                self.mirror.fetch([f"articles/{name}"])
        return Desk.document_text(self, document_id)

    def _held(self) -> Held:
        self.complete()
        return Desk._held(self)

    def _files(self) -> list[str]:
        """The whole files of the copy, those that are named before those that name them."""
        return [
            f"{part}/{path.name}"
            for part in WHOLE
            for path in store.files(self.path / part, "*.parquet")
        ]


def _check(mirror: Mirror, make: bool) -> None:
    """Raises DeskError where no desk is, and none is to be made or can be."""
    if not make:
        found, expected = f"no {NAME} in it", "a desk"
        do = f"Make one: foreigndesk read PATH --desk {mirror.address}"
    elif not mirror.empty():
        found, expected = "other things in it", "a desk, or nothing yet"
        do = "Name another address with --desk."
    else:
        return
    raise DeskError(mirror.address, found, expected, do)
