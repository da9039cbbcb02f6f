"""The figures that training prints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Rows = np.ndarray[tuple[int, int], np.dtype[np.float32]]
"""Probabilities of against, neutral, for, one row an example."""


def macro_f1(gold: Sequence[int], said: Sequence[int], classes: int) -> float:
    """Mean F1 over the classes, in per cent."""
    total = 0.0
    for c in range(classes):
        hit = sum(g == s == c for g, s in zip(gold, said, strict=True))
        total += 2 * hit / max(list(gold).count(c) + list(said).count(c), 1)
    return 100 * total / classes


def five_way(p: Rows, labels: Sequence[int], step: float) -> float:
    """Macro F1 of DSE2QA's five classes when a polarity needs the probability ``step``.

    Examples come in twos, one for each direction.
    """
    gold, said = [], []
    for i in range(0, len(labels) - 1, 2):
        gold.append(_five(labels[i], labels[i + 1]))
        best, label = max((p[i][0], 1), (p[i][2], 2), (p[i + 1][0], 3), (p[i + 1][2], 4))
        said.append(label if best >= step else 0)
    return macro_f1(gold, said, 5)


def _five(forth: int, back: int) -> int:
    return {0: 1, 2: 2}.get(forth, 0) or {0: 3, 2: 4}.get(back, 0)
