"""Scores to annotation: valid name spans, sentences, and one tree a sentence.  Plain numpy, linear in the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from newsdash.core.language.labels import NAME_LABELS, NAME_TYPES
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
IMPOSSIBLE = -1e9
QUOTES_OPEN, QUOTES_CLOSE, QUOTES_BOTH = "“«„", "”»", '"'
FINAL = frozenset(".!?…:") | {"...", "....", "..", "?!", "!!", "!!!", "??", "???", "—", "--"}
CLOSING = frozenset("\"”’')]»") | {"''", "’’"}
LONGEST_SENTENCE = 150
"""A sentence is cut where it is longer (in words): lists and tables without end are no sentence."""


SURELY_ENDED = 0.1
"""Probability that is enough for a sentence to begin where the one before ends in a full stop and closing marks."""


def names(scores: Floats) -> Ints:
    """The best sequence of name labels [n] for log-probabilities [n, labels] in which no I lacks its B.

    The best label of each word, unless that breaks the rule: then Viterbi over that stretch.
    """
    best: Ints = scores.argmax(-1).astype(np.int64)
    if not broken(best).any():
        return best
    n, kinds = len(best), len(NAME_TYPES)
    total = scores[0].copy()
    total[2::2] = IMPOSSIBLE
    back = np.zeros((n, len(NAME_LABELS)), np.int64)
    begins, insides = np.arange(1, 1 + 2 * kinds, 2), np.arange(2, 2 + 2 * kinds, 2)
    for i in range(1, n):
        top = int(total.argmax())
        new = scores[i] + total[top]
        back[i] = top
        stays = total[insides] > total[begins]
        before = np.where(stays, insides, begins)
        new[insides] = scores[i][insides] + total[before]
        back[i][insides] = before
        total = new
    path = np.zeros(n, np.int64)
    path[-1] = int(total.argmax())
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def kinds(scores: Floats) -> Floats:
    """Log-probabilities [n, types] of the type of each word, if it belongs to a name."""
    joint = np.logaddexp(scores[:, 1::2], scores[:, 2::2])
    found: Floats = (joint - np.logaddexp.reduce(joint, -1, keepdims=True)).astype(np.float32)
    return found


def broken(labels: Ints) -> NDArray[np.bool_]:
    """Where an I stands that continues no B or I of its type."""
    before = np.concatenate([[0], labels[:-1]])
    is_inside = (labels > 0) & (labels % 2 == 0)
    found: NDArray[np.bool_] = is_inside & (before != labels) & (before != labels - 1)
    return found


def ended_quotation(words: Sequence[str], i: int) -> bool:
    """Whether a capitalised word follows a full stop and closing marks (.” The …)."""
    return i > 1 and words[i - 1] in CLOSING and words[i - 2] == "." and words[i][:1].isupper()


def sentence_starts(
    words: Sequence[str], probability: Floats, breaks: Sequence[bool], threshold: float = 0.5
) -> list[bool]:
    """Which words begin a sentence.

    `breaks` marks sure starts (paragraphs).  Inside a paragraph the network decides, but for these:
    a lower-case word after a closing quotation mark begins nothing, punctuation that closes begins nothing, and
    inside an open quotation a sentence may begin only after a full stop or the like.
    """
    found: list[bool] = []
    open_quote = False
    last = 0
    for i, word in enumerate(words):
        if breaks[i]:
            open_quote = False
            start = True
        else:
            before = words[i - 1]
            start = bool(probability[i] > (SURELY_ENDED if ended_quotation(words, i) else threshold))
            if (
                start
                and open_quote
                and before not in FINAL
                and not (before in CLOSING and i > 1 and words[i - 2] in FINAL)
            ):
                start = before[-1] in ".!?" and probability[i] > 0.9
            if start and (word in CLOSING and word not in QUOTES_BOTH and word not in "’'"):
                start = False
            if start and word[:1].islower() and before in CLOSING and before not in ")]":
                start = False
            if start and word in (",", ";", ".", "?", "!", ":", "%"):
                start = False
            if not start and i - last >= LONGEST_SENTENCE:
                start = True
        if start:
            last = i
        found.append(start)
        if word in QUOTES_BOTH:
            open_quote = not open_quote
        elif word in QUOTES_OPEN or word == "``":
            open_quote = True
        elif word in QUOTES_CLOSE or word == "''":
            open_quote = False
    return found


def tree(scores: Floats) -> Ints:
    """Heads [n] (0 = root, else 1 + index) of the best one-rooted tree for scores [n, n + 1] of dependents by heads.

    Greedy where the greedy heads are a tree already (nearly always), else Chu-Liu-Edmonds.
    """
    n = len(scores)
    if n == 1:
        return np.zeros(1, np.int64)
    scores = scores.astype(np.float64)
    scores[np.arange(n), np.arange(1, n + 1)] = IMPOSSIBLE
    heads: Ints = scores.argmax(1).astype(np.int64)
    roots = np.flatnonzero(heads == 0)
    if len(roots) != 1:
        best, without = scores[:, 0], scores[:, 1:].max(1)
        pool = roots if len(roots) else np.arange(n)
        root = int(pool[(best[pool] - without[pool]).argmax()])
        scores[:, 0] = IMPOSSIBLE
        scores[root] = IMPOSSIBLE
        scores[root, 0] = 0.0
        heads = scores.argmax(1).astype(np.int64)
    if cycle_of(heads) is None:
        return heads
    square = np.full((n + 1, n + 1), IMPOSSIBLE)
    square[1:] = scores
    return chu_liu_edmonds(square)[1:] if len(roots) == 1 else fix_single_root(square)


def fix_single_root(square: NDArray[np.float64]) -> Ints:
    """The best tree when the root is fixed already (its row allows nothing else)."""
    return chu_liu_edmonds(square)[1:]


def cycle_of(heads: Ints) -> list[int] | None:
    """Words (1-based) of a cycle among heads [n] (0 = root), or None."""
    n = len(heads)
    state = [0] * (n + 1)
    state[0] = 2
    plain = [0, *heads.tolist()]
    for start in range(1, n + 1):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = plain[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return None


def chu_liu_edmonds(scores: NDArray[np.float64]) -> Ints:
    """Heads [n + 1] of the best tree rooted in 0 for scores [n + 1 dependents, n + 1 heads]; entry 0 means nothing.

    Cycles are contracted one at a time, without recursion over words: at most n rounds.
    """
    scores = scores.copy()
    np.fill_diagonal(scores, IMPOSSIBLE)
    heads: Ints = scores.argmax(1).astype(np.int64)
    heads[0] = 0
    cycle = cycle_of(heads[1:])
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    members = np.array(cycle)
    kept = scores[members, heads[members]]
    enter = scores[np.ix_(members, rest)] - kept[:, None]  # replace one arc of the cycle
    leave = scores[np.ix_(rest, members)]
    size = len(rest)
    small = np.full((size + 1, size + 1), IMPOSSIBLE)
    small[:size, :size] = scores[np.ix_(rest, rest)]
    small[size, :size] = enter.max(0)
    small[:size, size] = leave.max(1)
    entered, left = enter.argmax(0), leave.argmax(1)
    found = chu_liu_edmonds(small)
    for i in range(1, size):
        h = int(found[i])
        heads[rest[i]] = members[left[i]] if h == size else rest[h]
    by = int(found[size])
    heads[members[entered[by]]] = rest[by]
    return heads
