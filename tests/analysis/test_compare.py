"""Two records of the same world laid side by side: who has what, and how far they agree."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from building import Doc, say, write
from hypothesis import given, settings
from hypothesis import strategies as st

from foreigndesk.analysis.compare import Comparison, Summary, Terms, compared, other_of
from foreigndesk.analysis.compare_rows import Loaded, Other
from foreigndesk.analysis.filters import Filters
from foreigndesk.errors import UsageError
from foreigndesk.ledger import imported
from foreigndesk.ledger.desk import Desk

MAY = Doc("may-page", "2024-05-31", "May Times")
MARCH = Doc("march-page", "2024-03-01", "March Times")
OURS = [
    say(MARCH, "Putin met Kim.", "Vladimir Putin = CONSULT = Kim Jong Un", date="2024-03-10"),
    say(MARCH, "Russia armed North Korea.", "Russia > AID > North Korea", date="2024-03-20",
        at=50),
    say(MAY, "Seoul accused Russia.", "South Korea > ACCUSE > Russia", date="2024-05-02"),
    say(MAY, "Russia will arm Ukraine.", "Russia > AID > Ukraine", status="planned",
        date="2024-05-20", at=100),
    say(MAY, "Israel struck.", "Israel > ASSAULT > Ukraine", at=200, date="2024-05-03"),
    say(MAY, "Israel met Seoul.", "Israel > CONSULT > South Korea", at=400,
        date="2024-01-01/2024-12-31"),
    say(MAY, "Moscow rebels fought Moscow.", "Russian rebels > ASSAULT > Moscow", at=300,
        date="2024-05-05"),
]  # fmt: skip


def theirs(
    n: int, day: str, pair: str, kind: str | None, quad: int, source: str = "gdelt"
) -> dict[str, object]:
    """An imported event; `pair` is "RUS>PRK"."""
    actor, _, recipient = pair.partition(">")
    return {
        "imported_id": f"t{n}", "source": source, "format": "gdelt", "file": "a.CSV", "line": n,
        "their_id": str(n), "url": f"https://x.example/{n}", "told": day, "earliest": day,
        "latest": day, "event_type": kind, "quad": quad, "intensity": 1.0 - quad,
        "actor": actor, "actor_code": actor or None, "recipient": recipient,
        "recipient_code": recipient or None, "text": kind, "actor_keys": [actor.lower()],
        "recipient_keys": [recipient.lower()], "outlet_keys": [],
    }  # fmt: skip


THEIRS = [
    theirs(1, "2024-03-11", "PRK>RUS", "CONSULT", 1),
    theirs(2, "2024-03-12", "RUS>PRK", "CONSULT", 1),
    theirs(3, "2024-03-21", "RUS>PRK", "COOPERATE", 2),
    theirs(4, "2024-05-01", "KOR>RUS", "THREATEN", 3),
    theirs(5, "2024-05-20", "RUS>UKR", "AID", 2),
    theirs(6, "2024-05-21", "USA>FRA", None, 1),
    theirs(7, "2024-05-21", "USA>", "CONSULT", 1),
    theirs(8, "2024-05-21", "USA>USA", "PROTEST", 4),
    theirs(9, "2024-03-01", "FRA>USA", "CONSULT", 1),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with OURS, and THEIRS beside it."""
    found = write(tmp_path_factory.mktemp("compare") / "desk", OURS)
    assert imported.write(found, imported.Part("events", "gdelt", "gdelt", "k", "t"), THEIRS) == 9
    return found


def asked(
    desk: Desk, terms: Terms | None = None, **filters: str
) -> tuple[Summary, dict[str, list[dict[str, object]]]]:
    """The summary, and every table."""
    with compared(desk, other_of(desk, None), Filters(**filters), terms or Terms()) as (c, summary):
        tables = {"months": c.months(), "dyads": c.dyads(), "types": c.months("type")}
        tables |= {which: c.listed(which) for which in ("ours-only", "theirs-only", "both")}
        return summary, {name: table.to_pylist() for name, table in tables.items()}


def test_what_each_has_that_the_other_lacks(desk: Desk) -> None:
    summary, tables = asked(desk)
    # ours: the meeting in both directions, the arms, the accusation, an assault
    assert (summary.ours, summary.ours_in_both, summary.only_ours) == (5, 4, 1)
    assert (summary.undated_ours, summary.undated_theirs) == (1, 0)
    assert (summary.theirs, summary.theirs_in_both, summary.only_theirs) == (7, 4, 3)
    assert (summary.unpaired_theirs, summary.within_theirs, summary.within_ours) == (1, 1, 1)
    assert (summary.first, summary.last) == ("2024-02-28", "2024-05-23")
    assert summary.agreement == pytest.approx(8 / 12, abs=1e-4)
    assert [(r["event_type"], r["target"]) for r in tables["ours-only"]] == [("ASSAULT", "UKR")]
    assert [r["id"] for r in tables["theirs-only"]] == ["t9", "t5", "t6"]
    march = [r for r in tables["months"] if r["month"] == "2024-03" and r["target"] == "PRK"]
    assert march == [
        {"month": "2024-03", "source": "RUS", "target": "PRK", "ours": 2, "theirs": 2,
         "ours_in_both": 2, "theirs_in_both": 2, "only_ours": 0, "only_theirs": 0}
    ]  # fmt: skip


def test_evidence_of_both_sides(desk: Desk) -> None:
    _, tables = asked(desk)
    (ours,), theirs = tables["ours-only"], tables["theirs-only"][0]
    assert (ours["text"], ours["place_of"]) == ("Israel struck.", "may-page.txt")
    assert ours["outlet"] == "May Times"
    assert (theirs["url"], theirs["place_of"]) == ("https://x.example/9", "a.CSV:9, event 9")
    both = {(r["id"], r["their_event"]) for r in tables["both"]}
    assert len(both) == 4
    assert {r["days_apart"] for r in tables["both"]} == {1, 2}


def test_an_event_without_address_has_that_of_its_first_mention(tmp_path: Path) -> None:
    found = write(tmp_path / "d", OURS)
    event = theirs(9, "2024-03-01", "FRA>USA", "CONSULT", 1) | {"url": None}
    imported.write(found, imported.Part("events", "gdelt", "gdelt", "k", "t"), [event])
    told = [
        {"mention_id": f"m{n}", "source": "gdelt", "file": "m", "line": n, "their_id": "9",
         "told": day, "url": f"https://m.example/{n}"}
        for n, day in enumerate(["2024-03-03", "2024-03-02"])
    ]  # fmt: skip
    imported.write(found, imported.Part("mentions", "gdelt", "gdelt", "m", "t"), told)
    (row,) = asked(found)[1]["theirs-only"]
    assert row["url"] == "https://m.example/1"


def test_a_mutual_event_answers_to_either_direction(desk: Desk) -> None:
    _, tables = asked(desk, Terms(alike="type"), event_type="CONSULT")
    rows = {(r["source"], r["target"]): r for r in tables["dyads"]}
    for pair in (("PRK", "RUS"), ("RUS", "PRK")):
        assert (rows[pair]["ours_in_both"], rows[pair]["theirs_in_both"]) == (1, 1)
    summary, tables = asked(desk, Terms(undirected=True), event_type="CONSULT")
    assert (summary.ours, tables["dyads"][0]["theirs"]) == (1, 2)


@pytest.mark.parametrize(
    ("terms", "matched"),
    [
        (Terms(days=0), 0),
        (Terms(days=1), 4),
        (Terms(days=1, alike="quad"), 4),
        (Terms(days=1, alike="type"), 2),
        (Terms(days=1, everything=True), 5),
    ],
)
def test_days_and_likeness(desk: Desk, terms: Terms, matched: int) -> None:
    assert asked(desk, terms)[0].ours_in_both == matched


def test_filters_and_days_that_are_asked_for(desk: Desk) -> None:
    assert asked(desk, since="2024-05")[0].first == "2024-05"
    summary, tables = asked(desk, dyad="RUS-PRK")
    assert (summary.ours, summary.theirs) == (3, 3)
    assert {r["event_type"] for r in tables["types"]} == {"CONSULT", "AID", "COOPERATE"}
    assert asked(desk, Terms(domestic=True))[0].ours == 6
    assert asked(desk, Terms(shared=True))[0].theirs == 4
    assert asked(desk, standing="planned")[0].ours == 1


def test_of_several_pairs_those_that_are_asked_for(tmp_path: Path) -> None:
    told = [say(MAY, "They accused it.", "United States; South Korea > ACCUSE > North Korea")]
    desk = write(tmp_path / "d", told)
    imported.write(
        desk, imported.Part("events", "gdelt", "gdelt", "k", "t"),
        [theirs(1, "2024-05-30", "USA>PRK", "ACCUSE", 3)],
    )  # fmt: skip
    assert asked(desk)[0].only_ours == 1
    for filters in ({"dyad": "USA-PRK"}, {"dyad": "usa>prk"}, {"actor": "USA"}):
        assert asked(desk, **filters)[0].only_ours == 0
    assert asked(desk, dyad="PRK>USA")[0].ours == 0
    assert asked(desk, Terms(undirected=True), dyad="PRK-USA")[0].ours == 1
    # a name is no code: every pair of its events stays
    assert asked(desk, actor="States")[0].only_ours == 2


def test_two_desks(desk: Desk, tmp_path: Path) -> None:
    copy = write(tmp_path / "copy", OURS[:3])
    with compared(desk, other_of(desk, str(copy.path)), Filters(), Terms()) as (found, summary):
        assert (summary.theirs, summary.only_theirs) == (4, 0)
        assert found.dyads().num_rows == 4
    with compared(copy, other_of(copy, str(desk.path)), Filters(), Terms()) as (found, _):
        (row,) = found.listed("theirs-only").to_pylist()
        assert (row["text"], row["place_of"]) == ("Israel struck.", "may-page.txt")


def test_what_cannot_be_compared_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gdelt"):
        other_of(desk, "icews")
    bare = write(tmp_path / "bare", OURS[:1])
    with pytest.raises(UsageError, match="foreigndesk import"):
        other_of(bare, None)
    late = [theirs(1, "2030-01-01", "RUS>PRK", "CONSULT", 1, "late")]
    imported.write(bare, imported.Part("events", "late", "gdelt", "k", "t"), late)
    with pytest.raises(UsageError, match="from 2030-01-01 to 2030-01-01"):
        asked(bare)
    assert asked(bare, since="2024", until="2031")[0].only_theirs == 1
    with pytest.raises(UsageError, match="near"):
        asked(desk, Terms(alike="twins"))


PAIR = st.sampled_from(["RUS>PRK", "PRK>RUS", "USA>PRK"])
DAYS = st.integers(0, 120).map(lambda n: (date(2024, 1, 1) + timedelta(n)).isoformat())
KIND = st.sampled_from([("CONSULT", 1), ("AID", 2), ("ACCUSE", 3), (None, 1)])
EVENTS = st.lists(st.tuples(DAYS, PAIR, KIND), max_size=8)


def side(name: str, events: list[tuple[str, str, tuple[str | None, int]]]) -> Loaded:
    """Rows as compare_rows makes them."""
    names = ["id", "pair", "a", "r", "event_type", "event_mode", "quad", "intensity", "day",
             "last", "month"]  # fmt: skip
    rows = []
    for n, (day, pair, (kind, quad)) in enumerate(events):
        a, _, r = pair.partition(">")
        when = date.fromisoformat(day)
        rows.append([f"{name}{n}", f"{name}{n}|{pair}", a, r, kind, None, quad, float(quad), when,
                     when, day[:7]])  # fmt: skip
    kinds = dict.fromkeys(names, pa.string()) | {"quad": pa.int64(), "intensity": pa.float64()}
    kinds |= {"day": pa.date32(), "last": pa.date32()}
    table = pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) for row in rows], schema=pa.schema(list(kinds.items()))
    )
    return Loaded(table, 0, 0, 0)


@given(ours=EVENTS, other=EVENTS, days=st.integers(0, 9), alike=st.sampled_from(["type", "quad"]))
@settings(max_examples=25, deadline=None)
def test_matches_are_those_that_one_finds_by_looking(
    ours: list[tuple[str, str, tuple[str | None, int]]],
    other: list[tuple[str, str, tuple[str | None, int]]],
    days: int,
    alike: str,
) -> None:
    def fits(one: tuple[str, str, tuple[str | None, int]], two: object) -> bool:
        day, pair, (kind, quad) = two  # type: ignore[misc]  # the same tuple
        apart = abs((date.fromisoformat(one[0]) - date.fromisoformat(day)).days)
        like = one[2][0] == kind is not None if alike == "type" else one[2][1] == quad
        return one[1] == pair and apart <= days and like

    found = Comparison(Desk(Path()), Other("x", Desk(Path()), "x"), Terms(days, alike))
    found.load(side("o", ours), side("t", other))
    summary = found.summary(None, None)
    assert summary.ours_in_both == sum(any(fits(o, t) for t in other) for o in ours)
    assert summary.theirs_in_both == sum(any(fits(t, o) for o in ours) for t in other)
    assert (summary.ours, summary.theirs) == (len(ours), len(other))
    months = found.months("quad").to_pylist()
    assert sum(r["only_ours"] for r in months) == summary.only_ours
    assert sum(r["theirs"] for r in months) == len(other)


def test_the_correlation_of_months() -> None:
    def series(name: str, counts: list[int]) -> Loaded:
        days = [f"2024-0{month}-15" for month, n in enumerate(counts, 1) for _ in range(n)]
        return side(name, [(day, "RUS>PRK", ("AID", 2)) for day in days])

    def related(one: list[int], two: list[int]) -> dict[str, object]:
        found = Comparison(Desk(Path()), Other("x", Desk(Path()), "x"), Terms())
        found.load(series("o", one), series("t", two))
        (row,) = found.dyads().to_pylist()
        return row

    assert related([1, 2, 3, 4], [2, 4, 6, 8])["r_cooperation"] == 1.0
    assert related([1, 2, 3], [3, 2, 1])["r_cooperation"] == -1.0
    assert related([1, 0, 3, 1], [1, 2, 0, 1])["r_cooperation"] == pytest.approx(-0.9733, abs=1e-4)
    assert related([1, 2], [2, 4])["r_cooperation"] is None
    assert related([1, 1, 1], [2, 4, 6])["r_cooperation"] is None
    assert related([1, 2, 3], [3, 2, 1])["r_conflict"] is None
