"""Workers that die lose nothing; one document that kills them is skipped, with its reason."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from foreigndesk.engine import batches, local, workers
from foreigndesk.engine.workers import DIED, Workers
from foreigndesk.model import Document, Skipped
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

TEXT = "Norway urged Mali to free the crew. Russia denied that it had sent arms to Iran.\n"


def document(name: str, text: str = TEXT) -> Document:
    return Document(name, f"{name}.txt", "text/plain", f"{text}{name} said so.\n")


class Deadly(Reader):
    """Dies on a document called "deadly", and once, at the first, on one called "unlucky"."""

    def cleaned(self, document: Document):
        marks = Path(os.environ["FOREIGNDESK_TEST_MARKS"])
        unlucky = document.id == "unlucky" and not (marks / "died").exists()
        if unlucky:
            (marks / "died").write_text("")
        if unlucky or document.id == "deadly":
            time.sleep(0.1)
            os.kill(os.getpid(), signal.SIGKILL)
        return Skipped(document.id, "seen", "by a worker that lives")


def _begin_deadly(settings: Settings, _: object) -> None:
    workers._readers.append(Deadly(settings))


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FOREIGNDESK_TEST_MARKS", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(workers, "_begin", _begin_deadly)


def outcome(names: list[list[str]]) -> list[list[tuple[str, str]]]:
    given: list[batches.Batch] = [[document(name) for name in batch] for batch in names]
    results = Workers(Settings(), 2).run(given)
    return [[(r.document, r.reason) for r in found if isinstance(r, Skipped)] for found in results]


@pytest.mark.usefixtures("deadly")
def test_a_batch_whose_worker_was_killed_once_is_done_again() -> None:
    names = [["a", "unlucky", "b"], ["c"], ["d"], ["e"], ["f"], ["g"]]
    found = outcome(names)
    assert [[name for name, _ in batch] for batch in found] == names
    assert {reason for batch in found for _, reason in batch} == {"by a worker that lives"}


@pytest.mark.usefixtures("deadly")
def test_the_document_that_kills_is_skipped_with_its_reason() -> None:
    found = [row for batch in outcome([["a", "deadly", "b"], ["c"], ["d"]]) for row in batch]
    assert [name for name, _ in found] == ["a", "deadly.txt", "b", "c", "d"]
    assert [reason for _, reason in found].index(DIED) == 1
    assert [reason for _, reason in found].count(DIED) == 1


def test_small_piles_stay_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "Workers", None)
    results = list(local.run([document(str(n)) for n in range(5)], Settings(jobs=2)))
    assert sum(len(batch) for batch in results) == 5


def test_a_defect_skips_its_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Reader, found: Document):
        if found.id == "1":
            raise KeyError("gone")
        return Skipped(found.id, "code", "fine")

    monkeypatch.setattr(Reader, "cleaned", fail)
    (batch,) = local.run([document(str(n)) for n in range(3)], Settings(jobs=1))
    assert [r.document for r in batch if isinstance(r, Skipped)] == ["0", "1.txt", "2"]
    assert "KeyError" in batch[1].reason  # type: ignore[union-attr]  # all are Skipped


def test_batches_are_bounded_by_number_and_length() -> None:
    def endless() -> Iterator[Document]:
        yield from (document(str(n)) for n in range(5))
        yield document("long", "x" * batches.BATCH_CHARACTERS)
        yield document("last")

    assert [len(batch) for batch in batches.batched(endless(), 4)] == [4, 2, 1]


@pytest.mark.parametrize(
    ("number", "sizes"), [(39, [39]), (40, [8] * 5), (64, [8] * 8), (65, [64, 1]), (0, [])]
)
def test_a_pile_of_one_batch_is_sliced_whatever_the_workers(number: int, sizes: list[int]) -> None:
    found = batches.batches((document(str(n)) for n in range(number)), 64)
    assert [len(batch) for batch in found] == sizes
