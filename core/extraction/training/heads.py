"""The heads that read meaning from the vectors of the encoder while it learns (``encoder.py``), and their losses.

Light on a span, one span toward another, and the judge of positions. Only the judge is kept.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.judging import Verdicts
from newsdash.core.extraction.training import judge
from newsdash.core.extraction.training.articles import Example
from newsdash.core.extraction.training.lessons import Batch, Lessons, Text, Texts, batched, made, moved
from newsdash.core.extraction.training.scores import macro_f1
from newsdash.core.language.network import Network as Exported
from newsdash.core.language.training.network import WIDTH, Network
from newsdash.core.language.training.train import device
from torch import Tensor, nn


class Heads(nn.Module):  # type: ignore[misc]
    """See above; for vectors of words of this width, and what examples like this one are told."""

    def __init__(self, example: Example, width: int = WIDTH) -> None:
        super().__init__()
        self.tone = nn.Sequential(nn.Linear(2 * width, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 3))
        self.pair = nn.Sequential(nn.Linear(4 * width + 2, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 3))
        self.judge = judge.Judge(example, width)


def read(encoder: Network, heads: Heads, batch: Batch) -> Any:
    """Scores [B, 3] of against, neutral, for, or those of the judge."""
    feed, about = batch.feed, batch.about
    x = encoder.encode(feed["ids"], feed["shapes"], feed["gaps"], feed["mask"].to(encoder.norm.weight.dtype))
    _, means = encoder.words(x, feed["first"], feed["last"], feed["word_shapes"], feed["word_gaps"])
    x = means.float()  # as `doc.tensor` has them
    if isinstance(about, Texts):
        words = x.flatten(0, 1)[about.place.clamp(min=0)] * (about.place >= 0)[:, None]
        return heads.judge(words, about.asked)
    parts = [about.whole, about.first] + ([about.second] if about.second is not None else [])
    mean, p, *more = ((x * part[..., None]).sum(1) for part in parts)
    if not more:
        return heads.tone(torch.cat([p, mean], -1))
    (q,) = more
    return heads.pair(torch.cat([p, q, p * q, mean, about.order], -1))


def loss(encoder: Network, heads: Heads, batch: Batch) -> Tensor:
    """Of positions, of pairs or of tones; of annotated texts half by the teachers, where they said something."""
    scores, about = read(encoder, heads, batch), batch.about
    if not isinstance(about, Texts):
        return torch.as_tensor(1.5 * F.cross_entropy(scores, about.labels, label_smoothing=0.05))
    if about.said is None:
        return judge.loss(scores, about.wanted)
    unlike = judge.unlike(scores, about.said)
    return unlike if batch.turn == "raw" else (unlike + judge.loss(scores, about.wanted)) / 2


def verdicts(encoder: Network, heads: Heads, texts: Sequence[Text], network: Exported) -> list[Verdicts]:
    """What the judge makes of each text."""
    found: dict[int, Verdicts] = {}
    for batch in batched(texts, random.Random(0)) if texts else ():
        with torch.no_grad():
            scores = read(encoder, heads, moved(made("positions", batch, network), device()))
        openings, options = [len(t.example.fits) for t in batch], [len(t.example.told.of) for t in batch]
        sizes = openings, openings, openings, options, options
        parts = zip(*(part.split(size) for part, size in zip(scores[:5], sizes, strict=True)), strict=True)
        for text, part in zip(batch, parts, strict=True):
            found[id(text)] = judge.probabilities((*part, scores[5]), text.example)
    return [found[id(text)] for text in texts]


def figures(encoder: Network, heads: Heads, network: Exported, lessons: Lessons) -> str:
    """How the heads, done with learning, do on what is only measured on."""
    found = []
    for name, held in (("tones", lessons.held_tones), ("pairs", lessons.held_pairs)):
        batches = batched(held, random.Random(0))
        with torch.no_grad():
            told = [read(encoder, heads, moved(made(name, b, network), device())).argmax(-1).tolist() for b in batches]
        found.append(macro_f1([m.label for b in batches for m in b], [c for part in told for c in part], 3))
    seen, data = verdicts(encoder, heads, lessons.held_positions, network), [t.example for t in lessons.held_positions]
    best = max((judge.figures(data, seen, step / 50) for step in range(5, 45)), key=lambda f: f[1] + f[2])
    tones, pairs = found
    holder, side, target = best
    return f"F1 of tones {tones:.1f}, pairs {pairs:.1f}, holder {holder:.1f}, side {side:.1f}, target {target:.1f}"
