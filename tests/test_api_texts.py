"""Texts coded from Python: one, many, in several processes, bad ones among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest

import foreigndesk as fd
from foreigndesk.api import batches
from foreigndesk.exchange.shapes import schema

URGED = "Norway urged Mali to free the crew."
SHELLED = "On Monday Iran shelled Kurdish bases in Iraq."


def test_a_coded_text_has_its_reports_as_a_table() -> None:
    found = fd.code(URGED, published=date(2024, 6, 19))
    assert isinstance(found, fd.TextAnalysis)
    assert (found.text, found.published, found.error) == (URGED, "2024-06-19", None)
    assert found.arrow().schema == schema(fd.Report)
    assert found.arrow()["event_type"].to_pylist() == [r.event_type for r in found.reports]
    assert found.polars().height == found.pandas(flat=True).shape[0] == len(found.reports) > 0
    assert found.records() == list(found.reports)
    assert fd.code("").arrow().schema == schema(fd.Report)


def test_the_relation_of_a_pair() -> None:
    found = fd.code(URGED, pair=((0, 6), (13, 17)))
    assert found.pair is not None
    assert found.pair.event_type is fd.EventType.REQUEST
    for pair in ((0, 6), ((0, 6), (13, 999)), ((6, 0), (13, 17)), "ab"):
        with pytest.raises(fd.UsageError, match="pair"):
            fd.code(URGED, pair=pair)  # type: ignore[arg-type]  # what a caller may get wrong


def test_what_cannot_be_coded() -> None:
    for text in (None, 7, b"bytes"):
        with pytest.raises(fd.UsageError, match="a text"):
            fd.code(text)  # type: ignore[arg-type]  # what a caller may get wrong
    with pytest.raises(fd.UsageError, match="the date 'soon'"):
        fd.code(URGED, published="soon")


BAD: list[Any] = [URGED, None, float("nan"), 7, pd.NA, SHELLED, ""]


def test_bad_texts_are_answered_in_their_places() -> None:
    found = fd.code_many(BAD, published="2024-06-19")
    assert [each.error is None for each in found] == [True, False, False, False, False, True, True]
    assert [each.id for each in found] == ["0", "1", "2", "3", "4", "5", "6"]
    assert len(found.errors) == 4
    assert found[0].reports[0].event_type is fd.EventType.REQUEST
    assert found[5].reports[0].date.edtf == "2024-06-17"
    assert {r.document.id for r in found.records()} == {"0", "5"}
    assert found.arrow().num_rows == len(found.records())
    assert found[5:].arrow().num_rows == len(found[5].reports)
    assert "4 could not be coded" in repr(found)


def test_a_defect_on_one_text_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from foreigndesk.pipeline import Reader

    analyse = Reader.analyse

    def broken(self: Reader, text: str, *rest: Any) -> Any:
        if text == SHELLED:
            raise ZeroDivisionError("oh")
        return analyse(self, text, *rest)

    monkeypatch.setattr(Reader, "analyse", broken)
    found = fd.code_many([SHELLED, URGED])
    assert "ZeroDivisionError: oh" in str(found[0].error)
    assert found[1].reports


def test_a_missing_parser_is_no_fault_of_a_text() -> None:
    with pytest.raises(fd.ParserError):
        fd.code_many([URGED], settings=fd.Settings(parser="no_such_parser"))


def test_each_text_has_its_date_and_id() -> None:
    found = fd.code_many([SHELLED] * 3, [date(2024, 6, 19), None, "soon"], ids=["a", "b", "c"])
    assert [each.id for each in found] == ["a", "b", "c"]
    assert found[0].reports[0].date.edtf == "2024-06-17"
    assert found[1].published is None
    assert "the date 'soon'" in str(found[2].error)


@pytest.mark.parametrize("dates", [["2024-06-19"], ["2024-06-19"] * 3, []])
def test_lists_of_unlike_length(dates: list[str]) -> None:
    with pytest.raises(fd.UsageError, match="unlike length"):
        fd.code_many([URGED, URGED], dates)
    with pytest.raises(fd.UsageError, match="unlike length"):
        fd.code_many([URGED, URGED], ids=dates)


def test_a_single_string_is_no_list() -> None:
    with pytest.raises(fd.UsageError, match=r"code\(text\)"):
        fd.code_many(URGED)
    with pytest.raises(fd.UsageError, match="jobs"):
        fd.code_many([URGED], jobs=-1)


def test_columns_of_data_frames() -> None:
    frame = pd.DataFrame(
        {"text": [URGED, None], "day": pd.to_datetime(["2024-06-19", None])}, index=["x", "y"]
    )
    found = fd.code_many(frame["text"], frame["day"])
    assert [each.id for each in found] == ["x", "y"]
    assert [each.published for each in found] == ["2024-06-19", None]
    with pytest.raises(fd.UsageError, match="one column"):
        fd.code_many(frame)
    column = pl.Series([URGED, SHELLED])
    assert [len(each.reports) > 0 for each in fd.code_many(column)] == [True, True]


def test_a_dictionary_has_its_ids() -> None:
    found = fd.code_many({"x": URGED, "y": None}, jobs=1)
    assert [(each.id, each.error is None) for each in found] == [("x", True), ("y", False)]


def test_a_stream_is_read_as_it_is_asked_for() -> None:
    taken: list[int] = []

    def texts() -> Iterator[str]:
        for number in range(10_000):
            taken.append(number)
            yield f"Norway urged Mali to free crew {number}."

    stream = fd.code_stream(texts(), jobs=1)
    assert next(stream).id == "0"
    assert len(taken) <= batches.WORTH_A_POOL


def test_several_processes_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "WORTH_A_POOL", 10)
    texts = [*BAD, *[f"Norway urged Mali to free crew {n}." for n in range(60)]]
    apart = fd.code_many(texts, "2024-06-19", jobs=2)
    here = fd.code_many(texts, "2024-06-19", jobs=1)
    assert list(apart) == list(here)
    assert len(apart) == len(texts)
