"""The torch twin of ``stances.judging``; and its thresholds: ``python -m newsdash.core.extraction.training.judge``.

The judge learns together with the language model (``encoder.py``). The command prints how the one in place does on the
annotated articles that are held back, and puts the thresholds found there beside its weights. Takes a minute. Must be
run again whenever the language model or the rules of the extraction change much.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 (torch's own habit)
from newsdash.core.extraction.stances.judging import Verdicts, shares, verdicts, weigh
from newsdash.core.extraction.stances.network import WEIGHTS, Ints, Network, Thresholds
from newsdash.core.extraction.stances.openings import ACTS
from newsdash.core.extraction.training.articles import Example, Position, held_back
from newsdash.core.extraction.training.model import store
from newsdash.core.language import load
from torch import Tensor, nn

WIDTH, OPTION, INNER, DROPOUT = 128, 64, 32, 0.3
_TOLD_ELSEWHERE = 0.3  # weight of openings whose position another opening tells
_DOUBTED = 0.1  # what teachers take for no position weighs as much as what they take for one with this chance
_STEPS = [step / 100 for step in range(2, 99)]
_HIGH, _MEDIUM = 0.82, 0.6  # share of right ones from which a chance is called so; high, of real ones 91 % are right
_NEARLY = 0.5  # points of F1: thresholds that lose no more are as good as the best, and the middle of them is taken
_WITNESSES = 20  # positions at least that a share is taken of


Scores: TypeAlias = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


class Judge(nn.Module):  # type: ignore[misc]
    """See ``judging.weigh``."""

    def __init__(self, example: Example, width: int) -> None:
        """For word vectors of this width, and what examples like this one are told."""
        super().__init__()
        self.judge_words = nn.Linear(4 * width, WIDTH)
        self.judge_told = nn.Linear(example.told.row.shape[1], WIDTH)
        self.judge_both = nn.Linear(WIDTH, WIDTH)
        self.judge_position, self.judge_side = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 3)
        self.judge_act = nn.Linear(WIDTH, len(ACTS))
        self.judge_option = nn.Linear(width, OPTION)
        self.judge_traits, self.judge_for = nn.Linear(example.told.traits.shape[1], OPTION), nn.Linear(WIDTH, OPTION)
        self.judge_inner, self.judge_target = nn.Linear(OPTION, INNER), nn.Linear(INNER, 1)
        self.judge_toward = nn.Linear(OPTION, 3)

    def forward(self, words: Tensor, asked: Asked) -> Scores:
        """Scores of position, side, act, target, side toward the option, and the opening of each option.

        ``words`` [words, width] are the vectors of all words of the batch.
        """
        drop = self.drop
        trigger, first, last, holder, cue = asked.at.T
        sums = torch.cat([torch.zeros_like(words[:1]), words.cumsum(0)])
        mean = (sums[last] - sums[first]) / (last - first)[:, None]
        rows = torch.cat([words[trigger], mean, words[holder], words[cue] * (cue >= 0)[:, None]], 1)
        seen = drop(_gelu(self.judge_words(drop(rows)) + self.judge_told(drop(asked.row))))
        seen = drop(_gelu(self.judge_both(seen)))
        met = self.judge_option(drop(words[asked.head])) + self.judge_traits(drop(asked.traits))
        met = drop(_gelu(met + self.judge_for(seen)[asked.of]))
        return (
            self.judge_position(seen)[:, 0], self.judge_side(seen), self.judge_act(seen),
            self.judge_target(_gelu(self.judge_inner(met)))[:, 0], self.judge_toward(met), asked.of,
        )  # fmt: skip

    def drop(self, x: Tensor) -> Tensor:
        """Dropout while training."""
        return F.dropout(x, DROPOUT, self.training)

    def load(self, path: Path) -> None:
        """Take the weights of a judge in place."""
        with np.load(path) as stored:
            self.load_state_dict({n: torch.from_numpy(stored[n].astype(np.float32)) for n in self.state_dict()})


def probabilities(scores: Scores, example: Example) -> Verdicts:
    """Of the scores for one article."""
    position, side, act, target, toward = (part.cpu() for part in scores[:5])
    return Verdicts(
        position.sigmoid().numpy(), side.softmax(-1).numpy(), act.softmax(-1).numpy(),
        shares(target.numpy(), example.told.of, len(example.fits)), toward.softmax(-1).numpy(),
    )  # fmt: skip


def _gelu(x: Tensor) -> Tensor:
    return F.gelu(x, approximate="tanh")


class Asked(NamedTuple):
    """What a judge is asked of a batch, as `Told` has it; ``at`` and ``head`` count the words of the whole batch."""

    at: Tensor
    head: Tensor
    row: Tensor
    traits: Tensor
    of: Tensor


class Wanted(NamedTuple):
    """What it should say. Of openings: whether they are ``known`` positions and the ``weight`` of that; ``rows`` are
    those with a known side and act, ``aimed`` those with a right target among their options, which are ``hit``."""

    known: Tensor
    weight: Tensor
    rows: Tensor
    sides: Tensor
    acts: Tensor
    hit: Tensor
    aimed: Tensor


def asked(batch: Sequence[Example]) -> Asked:
    """Of the articles, one after the other."""
    told = [e.told for e in batch]
    first = np.cumsum([0, *(len(e.words) for e in batch[:-1])])
    return Asked(
        *(
            torch.from_numpy(np.concatenate(parts))
            for parts in (
                [np.where(t.at < 0, -1, t.at + w) for t, w in zip(told, first, strict=True)],
                [t.head + w for t, w in zip(told, first, strict=True)],
                [t.row for t in told], [t.traits for t in told], [_of(batch)],
            )
        )
    )  # fmt: skip


def _of(batch: Sequence[Example]) -> Ints:
    """The opening of each option, counted over all articles of a batch."""
    first = np.cumsum([0, *(len(e.fits) for e in batch[:-1])])
    return np.concatenate([e.told.of + n for e, n in zip(batch, first, strict=True)])


def wanted(batch: Sequence[Example]) -> Wanted:
    """Of the same articles."""
    best = [b for e in batch for b in e.best]
    fits = [f for e in batch for f in e.fits]
    positions = [e.positions for e in batch for _ in e.fits]
    told = [b if b is not None else _one_sided(f, p) for b, f, p in zip(best, fits, positions, strict=True)]
    sure = [p[i] if i is not None else None for p, i in zip(positions, told, strict=True)]
    of = _of(batch).tolist()
    right = [r for e in batch for r in e.right]
    hit = [k for k, (n, r) in enumerate(zip(of, right, strict=True)) if told[n] in r]
    return Wanted(
        torch.tensor([float(b is not None) for b in best]),
        torch.tensor([_TOLD_ELSEWHERE if b is None and f else 1.0 for b, f in zip(best, fits, strict=True)]),
        *(
            torch.tensor(part, dtype=torch.long)
            for part in (
                [n for n, p in enumerate(sure) if p], [p.side if p else 0 for p in sure],
                [p.act if p else 0 for p in sure], hit, sorted({of[k] for k in hit}),
            )
        ),
    )  # fmt: skip


def loss(scores: Scores, wanted: Wanted) -> Tensor:
    """Of being a position, side and act of those that are, and the target where an option has it right."""
    position, side, act, target, toward, of = scores
    total = (F.binary_cross_entropy_with_logits(position, wanted.known, reduction="none") * wanted.weight).mean()
    if not len(wanted.rows):
        return torch.as_tensor(total)
    total = total + F.cross_entropy(side[wanted.rows], wanted.sides[wanted.rows], label_smoothing=0.05)
    total = total + 0.3 * F.cross_entropy(act[wanted.rows], wanted.acts[wanted.rows], label_smoothing=0.05)
    if len(hit := wanted.hit):
        e = (target - target.max().detach()).exp()
        every = torch.zeros_like(position).index_add(0, of, e)
        right = torch.zeros_like(position).index_add(0, of[hit], e[hit])
        total = total - (right[wanted.aimed] / every[wanted.aimed]).clamp(min=1e-6).log().mean()
        total = total + 0.5 * F.cross_entropy(toward[hit], wanted.sides[of[hit]])
    return torch.as_tensor(total)


class Said(NamedTuple):
    """What teachers say of a batch, as `Verdicts` has it."""

    position: Tensor
    side: Tensor
    act: Tensor
    target: Tensor
    toward: Tensor


def joined(batch: Sequence[Verdicts]) -> Said:
    """Of the articles, one after the other."""
    parts = zip(*(astuple(verdicts) for verdicts in batch), strict=True)
    return Said(*(torch.from_numpy(np.concatenate(part)) for part in parts))


def unlike(scores: Scores, said: Said) -> Tensor:
    """The same loss against what teachers say: each part weighs by how much they take an opening for a position."""
    position, side, act, target, toward, of = scores
    weight = said.position.clamp(min=_DOUBTED)
    none = torch.zeros_like(position)
    highest = torch.full_like(position, -1e9).scatter_reduce(0, of, target.detach(), "amax")
    above = target - highest[of]
    logs = above - none.index_add(0, of, above.exp())[of].log()
    missed = none.index_add(0, of, -said.target * logs)
    asked = weight * (none.index_add(0, of, torch.ones_like(target)) > 0)
    total = F.binary_cross_entropy_with_logits(position, said.position)
    total = total + _mean(_crossed(side, said.side), weight) + 0.3 * _mean(_crossed(act, said.act), weight)
    total = total + _mean(missed, asked)
    return torch.as_tensor(total + 0.5 * _mean(_crossed(toward, said.toward), said.target * weight[of]))


def _crossed(scores: Tensor, said: Tensor) -> Tensor:
    return -(said * scores.log_softmax(-1)).sum(-1)


def _mean(values: Tensor, weight: Tensor) -> Tensor:
    return (values * weight).sum() / weight.sum().clamp(min=1e-6)


def _one_sided(fits: Sequence[int], positions: Sequence[Position]) -> int | None:
    """A position that an opening tells beside another one, where all that it may tell are on one side."""
    sides = {positions[i].side for i in fits}
    return fits[0] if len(sides) == 1 else None


def with_judge(at: Thresholds, data: Sequence[Example], found: Sequence[Verdicts]) -> Thresholds:
    """The thresholds with the judge's: for the best polarity F1, and the chances that are right often enough, the high
    one of what a rule reads, too."""
    f1 = {step: figures(data, found, step)[1] for step in _STEPS}
    good = [step for step, value in f1.items() if value >= max(f1.values()) - _NEARLY]
    position = (good[0] + good[-1]) / 2
    told = sorted(
        (
            (v.chance, any(e.positions[i].side == v.sign + 1 for i in e.fits[v.opening]), v.read)
            for e, p in zip(data, found, strict=True)
            for v in verdicts(p, e.told, position)
        ),
        reverse=True,
    )
    high = _chance([(chance, right) for chance, right, read in told if read], _HIGH)
    medium = _chance([(chance, right) for chance, right, _ in told], _MEDIUM)
    return replace(at, position=position, high=high, medium=medium)


def _chance(chances: Sequence[tuple[float, bool]], share: float) -> float:
    """The lowest chance above which so many are right."""
    lowest, right = 1.0, 0
    for number, (chance, is_right) in enumerate(chances, 1):
        right += is_right
        if number >= _WITNESSES and right >= share * number:
            lowest = chance
    return lowest


def figures(data: Sequence[Example], found: Sequence[Verdicts], least: float) -> tuple[float, float, float]:
    """F1 in per cent over all articles: of holder and evidence, with the side, with the target, too."""
    hits, told, wanted = [0, 0, 0], 0, 0
    for e, p in zip(data, found, strict=True):
        wanted += len(e.positions)
        taken: list[set[int]] = [set(), set(), set()]
        for v in verdicts(p, e.told, least):
            told += 1
            fits = e.fits[v.opening]
            sided = [i for i in fits if e.positions[i].side == v.sign + 1]
            aimed = [i for i in sided if v.option is not None and i in e.right[v.option]]
            levels = fits, sided, aimed
            for level, options in enumerate(levels):
                new = next((i for i in options if i not in taken[level]), None)
                if new is not None:
                    taken[level].add(new)
                    hits[level] += 1
    a, b, c = (200 * hit / max(told + wanted, 1) for hit in hits)
    return a, b, c


def main() -> int:
    """Measure, and write the thresholds."""
    network = Network(WEIGHTS)
    held = [e for e in held_back(load()) if e.asks]
    found = [weigh(network, e.words.astype(np.float32), e.told) for e in held]
    at = with_judge(network.at, held, found)
    holder, side, target = figures(held, found, at.position)
    print(f"{len(held)} articles held back: F1 of holder {holder:.1f}, with side {side:.1f}, with target {target:.1f}")
    store(WEIGHTS, {"thresholds": np.array(astuple(at), np.float32)})
    print(f"wrote {WEIGHTS}, {at}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
