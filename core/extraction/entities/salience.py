"""Who is in the reader's mind at a place in the text.

A mention weighs by its place in the sentence (subject before object before the rest) and fades by half with each
sentence (after Lappin and Leass 1994). Only the last mentions are kept, so that long texts stay linear.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsdash.core.extraction.entities.actors import Actor
from spacy.tokens import Doc, Token

_KEPT = 80  # mentions remembered: about fifteen sentences
_SUBJECT, _OBJECT, _OTHER = 4.0, 2.0, 1.0


@dataclass(frozen=True)
class Recent:
    """A mention that was read: its actor, head, sentence number and weight."""

    actor: Actor
    head: Token
    sentence: int
    weight: float


def weight(token: Token) -> float:
    """How much a mention's head weighs by its grammatical place."""
    dep = token.dep_.partition(":")[0]
    if dep in ("conj", "appos"):
        dep = token.head.dep_.partition(":")[0]
    if dep in ("nsubj", "csubj"):
        return _SUBJECT
    if dep in ("obj", "iobj") or token.dep_ == "obl:agent":
        return _OBJECT
    return _OTHER


def span_head(doc: Doc, start: int, end: int) -> Token:
    """The token of a span whose head lies outside of it."""
    for token in doc[start:end]:
        if token.head.i < start or token.head.i >= end or token.head.i == token.i:
            return token
    return doc[end - 1]


@dataclass(frozen=True)
class Candidate:
    """An actor that fits: how well, its weight, and its mentions in reach, the last one first."""

    actor: Actor
    fit: float
    weight: float
    recent: tuple[Recent, ...]


class Salience:
    """The last mentions in text order."""

    def __init__(self) -> None:
        self._recent: deque[Recent] = deque(maxlen=_KEPT)

    def add(self, actor: Actor, head: Token, sentence: int) -> None:
        """Remember a mention by its head."""
        self._recent.append(Recent(actor, head, sentence, weight(head)))

    def best(self, sentence: int, reach: int, fits: Callable[[Actor], float]) -> Actor | None:
        """The actor that weighs most within ``reach`` sentences; ``fits`` gives a factor, 0 forbids."""
        totals: dict[int, float] = {}
        actors: dict[int, Actor] = {}
        for actor, fit, recent in self._fitting(sentence, reach, fits):
            actors[actor.number] = actor
            weight = recent.weight * 0.5 ** (sentence - recent.sentence) * fit
            totals[actor.number] = totals.get(actor.number, 0.0) + weight
        return actors[max(totals, key=lambda number: (totals[number], -number))] if totals else None

    def candidates(self, sentence: int, reach: int, fits: Callable[[Actor], float]) -> list[Candidate]:
        """The actors that fit, of those mentioned within ``reach`` sentences."""
        found: dict[int, tuple[Actor, float, list[Recent]]] = {}
        for actor, fit, recent in self._fitting(sentence, reach, fits):
            found.setdefault(actor.number, (actor, fit, []))[2].append(recent)
        return [
            Candidate(actor, fit, fit * sum(r.weight * 0.5 ** (sentence - r.sentence) for r in m), tuple(m))
            for actor, fit, m in found.values()
        ]

    def _fitting(
        self, sentence: int, reach: int, fits: Callable[[Actor], float]
    ) -> Iterator[tuple[Actor, float, Recent]]:
        """The mentions of actors that fit, the last one first."""
        factors: dict[int, float] = {}
        for recent in reversed(self._recent):
            if sentence - recent.sentence > reach:
                return
            actor = recent.actor.known()
            fit = factors.get(actor.number)
            if fit is None:
                fit = factors[actor.number] = fits(actor)
            if fit > 0:
                yield actor, fit, recent
