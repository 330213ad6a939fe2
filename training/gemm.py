"""Write `grammar/gemm.onnx`: the one product x·yᵀ, for onnxruntime.

    python -m training.gemm [FILE]

Needs the package `onnx` (see README.md here).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from onnx import TensorProto, checker, helper

HOME = Path(__file__).parents[1] / "src" / "foreigndesk" / "grammar" / "gemm.onnx"


def model() -> Any:
    """The model: inputs `x` (m rows of k) and `y` (n rows of k), output (m rows of n), float32."""
    x, y, product = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in (("x", ["m", "k"]), ("y", ["n", "k"]), ("xy", ["m", "n"]))
    )
    node = helper.make_node("Gemm", ["x", "y"], ["xy"], transB=1)
    graph = helper.make_graph([node], "gemm", [x, y], [product])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


if __name__ == "__main__":
    built = model()
    checker.check_model(built)
    (Path(sys.argv[1]) if len(sys.argv) > 1 else HOME).write_bytes(built.SerializeToString())
