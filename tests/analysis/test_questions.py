from __future__ import annotations

from pathlib import Path

import pytest
from building import JULY, affair

from foreigndesk.analysis import (
    Filters,
    claims,
    context,
    discrepancies,
    dyads,
    find,
    network,
    promises,
    sources,
    timeline,
)
from foreigndesk.errors import DamagedDeskError, DeskError, UsageError
from foreigndesk.ledger.desk import Desk
from foreigndesk.model import Article, Event, Report, Story


def test_timeline_is_in_the_order_of_days(desk: Desk) -> None:
    rows = timeline(desk).to_pylist()
    days = [row["earliest"] or row["told"] for row in rows]
    assert days == sorted(days)
    assert len(rows) == 8
    kept = [row for row in rows if row["fulfils"] is not None]
    assert [row["date"] for row in kept] == ["2024-06-19"]


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        (Filters(actor="putin", since="2024-06"), ["CONSULT"]),
        (Filters(dyad="USA-PRK"), ["ACCUSE", "REJECT"]),
        (Filters(dyad="PRK>RUS"), ["AID", "CONSULT"]),
        (Filters(standing="contested"), ["AID"]),
        (Filters(event_type="accuse"), ["ACCUSE"]),
        (Filters(status="denied"), ["AID"]),
        (Filters(place="moscow"), ["CONSULT"]),
        (Filters(outlet="wire"), ["CONSULT"]),
        (Filters(text="landmark visit"), ["CONSULT"]),
        (Filters(until="2019"), ["CONSULT"]),
        (Filters(actor="FRA"), []),
    ],
)
def test_filters(desk: Desk, filters: Filters, types: list[str]) -> None:
    assert sorted(timeline(desk, filters).column("event_type").to_pylist()) == types


def test_as_of_leaves_out_what_was_told_later(desk: Desk) -> None:
    assert timeline(desk, Filters(as_of="2024-02-01")).num_rows == 6
    assert timeline(desk, Filters(limit=2)).num_rows == 2


def test_a_filter_that_does_not_apply_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="--stance"):
        timeline(desk, Filters(stance="denies"))
    with pytest.raises(UsageError, match="two actors"):
        timeline(desk, Filters(dyad="PRK"))
    with pytest.raises(UsageError, match="no day"):
        timeline(desk, Filters(since="soon"))


def test_claims_by_speaker_and_stance(desk: Desk) -> None:
    rows = claims(desk, Filters(speaker="PRK")).to_pylist()
    assert [(r["speaker"], r["stance"]) for r in rows] == [("North Korea", "denies")]
    assert claims(desk, Filters(stance="alleges")).num_rows == 3
    assert claims(desk, Filters(about="RUS", stance="denies")).num_rows == 2


def test_promises_as_of(desk: Desk) -> None:
    (row,) = promises(desk).to_pylist()
    assert (row["outcome"], row["by"], row["made"]) == ("kept", "Vladimir Putin", "2024-01-25")
    assert row["kept_by"] in timeline(desk).column("event_id").to_pylist()
    assert promises(desk, Filters(as_of="2024-03-01")).to_pylist()[0]["outcome"] == "open"
    assert promises(desk, Filters(status="overdue")).num_rows == 0
    with pytest.raises(UsageError, match="outcome"):
        promises(desk, Filters(status="lost"))


def test_discrepancies(desk: Desk) -> None:
    kinds = discrepancies(desk).column("kind").to_pylist()
    assert kinds == ["occurrence", "order"]


def test_dyads_and_network_count_events_and_leave_plans_out(desk: Desk) -> None:
    rows = {(r["month"], r["source"], r["target"]): r for r in dyads(desk).to_pylist()}
    assert rows["2024-01", "PRK", "RUS"]["events"] == 1
    assert rows["2024-06", "RUS", "PRK"]["quad1"] == 1
    assert rows[None, "USA", "PRK"]["mean_intensity"] == -3.0
    ties = {(r["one"], r["other"]): r for r in network(desk).to_pylist()}
    assert ties["PRK", "RUS"]["sign"] == 1
    assert ties["PRK", "USA"]["sign"] == -1
    assert ties["PRK", "RUS"]["events"] == 5


def test_sources(desk: Desk) -> None:
    rows = {r["outlet"]: r for r in sources(desk).to_pylist()}
    assert rows["Daily Star"]["articles"] == 1
    assert rows["Daily Star"]["reports"] == 8
    assert rows["Wire"]["alone"] == 0
    assert rows["World Mag"]["alone"] == 1


def test_find_by_id_and_beginning(desk: Desk) -> None:
    event_id = timeline(desk).to_pylist()[0]["event_id"]
    assert isinstance(find(desk, event_id[:12]), Event)
    report = find(desk, affair()[0].report_id)
    assert isinstance(report, Report)
    assert report.event_id is not None
    assert isinstance(find(desk, "wire"), Article)
    assert isinstance(find(desk, "story-wire"), Story)
    with pytest.raises(UsageError, match="no event"):
        find(desk, "zzz")
    with pytest.raises(UsageError, match=r"3 .*story-"):
        find(desk, "story-")


def test_context_gives_the_words_around(desk: Desk) -> None:
    found = context(desk, affair()[8])
    assert found is not None
    assert JULY.id == "july"
    assert found.evidence == affair()[8].evidence.text
    assert found.after.startswith(" Accusations")


def test_no_ledger_and_a_damaged_one(tmp_path: Path) -> None:
    empty = Desk.create_or_open(tmp_path / "desk")
    with pytest.raises(DeskError, match="the derived ledger"):
        timeline(empty)
    empty.ledger.write_bytes(b"junk" * 4096)
    with pytest.raises(DamagedDeskError, match="Remove this file"):
        timeline(empty)


def test_find_an_article_by_its_path(desk: Desk) -> None:
    found = find(desk, "july.txt")
    assert isinstance(found, Article)
    assert found.document_id == "july"


def test_limit_is_of_rows_not_of_the_events_counted(desk: Desk) -> None:
    whole = dyads(desk).to_pylist()
    assert dyads(desk, Filters(limit=1)).to_pylist() == whole[:1]
    assert network(desk, Filters(limit=1)).to_pylist() == network(desk).to_pylist()[:1]
