"""Drafts of positions judged by hand, and the small head that learns from them.

``positions.jsonl`` has one sentence of public-domain news (Voice of America) a line: ``text`` and ``drafts``, each with
``evidence`` and ``target`` (characters, None where there is none) and the ``act``, ``side`` and ``rule`` of the rules'
reading, and ``judged``, what a reader made of it: None when there is no position at all, else ``act``, ``side``,
``target``. The head stands on the vectors of the network that is trained before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.network import Floats, Ints, Network, words_of
from newsdash.core.extraction.stances.statements import ACTS, READING, features, reading
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from torch import nn

FILE = Path(__file__).with_name("positions.jsonl")
FOLDS, EPOCHS, BATCH, RATE = 5, 30, 64, 2e-3
HIDDEN, DROPOUT = 64, 0.5
UNTOLD = 0.25
"""Share of statements that are learned from without the reading of the rules, not to lean on it alone."""


@dataclass(frozen=True)
class Judged:
    """Statements as numbers: features [n, width], side (0 against, 1 neutral, 2 for), act, and the fold of each."""

    rows: Floats
    side: Ints
    act: Ints
    fold: Ints

    @property
    def told(self) -> tuple[Ints, Ints]:
        """Side and act as the rules read them."""
        reading = self.rows[:, -READING:]
        return reading[:, len(ACTS) : len(ACTS) + 3].argmax(1), reading[:, : len(ACTS)].argmax(1)

    @property
    def quoted(self) -> NDArray[np.bool_]:
        """Whether the reading is of what somebody says, not of what the text tells."""
        return np.asarray(self.rows[:, len(ACTS) + 3 - READING] > 0)


def judged(nlp: Language, network: Network) -> Judged:
    """All statements of the file that are positions; one whose target the rules missed counts with both targets."""
    found = list(_statements(nlp, network))
    rows, side, act, fold = zip(*found, strict=True)
    return Judged(np.stack(rows), np.array(side), np.array(act), np.array(fold))


def _statements(nlp: Language, network: Network) -> Iterator[tuple[Floats, int, int, int]]:
    lines = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    for doc, line in nlp.pipe(((r["text"], r) for r in lines), as_tuples=True, batch_size=128):
        fold = crc32(line["text"].encode()) % FOLDS
        for draft in line["drafts"]:
            right, evidence = draft["judged"], _span(doc, draft["evidence"])
            if right is None or evidence is None:
                continue
            sentence = evidence.root.sent
            words = words_of(sentence)
            x = network.encode(words)
            first = sentence.start
            here = max(evidence.start, first) - first, min(evidence.end, sentence.end) - first
            told = reading(draft["act"], draft["side"], draft["rule"])
            for at in {tuple(t) if t else None for t in (draft["target"], right["target"])}:
                target = _span(doc, at)
                inside = target is not None and first <= target.start and target.end <= sentence.end
                place = (target.start - first, target.end - first) if target is not None and inside else None
                row = features(x, words, here, doc[here[0] + first : here[1] + first].root.i - first, place, told)
                yield row, right["side"] + 1, ACTS.index(right["act"]), fold


def _span(doc: Doc, at: tuple[int, int] | list[int] | None) -> Span | None:
    found = doc.char_span(at[0], at[1], alignment_mode="expand") if at is not None else None
    return found if found is not None and len(found) else None


class Head(nn.Module):  # type: ignore[misc]
    """Hidden layer, GELU, classes: three sides, then the acts."""

    def __init__(self, rows: Floats) -> None:
        super().__init__()
        self.said1 = nn.Linear(rows.shape[1], HIDDEN)
        self.said2 = nn.Linear(HIDDEN, 3 + len(ACTS))
        self.shift = torch.from_numpy(np.r_[rows[:, :-READING].mean(0), np.zeros(READING)].astype(np.float32))
        self.scale = torch.from_numpy(np.r_[rows[:, :-READING].std(0) + 1e-3, np.ones(READING)].astype(np.float32))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Scores [n, 3 + acts] of features [n, width]."""
        x = F.dropout((rows - self.shift) / self.scale, DROPOUT / 2, self.training)
        hidden = F.gelu(self.said1(x), approximate="tanh")
        return torch.as_tensor(self.said2(F.dropout(hidden, DROPOUT, self.training)))

    def weights(self) -> dict[str, Floats]:
        """The weights as the numpy network reads them, the scaling of the features in the first layer."""
        w = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        w["said1.weight"] = w["said1.weight"] / self.scale.numpy()
        w["said1.bias"] = w["said1.bias"] - w["said1.weight"] @ self.shift.numpy()
        return w


def fit(data: Judged, chosen: NDArray[np.bool_], seed: int) -> Head:
    """A head trained on the chosen rows."""
    torch.manual_seed(seed)
    head = Head(data.rows[chosen])
    rows, side, act = (torch.from_numpy(a[chosen]) for a in (data.rows, data.side, data.act))
    steps = EPOCHS * (len(rows) // BATCH + 1)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for _ in range(EPOCHS):
        for k in torch.randperm(len(rows)).split(BATCH):
            x = rows[k].clone()
            x[torch.rand(len(k)) < UNTOLD, -READING:] = 0
            scores = head(x)
            loss = F.cross_entropy(scores[:, :3], side[k], label_smoothing=0.05)
            loss = loss + 0.4 * F.cross_entropy(scores[:, 3:], act[k])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    head.eval()
    return head


def held_back(data: Judged) -> tuple[Floats, Floats]:
    """Probabilities of sides [n, 3] and acts [n, acts], each row by a head that did not see its fold."""
    sides, acts = np.zeros((len(data.side), 3), np.float32), np.zeros((len(data.side), len(ACTS)), np.float32)
    for k in range(FOLDS):
        head = fit(data, data.fold != k, k)
        with torch.no_grad():
            scores = head(torch.from_numpy(data.rows[data.fold == k]))
        sides[data.fold == k] = scores[:, :3].softmax(-1).numpy()
        acts[data.fold == k] = scores[:, 3:].softmax(-1).numpy()
    return sides, acts
