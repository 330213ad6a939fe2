from __future__ import annotations

import io
import random
from pathlib import Path

import duckdb
import pytest
from building import affair, by_text, records, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreigndesk.exchange import WHAT, export
from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import Desk
from foreigndesk.ledger.times import bounds, iso
from foreigndesk.model import Judgement


def exported(desk: Desk) -> dict[str, bytes]:
    found = {}
    for what in WHAT:
        buffer = io.BytesIO()
        export(desk, what, "jsonl", buffer)
        found[what] = buffer.getvalue()
    return found


def test_rebuilding_changes_no_byte_of_the_export(tmp_path: Path) -> None:
    desk = write(tmp_path / "desk", affair())
    before = exported(desk)
    rebuild(desk, by_text)
    assert exported(desk) == before
    assert all(before.values())
    assert sorted(p.name for p in desk.path.iterdir()) == [
        "articles",
        "desk.toml",
        "ledger.duckdb",
        "reports",
    ]


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=False))
def test_any_order_and_any_batches_give_the_same_export(
    tmp_path: Path, chance: random.Random
) -> None:
    expected = exported(write(tmp_path / "plain", affair()))
    rows = records(affair())
    chance.shuffle(rows)
    cut = chance.randrange(len(rows))
    desk = Desk.create_or_open(tmp_path / f"shuffled{chance.random()}")
    desk.append(rows[:cut])
    rebuild(desk, by_text)
    desk.append(rows[cut:])
    rebuild(desk, by_text)
    assert exported(desk) == expected


def test_a_reader_keeps_the_ledger_it_has_open(tmp_path: Path) -> None:
    desk = write(tmp_path / "desk", affair()[:4])
    with duckdb.connect(str(desk.ledger), read_only=True) as reader:
        before = reader.execute("SELECT count(*) FROM reports").fetchone()
        desk.append(records(affair()[8:]))
        rebuild(desk, by_text)
        assert reader.execute("SELECT count(*) FROM reports").fetchone() == before == (4,)


def test_a_judgement_holds_over_rebuilds(tmp_path: Path) -> None:
    desk = write(tmp_path / "desk", affair())
    wrong = affair()[0].report_id
    desk.judge([Judgement("j", wrong, "wrong", None, None, "me", "2024-07-01")])
    rebuild(desk, by_text)
    assert wrong.encode() not in exported(desk)["events"]
    assert wrong.encode() in exported(desk)["reports"]


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-01-15/2024-01-17", "2024-01-15", "2024-01-17"),
        ("../2024-07-19", None, "2024-07-19"),
        ("2024-06-19?", "2024-06-19", "2024-06-19"),
        ("some day", None, None),
        (None, None, None),
    ],
)
def test_bounds(edtf: str | None, earliest: str | None, latest: str | None) -> None:
    found = bounds(edtf)
    assert (iso(found.earliest), iso(found.latest)) == (earliest, latest)
