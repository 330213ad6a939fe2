"""Time expressions: every rule by its own example, and what values and dates they get."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.codebook.times import TimeBook, TimeRule
from foreigndesk.coding.calendar import (
    infer_writing_time,
    interval,
    is_day,
    resolve_years,
)
from foreigndesk.coding.times import TimeReader
from foreigndesk.errors import CodebookError

BOOK = TimeBook(open_codebook())
READER = TimeReader(open_codebook())
READER.read("They met on 3 May 2020.", None)  # compiles its patterns: no part of a timed example
RULES = [rule for rule in BOOK.rules if not rule.make.startswith("order")]
ENTRIES = {e.id: e for e in BOOK.entries}


def deciding(text: str) -> set[str]:
    return {rule.id for _, _, rule in READER.matches(text)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_codes_its_example_and_not_its_counterexample(rule: TimeRule) -> None:
    entry = ENTRIES[rule.id]
    assert rule.id in deciding(entry.says)
    assert rule.id not in deciding(entry.not_)


@pytest.mark.parametrize(
    ("text", "published", "type_", "value", "edtf"),
    [
        ("They met from Jan. 15 to 17, 2024.", None, "DATE", "2024-01-15/2024-01-17", None),
        ("They met from Jan. 15 to 17.", None, "DATE", "XXXX-01-15/XXXX-01-17", None),
        ("They met on 28 January to 3 February 2023.", None, "DATE", "2023-01-28/2023-02-03", None),
        ("It fell in the 1990s.", None, "DATE", "199X", None),
        ("It fell in spring 2024.", None, "DATE", "2024-SP", "2024-21"),
        ("It fell in early 2024.", None, "DATE", "2024", "2024-01/2024-04"),
        ("It fell in the third quarter of 2023.", None, "DATE", "2023-Q3", "2023-35"),
        ("They met on Wednesday.", "2024-07-19", "DATE", "2024-07-17", None),
        ("They met on Wednesday.", None, "DATE", "XXXX-WXX-3", ""),
        ("They will meet on Wednesday.", "2024-07-19", "DATE", "2024-07-24", None),
        ("They agreed to meet on Wednesday.", "2024-07-19", "DATE", "2024-07-24", None),
        ("They met on Friday.", "2024-07-19", "DATE", "2024-07-19", None),
        ("They met last week.", "2024-07-19", "DATE", "2024-W28", "2024-07-08/2024-07-14"),
        ("They met last week.", None, "DATE", "PAST_REF", ""),
        ("They met two years ago.", "2024-07-19", "DATE", "2022", None),
        ("They met in December.", "2024-01-19", "DATE", "2023-12", None),
        ("They meet on Feb. 2.", "2024-01-19", "DATE", "2024-02-02", None),
        ("They met on Thanksgiving.", "2024-12-01", "DATE", "2024-11-28", None),
        ("They met on Good Friday.", "2024-04-19", "DATE", "2024-03-29", None),
        ("It lasted two and a half hours.", None, "DURATION", "PT2H30M", ""),
        ("It lasted decades.", None, "DURATION", "PXY", ""),
        ("They met every Tuesday.", None, "SET", "XXXX-WXX-2", ""),
        ("It fell at 10:35 a.m. Friday.", "1998-08-08", "TIME", "1998-08-07T10:35", "1998-08-07"),
    ],
)
def test_values(text: str, published: str | None, type_: str, value: str, edtf: str | None) -> None:
    (time,) = READER.read(text, published)
    assert (time.type, time.value) == (type_, value)
    assert time.edtf == ({None: value, "": None}.get(edtf, edtf))
    assert text[time.start : time.end] == time.text


def test_later_words_lean_on_earlier_ones() -> None:
    found = READER.read("He was held on March 3, 2022. He was freed two days later.", None)
    assert [t.edtf for t in found] == ["2022-03-03", "2022-03-05"]


@pytest.mark.parametrize(
    "text", ["Troops may march.", "The 6-year-old boy.", "Some 2000 troops left.", "On 45 May."]
)
def test_no_date_where_none_is_said(text: str) -> None:
    assert not [t for t in READER.read(text, "2024-07-19") if is_day(t.edtf)]


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y"]))
def test_every_full_date_is_read_back(day: date, form: str) -> None:
    (time,) = READER.read(f"They met on {day.strftime(form)}.", None)
    assert time.edtf == day.isoformat()


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 6))
def test_a_past_weekday_lies_within_the_last_week(day: date, number: int) -> None:
    name = (date(2024, 1, 1) + timedelta(days=number)).strftime("%A")
    (time,) = READER.read(f"They met on {name}.", day.isoformat())
    found = date.fromisoformat(time.edtf or "")
    assert found.weekday() == number
    assert 0 <= (day - found).days < 7


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for time in READER.read(text, "2024-07-19"):
        assert text[time.start : time.end] == time.text


@pytest.mark.parametrize(
    ("edtf", "bounds"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("199X", ("1990-01-01", "1999-12-31")),
        ("2024-24", ("2024-12-01", "2025-02-28")),
        ("2023-35", ("2023-07-01", "2023-09-30")),
        ("2024-01-15/2024-01-17", ("2024-01-15", "2024-01-17")),
        ("2019/..", ("2019-01-01", None)),
        ("XXXX-01-15", (None, None)),
        ("2024-13-40", (None, None)),
    ],
)
def test_interval(edtf: str, bounds: tuple[str | None, str | None]) -> None:
    assert interval(edtf) == bounds


def test_an_undated_page_is_written_soon_after_its_first_later_date() -> None:
    text = "They met from Jan. 15 to 17. Kim went in September 2023; he met Putin in September."
    times = READER.read(text, None)
    assert infer_writing_time(times, None) == "2024-01-17/2024-02-17"
    assert [t.edtf for t in resolve_years(times)] == [
        "2024-01-15/2024-01-17",
        "2023-09",
        "2023-09",
    ]


@pytest.mark.parametrize(("written", "edtf"), [("2024", "2024-09"), ("2024-07", "2023-09")])
def test_a_month_takes_its_year_from_a_rough_day_of_writing(written: str, edtf: str) -> None:
    (time,) = resolve_years(READER.read("They met in September.", None), written)
    assert time.edtf == edtf


def test_a_page_without_any_date_has_no_writing_time() -> None:
    assert infer_writing_time(READER.read("They met on Friday.", None), None) is None


def test_an_unknown_slot_is_an_error_that_says_what_is_known(tmp_path: object) -> None:
    folder = __import__("pathlib").Path(str(tmp_path)) / "times"
    folder.mkdir()
    rule = "- {id: times.x, says: a, not: b, pattern: '{moon}', make: date}"
    (folder / "x.yaml").write_text(rule, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"the slot \{moon\}"):
        TimeBook(Codebook((folder.parent,)))
