from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from foreigndesk.analysis import Filters
from foreigndesk.errors import UsageError
from foreigndesk.exchange import WHAT, export
from foreigndesk.ledger.desk import Desk


def lines(desk: Desk, what: str, filters: Filters | None = None) -> list[dict[str, object]]:
    buffer = io.BytesIO()
    count = export(desk, what, "jsonl", buffer, filters)
    rows = [json.loads(line) for line in buffer.getvalue().splitlines()]
    assert count == len(rows)
    return rows


@pytest.mark.parametrize("what", sorted(WHAT))
def test_each_row_is_its_record_in_every_format(desk: Desk, what: str, tmp_path: Path) -> None:
    rows = lines(desk, what)
    assert rows
    for row in rows:
        msgspec.convert(row, WHAT[what])
    export(desk, what, "parquet", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == rows
    export(desk, what, "csv", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows)


def test_reports_bear_their_events(desk: Desk) -> None:
    events = {e["event_id"]: e for e in lines(desk, "events")}
    for report in lines(desk, "reports"):
        assert report["report_id"] in events[report["event_id"]]["reports"]  # type: ignore[operator,index]  # JSON


def test_the_field_names_of_the_design(desk: Desk) -> None:
    (story, *_), (article, *_) = lines(desk, "stories"), lines(desk, "articles")
    assert set(story) == {"story_id", "lead", "articles", "outlets"}
    assert article["story_id"] is not None
    report = lines(desk, "reports")[0]
    assert list(report)[:5] == ["report_id", "event_id", "document", "evidence", "trigger"]


def test_filters_and_flat_csv(desk: Desk) -> None:
    assert len(lines(desk, "reports", Filters(event_type="AID"))) == 3
    buffer = io.BytesIO()
    export(desk, "reports", "csv", buffer, Filters(status="denied"))
    (row,) = csv.DictReader(io.StringIO(buffer.getvalue().decode()))
    assert row["document.outlet"] == "Daily Star"
    assert row["date.edtf"] == ""
    assert json.loads(row["attribution"])[0]["stance"] == "denies"


def test_no_rows_still_give_a_header(desk: Desk) -> None:
    buffer = io.BytesIO()
    assert export(desk, "claims", "csv", buffer, Filters(speaker="FRA")) == 0
    assert buffer.getvalue().startswith(b"claim_id,event_id,")


def test_unknown_words_are_refused_with_the_known_ones(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="jsonl, csv, parquet"):
        export(desk, "events", "xml", tmp_path / "out")
    with pytest.raises(UsageError, match="reports, events"):
        export(desk, "weather", "csv", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
