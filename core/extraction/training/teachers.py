"""What teachers say: of names and parse in one pass over all corpora, and of positions (``encoder.py``).

Not only their best guess: that one word may be two things, and how likely, is what the corpora do not tell.
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.judging import Verdicts
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training.__main__ import prepared
from newsdash.core.language.training.corpora import encode
from newsdash.core.language.training.network import DROPOUT, IMPOSSIBLE, Network
from newsdash.core.language.training.windows import batches, collate, windows
from torch import Tensor

PARSE = 12_000
"""Pieces of a batch of names and parse."""
_LOST = 0.01  # pieces that become unknown, so that what is read more than once is not read the same
_SEED = 5
_KEPT = ("ids", "shapes", "gaps", "mask", "first", "last", "words", "word_shapes", "word_gaps", "starts")
Labels = dict[str, Tensor]
"""Probabilities for the words of a batch: of labels of ``names`` [B, W, labels]; and where the parse was asked for, of
``tags``, sentence ``starts``, ``arcs`` to each head, and of the dependency labels ``deps`` to the likeliest, ``top``.
"""


@dataclass(frozen=True)
class Report:
    """What a teacher says of the annotated and raw texts (None of those it is not asked) and of the clean batches."""

    verdicts: list[Verdicts | None]
    labels: list[Labels]


def together(reports: Sequence[Report]) -> Report:
    """The mean of what the teachers say of texts and names; the parse of the first."""
    said = [[v for v in one if v is not None] for one in zip(*(r.verdicts for r in reports), strict=True)]
    verdicts = [Verdicts(*(np.mean(part, 0) for part in zip(*map(astuple, one), strict=True))) for one in said]
    labels = [
        one[0] | {"names": torch.stack([part["names"] for part in one]).float().mean(0)}
        for one in zip(*(r.labels for r in reports), strict=True)
    ]
    return Report([*verdicts], labels)


def clean(work: Path, pieces: Pieces) -> list[Labels]:
    """Batches of one pass over all corpora and the labelled news: no name is replaced, no piece is lost."""
    _, inventory, bank, entities = prepared(work)
    with (work / "labelled.pkl").open("rb") as file:
        news = encode(pickle.load(file), inventory, pieces)
    rng = random.Random(_SEED)
    found = windows(bank, rng)
    for sentences in (*entities.values(), news):
        found += windows(sentences, rng, 8, 70)
    arrays = (collate(batch, pieces.cls, pieces.sep, pieces.unk) for batch in batches(found, PARSE, rng))
    return [{name: torch.from_numpy(batch[name].astype(np.int16)) for name in _KEPT} for batch in arrays]


def labels(teacher: Network, batch: dict[str, Tensor], *, parse: bool) -> Labels:
    """What a teacher says of a batch, in half precision."""
    with torch.no_grad():
        h = _words(teacher, batch)
        found = {"names": teacher.names(h).float().softmax(-1)}
        if parse:
            starts = teacher.starts(h).squeeze(-1).float().sigmoid()
            arcs, dep, head = teacher.arcs(h)
            arcs = arcs.float().masked_fill(~_same_sentence(batch, starts), IMPOSSIBLE)
            top = arcs.argmax(-1)
            found |= {"tags": teacher.tags(h).float().softmax(-1), "starts": starts, "arcs": arcs.softmax(-1)}
            found |= {"deps": _dependencies(teacher, dep, head, top).softmax(-1)}
    told = {name: part.half().cpu() for name, part in found.items()}
    return told | {"top": top.short().cpu()} if parse else told


def unlike(network: Network, batch: dict[str, Tensor], said: Labels) -> dict[str, Tensor]:
    """Mean losses of the heads against what teachers say of the words."""
    h, real = _words(network, batch), batch["words"].float()

    def mean(values: Tensor) -> Tensor:
        return (values * real).sum() / real.sum()

    def crossed(scores: Tensor, name: str) -> Tensor:
        return mean(-(said[name].float() * scores.float().log_softmax(-1)).sum(-1))

    starts = said["starts"].float()
    arcs, dep, head = network.arcs(h)
    arcs = arcs.float().masked_fill(~_same_sentence(batch, starts), IMPOSSIBLE)
    begins = F.binary_cross_entropy_with_logits(network.starts(h).squeeze(-1).float(), starts, reduction="none")
    return {
        "names": crossed(network.names(h), "names"),
        "tags": crossed(network.tags(h), "tags"),
        "starts": mean(begins),
        "arcs": crossed(arcs, "arcs"),
        "deps": crossed(_dependencies(network, dep, head, said["top"].long()), "deps"),
    }


def worn(batch: dict[str, Tensor], pieces: Pieces) -> dict[str, Tensor]:
    """The batch with a few pieces lost."""
    ids = batch["ids"]
    lost = (torch.rand(ids.shape, device=ids.device) < _LOST) & (batch["mask"] == 1)
    lost &= (ids != pieces.cls) & (ids != pieces.sep)
    return batch | {"ids": ids.masked_fill(lost, pieces.unk)}


def _words(network: Network, batch: dict[str, Tensor]) -> Tensor:
    x = network.encode(batch["ids"], batch["shapes"], batch["gaps"], batch["mask"].to(network.norm.weight.dtype))
    return network.words(x, batch["first"], batch["last"], batch["word_shapes"], batch["word_gaps"])[0]


def _same_sentence(batch: dict[str, Tensor], starts: Tensor) -> Tensor:
    """Which words [B, W, W + 1] may be heads of which; sentences begin where it is annotated, else where it is said."""
    begins = torch.where(batch["starts"] >= 0, batch["starts"] == 1, starts > 0.5).long()
    begins[:, 0] = 1
    sentence = begins.cumsum(1)
    same = (sentence[:, :, None] == sentence[:, None, :]) & (batch["words"][:, None, :] == 1)
    return torch.cat([torch.ones_like(same[:, :, :1]), same], 2)


def _dependencies(network: Network, dep: Tensor, head: Tensor, top: Tensor) -> Tensor:
    both = F.relu(dep + torch.gather(head, 1, top[..., None].expand(-1, -1, head.shape[-1])))
    return torch.as_tensor(network.label_classes(F.dropout(both, DROPOUT, network.training)).float())
