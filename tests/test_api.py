"""The Python API on a desk: questions, forms, filters, errors."""

from __future__ import annotations

import dataclasses
import inspect
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import polars as pl
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent / "ledger"))

from building import affair, write

import foreigndesk as fd
from foreigndesk.analysis.filters import Filters
from foreigndesk.api import asking
from foreigndesk.exchange.export import WHAT
from foreigndesk.exchange.shapes import columns, schema

SAMPLE = Path(__file__).parents[1] / "sample" / "pages"
TABLES = ("timeline", "promises", "dyads", "network", "blocs", "balance", "responses", "coverage",
          "sources")  # fmt: skip
QUESTIONS = (*WHAT, *TABLES)
SHAPES = {
    "articles": asking.ArticleFilters,
    "sources": asking.ArticleFilters,
    "stories": asking.StoryFilters,
    "promises": asking.PromiseFilters,
    "discrepancies": asking.DiscrepancyFilters,
    "reports": asking.ReportFilters,
    "claims": asking.ClaimFilters,
}
GOOD: dict[str, Any] = {
    "actor": "PRK", "about": "Putin", "dyad": "PRK-RUS", "event_type": "consult",
    "since": date(2024, 1, 1), "until": "2025", "place": "Moscow", "country": "RUS",
    "text": "arms", "as_of": "2024-07", "limit": 3, "status": "occurred", "standing": "reported",
    "outlet": "Wire", "speaker": "USA", "stance": "alleges",
    "mode": "visit", "context": "diplomatic",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> fd.OpenDesk:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    write(folder, affair())
    return fd.open(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> fd.OpenDesk:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    write(folder, [])
    return fd.open(folder)


def ask(desk: fd.OpenDesk, question: str, **filters: Any) -> fd.Result[Any]:
    return getattr(desk, question)(**filters)


@pytest.mark.parametrize("what", WHAT)
def test_records_are_those_of_the_parquet_export(
    desk: fd.OpenDesk, what: str, tmp_path: Path
) -> None:
    found = ask(desk, what)
    count = desk.export(what, "parquet", tmp_path / "out.parquet")
    exported = pq.read_table(tmp_path / "out.parquet")
    assert len(found) == count > 0 or what == "discrepancies"
    assert found.arrow().schema == exported.schema == schema(WHAT[what])
    assert found.arrow().equals(exported)
    assert all(isinstance(record, WHAT[what]) for record in found)


@pytest.mark.parametrize("what", WHAT)
def test_flat_columns_are_those_of_the_csv_export(
    desk: fd.OpenDesk, empty: fd.OpenDesk, what: str
) -> None:
    names = columns(WHAT[what])
    assert ask(desk, what).arrow(flat=True).column_names == names
    assert ask(empty, what).arrow(flat=True).column_names == names


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_form_has_the_same_rows(desk: fd.OpenDesk, question: str) -> None:
    found = ask(desk, question)
    count, names = len(found), found.arrow().column_names
    assert found.arrow().num_rows == count == len(found.records()) == len(list(found))
    assert found.polars().shape == (count, len(names))
    assert found.polars().columns == names
    assert found.pandas().shape == (count, len(names))
    assert list(found.pandas(flat=True).columns) == found.arrow(flat=True).column_names
    assert pl.DataFrame(found).shape == (count, len(names))  # by the Arrow interface


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_desk_answers_with_the_same_columns(
    desk: fd.OpenDesk, empty: fd.OpenDesk, question: str
) -> None:
    found = ask(empty, question)
    assert found.records() == [] or question == "balance"
    assert found.arrow().schema == ask(desk, question).arrow().schema
    assert repr(found)
    assert found._repr_html_()


def test_a_result_is_a_sequence(desk: fd.OpenDesk) -> None:
    events = desk.events()
    assert events[0] == events.records()[0]
    assert events[-1] == events.records()[-1]
    assert events[1:3].records() == events.records()[1:3]
    assert events[::-1].arrow().num_rows == len(events)
    assert desk.dyads()[1:2].records() == desk.dyads().records()[1:2]
    assert events == desk.events()
    assert events != desk.events(limit=1)
    with pytest.raises(IndexError, match=r"row 999 of events\(\)"):
        events[999]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_filter_word_applies_and_no_other(desk: fd.OpenDesk, question: str) -> None:
    words = get_type_hints(SHAPES.get(question, asking.EventFilters))
    assert set(words) <= set(GOOD)
    for word, good in GOOD.items():
        value = "open" if (question, word) == ("promises", "status") else good
        if word in words:
            assert len(ask(desk, question, **{word: value})) <= max(1, len(ask(desk, question)))
        else:
            with pytest.raises(fd.UsageError, match=f"no filter for|{word}"):
                ask(desk, question, **{word: value})


def test_no_filter_of_the_commands_is_missing() -> None:
    words = {w for s in (asking.EventFilters, *SHAPES.values()) for w in get_type_hints(s)}
    assert words == {field.name for field in dataclasses.fields(Filters)}


def test_filters_narrow_down(desk: fd.OpenDesk) -> None:
    visits = desk.events(actor="Putin", event_type=fd.EventType.CONSULT)
    assert {e.event_type for e in visits} == {fd.EventType.CONSULT}
    assert 0 < len(visits) < len(desk.events())
    assert {r.status for r in desk.reports(status="denied")} == {fd.Status.DENIED}
    assert len(desk.events(since=date(2024, 1, 1))) == len(desk.events(since="2024"))
    assert len(desk.events(limit=2)) == 2


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ({"standng": "planned"}, "Did you mean 'standing'"),
        ({"colour": "red"}, "one of actor, "),
        ({"event_type": "CONSLT"}, "one of AGREE"),
        ({"since": "June"}, r"events\(since='June'\).*YYYY-MM-DD"),
        ({"dyad": "PRK"}, r"events\(dyad='PRK'\).*two"),
        ({"actor": 7}, "expected a text"),
        ({"limit": -1}, "whole number"),
        ({"limit": True}, "whole number"),
    ],
)
def test_bad_filters_are_named(desk: fd.OpenDesk, call: dict[str, Any], says: str) -> None:
    with pytest.raises(fd.UsageError, match=says):
        ask(desk, "events", **call)


def test_bad_periods_are_named(desk: fd.OpenDesk) -> None:
    with pytest.raises(fd.UsageError, match=r"dyads\(by="):
        desk.dyads(by="century")
    with pytest.raises(fd.UsageError, match=r"responses\(within="):
        desk.responses(within=0)


def test_a_missing_desk(tmp_path: Path) -> None:
    desk = fd.open(tmp_path / "none")
    assert "no desk there yet" in repr(desk)
    assert "no desk there yet" in desk._repr_html_()
    with pytest.raises(fd.DeskError, match=r"desk\.read"):
        desk.events()
    assert not (tmp_path / "none").exists()
    with pytest.raises(fd.DeskError, match="no such folder"):
        fd.open(tmp_path / "none", create=False)


def test_what_is_no_desk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(fd.DeskError, match="a file"):
        fd.open(tmp_path / "file")
    with pytest.raises(fd.DeskError, match="other things"):
        fd.open(tmp_path)
    (tmp_path / "desk.toml").write_text("format = 99\n")
    with pytest.raises(fd.DeskError):
        fd.open(tmp_path)


def test_a_desk_whose_first_read_is_under_way(tmp_path: Path) -> None:
    desk = fd.open(tmp_path / "desk")
    write(desk.path, affair())
    (desk.path / "ledger.duckdb").unlink()
    with pytest.raises(fd.DeskError, match="under way"):
        desk.events()
    assert "no ledger yet" in repr(desk)


def test_a_desk_is_asked_while_it_is_written(tmp_path: Path) -> None:
    """The ledger is swapped in whole: an answer stands on the old or on the new, never between."""
    import duckdb

    desk = fd.open(tmp_path / "desk")
    write(desk.path, affair()[:3])
    before = desk.reports()
    with duckdb.connect(str(desk.path / ".tmp-being-written.duckdb")):
        assert desk.reports() == before
    write(desk.path, affair()[3:])
    assert len(desk.reports()) > len(before) == 3
    assert before._repr_html_()


def test_pages_are_read_in(tmp_path: Path) -> None:
    desk = fd.open(tmp_path / "desk")
    seen: list[int] = []
    page = SAMPLE / "a04a-choe-meridian.html"
    summary = desk.read([page], progress=lambda s: seen.append(s.articles))
    assert summary.articles == 1
    assert seen[-1:] == [1]
    (article,) = desk.articles()
    assert desk.text(article.document_id)
    assert desk.text("none") is None
    again = desk.read(page, str(page))
    assert (again.articles, again.known) == (0, 2)
    assert {r.document.id for r in desk.reports()} == {article.document_id}


def test_other_tools_take_a_result_as_it_is(desk: fd.OpenDesk) -> None:
    import duckdb
    import pyarrow as pa

    events = desk.events()
    assert pa.table(events).equals(events.arrow())
    counted = duckdb.sql("SELECT count(*) FROM events").fetchall()  # finds the variable
    assert counted == [(len(events),)]


@pytest.mark.parametrize("protocol", ["file", "memory"])
def test_a_desk_at_an_address(protocol: str, tmp_path: Path, monkeypatch: Any) -> None:
    pytest.importorskip("fsspec")
    monkeypatch.setenv("FOREIGNDESK_CACHE", str(tmp_path / "cache"))
    place = f"{protocol}://{tmp_path}/desk"
    desk = fd.open(place)
    with pytest.raises(fd.DeskError):
        desk.events()
    desk.read(SAMPLE / "a04a-choe-meridian.html")
    again = fd.open(place, create=False)
    assert again.events() == desk.events() != []
    assert again.text(again.articles()[0].document_id)
    assert "1 article" in repr(again)
    with pytest.raises(fd.DeskError):
        fd.open(f"{place}-other", create=False)


def test_a_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path / "desk", affair())
    assert len(fd.open("~/desk").events()) > 0


def test_reading_nothing_makes_no_desk(tmp_path: Path) -> None:
    desk = fd.open(tmp_path / "desk")
    with pytest.raises(fd.NothingReadError):
        desk.read(tmp_path / "nowhere")
    with pytest.raises(fd.UsageError, match="date"):
        desk.read(SAMPLE, published="soon")
    assert not desk.path.exists()


def test_show_finds_every_kind(desk: fd.OpenDesk) -> None:
    event = desk.events()[0]
    shown = desk.show(event.event_id[:8])
    assert shown.record == event
    assert {r.report_id for r in shown.reports} == set(event.reports)
    report = shown.reports[0]
    assert desk.show(report.report_id).record == report
    assert desk.show(report.report_id).reports == [report]
    article = desk.articles()[0]
    assert desk.show(article.document_id).record == article
    assert desk.show(article.document_id).reports
    story = desk.stories()[0]
    assert desk.show(story.story_id).reports == []
    for record_id in (event.event_id, report.report_id, article.document_id, story.story_id):
        assert repr(desk.show(record_id))
        assert desk.show(record_id)._repr_html_()
    with pytest.raises(fd.UsageError, match="no event"):
        desk.show("nothing")


def test_export_checks_its_words(desk: fd.OpenDesk, tmp_path: Path) -> None:
    assert desk.export("events", "csv", tmp_path / "e.csv", actor="Putin") > 0
    assert desk.export("events", "gdelt", tmp_path / "e.tsv", everything=True) > 0
    for what, format, words in (
        ("evnts", "csv", {}), ("events", "xls", {}), ("events", "csv", {"actr": "x"}),
    ):  # fmt: skip
        with pytest.raises(fd.UsageError):
            desk.export(what, format, tmp_path / "x", **words)
    assert not (tmp_path / "x").exists()


def test_an_absent_package_is_named(desk: fd.OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("polars", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(fd.MissingPackageError, match=rf"pip install 'foreigndesk\[{name}\]'"):
            getattr(desk.events(), name)()


def test_every_public_name_is_there_and_documented() -> None:
    for name in fd.__all__:
        value = getattr(fd, name)
        assert name.startswith("_") or inspect.getdoc(value), name
    assert set(fd.__all__) <= set(dir(fd))
    with pytest.raises(AttributeError):
        fd.nothing  # type: ignore[attr-defined]  # noqa: B018
    for name, value in vars(fd.OpenDesk).items():
        assert name.startswith("_") or not callable(value) or inspect.getdoc(value), name


def test_the_import_is_quick() -> None:
    """Best of three, and nothing heavy loaded: the limit is 0.1 s."""
    code = (
        "import sys, time; start = time.perf_counter(); import foreigndesk; "
        "print(time.perf_counter() - start); "
        "print([m for m in ('spacy', 'pyarrow', 'duckdb', 'numpy') if m in sys.modules])"
    )
    times = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        seconds, heavy = done.stdout.splitlines()
        assert heavy == "[]"
        times.append(float(seconds))
    assert min(times) < 0.1


SCRIPT = """
from __future__ import annotations

from datetime import date

import foreigndesk as fd

found = fd.code("Norway urged Mali.", published=date(2024, 6, 19))
kind: fd.EventType = found.reports[0].event_type
texts: fd.CodedTexts = fd.code_many(["a", "b"], ["2024-01-01", None], jobs=1)
whys: list[str | None] = [each.error for each in texts]

desk: fd.OpenDesk = fd.open("desk")
summary: fd.Summary = desk.read("pages", published="2024-06-19")
events: fd.Result[fd.Event] = desk.events(dyad="PRK-RUS", since=date(2024, 1, 1), limit=10)
for event in events:
    standing: fd.Standing = event.standing
first: fd.Report = desk.reports(status=fd.Status.DENIED)[0]
rows: list[fd.Row] = desk.dyads(by="year", undirected=True).records()
part: fd.Result[fd.Claim] = desk.claims(speaker="USA")[:3]
frame = events.polars(flat=True).head()
number: int = desk.export("events", "csv", "out.csv")
options: fd.EventFilters = {"actor": "PRK", "limit": 3}
desk.timeline(**options)
settings = fd.Settings(learned=0)
shown: fd.Shown = desk.show("e1")
"""
WRONG = """
import foreigndesk as fd

desk = fd.open("desk")
desk.events(colour="red")
desk.reports(standing="planned")
desk.events(limit="3")
found: int = desk.events()
fd.nothing
"""


def test_a_script_that_uses_it_passes_a_strict_type_checker(tmp_path: Path) -> None:
    mypy = pytest.importorskip("mypy.api")
    for name, text in (("good.py", SCRIPT), ("bad.py", WRONG)):
        (tmp_path / name).write_text(text)
    # Found as a user's would be, by its installed files; here, in a checkout, by their folder.
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = true\nfollow_imports = silent\n")
    house = str(Path(fd.__file__).parents[1])
    was, os.environ["MYPYPATH"] = os.environ.get("MYPYPATH"), house
    try:
        flags = ["--config-file", str(tmp_path / "mypy.ini"), "--cache-dir", ".mypy_cache/script"]
        said, _, status = mypy.run([*flags, str(tmp_path / "good.py")])
        assert status == 0, said
        said, _, status = mypy.run([*flags, str(tmp_path / "bad.py")])
        assert status == 1
        assert said.count("error:") >= 5, said
    finally:
        os.environ.pop("MYPYPATH") if was is None else os.environ.update(MYPYPATH=was)
