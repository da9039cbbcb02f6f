"""What the network is told of one draft: its sentence, evidence and target, and how the rules read it."""

from __future__ import annotations

from typing import get_args

import numpy as np
from newsdash.core.extraction.stances.network import Floats, Words
from newsdash.core.records import Act

ACTS: tuple[Act, ...] = get_args(Act)
KINDS = ("quote", "cue")
"""Readings of what somebody says begin so; all others are told by the text itself."""
READING = len(ACTS) + 3 + len(KINDS)
"""Features of the rules' reading: act, side, kind of rule."""


def reading(act: Act, sign: int, rule: str) -> Floats:
    """The features of a reading; ``sign`` is -1, 0 or 1."""
    row = np.zeros(READING, np.float32)
    row[ACTS.index(act)] = 1
    row[len(ACTS) + 1 + sign] = 1
    row[len(ACTS) + 3 :] = [rule.startswith(kind) for kind in KINDS]
    return row


def features(
    x: Floats, words: Words, evidence: tuple[int, int], root: int, target: tuple[int, int] | None, told: Floats
) -> Floats:
    """One row for the head "said": ``x`` are the vectors [n, width] of the sentence, places are its words.

    The target is None when it stands in another sentence.
    """
    a, b = evidence
    aim = x[target[0] : target[1]].mean(0) if target is not None else np.zeros_like(x[0])
    return np.concatenate([x[a:b].mean(0), x[root], aim, words.lexical[a:b].mean(0), words.lexical[root], told])
