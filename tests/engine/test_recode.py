"""Coding a desk again: what differs, what is kept, what a kill leaves, the same for any jobs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from foreigndesk.engine.recode import Recoded, Told, recode, settings_of
from foreigndesk.engine.run import finish, read_into, renew
from foreigndesk.exchange.export import WHAT, export
from foreigndesk.ledger.coded import codings
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.difference import Difference, Kind
from foreigndesk.ledger.obeying import judgement
from foreigndesk.model import Document, Report
from foreigndesk.settings import Settings

PLAIN = Settings(jobs=1, learned=0)
WHEN = "2024-07-01T12:00:00+00:00"
TEXTS = {
    "a": "Norway waltzed with Mali in Oslo.\n\nSweden met Chad in Paris.",
    "b": "Peru waltzed with Chile.\n\nMali denied that it had waltzed with Norway.",
    "c": "Spain met Portugal in Rome on 3 May 2024.\n\nThe talks went on for two days.",
}
WALTZ = """
- id: own.waltz
  event: CONSULT
  mode: visit
  verbs: [waltz]
  recipient: [with]
  says: "Norway waltzed with Mali."
  not: "Norway met Mali."
"""
MEET = """
- id: own.meet
  event: COOPERATE
  verbs: [meet]
  recipient: [object]
  says: "Norway met Mali."
  not: "Norway waltzed with Mali."
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path, pages: Path) -> Desk:
    desk = Desk.create_or_open(tmp_path / "desk")
    read_into(desk, [pages], PLAIN)
    return desk


def book(folder: Path, text: str) -> Settings:
    """Settings with a codebook of one's own of these predicates."""
    (folder / "predicates").mkdir(parents=True, exist_ok=True)
    (folder / "predicates" / "own.yaml").write_text(text, encoding="utf-8")
    return replace(PLAIN, codebook=str(folder))


def collected(desk: Desk, settings: Settings, **how: bool) -> tuple[Recoded, list[Difference]]:
    """What a recoding did, and each difference."""
    found: list[Difference] = []

    def tell(document: Document, difference: Difference) -> None:
        assert document.text
        found.append(difference)

    return recode(desk, settings, Told(tell), **how), found


def files(desk: Desk) -> dict[str, bytes]:
    return {str(f.relative_to(desk.path)): f.read_bytes() for f in desk.path.rglob("*.*")}


def exported(desk: Desk, target: Path) -> dict[str, bytes]:
    target.mkdir(exist_ok=True)
    for what in WHAT:
        export(Desk.open(desk.path), what, "jsonl", target / what)
    return {what: (target / what).read_bytes() for what in WHAT}


def on(reports: list[Report], word: str) -> Report:
    return next(r for r in reports if r.trigger.text == word)


def test_coding_again_as_before_changes_nothing(desk: Desk) -> None:
    before = list(desk.reports())
    done, found = collected(desk, PLAIN)
    assert (done.articles, done.current, found) == (0, 3, [])
    done, found = collected(desk, PLAIN, every=True)
    assert (done.articles, done.current, found) == (3, 0, [])
    assert list(desk.reports()) == before


def test_what_a_new_entry_finds_is_told_and_kept(desk: Desk, tmp_path: Path) -> None:
    done, found = collected(desk, book(tmp_path / "book", WALTZ))
    assert [d.report.rule for d in found if d.kind is Kind.ADDED] == ["own.waltz"] * 3
    assert not [d for d in found if d.kind is Kind.GONE]
    assert done.differing == 2
    tally = done.by_type["CONSULT/visit"]
    assert (tally.before, tally.after, tally.added) == (0, 3, 3)
    assert sum(r.rule == "own.waltz" for r in desk.reports()) == 3
    again, found = collected(desk, replace(PLAIN, codebook=str(tmp_path / "book")))
    assert (again.articles, again.current, found) == (0, 3, [])
    back, found = collected(desk, PLAIN)
    assert [d.report.rule for d in found if d.kind is Kind.GONE] == ["own.waltz"] * 3
    assert back.by_type["CONSULT/visit"].gone == 3


def test_the_result_is_that_of_reading_with_the_new_codebook(
    desk: Desk, tmp_path: Path, pages: Path
) -> None:
    settings = book(tmp_path / "book", WALTZ + MEET)
    collected(desk, settings)
    fresh = Desk.create_or_open(tmp_path / "fresh")
    read_into(fresh, [pages], settings)
    assert exported(desk, tmp_path / "one") == exported(fresh, tmp_path / "two")


def test_a_change_names_the_fields_before_and_after(desk: Desk, tmp_path: Path) -> None:
    _, found = collected(desk, book(tmp_path / "book", MEET))
    assert {d.kind for d in found} == {Kind.CHANGED}
    changes = {c.field: (str(c.before), str(c.after)) for c in found[0].changes}
    assert changes["event_type"] == ("CONSULT", "COOPERATE")
    assert changes["rule"][1] == "own.meet"


def test_a_dry_run_writes_nothing_and_tells_the_same(desk: Desk, tmp_path: Path) -> None:
    settings = book(tmp_path / "book", WALTZ + MEET)
    before = files(desk)
    dry, told = collected(desk, settings, dry=True)
    assert files(desk) == before
    done, found = collected(desk, settings)
    assert (dry.by_type, told) == (done.by_type, found)


def test_files_that_are_there_are_never_changed(desk: Desk, tmp_path: Path) -> None:
    before = files(desk)
    collected(desk, book(tmp_path / "book", WALTZ))
    after = files(desk)
    for name, content in before.items():
        if name.startswith(("articles/", "reports/")):
            assert after[name] == content


def test_judgements_go_over_to_the_report_that_tells_the_same(desk: Desk, tmp_path: Path) -> None:
    """The id changes with the entry's; what is told does not, so the judgement holds."""
    settings = book(tmp_path / "book", WALTZ)
    collected(desk, settings)
    danced = [r for r in desk.reports() if r.rule == "own.waltz"]
    met = on(list(desk.reports()), "met")
    desk.judge([
        judgement("wrong", [danced[0]], None, "anna", WHEN),
        judgement("right", [met], None, "anna", WHEN),
    ])  # fmt: skip
    renamed = book(tmp_path / "book", WALTZ.replace("own.waltz", "own.dance"))
    done, _ = collected(desk, renamed)
    assert [fate.state for fate in done.judgements] == ["moved", "stands"]
    now = {r.report_id: r for r in desk.reports()}
    moved = now[done.judgements[0].subject]
    assert (moved.rule, moved.trigger) == ("own.dance", danced[0].trigger)
    export(desk, "reports", "jsonl", tmp_path / "reports")
    row = next(line for line in (tmp_path / "reports").read_text().splitlines()
               if moved.report_id in line)  # fmt: skip
    assert '"event_id":null' in row, "a report judged wrong stands in no event"


@pytest.mark.parametrize("dry", [True, False])
def test_a_judgement_on_what_is_told_otherwise_now_is_listed(
    desk: Desk, tmp_path: Path, dry: bool
) -> None:
    met = on(list(desk.reports()), "met")
    desk.judge([
        judgement("wrong", [met], None, "anna", WHEN),
        judgement("type", [met], '{"event_type":"AID"}', "anna", WHEN),
    ])  # fmt: skip
    done, _ = collected(desk, book(tmp_path / "book", MEET), dry=dry)
    lost, carried = done.judgements
    assert (lost.state, lost.was) == ("lost", met)
    assert carried.state == "moved"
    assert len(desk.judgements()) == 2
    again, _ = collected(desk, PLAIN, every=True, dry=dry)
    assert [fate.state for fate in again.judgements] == ["stands", "stands"]


def test_it_goes_on_as_the_desk_was_coded_last(desk: Desk, tmp_path: Path) -> None:
    settings = book(tmp_path / "book", WALTZ)
    collected(desk, settings)
    assert settings_of(desk, Settings()).codebook == settings.codebook
    assert settings_of(desk, Settings()).learned == 0
    assert settings_of(desk, Settings(), {"codebook"}).codebook is None
    finish(desk, PLAIN)
    assert settings_of(desk, Settings(codebook="x")).codebook is None


def test_own_boilerplate_leaves_lines_uncoded_and_gives_them_back(
    desk: Desk, tmp_path: Path
) -> None:
    before = list(desk.reports())
    settings = book(tmp_path / "book", "# none\n")
    (tmp_path / "book" / "boilerplate").mkdir()
    (tmp_path / "book" / "boilerplate" / "own.yaml").write_text(
        "- id: own.b\n  kind: teaser\n  where: start\n  marks: [sweden met]\n"
        '  says: "Sweden met Chad."\n  not: "Norway met Chad."\n'
    )
    _, found = collected(desk, settings)
    assert {d.kind for d in found} == {Kind.GONE}
    assert all("Sweden" in d.report.evidence.text for d in found)
    collected(desk, PLAIN)
    assert list(desk.reports()) == before


def test_a_vacuum_keeps_the_last_coding(desk: Desk, tmp_path: Path) -> None:
    from foreigndesk.ledger.vacuum import vacuum

    settings = book(tmp_path / "book", WALTZ)
    collected(desk, settings)
    before = list(desk.reports())
    vacuum(desk)
    renew(desk)
    assert list(desk.reports()) == before
    assert len(list(desk.articles_folder.glob("*.parquet"))) == 1
    done, _ = collected(desk, settings)
    assert done.articles == 0


def test_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(
        "".join(f'{{"text": "Norway waltzed with Mali in week {n}.\\n"}}\n' for n in range(90))
    )
    results = []
    for jobs in (1, 2):
        desk = Desk.create_or_open(tmp_path / f"desk{jobs}")
        read_into(desk, [tmp_path / "pages.jsonl"], PLAIN)
        settings = replace(book(tmp_path / "book", WALTZ), jobs=jobs, batch=20)
        done, found = collected(desk, settings)
        names = sorted(p.name for p in desk.path.glob("*/*.parquet"))
        results.append((found, done.by_type, names, exported(desk, tmp_path / f"out{jobs}")))
    assert results[0] == results[1]
    assert results[0][1]["CONSULT/visit"].added == 90


DRIVER = """
import os, signal, sys, time
from pathlib import Path
from foreigndesk.engine import local, recode as room
from foreigndesk.ledger.desk import Desk
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

settings = Settings(jobs=1, batch=3, learned=0, codebook=sys.argv[1])
reader = Reader(settings)
reader.analyse("Norway urged Mali to free the crew.")
local.Reader = room.Reader = lambda *_: reader
for line in sys.stdin:
    desk, _, life = line.rstrip("\\n").partition("\\t")
    begun = time.monotonic()
    child = os.fork()
    if not child:
        room.recode(Desk.create_or_open(desk), settings)
        os._exit(0)
    if life:
        time.sleep(float(life))
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    print(time.monotonic() - begun, status, flush=True)
"""


@pytest.mark.slow
def test_killed_at_any_moment_the_next_completes_it(tmp_path: Path) -> None:
    import shutil

    (tmp_path / "pages.jsonl").write_text(
        "".join(f'{{"text": "Norway waltzed with Mali in week {n}.\\n"}}\n' for n in range(60))
    )
    start = Desk.create_or_open(tmp_path / "start")
    read_into(start, [tmp_path / "pages.jsonl"], PLAIN)
    book(tmp_path / "book", WALTZ)
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path / "book")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def run(name: str, life: float | None = None) -> float:
        assert driver.stdin is not None
        assert driver.stdout is not None
        if not (tmp_path / name).exists():
            shutil.copytree(start.path, tmp_path / name)
        driver.stdin.write(f"{tmp_path / name}\t{life or ''}\n")
        driver.stdin.flush()
        lasted, status = driver.stdout.readline().split()
        assert int(status) == (signal.SIGKILL if life and int(status) else 0)
        return float(lasted)

    lasted = run("whole")
    unbroken = exported(Desk.open(tmp_path / "whole"), tmp_path / "out")
    moments = random.Random(20240619)
    begun: set[int] = set()
    for kill in range(12):
        name = f"broken{kill // 2}"  # killed twice, then completed
        run(name, moments.uniform(0, lasted))
        opened = Desk.open(tmp_path / name)
        assert len(list(opened.articles())) == 60
        begun.add(sum(codings(opened).revisions.values()))
        if kill % 2:
            run(name)
            assert exported(Desk.open(tmp_path / name), tmp_path / "out") == unbroken
            assert not list((tmp_path / name).rglob(".tmp-*"))
    assert len(begun) > 3, "the kills fell at too few different points to show anything"
    driver.communicate()


def test_interrupted_in_one_line(desk: Desk, tmp_path: Path) -> None:
    settings = book(tmp_path / "book", WALTZ)
    process = subprocess.Popen(
        [sys.executable, "-m", "foreigndesk.desk.cli", "recode", "--desk", str(desk.path),
         "--codebook", str(settings.codebook), "--jobs", "1"],
        env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    time.sleep(1.0)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    if process.returncode:  # it may have been done already
        assert process.returncode in (130, -signal.SIGINT)
        assert err.strip() in ("", "Stopped. What was coded so far is kept; the same command "
                               "completes it.")  # fmt: skip
    assert len(list(Desk.open(desk.path).articles())) == 3
