"""The hyperparameters of a training run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Hyperparameters of a run."""

    steps: int
    decay_steps: int
    seed: int = 7
    budget: int = 1_600
    encoder_rate: float = 1.5e-4
    head_rate: float = 1.2e-3
    warm_up: int = 300
    average: float = 0.999
    save_every: int = 250
