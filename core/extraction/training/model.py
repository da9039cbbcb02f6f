"""The torch twin of ``stances.network``, with the same names of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.network import BUCKETS, HEADS, LEXICAL, REACH, ROLES, Network, Thresholds
from newsdash.core.extraction.training.examples import Example
from numpy.typing import NDArray
from torch import Tensor, nn

VECTORS = 384
WIDTH = 128
LEMMA, ROLE = 24, 8


class Batch:
    """Examples padded to one length, as tensors."""

    def __init__(self, kept: Sequence[Example]) -> None:
        n = max(len(e.words.lemmas) for e in kept)
        size = len(kept)
        self.vectors = torch.zeros(size, n, VECTORS)
        self.lexical = torch.zeros(size, n, LEXICAL)
        self.lemmas = torch.zeros(size, n, dtype=torch.long)
        self.heads = torch.zeros(size, n, dtype=torch.long)
        self.roles = torch.zeros(size, n, dtype=torch.long)
        self.mask = torch.zeros(size, n)
        self.first = torch.zeros(size, n)
        self.second = torch.zeros(size, n)
        self.order = torch.zeros(size, 2)
        for i, e in enumerate(kept):
            m = len(e.words.lemmas)
            self.vectors[i, :m] = torch.from_numpy(e.words.vectors.astype(np.float32))
            self.lexical[i, :m] = torch.from_numpy(e.words.lexical.astype(np.float32))
            self.lemmas[i, :m] = torch.from_numpy(e.words.lemmas.astype(np.int64))
            self.heads[i, :m] = torch.from_numpy(e.words.heads.astype(np.int64))
            self.roles[i, :m] = torch.from_numpy(e.words.roles.astype(np.int64))
            self.mask[i, :m] = 1
            self.first[i, e.first[0] : e.first[1]] = 1 / (e.first[1] - e.first[0])
            if e.second is not None:
                self.second[i, e.second[0] : e.second[1]] = 1 / (e.second[1] - e.second[0])
                self.order[i, 0] = float(e.first[0] < e.second[0])
                self.order[i, 1] = min(abs(e.first[0] - e.second[0]), 40) / 40
        self.labels = torch.tensor([e.label for e in kept])


class Model(nn.Module):  # type: ignore[misc]
    """One attention layer over frozen vectors and lexical features, a head for spans and one for pairs."""

    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        self.drop = dropout
        self.lemma = nn.Parameter(torch.randn(BUCKETS, LEMMA) * 0.05)
        self.role = nn.Parameter(torch.randn(ROLES, ROLE) * 0.05)
        self.add_module("in", nn.Linear(VECTORS + LEXICAL + 2 * LEMMA + ROLE, WIDTH))
        self.in_norm = nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1, HEADS))
        self.tree = nn.Parameter(torch.zeros(2, HEADS))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 2 * WIDTH)
        self.down = nn.Linear(2 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH)
        self.tone1 = nn.Linear(2 * WIDTH, 96)
        self.tone2 = nn.Linear(96, 3)
        self.pair1 = nn.Linear(4 * WIDTH + 2, 128)
        self.pair2 = nn.Linear(128, 3)

    def encode(self, b: Batch) -> Tensor:
        """Vectors [B, n, width] of the words."""
        entry: nn.Module = self.get_submodule("in")
        lemmas = F.dropout(self.lemma[b.lemmas], self.drop, self.training)
        above = torch.gather(lemmas, 1, b.heads[..., None].expand(-1, -1, LEMMA))
        told = torch.cat(
            [F.dropout(b.vectors, self.drop, self.training), b.lexical, lemmas, above, self.role[b.roles]], -1
        )
        x = F.dropout(self.in_norm(F.gelu(entry(told), approximate="tanh")), self.drop, self.training)
        size, n, width = x.shape
        q, k, v = (a.view(size, n, HEADS, -1).transpose(1, 2) for a in self.qkv(x).chunk(3, -1))
        at = torch.arange(n)
        bias = self.distance[(at[None] - at[:, None]).clamp(-REACH, REACH) + REACH].permute(2, 0, 1)[None]
        arcs = F.one_hot(b.heads, n).to(x.dtype)[:, None]
        bias = (
            bias + arcs * self.tree[0][None, :, None, None] + arcs.transpose(2, 3) * self.tree[1][None, :, None, None]
        )
        scores = q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + bias + (b.mask[:, None, None] - 1) * 1e4
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(size, n, width)
        x = self.norm1(x + F.dropout(self.out(mixed), self.drop, self.training))
        up = F.gelu(self.up(x), approximate="tanh")
        return torch.as_tensor(self.norm2(x + F.dropout(self.down(up), self.drop, self.training)))

    def forward(self, b: Batch, *, pairs: bool) -> Tensor:
        """Scores [B, 3] of against, neutral, for."""
        x = self.encode(b)
        whole = (x * b.mask[..., None]).sum(1) / b.mask.sum(1, keepdim=True)
        p = (x * b.first[..., None]).sum(1)
        if not pairs:
            hidden = F.gelu(self.tone1(torch.cat([p, whole], -1)), approximate="tanh")
            return torch.as_tensor(self.tone2(F.dropout(hidden, self.drop, self.training)))
        q = (x * b.second[..., None]).sum(1)
        hidden = F.gelu(self.pair1(torch.cat([p, q, p * q, whole, b.order], -1)), approximate="tanh")
        return torch.as_tensor(self.pair2(F.dropout(hidden, self.drop, self.training)))

    def export(self, path: Path, thresholds: Thresholds) -> None:
        """Write the weights as the numpy network reads them, in half precision; the judge and its thresholds stay."""
        if path.exists():
            at = Network(path).at
            thresholds = replace(thresholds, position=at.position, medium=at.medium, high=at.high)
        arrays = {name: value.detach().numpy().astype(np.float16) for name, value in self.state_dict().items()}
        store(path, arrays | {"thresholds": np.array(astuple(thresholds), np.float32)})


def store(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Put arrays into the file of the network, beside and instead of those that it has."""
    kept: dict[str, Any] = {}
    if path.exists():
        with np.load(path) as stored:
            kept = {name: stored[name] for name in stored.files}
    np.savez_compressed(path, **(kept | dict(arrays)))
