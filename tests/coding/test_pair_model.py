"""The learned model of a pair, its pool with the rules, and doing without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.coding.pair_model import (
    LONGEST,
    MODEL,
    VOCABULARY,
    WEIGHTS,
    Vote,
    Weights,
    encode,
    fit_class,
    load,
    shipped,
)
from foreigndesk.coding.wordpiece import WordPiece

PIECES = WordPiece({"[UNK]": 100, "word": 2000, "other": 2001})
POOL = Weights(
    roots=("ASSAULT", "CONSULT", "YIELD"), rule={"both": 2.0, "one": 0.5}, rule_confidence=0.0
)


def test_marks_stand_around_both_actors() -> None:
    assert encode(PIECES, "word other word", (0, 4), (5, 10)) == [
        101, 1, 2000, 2, 3, 2001, 4, 2000, 102,
    ]  # fmt: skip


@given(st.integers(0, 400), st.integers(0, 400))
def test_long_texts_keep_the_opening_marks(before: int, between: int) -> None:
    text = "other " * before + "word " + "other " * between + "word"
    first = 6 * before
    second = len(text) - 4
    ids = encode(PIECES, text, (first, first + 4), (second, second + 4))
    assert len(ids) <= LONGEST
    assert ids.count(1) == ids.count(3) == 1


def test_without_a_vote_the_model_decides_and_a_good_vote_turns_it() -> None:
    logs = [-1.5, -0.5, -1.6]
    alone = POOL.probabilities(logs, [])
    voted = POOL.probabilities(logs, [Vote("ASSAULT", 1.0, 0.9)])
    assert max(alone, key=alone.__getitem__) == "CONSULT"
    assert max(voted, key=voted.__getitem__) == "ASSAULT"
    assert sum(voted.values()) == pytest.approx(1.0)


def test_classes_of_fit() -> None:
    assert [fit_class(f) for f in (1.0, 0.95, 0.6, 0.5, 0.2)] == [
        "both", "both", "one", "wrong-way", "wrong-way",
    ]  # fmt: skip


def test_a_folder_without_the_files_gives_no_model(tmp_path: Path) -> None:
    assert load(tmp_path) is None


def test_without_onnxruntime_there_is_no_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (MODEL, VOCABULARY, WEIGHTS):
        (tmp_path / name).write_text("")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert load(tmp_path) is None


def test_the_shipped_model_reads_direction_and_refusal() -> None:
    model = shipped()
    assert model is not None, "the package's model files are missing"
    text = "Kenya's navy shelled the hideout of Somali pirates."
    logs = model.logs(text, (0, 12), (36, 50))
    assert model.weights.roots[max(range(15), key=logs.__getitem__)] == "ASSAULT"
    text = "Norway refused to hand the fugitive over to Chile."
    logs = model.logs(text, (0, 6), (44, 49))
    assert model.weights.roots[max(range(15), key=logs.__getitem__)] == "REJECT"


def test_coding_without_a_question_loads_no_model() -> None:
    program = (
        "import sys; from foreigndesk.pipeline import Reader; from foreigndesk.settings import "
        "Settings; from foreigndesk.coding.pair_model import shipped; "
        "Reader(Settings()).analyse('Mali attacked Chad.'); sys.exit(shipped.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
