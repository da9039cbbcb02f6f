"""Sentences joined to windows as the running program sees them, with the noise of real pages, and batches of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from newsdash.core.language.labels import GAP_BLANK_LINE, GAP_GLUED, GAP_NEWLINE, GAP_SPACE
from newsdash.core.language.training.corpora import Encoded
from numpy.typing import NDArray

Ints = NDArray[np.int64]
HEADLINE_SHARE, ALL_CAPS, TITLE_CASE, LOWER_CASE, CROPPED = 0.12, 0.03, 0.03, 0.03, 0.15
LOST_PIECES = 0.02
LOWER, TITLE, UPPER = 1, 2, 3


@dataclass
class Window:
    """Words of one window with their annotation; `starts` is 1 / 0 / -1 (unknown)."""

    pieces: list[tuple[int, ...]]
    shapes: Ints
    gaps: Ints
    names: Ints
    tags: Ints
    morphs: Ints
    lemmas: Ints
    heads: Ints
    deps: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.pieces)

    @property
    def size(self) -> int:
        """Pieces, with the two special ones."""
        return sum(map(len, self.pieces)) + 2


def recase(shapes: Ints, rng: random.Random) -> Ints:
    """Casing noise: the shapes of a headline in capitals, in title case, or of careless lower case."""
    draw = rng.random()
    word = (shapes >= 1) & (shapes <= 5)
    if draw < ALL_CAPS:
        return np.where(word, UPPER, shapes)
    if draw < ALL_CAPS + TITLE_CASE:
        return np.where(shapes == LOWER, TITLE, shapes)
    if draw < ALL_CAPS + TITLE_CASE + LOWER_CASE:
        return np.where(word, LOWER, shapes)
    return shapes


def join(sentences: list[Encoded], rng: random.Random) -> Window:
    """One window of consecutive sentences; some become headings on a line of their own (without their full stop)."""
    parts: list[tuple[Encoded, int, Ints]] = []
    gaps: list[Ints] = []
    after: int | None = None
    for k, s in enumerate(sentences):
        n = len(s.pieces)
        heading = s.parsed and 2 <= n <= 22 and rng.random() < HEADLINE_SHARE
        kept = n - 1 if heading and s.final_stop and n > 2 and not (s.heads == n - 1).any() else n
        gap = np.array([GAP_SPACE, *(GAP_SPACE if space else GAP_GLUED for space in s.spaces[: kept - 1])], np.int64)
        if after is not None:
            gap[0] = after
        elif heading or s.new_paragraph:
            gap[0] = GAP_NEWLINE if rng.random() < 0.5 else GAP_BLANK_LINE
        elif k and not sentences[k - 1].spaces[-1]:
            gap[0] = GAP_GLUED
        if k == 0 and rng.random() < 0.7:
            gap[0] = GAP_BLANK_LINE
        after = (GAP_NEWLINE if rng.random() < 0.5 else GAP_BLANK_LINE) if heading else None
        shapes = recase(s.shapes[:kept], rng)
        if heading and rng.random() < 0.5:
            shapes = np.where(shapes == LOWER, TITLE, shapes)
        parts.append((s, kept, shapes))
        gaps.append(gap)
    heads, starts, offset = [], [], 0
    for s, kept, _ in parts:
        own = s.heads[:kept]
        heads.append(np.where(own >= 0, own + offset, own))
        start = np.full(kept, 0 if s.parsed else -1, np.int64)
        if s.parsed:
            start[0] = 1
        starts.append(start)
        offset += kept

    def laid(name: str) -> Ints:
        return np.concatenate([getattr(s, name)[:kept] for s, kept, _ in parts])

    window = Window(
        [p for s, kept, _ in parts for p in s.pieces[:kept]],
        np.concatenate([shapes for *_, shapes in parts]),
        np.concatenate(gaps),
        laid("names"), laid("tags"), laid("morphs"), laid("lemmas"),
        np.concatenate(heads),
        laid("deps"),
        np.concatenate(starts),
    )  # fmt: skip
    first = len(parts[0][0].pieces[: parts[0][1]])
    if len(parts) > 1 and first > 6 and rng.random() < CROPPED:
        return cropped(window, rng.randrange(1, first - 1))
    return window


def cropped(window: Window, cut: int) -> Window:
    """The window without its first words, as where a long text is cut; heads outside are unknown."""
    heads = window.heads[cut:]
    heads = np.where(heads >= cut, heads - cut, np.where(heads >= 0, -2, heads))
    starts = window.starts[cut:].copy()
    starts[0] = -1
    return Window(
        window.pieces[cut:], window.shapes[cut:], window.gaps[cut:], window.names[cut:], window.tags[cut:],
        window.morphs[cut:], window.lemmas[cut:], heads, window.deps[cut:], starts,
    )  # fmt: skip


def windows(
    sentences: list[Encoded], rng: random.Random, least: int = 16, most: int = 110, longest: int = 250
) -> list[Window]:
    """Consecutive sentences of one document joined up to random lengths (in words)."""
    found: list[Window] = []
    group: list[Encoded] = []
    words = pieces = 0
    target = rng.randint(least, most)
    for s in sentences:
        size = sum(map(len, s.pieces))
        if group and (words + len(s.pieces) > target or s.doc != group[0].doc or pieces + size > longest):
            found.append(join(group, rng))
            group, words, pieces, target = [], 0, 0, rng.randint(least, most)
        if size > longest:
            continue
        group.append(s)
        words, pieces = words + len(s.pieces), pieces + size
    if group:
        found.append(join(group, rng))
    return found


def batches(items: list[Window], budget: int, rng: random.Random) -> Iterator[list[Window]]:
    """Batches of windows of like length, at most `budget` pieces with the padding, in random order."""
    items = list(items)
    rng.shuffle(items)
    items.sort(key=lambda w: w.size // 8)
    found: list[list[Window]] = []
    batch: list[Window] = []
    longest = 0
    for w in items:
        if batch and max(longest, w.size) * (len(batch) + 1) > budget:
            found.append(batch)
            batch, longest = [], 0
        batch.append(w)
        longest = max(longest, w.size)
    if batch:
        found.append(batch)
    rng.shuffle(found)
    yield from found


def collate(
    batch: list[Window], cls: int, sep: int, unk: int, rng: np.random.Generator | None = None
) -> dict[str, Ints]:
    """Padded arrays: pieces [B, T], words [B, W].  With `rng` a few pieces are lost (become unknown)."""
    b, t, w = len(batch), max(x.size for x in batch), max(map(len, batch))
    out = {k: np.zeros((b, t), np.int64) for k in ("ids", "shapes", "gaps", "mask")}
    out |= {k: np.zeros((b, w), np.int64) for k in ("first", "last", "names", "words", "word_shapes", "word_gaps")}
    out |= {k: np.full((b, w), -1, np.int64) for k in ("tags", "morphs", "lemmas", "deps", "starts")}
    out["heads"] = np.full((b, w), -2, np.int64)
    for i, x in enumerate(batch):
        n = len(x)
        lengths = np.array([len(p) for p in x.pieces])
        ends = np.cumsum(lengths)
        flat = np.array([p for word in x.pieces for p in word], np.int64)
        if rng is not None:
            flat = np.where(rng.random(len(flat)) < LOST_PIECES, unk, flat)
        size = len(flat)
        out["ids"][i, 0], out["ids"][i, size + 1] = cls, sep
        out["ids"][i, 1 : size + 1] = flat
        out["shapes"][i, 1 : size + 1] = np.repeat(x.shapes, lengths)
        out["gaps"][i, 1 : size + 1] = np.repeat(x.gaps, lengths)
        out["mask"][i, : size + 2] = 1
        out["first"][i, :n], out["last"][i, :n] = ends - lengths + 1, ends
        out["words"][i, :n] = 1
        out["word_shapes"][i, :n], out["word_gaps"][i, :n] = x.shapes, x.gaps
        for name in ("names", "tags", "morphs", "lemmas", "heads", "deps", "starts"):
            out[name][i, :n] = getattr(x, name)
    return out
