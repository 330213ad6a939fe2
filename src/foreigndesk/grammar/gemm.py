"""Matrix products for the parser's network, several times as fast as those spaCy comes with.

Two thirds of the time of parsing go into products of small matrices. thinc computes them with
blis, whose wheel does not use the wider registers of today's processors; onnxruntime, which the
pair model needs anyway, does (on AVX-512: 240 against 40 GFLOP/s on one core). `gemm.onnx` is one
node, built by `training/gemm.py`.

Each row of a product is the same, to the bit, whatever rows stand around it (a test holds it):
a text is parsed alike in any batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from foreigndesk.grammar.onnx_session import one_core_session

_MODEL = "gemm.onnx"


class FastOps(NumpyOps):  # type: ignore[misc]  # thinc's compiled classes have no types
    """thinc's operations on this machine's processor, with products x·yᵀ by onnxruntime."""

    def gemm(
        self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """The product of two float32 matrices, each transposed first if so said."""
        session = _session()
        plain = x.dtype == np.float32 == y.dtype and trans2 and not trans1 and x.size and y.size
        if session is None or not plain:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        found = _product(session, x, y)
        if out is None:
            return found
        out[...] = found
        return out


@contextmanager
def fast_products() -> Iterator[None]:
    """Models of thinc that are loaded within use `FastOps`, where onnxruntime is installed."""
    before = get_current_ops()
    if type(before) is NumpyOps:  # who chose a graphics card or Apple's own keeps it
        set_current_ops(FastOps())
    try:
        yield
    finally:
        set_current_ops(before)


def _product(session: Any, x: Any, y: Any) -> Any:
    """x·yᵀ; a single row is computed as two, since it alone would take another path."""
    if len(x) == 1:
        return _product(session, np.repeat(x, 2, axis=0), y)[:1]
    return session.run(None, {"x": x, "y": y})[0]


@lru_cache(maxsize=1)
def _session() -> Any:
    """The session of onnxruntime that multiplies on one core; None where it is not installed."""
    return one_core_session((files("foreigndesk.grammar") / _MODEL).read_bytes())
