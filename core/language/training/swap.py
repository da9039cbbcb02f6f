"""Names replaced by other names of their type and length: what is around a name must tell what it is."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from newsdash.core.language.labels import NAME_LABELS, shape
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training.corpora import Encoded
from numpy.typing import NDArray

Word = tuple[tuple[int, ...], int]
"""Pieces and shape of a word."""
Pool = dict[tuple[str, int], list[tuple[Word, ...]]]
"""Names by type and number of words."""
SHARE = {"PERSON": 0.2, "GPE": 0.2, "LOC": 0.1, "ORG": 0.1}
"""Share of the names of each type that are replaced."""
ABBREVIATIONS = (("U.S.", "US"), ("U.K.", "UK"), ("U.N.", "UN"), ("E.U.", "EU"))
UNDOTTED = 0.5
"""Share of dotted abbreviations written without dots: the corpora are American, the news of the world is not."""
CAPITALISED = frozenset((2, 3, 4, 5))
LONGEST = 3


def spans(s: Encoded) -> Iterable[tuple[int, int, str]]:
    """Names of a sentence whose type is sure and whose words are all capitalised words: (first, end, type)."""
    known = [bits.bit_length() - 1 if bits.bit_count() == 1 else -1 for bits in s.names.tolist()]
    start = 0
    while start < len(known):
        label = known[start]
        end = start + 1
        if label > 0 and label % 2 == 1:
            while end < len(known) and known[end] == label + 1:
                end += 1
            closed = end == len(known) or known[end] == 0 or known[end] % 2 == 1
            if closed and end - start <= LONGEST and CAPITALISED.issuperset(s.shapes[start:end].tolist()):
                yield start, end, NAME_LABELS[label][2:]
        start = end


def gather(sentences: Iterable[Encoded], places: Iterable[str], pieces: Pieces) -> Pool:
    """All names of the sentences, and places of a gazetteer (lower case), each once."""
    found: dict[tuple[str, int], dict[tuple[Word, ...], None]] = defaultdict(dict)
    for s in sentences:
        for start, end, kind in spans(s):
            name = tuple(zip(s.pieces[start:end], s.shapes[start:end].tolist(), strict=True))
            found[kind, end - start][name] = None
    for place in places:
        words = place.title().split()
        if 0 < len(words) <= LONGEST and all(w.isalpha() for w in words):
            name = tuple(zip(pieces(words), (shape(w) for w in words), strict=True))
            found["GPE", len(words)][name] = None
    return {key: list(names) for key, names in found.items()}


class Swap:
    """Replaces names in sentences; the words' number and annotation stay."""

    def __init__(self, pool: Pool, pieces: Pieces) -> None:
        self.pool = pool
        self.undotted = {pieces([dotted])[0]: (pieces([plain])[0], shape(plain)) for dotted, plain in ABBREVIATIONS}

    def __call__(self, s: Encoded, rng: random.Random) -> Encoded:
        """The sentence, or a copy with other names."""
        words, shapes = list(s.pieces), s.shapes.copy()
        touched = self.undot(words, shapes, rng)
        for start, end, kind in spans(s):
            if rng.random() >= SHARE.get(kind, 0.0):
                continue
            names = self.pool[kind, end - start]
            for i, (ids, form) in enumerate(names[rng.randrange(len(names))], start):
                words[i], shapes[i] = ids, form
            touched = True
        return replace(s, pieces=words, shapes=shapes) if touched else s

    def undot(self, words: list[tuple[int, ...]], shapes: NDArray[np.int64], rng: random.Random) -> bool:
        """Take the dots out of "U.S." and the like; whether there were any."""
        touched = False
        for i, ids in enumerate(words):
            if ids in self.undotted and rng.random() < UNDOTTED:
                words[i], shapes[i] = self.undotted[ids]
                touched = True
        return touched
