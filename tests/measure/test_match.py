"""Which coded event answers which gold event; types confused; names, codes, sectors."""

from __future__ import annotations

from dataclasses import replace

import pytest
from measuring import event, found, text

from foreigndesk.measure.found import Party
from foreigndesk.measure.match import confused, match, same_party


def test_one_coded_event_answers_one_gold_event() -> None:
    gold = text("Iran attacked Iraq and Oman.", event("ASSAULT", "IRN", "IRQ"))
    matched = match(gold, [found("ASSAULT", "IRN", "IRQ"), found("ASSAULT", "IRN", "OMN")])
    assert [pair.whole for pair in matched.pairs] == [True]
    assert [coded.recipient[0].code for coded in matched.false] == ["OMN"]


def test_the_better_answer_is_taken() -> None:
    gold = text("x", event("ASSAULT", "IRN", "IRQ"), event("ASSAULT", "IRN", "OMN"))
    matched = match(gold, [found("ASSAULT", "IRN", "OMN"), found("ASSAULT", "IRN", "IRQ")])
    assert all(pair.whole for pair in matched.pairs)


def test_an_optional_event_is_neither_missed_nor_false() -> None:
    gold = text("x", event("AID", "NOR", "MLI", optional=True))
    assert match(gold, []).missed == ()
    assert match(gold, [found("AID", "NOR", "MLI")]).false == ()


def test_a_type_is_confused_at_one_trigger_or_between_the_same_sides() -> None:
    gold = text("Iran shelled Iraq.", event("ASSAULT", "IRN", "IRQ", trigger="shelled"))
    at_trigger = replace(found("COERCE", "TUR", "SYR"), start=5, end=12)
    elsewhere = replace(at_trigger, start=0, end=4)
    assert [c.event_type for _, c in confused(match(gold, [at_trigger]))] == ["COERCE"]
    assert confused(match(gold, [elsewhere])) == []
    assert confused(match(gold, [found("COERCE", "IRN", "IRQ")])) != []


@pytest.mark.parametrize(
    ("gold", "party", "same"),
    [
        ("RUS", Party("RUS", "MIL"), True),
        ("RUS MIL", Party("RUS", "GOV"), True),
        ("REB", Party("MLI", "REB"), True),
        ("REB", Party("MLI", "MIL"), False),
        ("USA|GBR", Party("GBR", None), True),
        ("IGO", Party("NATO", "IGO"), True),
        ("=Boko Haram", Party(None, "REB", ("boko haram",)), True),
        ("=Boko Haram", Party("NGA", "REB", ("Ansaru",)), False),
    ],
)
def test_parties(gold: str, party: Party, same: bool) -> None:
    assert same_party(gold, party) is same
