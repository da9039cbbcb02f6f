"""The training loop: constant rate with an average of the weights, then a linear end; resumable."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
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
    network.to(where).train()
    network.pieces.weight.requires_grad_(False)
    encoder = [
        p for n, p in network.named_parameters() if p.requires_grad and n.startswith(("layers.", "norm.", "positions."))
    ]
    inner = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in inner]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=0.01, fused=True, betas=(0.9, 0.98),
    )  # fmt: skip
    trained = {n: p for n, p in network.named_parameters() if p.requires_grad}
    step = 0
    average = {n: p.detach().clone() for n, p in trained.items()}
    if start is not None and start.exists():
        state = torch.load(start, map_location=where, weights_only=True)
        network.load_state_dict(state["weights"])
        average = {n: state["average"][n].to(where) for n in trained}
        if "optimizer" in state:
            optimizer.load_state_dict(state["optimizer"])
        step = int(state["step"])
    folder.mkdir(parents=True, exist_ok=True)
    # The steps are taken by a copy in bfloat16 (1.7 times as fast here as autocast); the weights proper stay float32.
    worker = copy.deepcopy(network).to(torch.bfloat16)
    mirror = [p for n, p in worker.named_parameters() if n in trained]
    masters = list(trained.values())
    base = [plan.encoder_rate, plan.head_rate]
    seen: dict[str, float] = defaultdict(float)
    begun, pieces_seen = time.monotonic(), 0

    def snapshot(full: bool) -> dict[str, Any]:
        state = {"weights": network.state_dict(), "average": average, "step": step}
        return state | ({"optimizer": optimizer.state_dict()} if full else {})

    for batch in stream(make, Plan(**{**plan.__dict__, "seed": plan.seed + step})):
        if step >= plan.steps:
            break
        for group, full in zip(optimizer.param_groups, base, strict=True):
            group["lr"] = full * rate(step, plan)
        arrays = collate(batch, pieces.cls, pieces.sep, pieces.unk, noise)
        tensors = {k: torch.from_numpy(v).to(where) for k, v in arrays.items()}
        parts = losses(worker(tensors), tensors)
        loss = sum((WEIGHT[k] * v for k, v in parts.items()), torch.zeros((), device=where))
        loss.backward()
        for master, p in zip(masters, mirror, strict=True):
            master.grad = None if p.grad is None else p.grad.float()
            p.grad = None
        torch.nn.utils.clip_grad_norm_(masters, 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(mirror, masters)
        step += 1
        keep = min(plan.average, step / (step + 20))
        torch._foreach_lerp_(list(average.values()), [p.detach() for p in masters], 1 - keep)
        pieces_seen += int(arrays["mask"].sum())
        for k, v in parts.items():
            seen[k] += float(v.detach())
        if step % 100 == 0:
            shown = " ".join(f"{k} {v / 100:.3f}" for k, v in seen.items())
            log.info("step %d  %.0f pieces/s  %s", step, pieces_seen / (time.monotonic() - begun), shown)
            seen.clear()
        if step % plan.save_every == 0:
            torch.save(snapshot(full=True), folder / "state.tmp")
            (folder / "state.tmp").replace(folder / "state.pt")
    torch.save(snapshot(full=True), folder / "state.tmp")
    (folder / "state.tmp").replace(folder / "state.pt")
    return snapshot(full=False)
