"""Products of matrices: as thinc's, each row the same whatever stands around it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from thinc.api import NumpyOps, get_current_ops

from foreigndesk.grammar import gemm
from foreigndesk.grammar.gemm import FastOps, fast_products

SHAPES = ((288, 288), (576, 288), (96, 50), (96, 2496))
"""Columns and rows of the weights of spaCy's small models."""


@pytest.fixture(scope="module")
def drawn() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize(("columns", "rows"), SHAPES)
def test_each_row_is_the_same_in_any_company(
    drawn: np.random.Generator, columns: int, rows: int
) -> None:
    x = drawn.standard_normal((700, columns)).astype("f")
    y = drawn.standard_normal((rows, columns)).astype("f")
    ops = FastOps()
    whole = ops.gemm(x, y, trans2=True)
    for size in (*range(1, 40), 64, 100, 333):
        for start in (0, 7, 300):
            part = ops.gemm(x[start : start + size], y, trans2=True)
            assert np.array_equal(part, whole[start : start + size]), (size, start)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(1, 9), st.booleans(), st.booleans())
def test_products_are_those_of_thinc(n: int, k: int, m: int, trans1: bool, trans2: bool) -> None:
    x = np.arange(n * k, dtype="f").reshape((k, n) if trans1 else (n, k))
    y = np.arange(k * m, dtype="f").reshape((m, k) if trans2 else (k, m))
    if not n:
        return
    wanted = NumpyOps().gemm(x, y, trans1=trans1, trans2=trans2)
    out = np.ones_like(wanted)
    assert np.allclose(FastOps().gemm(x, y, trans1=trans1, trans2=trans2), wanted)
    assert FastOps().gemm(x, y, out=out, trans1=trans1, trans2=trans2) is out
    assert np.allclose(out, wanted)


def test_without_onnxruntime_thinc_multiplies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gemm, "_session", lambda: None)
    x, y = np.ones((3, 2), dtype="f"), np.ones((4, 2), dtype="f")
    assert FastOps().gemm(x, y, trans2=True).tolist() == [[2.0] * 4] * 3


def test_only_what_is_loaded_within_is_changed() -> None:
    before = get_current_ops()
    with fast_products():
        assert isinstance(get_current_ops(), FastOps)
    assert get_current_ops() is before
