"""One text's words to their annotation: windows planned, scored, and put together again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from newsdash.core.language import decode
from newsdash.core.language.labels import GAP_BLANK_LINE, GAP_NEWLINE
from newsdash.core.language.network import Floats, Ints, Network, Scores, Window
from numpy.typing import NDArray

WINDOW_PIECES = 160
"""Most pieces of a window; longer paragraphs are read in windows that overlap."""
LONGEST_PIECES = 384
"""Most pieces of a window that holds one long sentence."""
OVERLAP = 24
"""Words that two windows of one paragraph share: the text is cut there, where a sentence most likely begins."""


@dataclass(frozen=True)
class Section:
    """A stretch of text to parse: its words (no whitespace), and what stands before each (`GAP_…`)."""

    words: list[str]
    gaps: list[int]


@dataclass(frozen=True)
class Parse:
    """Annotation of n words; heads are indices (a root's own index), labels are classes of the network.

    `kinds` [n, types] are log-probabilities of the type of a word that belongs to a name.
    """

    names: Ints
    kinds: Floats
    tags: Ints
    morphs: Ints
    lemmas: Ints
    heads: Ints
    deps: Ints
    starts: list[bool]
    vectors: Floats


@dataclass(frozen=True)
class Plan:
    """The windows of a section: spans of words, and the windows themselves."""

    section: Section
    spans: list[tuple[int, int]]
    windows: list[Window]


def plan(section: Section, network: Network) -> Plan:
    """Windows of whole paragraphs as long as they fit; of a longer paragraph, overlapping ones."""
    pieces = network.pieces(section.words)
    total = np.concatenate([[0], np.cumsum([len(p) for p in pieces])])
    breaks = [i for i, gap in enumerate(section.gaps) if i == 0 or gap in (GAP_BLANK_LINE, GAP_NEWLINE)]
    ends = [*breaks[1:], len(section.words)]
    spans: list[tuple[int, int]] = []
    start = 0
    for begin, end in zip(breaks, ends, strict=True):
        if total[end] - total[start] <= WINDOW_PIECES:
            continue  # this paragraph still fits into the window begun at `start`
        if begin > start:
            spans.append((start, begin))
            start = begin
        while total[end] - total[start] > WINDOW_PIECES:
            stop = int(np.searchsorted(total, total[start] + WINDOW_PIECES, side="right")) - 1
            stop = max(stop, start + 1)
            shared = stop - min(OVERLAP, (stop - start) // 2)
            ended = [i for i in range(start + 1, stop) if section.words[i - 1] in decode.FINAL]
            if not ended:  # a sentence longer than a window is read whole, if it can be
                most = int(np.searchsorted(total, total[start] + LONGEST_PIECES, side="right")) - 1
                if after := [i for i in range(stop, min(most, end)) if section.words[i - 1] in decode.FINAL][:1]:
                    shared, stop = after[0], after[0] + 1
            elif ended[-1] < shared:
                shared = ended[-1]  # so that the two share a place where a sentence may begin
            spans.append((start, stop))
            start = max(start + 1, shared)
    if start < len(section.words):
        spans.append((start, len(section.words)))
    windows = [network.window(section.words[a:b], section.gaps[a:b]) for a, b in spans]
    return Plan(section, spans, windows)


def cuts(spans: Sequence[tuple[int, int]], scores: Sequence[Scores]) -> list[int]:
    """Where each window's own words begin, and the end: in an overlap, the most likely sentence start."""
    found = [0]
    for (a1, b1), (a2, _), s1, s2 in zip(spans, spans[1:], scores, scores[1:], strict=False):
        if a2 >= b1:
            found.append(a2)
            continue
        both = s1.starts[a2 - a1 :] + s2.starts[: b1 - a2]
        middle = np.minimum(np.arange(1, len(both) + 1), np.arange(len(both), 0, -1))
        found.append(max(a2 + int((both + 1e-3 * middle).argmax()), found[-1] + 1))
    return [*found, spans[-1][1]]


def put_together(planned: Plan, scores: Sequence[Scores], network: Network) -> Parse:
    """The annotation of a section from the scores of its windows."""
    section, spans = planned.section, planned.spans
    own = cuts(spans, scores)
    parts = [(s, own[k] - spans[k][0], own[k + 1] - spans[k][0]) for k, s in enumerate(scores)]

    def laid(name: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = np.concatenate([getattr(s, name)[a:b] for s, a, b in parts])
        return found

    breaks = [gap in (GAP_BLANK_LINE, GAP_NEWLINE) for gap in section.gaps]
    for at in own[:-1]:
        breaks[at] = True
    starts = decode.sentence_starts(section.words, laid("starts"), breaks, network.threshold)
    n = len(section.words)
    borders = [*np.flatnonzero(starts).tolist(), n]
    heads = np.zeros(n, np.int64)
    k = 0
    for a, b in itertools.pairwise(borders):
        while own[k + 1] <= a:
            k += 1
        offset = spans[k][0]
        rows = scores[k].arcs[a - offset : b - offset]
        square = np.concatenate([rows[:, :1], rows[:, a - offset + 1 : b - offset + 1]], 1)
        local = decode.tree(square)
        heads[a:b] = np.where(local == 0, np.arange(a, b), local - 1 + a)
    above = np.concatenate([s.label_head[a + 1 : b + 1] for s, a, b in parts])
    is_root = heads == np.arange(n)
    head_vectors = np.where(is_root[:, None], scores[0].label_head[0], above[heads])
    labels = network.labels(laid("label_dep"), head_vectors)
    root = network.deps.index("root")
    labels[~is_root, root] = decode.IMPOSSIBLE
    deps = np.where(is_root, root, labels.argmax(-1)).astype(np.int64)
    tags, names = laid("tags").astype(np.int64), laid("names")
    decode.settle(heads, deps, network.deps, [network.tags[t] for t in tags.tolist()])
    return Parse(
        decode.names(names), decode.kinds(names), tags,
        laid("morphs").astype(np.int64), laid("lemmas").astype(np.int64), heads, deps, starts, laid("vectors"),
    )  # fmt: skip


def parse(sections: Sequence[Section], network: Network) -> list[Parse]:
    """Parses of many sections: the windows of all of them go through the network together."""
    plans = [plan(s, network) for s in sections]
    every = [w for p in plans for w in p.windows]
    scores: list[Scores | None] = [None] * len(every)
    for i, found in network.run(every):
        scores[i] = found
    parses, at = [], 0
    for p in plans:
        mine = [s for s in scores[at : at + len(p.windows)] if s is not None]
        at += len(p.windows)
        parses.append(put_together(p, mine, network))
    return parses
