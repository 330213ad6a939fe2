from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import floors
from evaluation.linking import FLOORS, b_cubed, measure, pairwise, read_gold


def test_no_figure_is_under_its_floor() -> None:
    figures, wrong = measure()
    low = floors.below(figures, floors.read(FLOORS))
    assert not low, "\n".join([*low, *wrong])


def test_the_gold_is_large_enough_and_in_two_halves() -> None:
    articles = read_gold()
    marks = [(a, m) for a in articles for _, marks in a.sentences for m in marks]
    assert len({m.happening for _, m in marks}) >= 60
    assert len(marks) >= 200
    for half in ("dev", "test"):
        assert len({m.happening for a, m in marks if a.half == half}) >= 25
    assert len({a.document.id for a in articles}) == len(articles)


GOLD = {"a": 1, "b": 1, "c": 1, "d": 2}


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        ({"a": "x", "b": "x", "c": "x", "d": "y"}, (1.0, 1.0)),
        ({"a": "x", "b": "x", "c": "x", "d": "x"}, ((3 * 0.75 + 0.25) / 4, 1.0)),
        ({}, (1.0, (3 / 3 + 1) / 4)),
        ({"a": "x", "b": "x"}, (1.0, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)),
    ],
)
def test_b_cubed(predicted: dict[str, str], expected: tuple[float, float]) -> None:
    assert b_cubed(GOLD, predicted)[:2] == pytest.approx(expected)


def test_pairwise() -> None:
    found = pairwise(GOLD, {"a": "x", "b": "x", "d": "x"})
    assert found[:2] == pytest.approx((1 / 3, 1 / 3))


def test_a_mark_without_a_type_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "gold.txt").write_text("## affair\n@ 2024-01-02 Outlet\nA title => happening\n")
    with pytest.raises(ValueError, match=r"gold\.txt, line 3: found 'happening'"):
        read_gold(tmp_path)
