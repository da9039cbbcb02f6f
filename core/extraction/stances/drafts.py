"""A stance before it is numbered, calibrated and put in order."""

from __future__ import annotations

from dataclasses import dataclass

from newsdash.core.extraction.stances.parties import Party
from newsdash.core.records import Act, Span


@dataclass(frozen=True)
class Draft:
    """One reading of one place. ``sign`` is 1 for, -1 against, 0 neutral; ``rule`` names how it was found.

    ``doubts`` are the things that made readings of this rule wrong on held-back data; ``trigger`` is the token
    number of the word that takes the position. ``sure`` is True when the network found the same polarity by itself.
    """

    holder: Party
    act: Act
    target: Party | None
    sign: int
    issue: str
    evidence: Span
    trigger: int
    rule: str
    words: str
    via: Party | None = None
    doubts: frozenset[str] = frozenset()
    sure: bool = False
