"""The training loop: constant rate with an average of the weights, then a linear end; resumable."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from newsdash.core.language.pieces import Pieces
from newsdash.core.language.training.corpora import Encoded, Inventory, one_pass
from newsdash.core.language.training.invent import Invent
from newsdash.core.language.training.network import WEIGHT, Network, losses
from newsdash.core.language.training.plan import Plan
from newsdash.core.language.training.swap import Swap
from newsdash.core.language.training.windows import Window, batches, collate, windows
from torch import nn

log = logging.getLogger(__name__)


def make_pass(
    treebank: list[Encoded], corpora: dict[str, list[Encoded]], swap: Swap, invent: Invent, seed: int
) -> list[Window]:
    """Windows of one pass over everything, some names replaced by others of the corpora or by made-up ones."""
    rng = random.Random(seed)
    found = windows([swap(s, rng) for s in treebank], rng)
    for sentences in one_pass(corpora, seed).values():
        found += windows([invent(swap(s, rng), rng) for s in sentences], rng, 8, 70)
    return found


def stream(make: Callable[[int], list[Window]], plan: Plan) -> Iterator[list[Window]]:
    """Endless batches, pass after pass."""
    seed = plan.seed
    while True:
        seed += 1
        yield from batches(make(seed), plan.budget, random.Random(seed))


def device() -> torch.device:
    """A GPU when there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def rate(step: int, plan: Plan) -> float:
    """Share of the full learning rate: warm up, constant, linear to zero."""
    left = plan.steps - step
    return min(1.0, (step + 1) / plan.warm_up, max(left, 1) / max(plan.decay_steps, 1))


def train(
    network: Network,
    make: Callable[[int], list[Window]],
    pieces: Pieces,
    plan: Plan,
    folder: Path,
    inventory: Inventory,
    start: Path | None = None,
) -> dict[str, Any]:
    """Train; the state (also written to ``folder/state.pt`` now and then) has the weights and their average.

    `start` continues from such a file; the piece embeddings stay as they are (rare names keep their place).
    """
    where = device()
    torch.manual_seed(plan.seed)
    noise = np.random.default_rng(plan.seed)
    steps = Steps(network, (plan.encoder_rate, plan.head_rate), plan.average)
    if start is not None and start.exists():
        steps.load(torch.load(start, map_location=where, weights_only=True))
    folder.mkdir(parents=True, exist_ok=True)
    seen: dict[str, float] = defaultdict(float)
    begun, pieces_seen = time.monotonic(), 0
    for batch in stream(make, Plan(**{**plan.__dict__, "seed": plan.seed + steps.number})):
        if steps.number >= plan.steps:
            break
        arrays = collate(batch, pieces.cls, pieces.sep, pieces.unk, noise)
        tensors = {k: torch.from_numpy(v).to(where) for k, v in arrays.items()}
        parts = losses(steps.worker(tensors), tensors)
        weighed(parts).backward()
        steps.take(rate(steps.number, plan))
        pieces_seen += int(arrays["mask"].sum())
        for k, v in parts.items():
            seen[k] += float(v.detach())
        if steps.number % 100 == 0:
            shown = " ".join(f"{k} {v / 100:.3f}" for k, v in seen.items())
            log.info("step %d  %.0f pieces/s  %s", steps.number, pieces_seen / (time.monotonic() - begun), shown)
            seen.clear()
        if steps.number % plan.save_every == 0:
            steps.save(folder)
    steps.save(folder)
    return steps.state()


def weighed(parts: dict[str, torch.Tensor]) -> torch.Tensor:
    """The losses of the heads, each with its weight."""
    return torch.stack([WEIGHT[k] * v for k, v in parts.items()]).sum()


class Steps:
    """Steps of a training: taken by a copy of the network in bfloat16 (``worker``; 1.7 times as fast here as autocast).

    The weights proper stay float32 and have a running average. ``rates`` are those of the encoder, of the heads, and of
    ``more`` heads beside the network, which are float32, too.
    """

    def __init__(self, network: Network, rates: Sequence[float], average: float, more: nn.Module | None = None) -> None:
        self.network = network.to(device()).train()
        self.network.pieces.weight.requires_grad_(False)
        self.more, self.rates, self.keep, self.number = more, rates, average, 0
        trained = {n: p for n, p in network.named_parameters() if p.requires_grad}
        encoder = {n for n in trained if n.startswith(("layers.", "norm.", "positions."))}
        groups = [[p for n, p in trained.items() if (n in encoder) == inner] for inner in (True, False)]
        groups += [list(more.parameters())] if more is not None else []
        self.optimizer = torch.optim.AdamW(
            [{"params": params, "lr": rate} for params, rate in zip(groups, rates, strict=True)],
            weight_decay=0.01, fused=True, betas=(0.9, 0.98),
        )  # fmt: skip
        self.average = {n: p.detach().clone() for n, p in trained.items()}
        self.masters = list(trained.values())
        self.worker = copy.deepcopy(network).to(torch.bfloat16)
        self.mirror = [p for n, p in self.worker.named_parameters() if n in trained]

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self.network.load_state_dict(state["weights"])
        self.average = {n: state["average"][n].to(device()) for n in self.average}
        self.number = int(state["step"])
        if self.more is not None:
            self.more.load_state_dict(state["more"])
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
        with torch.no_grad():
            torch._foreach_copy_(self.mirror, self.masters)

    def take(self, share: float) -> None:
        """One step along the gradients of the worker, at this share of the rates."""
        for group, full in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = full * share
        for master, p in zip(self.masters, self.mirror, strict=True):
            master.grad = None if p.grad is None else p.grad.float()
            p.grad = None
        nn.utils.clip_grad_norm_(self.masters, 1.0)
        if self.more is not None:
            nn.utils.clip_grad_norm_(self.more.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.number += 1
        keep = min(self.keep, self.number / (self.number + 20))
        with torch.no_grad():
            torch._foreach_copy_(self.mirror, self.masters)
            torch._foreach_lerp_(list(self.average.values()), [p.detach() for p in self.masters], 1 - keep)

    def state(self) -> dict[str, Any]:
        """Weights, their average, and how many steps were taken."""
        found = {"weights": self.network.state_dict(), "average": self.average, "step": self.number}
        return found | ({"more": self.more.state_dict()} if self.more is not None else {})

    def save(self, folder: Path) -> None:
        """The state and the optimiser's to ``folder/state.pt``."""
        torch.save(self.state() | {"optimizer": self.optimizer.state_dict()}, folder / "state.tmp")
        (folder / "state.tmp").replace(folder / "state.pt")
