"""From which probability on the network is believed, found on examples that it did not learn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from newsdash.core.extraction.stances.network import Thresholds
from newsdash.core.extraction.training.scores import Rows, five_way, macro_f1

_FILLS, _AGREES = 0.70, 2 / 3  # share of right polarities from which one is filled in, or is a second witness
_DOUBTS = 0.01  # share of right polarities below which one is doubted
_NEARLY = 0.5  # points of F1
_STEPS = [step / 100 for step in range(5, 96)]


def calibrated(tones: Rows, tone_labels: Sequence[int], pairs: Rows, pair_labels: Sequence[int]) -> Thresholds:
    """The thresholds from the probabilities of held-back examples and their labels; the judge is not asked yet."""
    return Thresholds(
        sign=_right_from(pairs, pair_labels, _FILLS),
        same=_right_from(pairs, pair_labels, _AGREES),
        doubt=_wrong_below(pairs, pair_labels),
        pair=_careful(lambda step: five_way(pairs, pair_labels, step)),
        tone=_careful(lambda step: macro_f1(tone_labels, decided(tones, step), 3)),
        position=_STEPS[-1],
        medium=_STEPS[-1],
        high=_STEPS[-1],
    )


def _careful(figure: Callable[[float], float]) -> float:
    """The highest step that is nearly as good as the best: curves are flat, and to say nothing is safer."""
    figures = {step: figure(step) for step in _STEPS}
    return max(step for step, value in figures.items() if value >= max(figures.values()) - _NEARLY)


def decided(rows: Rows, step: float) -> list[int]:
    """The classes when a polarity needs the probability ``step``, whatever the neutral class has."""
    return [int(r[2] > r[0]) * 2 if max(r[0], r[2]) >= step else 1 for r in rows]


def _right_from(rows: Rows, labels: Sequence[int], share: float) -> float:
    """The lowest step above which polarities are right so often."""
    for step in _STEPS:
        said = decided(rows, step)
        pairs = [(s, label) for s, label in zip(said, labels, strict=True) if s != 1]
        if pairs and sum(s == label for s, label in pairs) >= share * len(pairs):
            return step
    return _STEPS[-1]


def _wrong_below(rows: Rows, labels: Sequence[int]) -> float:
    """The highest probability below which a polarity is right in at most one of a hundred."""
    truth = np.asarray(labels)
    order = sorted((float(rows[i][c]), truth[i] == c) for i in range(len(rows)) for c in (0, 2))
    right, found = 0, 0.0
    for number, (p, is_right) in enumerate(order, 1):
        right += int(is_right)
        if number >= 100 and right <= _DOUBTS * number:
            found = p
    return round(found, 4)
