"""Made sentences: forms of verbs, marks, and the same sentences from the same seed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.data import by_table, folds, parse_marks, written
from training.inflect import Inflector
from training.phrases import Generator


@pytest.mark.parametrize(
    ("phrase", "past", "gerund", "present"),
    [
        ("send aid to X", "sent aid to X", "sending aid to X", "sends aid to X"),
        ("deny entry", "denied entry", "denying entry", "denies entry"),
        ("stop X", "stopped X", "stopping X", "stops X"),
        ("free X", "freed X", "freeing X", "frees X"),
        ("be ready to go", "was ready to go", "being ready to go", "is ready to go"),
        ("will go", "will go", "will go", "will go"),
        ("no longer back X", "no longer backed X", "no longer backing X", "no longer backs X"),
    ],
)
def test_forms(phrase: str, past: str, gerund: str, present: str) -> None:
    inflect = Inflector(Generator().words["irregular"])
    assert inflect.past(phrase) == past
    assert inflect.gerund(phrase) == gerund
    assert inflect.present(phrase) == present


def test_the_same_seed_gives_the_same_sentences() -> None:
    first, second, other = (Generator(seed).examples(3) for seed in (1, 1, 2))
    assert first == second != other


def test_every_made_sentence_is_marked_and_filled() -> None:
    made = Generator(3).examples(20)
    assert len(made) == 300
    for example in made:
        assert "<" not in example.text
        assert example.text[slice(*example.actor)] != ""
        assert example.text[slice(*example.actor)] != example.text[slice(*example.recipient)]


def test_marks_are_taken_out() -> None:
    example = parse_marks("AID", "To ⟦R:Mali⟧ came ⟦A:France's⟧ aid.")
    assert example is not None
    assert example.text == "To Mali came France's aid."
    assert example.text[slice(*example.actor)] == "France's"
    assert example.text[slice(*example.recipient)] == "Mali"
    assert parse_marks("AID", "To ⟦R:Mali⟧ came aid.") is None


def test_a_line_without_marks_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("AID\tno marks\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv:1"):
        written(tmp_path)


def test_folds_spread_labels_and_do_not_depend_on_order() -> None:
    made = Generator(4).examples(8)
    numbers = dict(zip([e.text for e in made], folds(made, 4), strict=True))
    turned = made[::-1]
    assert numbers == dict(zip([e.text for e in turned], folds(turned, 4), strict=True))
    assert [list(numbers.values()).count(n) for n in range(4)] == [30, 30, 30, 30]


def test_plovers_table_wins_over_habit() -> None:
    assert by_table("SANCTION", "Mali imposed sanctions on Chad.") == "COERCE"
    assert by_table("SANCTION", "A court in Mali found Chad's envoy guilty.") == "ACCUSE"
    assert by_table("SANCTION", "Mali cut ties with Chad.") == "SANCTION"
    assert by_table("YIELD", "Mali lifted sanctions on Chad.") == "YIELD"
