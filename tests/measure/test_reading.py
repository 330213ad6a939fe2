"""Tables, PLOVER records and nested texts as gold, and what is at fault in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foreigndesk.codebook.load import open_codebook
from foreigndesk.desk.gold_files import known
from foreigndesk.errors import UsageError
from foreigndesk.measure.columns import Row, columns
from foreigndesk.measure.gold import GoldText
from foreigndesk.measure.known import Known
from foreigndesk.measure.pairs import read_pairs
from foreigndesk.measure.reading import Gold, read_gold


@pytest.fixture(scope="module")
def knows() -> Known:
    return known(open_codebook(None))


def read(knows: Known, *records: dict[str, Any], map: str | None = None, **more: bool) -> Gold:
    rows = [Row(f"gold.csv, line {at}", record) for at, record in enumerate(records, 2)]
    return read_gold(rows, columns(map), knows, **more)


def only(gold: Gold) -> GoldText:
    (text,) = gold.texts.values()
    return text


def test_rows_of_one_text_are_its_events(knows: Known) -> None:
    row = {"id": "7", "text": "x y", "event_type": "aid", "actor": "NOR", "recipient": ""}
    gold = read(knows, row, row | {"event_type": "Accuse", "recipient": "RUS; USA|GBR"})
    first, second = only(gold).events
    assert (first.event_type, first.actor, first.recipient) == ("AID", ("NOR",), ())
    assert second.recipient == ("RUS", "USA|GBR")
    assert (first.status, first.attribution, first.date) == (None, None, None)


def test_an_empty_type_is_a_text_without_events_and_twins_count_once(knows: Known) -> None:
    assert only(read(knows, {"text": "Rain.", "type": ""})).events == ()
    row = {"text": "x", "type": "AID"}
    gold = read(knows, row, row)
    assert len(only(gold).events) == 1
    assert gold.notes == ["Events that stand twice in the gold, and count once: 1."]


@pytest.mark.parametrize(
    ("cell", "party"),
    [
        ("RUS", "RUS"),
        ("RUS MIL", "RUS MIL"),
        ("RUSMIL", "RUS MIL"),
        ("REB", "REB"),
        ("Russia", "RUS"),
        ("vladimir putin", "RUS"),
        ("Hamas", "PSE REB"),
        ("The Seventh Brigade", "=The Seventh Brigade"),
        ("USA|Boko Haram", "USA|NGA REB"),
    ],
)
def test_parties(knows: Known, cell: str, party: str) -> None:
    assert only(read(knows, {"text": "x", "type": "AID", "actor": cell})).events[0].actor == (
        party,
    )


def test_types_of_ones_own_are_known_by_type_and_mode(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "own.yaml").write_text(
        "- {id: own.x, event: SABOTAGE, under: ASSAULT, score: -8, modes: {cable: {score: -7}}, "
        "says: a, not: b}\n"
    )
    knows = known(open_codebook(tmp_path))
    for mode, whole in (("", "sabotage"), ("cable", "sabotage/cable")):
        event = only(read(knows, {"text": "x", "type": "Sabotage", "mode": mode})).events[0]
        assert (event.event_type, event.event_mode) == ("ASSAULT", whole)
    event = only(read(knows, PLOVER | {"event": ["SABOTAGE"], "mode": []})).events[0]
    assert (event.event_type, event.event_mode) == ("ASSAULT", "sabotage")


def test_a_star_and_a_missing_column_are_not_judged(knows: Known) -> None:
    event = only(read(knows, {"text": "x", "type": "AID", "actor": "*", "status": "*"})).events[0]
    assert (event.actor, event.recipient, event.status) == (None, None, None)


def test_columns_by_other_names_and_by_map(knows: Known) -> None:
    gold = read(knows, {"Sentence": "x", "Event Type": "AID", "Event-Mode": ""})
    assert only(gold).events[0].event_type == "AID"
    gold = read(knows, {"s": "x", "gold": {"root": "AID"}}, map="text=s,event_type=gold.root")
    assert only(gold).events[0].event_type == "AID"
    with pytest.raises(UsageError, match="OURS=THEIRS"):
        columns("colour=red")


@pytest.mark.parametrize(
    ("change", "found", "do"),
    [
        ({"type": "ASSALT"}, "the event type 'ASSALT'", "Did you mean ASSAULT"),
        ({"mode": "visit"}, "the mode 'visit' of AID", ""),
        ({"status": "happened"}, "the status 'happened'", ""),
        ({"actor": "GER"}, "the code 'GER'", "DEU"),
        ({"date": "soon"}, "the date 'soon'", ""),
        ({"place": "Atlantis"}, "the place 'Atlantis'", ""),
        ({"stance": "thinks", "speaker": "RUS"}, "the stance 'thinks'", ""),
        ({"trigger": "gave"}, "the trigger 'gave'", ""),
        ({"text": " "}, "an empty text", ""),
    ],
)
def test_faults_are_told_with_their_line(
    knows: Known, change: dict[str, str], found: str, do: str
) -> None:
    with pytest.raises(UsageError) as raised:
        read(knows, {"text": "ok", "type": "AID"}, {"text": "x", "type": "AID"} | change)
    assert raised.value.where == "gold.csv, line 3"
    assert raised.value.found == found
    assert do in raised.value.do


def test_all_faults_are_counted_and_lenient_leaves_them_out(knows: Known) -> None:
    records = [{"text": f"t{at}", "type": "AID" if at == 5 else "YIELD"} for at in range(8)]
    with pytest.raises(UsageError, match=r"7 faults in 8 records.* and 6 more.*YIELD"):
        read(knows, *records)
    gold = read(knows, *records, lenient=True)
    assert list(gold.texts) == ["t5"]
    assert "Records left out: 7. gold.csv, line 2 and 6 more: the" in gold.notes[0]
    with pytest.raises(UsageError):
        read(knows, *records[:5], lenient=True)


def test_a_missing_column_names_those_that_are_there(knows: Known) -> None:
    with pytest.raises(UsageError, match=r"its columns are words, type.*--map text=YOURS"):
        read(knows, {"words": "x", "type": "AID"})


PLOVER = {
    "id": "1", "has_event": True, "date": "2024-01-02", "text": "Mali will not free Boko Haram.",
    "actor": [{"code": "MLI", "sector": ["GOV", "MIL"]}],
    "recipient": [{"code": "", "sector": [], "entity_text": "Boko Haram"}],
    "event": ["RETREAT"], "mode": ["release", "negation"], "event_text": ["free"],
    "event_loc": [{"country_code": "MLI"}],
}  # fmt: skip


def test_a_plover_record(knows: Known) -> None:
    event = only(read(knows, PLOVER)).events[0]
    assert (event.event_type, event.event_mode, event.status) == ("RETREAT", "release", "denied")
    assert (event.actor, event.recipient) == (("MLI GOV|MLI MIL",), ("=Boko Haram",))
    assert (event.trigger, event.place, event.date) == ("free", "MLI", None)
    assert only(read(knows, PLOVER | {"has_event": False, "event": []})).events == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"event": ["YIELD"]}, "the event type 'YIELD'"),
        ({"event": []}, "no event"),
        ({"text": None}, "a PLOVER record without text"),
        ({"mode": ["sideways"]}, "the mode 'sideways' of RETREAT"),
    ],
)
def test_faults_of_plover_records(knows: Known, change: dict[str, Any], found: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(knows, PLOVER | change)
    assert raised.value.found == found


def test_nested_texts(knows: Known) -> None:
    nested = {"text": "x", "events": [{"event_type": "AID", "actor": ["NOR"]}], "extra": 1}
    assert only(read(knows, nested)).events[0].actor == ("NOR",)
    with pytest.raises(UsageError, match="colour"):
        read(knows, nested | {"events": [{"event_type": "AID", "colour": "red"}]})


def test_pairs_are_marked_by_offsets_or_words(knows: Known) -> None:
    text = "Mali thanked Norway."
    marks = {"pair": {"actor": [0, 4], "recipient": [13, 19]}}
    words = {"actor_text": "Mali", "recipient_text": "Norway"}
    for more in (marks, words):
        rows = [Row("r", {"text": text, "type": "SUPPORT"} | more)]
        (marked,), _ = read_pairs(rows, columns(None), knows)
        assert (marked.actor, marked.recipient) == ((0, 4), (13, 19))
        assert marked.gold.events[0].actor is None
    bad = [Row("r", {"text": text, "type": "AID", "actor_text": "Oman", "recipient_text": "Mali"})]
    with pytest.raises(UsageError, match="'Oman', which does not stand in the text"):
        read_pairs(bad, columns(None), knows)
