"""The exported network: windows of words in, scores out (onnxruntime, no torch)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from newsdash.core.language.labels import shape
from newsdash.core.language.pieces import Pieces
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
OUTPUTS = ("names", "tags", "morphs", "lemmas", "starts", "arcs", "label_dep", "label_head", "vectors")


@dataclass(frozen=True)
class Window:
    """Words of one window: piece ids, shapes and gaps of each."""

    pieces: Sequence[tuple[int, ...]]
    shapes: Sequence[int]
    gaps: Sequence[int]

    @property
    def size(self) -> int:
        """Pieces with the two special ones."""
        return sum(map(len, self.pieces)) + 2


@dataclass(frozen=True)
class Scores:
    """What the network says of one window of n words.

    `names` [n, labels] log-probabilities; `tags`, `morphs`, `lemmas` [n] best classes; `starts` [n] probabilities;
    `arcs` [n, n + 1]; `label_dep` [n, 192], `label_head` [n + 1, 192]; `vectors` [n, 384].
    """

    names: Floats
    tags: Ints
    morphs: Ints
    lemmas: Ints
    starts: Floats
    arcs: Floats
    label_dep: Floats
    label_head: Floats
    vectors: Floats


class Network:
    """The session with its vocabulary and classes, read from a weights folder."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.session = open_session(folder / "model.onnx", threads)
        self.pieces = Pieces.from_file(folder / "tokenizer.json")
        classes: dict[str, Any] = json.loads((folder / "classes.json").read_text("utf-8"))
        self.tags: list[str] = classes["tags"]
        self.morphs: list[str] = classes["morphs"]
        self.lemmas: list[str] = classes["lemmas"]
        self.deps: list[str] = classes["deps"]
        self.threshold: float = classes.get("start_threshold", 0.5)
        labels = np.load(folder / "labels.npz")
        self.label_weight: Floats = labels["weight"].astype(np.float32)
        self.label_bias: Floats = labels["bias"].astype(np.float32)

    def window(self, words: Sequence[str], gaps: Sequence[int]) -> Window:
        """A window of words with the gaps before them."""
        return Window(self.pieces(list(words)), [shape(w) for w in words], gaps)

    def run(self, windows: Sequence[Window]) -> Iterator[tuple[int, Scores]]:
        """Scores of the windows with their index.

        One window a call: the int8 matrices take their scale from all that is in a call, so a window's scores would
        depend on its neighbours, and the same article would read differently alone and among others. It is also
        faster on one core than padded batches (1.3 times on the sample story).
        """
        for i, window in enumerate(windows):
            found = self.session.run(list(OUTPUTS), self.feed([window]))
            yield i, Scores(*(part[0] for part in found))

    def feed(self, windows: Sequence[Window]) -> dict[str, NDArray[Any]]:
        """Padded inputs of a batch."""
        b, t, w = len(windows), max(x.size for x in windows), max(len(x.pieces) for x in windows)
        ids, shapes, gaps, first, last = (np.zeros((b, n), np.int64) for n in (t, t, t, w, w))
        mask = np.zeros((b, t), np.float32)
        word_shapes, word_gaps = np.zeros((b, w), np.int64), np.zeros((b, w), np.int64)
        for i, x in enumerate(windows):
            lengths = np.array([len(p) for p in x.pieces])
            ends = np.cumsum(lengths)
            size, n = int(ends[-1]), len(lengths)
            ids[i, 0], ids[i, size + 1] = self.pieces.cls, self.pieces.sep
            ids[i, 1 : size + 1] = [p for word in x.pieces for p in word]
            shapes[i, 1 : size + 1], gaps[i, 1 : size + 1] = np.repeat(x.shapes, lengths), np.repeat(x.gaps, lengths)
            mask[i, : size + 2] = 1
            first[i, :n], last[i, :n] = ends - lengths + 1, ends
            word_shapes[i, :n], word_gaps[i, :n] = x.shapes, x.gaps
        return {
            "ids": ids, "shapes": shapes, "gaps": gaps, "mask": mask, "first": first, "last": last,
            "word_shapes": word_shapes, "word_gaps": word_gaps,
        }  # fmt: skip

    def labels(self, dep: Floats, head: Floats) -> Floats:
        """Scores of the dependency classes [n, classes] for vectors of dependents and of their heads, both [n, 192]."""
        scores: Floats = np.maximum(dep + head, 0.0) @ self.label_weight.T + self.label_bias
        return scores


def open_session(file: Path, threads: int) -> InferenceSession:
    """The onnxruntime session on the CPU with so many threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # batches differ in shape: the arena would keep the largest of each
    # onnxruntime's fused sum and norm takes 7 times as long on the CPU as the two steps (1.2 of 12 ms a window).
    return onnxruntime.InferenceSession(
        str(file), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )
