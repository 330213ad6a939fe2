"""The fitted network as int8 ONNX, with its vocabulary and the pool's weights beside it."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from pathlib import Path

import msgspec
import onnx
import torch
from onnxruntime.quantization import (  # type: ignore[import-untyped]
    QuantType,
    quantize_dynamic,
)

from foreigndesk.coding.pair_model import MODEL, VOCABULARY, WEIGHTS, Weights
from training.minilm import PairNet, folder


def export(net: PairNet, target: Path) -> None:
    """Write the model and vocabulary into folder `target`, made if it is not there."""
    target.mkdir(parents=True, exist_ok=True)
    net.eval()
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                net,
                (torch.tensor([[101, 1, 2000, 2, 2001, 3, 2002, 4, 102]]),),
                str(whole),
                input_names=["ids"],
                output_names=["scores"],
                dynamic_axes={"ids": {1: "pieces"}},
                opset_version=17,
                dynamo=False,
            )
        quantize_dynamic(whole, target / MODEL, per_channel=True, weight_type=QuantType.QInt8)
    _strip(target / MODEL)
    shutil.copyfile(folder() / "vocab.txt", target / VOCABULARY)


def write_weights(weights: Weights, target: Path) -> None:
    """Write the pool's weights, rounded, as readable JSON."""
    text = json.dumps(msgspec.to_builtins(weights), indent=1, ensure_ascii=False)
    (target / WEIGHTS).write_text(text + "\n", encoding="utf-8")


def _strip(path: Path) -> None:
    """Take out of a model file what is about its making: documentation, the producer's names."""
    model = onnx.load(str(path))
    model.producer_name, model.producer_version, model.doc_string = "", "", ""
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    path.write_bytes(model.SerializeToString(deterministic=True))
