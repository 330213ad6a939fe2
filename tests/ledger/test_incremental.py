"""A ledger made on from the last one is the one that is made anew, whatever came in which order."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest
from building import Doc, by_text, records, say
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreigndesk.ledger import sharding, shards
from foreigndesk.ledger.build import rebuild
from foreigndesk.ledger.desk import ArticleRecord, Desk
from foreigndesk.ledger.judgements import Decisions
from foreigndesk.ledger.replay import Before, Replay, relink
from foreigndesk.ledger.schema import ALL_TABLES
from foreigndesk.ledger.views import profiles, view
from foreigndesk.model import Judgement, Report

STATES = ("Russia", "North Korea", "United States", "Vladimir Putin", "Kim Jong Un")
DEEDS = ("CONSULT", "CONSULT visit", "AID", "ASSAULT", "ACCUSE", "SANCTION", "REQUEST meet")
STATUSES = ("occurred", "occurred", "occurred", "planned", "denied", "conditional", "possible")
WORDS = ("tank", "grain", "border", "missile", "talks", "Vienna", "Seoul")


def pile(chance: random.Random, size: int) -> list[Report]:
    """Reports of a few actors in one season, so that most have neighbours."""
    return [_said(chance, number) for number in range(size)]


def _said(chance: random.Random, number: int) -> Report:
    one, other = chance.sample(STATES, 2)
    deed, mark = chance.choice(DEEDS), ">"
    if deed == "CONSULT":
        mark = "="
    day = f"2024-0{chance.randint(1, 4)}-{chance.randint(10, 20)}"
    doc = Doc(f"d{number % 17}", "2024-04-25" if number % 3 else None, f"Outlet {number % 4}")
    words = " ".join(chance.choices(WORDS, k=4))
    return say(
        doc,
        f"The {words} of {one}.",
        f"{one} {mark} {deed} {mark} {other}" if chance.random() < 0.8 else f"{one} > {deed} > ",
        status=chance.choice(STATUSES),
        date=day if chance.random() < 0.6 else None,
        by=[(one, "denies")] if chance.random() < 0.2 else (),
        dead=chance.choice((None, None, 3, 5)),
        at=number * 100,
    )


def content(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All that a ledger holds, but what it says that it was made of."""
    with duckdb.connect(str(desk.ledger), read_only=True) as ledger:
        return {
            name: sorted(
                ledger.execute(f"SELECT {_columns(name)} FROM {name}").fetchall(), key=repr
            )
            for name in ALL_TABLES
            if name != "basis"
        }


def _columns(name: str) -> str:
    """All columns but the file in which an article lies: that depends on the batches."""
    return ", ".join(f'"{c}"' for c in ALL_TABLES[name].names if c != "file")


def build(path: Path, batches: list[list[ArticleRecord]], judged: list[Judgement]) -> Desk:
    """A desk that is rebuilt after each batch; what is judged is so before the last."""
    desk = Desk.create_or_open(path)
    for number, batch in enumerate(batches):
        desk.append(batch)
        if number == len(batches) - 1 and judged:
            rebuild(desk, by_text)
            desk.judge(judged)
        rebuild(desk, by_text)
    return desk


@pytest.mark.parametrize("whole", [shards.WHOLE, 0])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=False))
def test_incremental_is_anew(
    tmp_path_factory: pytest.TempPathFactory, whole: int, chance: random.Random
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "WHOLE", whole)
        tmp_path = tmp_path_factory.mktemp("desks")
        reports = pile(chance, chance.randint(2, 60))
        rows = records(reports)
        judged = _judgements(chance, reports)
        anew = build(tmp_path / "anew", [rows], [])
        anew.judge(judged)
        anew.ledger.unlink()
        rebuild(anew, by_text)
        chance.shuffle(rows)
        cuts = sorted(chance.sample(range(len(rows) + 1), min(2, len(rows))))
        batches = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
        assert content(build(tmp_path / "on", batches, judged)) == content(anew)


def _judgements(chance: random.Random, reports: list[Report]) -> list[Judgement]:
    found = []
    for number in range(chance.randint(0, 3)):
        one, other = (chance.choice(reports).report_id for _ in range(2))
        verdict = chance.choice(("wrong", "same", "different"))
        second = None if verdict == "wrong" else other
        if second != one:
            found.append(Judgement(f"j{number}", one, verdict, second, None, "me", "2024-07-01"))
    return found


@pytest.mark.parametrize("seed", [173, 186, 197])
def test_every_pair_of_an_event_can_be_parted(seed: int) -> None:
    """A judgement also parts two reports that came together when their clusters were joined."""
    reports = sorted(set(pile(random.Random(seed), 60)), key=lambda r: r.report_id)
    about = profiles(reports)
    views = [view(r, {}, about) for r in reports]
    marks = {r.report_id: number for number, r in enumerate(reports)}
    before = relink(views, marks, Decisions(), Before())
    for cluster in before.outcome()[0]:
        first, *others = sorted(m.report_id for m in cluster.members)
        for other in others:
            parted = Decisions(different=frozenset([(first, other)]))
            last = Before(before.placed, frozenset([first, other]))
            on, anew = (relink(views, marks, parted, b) for b in (last, Before()))
            assert shape(on) == shape(anew)


def shape(linked: Replay) -> list[tuple[str, list[str], list[tuple[str, str | None]]]]:
    """What is linked, and why."""
    clusters, _ = linked.outcome()
    return [(c.event_id, [m.report_id for m in c.members], sorted(c.links)) for c in clusters]


def test_few_reports_are_scored_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more report of other actors leaves the rest unscored."""
    makings: list[sharding.Making] = []
    make = sharding.make

    def noted(shard: shards.Shard, making: sharding.Making) -> None:
        makings.append(making)
        make(shard, making)

    monkeypatch.setattr("foreigndesk.ledger.build.make", noted)
    desk = Desk.create_or_open(tmp_path / "desk")
    desk.append(records(pile(random.Random(3), 80)))
    rebuild(desk, by_text)
    late = say(Doc("late", "2024-04-25"), "Israel helped.", "Israel > AID > Ukraine", at=7)
    desk.append(records([late]))
    rebuild(desk, by_text)
    assert makings[0].scored > 80
    assert makings[1].scored < 5
    assert len(makings[1].kept) > 10
