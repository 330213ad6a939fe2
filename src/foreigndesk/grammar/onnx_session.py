"""The one place that starts onnxruntime: a session on one core, where it is installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def one_core_session(model: bytes | str) -> Any | None:
    """A session for a model, or a file's path, that computes on one core of the processor.

    None where onnxruntime is not installed.
    """
    try:
        runtime: Any = import_module("onnxruntime")
    except ImportError:
        return None
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
