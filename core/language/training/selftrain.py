"""Self-training: the model labels raw news; sentences it is sure of join the training set for names."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from newsdash.core.language import decode
from newsdash.core.language.labels import GAP_BLANK_LINE, GAP_GLUED, GAP_SPACE, NAME_LABELS
from newsdash.core.language.network import Network
from newsdash.core.language.tokenizer import split
from newsdash.core.language.training.guideline import PRONOUNS
from newsdash.core.language.training.handmade import handmade
from newsdash.core.language.training.sentences import Sentence, lines

log = logging.getLogger(__name__)
SURE, DOUBTFUL = 0.85, 0.5
"""A span below `SURE` is unknown; a word outside names whose O is below `SURE`, too."""
LEAST, MOST = 6, 60
TOGETHER = 2_000


def raw_sentences(file: Path, seed: int, count: int) -> list[str]:
    """`count` sentences of a raw text of one sentence a line, by chance, less those with names marked by hand."""
    texts = [t for t in lines(file) if LEAST <= len(t.split()) <= MOST]
    by_hand = {record["text"] for part in ("train", "test") for record in handmade(part)}
    chosen = np.random.default_rng(seed).permutation(len(texts))[:count]
    return [texts[i] for i in chosen if texts[i] not in by_hand]


def labelled(texts: list[str], network: Network) -> Iterator[Sentence]:
    """The texts with the names that the network is sure of; a text without any name, or all doubtful, is left out."""
    for start in range(0, len(texts), TOGETHER):
        cut = [split(t) for t in texts[start : start + TOGETHER]]
        clean = [
            ([w for w in words if not w.isspace()], spaces)
            for words, spaces in cut
            if not any(w.isspace() for w in words)
        ]
        windows = [
            network.window(words, [GAP_BLANK_LINE, *(GAP_SPACE if s else GAP_GLUED for s in spaces[:-1])])
            for words, spaces in clean
        ]
        found = dict(network.run(windows))
        for k, (words, spaces) in enumerate(clean):
            bits = sure_labels(found[k].names)
            for i, word in enumerate(words):
                if word.lower() in PRONOUNS and word.isupper() and len(word) > 1:
                    bits[i] = 0  # "US", "WHO": the model that labels may take them for pronouns
            named = sum(b not in (0, 1) for b in bits)
            doubtful = sum(b == 0 for b in bits)
            if named and doubtful <= DOUBTFUL * named:
                yield Sentence(words, spaces, f"voa{start + k}", "voa", names=bits)


def sure_labels(scores: decode.Floats) -> list[int]:
    """Label sets of words [n] from log-probabilities [n, labels]: one label where it is sure, else anything (0)."""
    path = decode.names(scores)
    probability = np.exp(scores)
    chosen = probability[np.arange(len(path)), path]
    bits = [1 << int(label) for label in path]
    start = 0
    while start < len(path):
        end = start + 1
        while end < len(path) and path[end] and NAME_LABELS[path[end]].startswith("I"):
            end += 1
        if chosen[start:end].min() < SURE:
            bits[start:end] = [0] * (end - start)
        start = end
    return bits
