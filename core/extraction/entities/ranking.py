"""A softmax over candidates, from plain features and from vectors that meet (numpy only)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Floats = NDArray[np.float32]
Told = dict[str, float]  # name of a feature -> its value

Pair = tuple[int, int]  # two words, by their numbers

NOBODY = "nobody"
_BLOCK = 250_000  # multiplications; OpenBLAS shares a product of more than 2**18 among threads
_GELU = 0.7978845608


class Ranker:
    """The weights of the plain features, and the layers in which the vectors meet (``training/pronouns``)."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.w: dict[str, Floats] = {n: stored[n].astype(np.float32) for n in stored.files if n != "names"}
            self.plain: Told = dict(zip(stored["names"].tolist(), self.w.pop("plain").tolist(), strict=True))
        both = [half for name in ("asks", "meets") for half in np.split(self.w[f"{name}.weight"], 2, 1)]
        self._halves = np.ascontiguousarray(np.concatenate(both).T)  # of a word as the first and the second of a pair

    def project(self, doc: Doc) -> Floats:
        """What each word of a Doc is worth in both places of both pairs [n, 4 x rank]; nothing without vectors."""
        tensor = np.asarray(doc.tensor, np.float32)
        if len(tensor) != len(doc):
            return np.zeros((0, self._halves.shape[1]), np.float32)
        rows = max(1, _BLOCK // self._halves.size)
        return np.concatenate([tensor[i : i + rows] @ self._halves for i in range(0, len(tensor), rows)])

    def scores(self, told: Sequence[Told], words: Floats, asks: Pair, meets: Sequence[Pair]) -> Floats:
        """Of "nobody" and each candidate: ``asks`` are the two words that ask for one of those of ``meets``."""
        plain = self.plain
        found = np.array([sum(plain.get(name, 0.0) * x for name, x in row.items()) for row in told], np.float32)
        if len(words):
            w, rank = self.w, words.shape[1] // 4
            first, second = zip(*meets, strict=True)
            a = words[asks[0], :rank] + words[asks[1], rank : 2 * rank] + w["asks.bias"]
            b = words[list(first), 2 * rank : 3 * rank] + words[list(second), 3 * rank :] + w["meets.bias"]
            beside = np.concatenate([a * b, np.broadcast_to(a, b.shape), b], 1)
            inner = _gelu(beside @ w["inner.weight"].T + w["inner.bias"])
            found[1:] += inner @ w["last.weight"][0] + w["last.bias"]
        return found


def _gelu(x: Floats) -> Floats:
    return np.asarray(x * (0.5 + 0.5 * np.tanh(_GELU * (x + 0.044715 * x * x * x))), np.float32)
