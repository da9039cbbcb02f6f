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
_GELU = 0.7978845608


class Ranker:
    """The weights of the plain features, and the layers in which the vectors meet (``training/pronouns``)."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.w: dict[str, Floats] = {n: stored[n].astype(np.float32) for n in stored.files if n != "names"}
            self.plain: Told = dict(zip(stored["names"].tolist(), self.w.pop("plain").tolist(), strict=True))

    def scores(self, told: Sequence[Told], doc: Doc, asks: Pair, meets: Sequence[Pair]) -> Floats:
        """Of "nobody" and each candidate: ``asks`` are the two words that ask for one of those of ``meets``."""
        plain, tensor = self.plain, doc.tensor
        found = np.array([sum(plain.get(name, 0.0) * x for name, x in row.items()) for row in told], np.float32)
        if len(tensor) == len(doc):
            a = self._linear("asks", tensor[list(asks)].reshape(1, -1))
            b = self._linear("meets", tensor[np.array(meets)].reshape(len(meets), -1))
            inner = _gelu(self._linear("inner", np.concatenate([a * b, np.broadcast_to(a, b.shape), b], 1)))
            found[1:] += self._linear("last", inner)[:, 0]
        return found

    def _linear(self, name: str, rows: Floats) -> Floats:
        return np.asarray(rows @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"], np.float32)


def _gelu(x: Floats) -> Floats:
    return np.asarray(x * (0.5 + 0.5 * np.tanh(_GELU * (x + 0.044715 * x * x * x))), np.float32)
