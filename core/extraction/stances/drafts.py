"""A stance before it is numbered, calibrated and put in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsdash.core.extraction.stances.issues import matter
from newsdash.core.extraction.stances.parties import Cast, Party
from newsdash.core.extraction.syntax import clause
from newsdash.core.records import Act, Span
from spacy.tokens import Token


@dataclass(frozen=True)
class Draft:
    """One reading of one place. ``sign`` is 1 for, -1 against, 0 neutral; ``rule`` names how it was found.

    ``doubts`` are the things that made readings of this rule wrong on held-back data; ``trigger`` is the token
    number of the word that takes the position. ``sure`` is True when rule and network, or judge, find the same side,
    ``strong`` when several words of the lexicon agree; ``chance`` is the judge's probability that all is right, None
    where it was not asked.
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
    strong: bool = False
    chance: float | None = None


@dataclass(frozen=True)
class Taking:
    """One word that takes a position, with those who hold it."""

    cast: Cast
    trigger: Token
    holders: tuple[Party, ...]
    words: str
    doubts: frozenset[str] = frozenset()

    def drafts(
        self, act: Act, sign: int, target: Party | None, head: Token | None, rule: str, evidence: Span | None = None
    ) -> Iterator[Draft]:
        """One draft for each holder who is not the target himself and is not named in the matter."""
        voice = self.cast.voice(self.trigger)
        for holder in self.holders:
            if target is not None and target.proper and target.key == holder.key:
                continue
            if head is not None and len(self.holders) > 1 and _inside(self.cast, holder, head):
                continue
            via = voice if voice is not None and voice.key != holder.key else None
            span = evidence or clause(self.trigger)
            yield Draft(
                holder,
                act,
                aimed(holder, target),
                sign,
                matter(head, target),
                span,
                self.trigger.i,
                rule,
                self.words,
                via,
                self.doubts,
            )


def aimed(holder: Party, target: Party | None) -> Party | None:
    """The target as it is for this holder: a thing of his own is a thing ("promised to publish its data")."""
    if target is None or target.key != holder.key:
        return target
    return None if target.proper else replace(target, entity=None, proper=True)


def _inside(cast: Cast, holder: Party, head: Token) -> bool:
    """Whether a member of a joint holder is itself named in the matter ("language Anthropic said was necessary")."""
    tokens = list(head.subtree)
    span = (tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    return any(e.id == holder.entity for _, _, e in cast.mentioned(span))
