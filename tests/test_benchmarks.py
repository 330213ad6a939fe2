"""The benchmarks: their piles are what they say, and every part can be measured."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import cost, memory, piles, report, watched
from benchmarks.fresh import TaskFailedError, own_peak, run
from benchmarks.newsroom import NEAR, WORDS, Newsroom
from benchmarks.stopwatch import Stopwatch

SIZE = 60


def test_articles_are_the_same_every_time() -> None:
    first, second = (list(Newsroom(20, 0.3).pieces()) for _ in range(2))
    assert first == second
    assert first != list(Newsroom(20, 0.3, seed=12).pieces())


def test_unique_articles_repeat_no_paragraph_and_have_the_length_of_news() -> None:
    pieces = list(Newsroom(SIZE).pieces())
    paragraphs = [paragraph for piece in pieces for paragraph in piece.paragraphs]
    assert len(set(paragraphs)) == len(paragraphs)
    assert all(piece.origin == piece.number for piece in pieces)
    for piece in pieces:
        words = sum(len(paragraph.split()) for paragraph in piece.paragraphs)
        assert WORDS[0] <= words <= WORDS[1] + 200  # the last paragraph may run over
    sentences = [line for p in paragraphs for line in p.split(". ")]
    assert len(set(sentences)) > 0.9 * len(sentences)


def test_copies_are_retitled_redated_and_near() -> None:
    pieces = list(Newsroom(200, 0.3).pieces())
    copies = [piece for piece in pieces if piece.origin != piece.number]
    assert 0.2 < len(copies) / len(pieces) < 0.4
    cut = 0
    for copy in copies:
        lead = pieces[copy.origin]
        assert copy.paragraphs == lead.paragraphs[: len(copy.paragraphs)]
        assert copy.outlet != lead.outlet
        assert copy.title != lead.title
        assert 0 < copy.number - copy.origin <= NEAR * 2
        cut += len(copy.paragraphs) < len(lead.paragraphs)
    assert 0.2 < cut / len(copies) < 0.8


def test_pages_hold_the_article_amid_furniture(tmp_path: Path) -> None:
    pile = piles.web(SIZE, tmp_path)
    pieces = {f"{piece.number:07}": piece for piece in Newsroom(SIZE, piles.COPIED).pieces()}
    found = list(piles.articles(pile.paths))
    assert len(found) == SIZE
    lost = 0
    for document, article in found:
        assert document.path is not None
        body = pieces[Path(document.path).stem].body
        assert {"Subscribe", "Careers"} & set(document.text.split("\n")) or "Share" in document.text
        lost += len(set(body) - set(article.text.split("\n\n")))
    assert lost <= 0.02 * sum(len(piece.body) for piece in pieces.values())


def test_a_stage_within_another_stops_its_clock() -> None:
    ticks = itertools.count()

    class Program:
        def outer(self) -> int:
            return self.inner() + self.inner()

        def inner(self) -> int:
            return 1

        def lines(self) -> Iterator[int]:
            yield from (1, 2)

    watch = Stopwatch(lambda: float(next(ticks)))
    for name in ("outer", "inner", "lines"):
        watch.watch(Program, name, name)
    with watch:
        assert Program().outer() == 2
        assert list(Program().lines()) == [1, 2]
    assert watch.calls == {"outer": 1, "inner": 2, "lines": 4}
    assert watch.spent["inner"] == 2
    assert watch.spent["outer"] == 3
    assert sum(watch.spent.values()) == next(ticks) - 1  # no second is lost or counted twice


def test_a_watched_function_that_is_gone_is_an_error() -> None:
    with pytest.raises(AttributeError):
        Stopwatch().watch(object(), "gone", "stage")


def test_every_stage_that_is_told_is_watched() -> None:
    places = [*watched._around(), *watched.coders()]
    assert all(callable(getattr(owner, name)) for owner, name, _ in places)
    assert {stage for _, _, stage in places} | {"other"} == set(watched.STAGES)


def test_a_million_articles_cost_what_the_measured_rates_make(tmp_path: Path) -> None:
    rows = [{"jobs": 2, "articles": 2000, "work": 72.0}]
    asked = command._asked(command._parser().parse_args(["--price", "0.1"]), tmp_path)
    found = cost.measure(asked, {"workers": {"rows": rows}})
    assert found["rows"] == [{"workers": 2, "of": 2000, "hours": 10.0, "usd": 2.0}]
    assert "Needs the parts" in cost.tell(cost.measure(asked, {}))[0]


def test_memory_tells_growth_and_keeps_what_was_measured_before_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crowd(asked: Any, pile: Any, jobs: int) -> dict[str, Any]:
        if pile == 300:
            raise TaskFailedError("out of memory")
        return {
            "main": 100.0 + pile / 10, "worker": 400.0, "linker": None, "jobs": jobs,
            "articles": pile, "work": 10.0, "finish": 1.0,
        }  # fmt: skip

    monkeypatch.setattr(memory, "crowd", crowd)
    monkeypatch.setattr(command.Asked, "unique", lambda self, size: size)
    asked = command._asked(command._parser().parse_args(["--sizes", "300", "100", "200"]), tmp_path)
    found = memory.measure(asked)
    assert [row["size"] for row in found["rows"]] == [100, 200]
    told = memory.tell(found)[-1]
    assert told == "From 100 to 200 articles: main process +9%, largest worker +0%."


def test_a_report_says_on_what_it_was_measured_and_that_charts_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "find_spec", lambda name: None)
    row = {"jobs": 1, "articles": 10, "work": 2.0, "cpu": 1.5, "look": 0.2, "finish": 0.3}
    found = {"rows": [row | {"main": 300.0, "worker": None, "linker": None}]}
    machine = {
        "processor": "Abacus 9", "cores": 2, "memory_gb": 8.0, "system": "Linux", "python": "3.12",
        "packages": {"spacy": "3.8.0", "gone": None},
    }  # fmt: skip
    told = {
        "machine": machine,
        "parts": {"workers": {"found": found, "day": "d", "load": 0.1, "program": "p1"}},
    }
    report.written(tmp_path, told)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "Abacus 9, 2 cores" in text
    assert "spacy 3.8.0. `python" in text
    assert "Measured on d; program p1; load of the machine before: 0.1." in text
    assert "| 1 | 2.0 | 1.5 | 5.0 | 1.00 | 25% | 300 | none |" in text
    assert text.endswith(f"{report.NO_CHARTS}\n")
    assert report.earlier(tmp_path, machine, wanted=True) == told["parts"]
    assert report.earlier(tmp_path, machine | {"cores": 4}, wanted=True) == {}
    assert json.loads((tmp_path / "report.before.json").read_text()) == told


@pytest.mark.skipif(own_peak() is None, reason="this system tells no peak of a process")
def test_fresh_processes_are_told_apart_by_their_peaks(tmp_path: Path) -> None:
    done = run("lay", what="unique", size=2, folder=str(tmp_path))
    lines = Path(done.found["paths"][0]).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["u0", "u1"]
    assert done.peak is not None
    assert 20 < done.peak < 2000
    with pytest.raises(TaskFailedError, match="texts"):
        run("texts", paths=[str(tmp_path / "gone")], to=str(tmp_path / "t.json"))


@pytest.mark.slow
def test_the_command_measures_the_files_that_are_named(tmp_path: Path) -> None:
    (file,) = piles.unique(3, tmp_path).paths
    words = [file, "--repeat", "1", "--sizes", "3", "--out", "out"]
    parts = ["throughput", "stages", "coding", "memory", "cost"]
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *words, "--only", *parts],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": root}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "out" / "report.json").read_text())["parts"]
    assert set(found) == set(parts)
    (pile,) = found["throughput"]["found"]["piles"]
    assert (pile["pile"], pile["articles"]) == ("given", 3)
    assert pile["sentences"] > 30
    assert 0.01 < pile["ratio"] < 100
    (staged,) = found["stages"]["found"]["piles"]
    assert staged["calls"]["clean"] == 3
    assert staged["spent"]["other"] < 0.25 * sum(staged["spent"].values())
    layers = found["coding"]["found"]
    assert layers["rules"]["learned"] == 0 < layers["rules"]["parse"]
    text = (tmp_path / "out" / "report.md").read_text()
    assert "reports a sentence" in text
    assert text == done.stdout


def test_a_path_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["gone.html"]) == 2
    assert "no such file or folder: gone.html" in capsys.readouterr().err
