"""From a place in the text to the entity that is mentioned there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from newsdash.core.records import Entity, Mention, Span


@dataclass(frozen=True)
class MentionIndex:
    """All mentions of an article in text order, for look-ups in logarithmic time."""

    starts: tuple[int, ...]
    mentions: tuple[tuple[Mention, Entity], ...]

    def within(self, start: int, end: int) -> tuple[tuple[Mention, Entity], ...]:
        """The mentions that lie wholly inside start:end, in text order."""
        found = self.mentions[bisect_left(self.starts, start) : bisect_right(self.starts, end)]
        return tuple((m, e) for m, e in found if m.end <= end)

    def at(self, start: int, end: int) -> Entity | None:
        """The entity a phrase refers to: of the mentions inside it the one that ends last and, of those, is longest.

        English noun phrases end in their head, so "the company's CEO, Dario Amodei" gives Dario Amodei.
        """
        inside = self.within(start, end)
        if not inside:
            return None
        return max(inside, key=lambda found: (found[0].end, found[0].end - found[0].start))[1]

    def covering(self, at: int) -> Entity | None:
        """The entity of the shortest mention that covers the character at ``at``."""
        found = self.mention_at(at)
        return found[1] if found is not None else None

    def mention_at(self, at: int) -> tuple[Mention, Entity] | None:
        """The shortest mention that covers the character at ``at``, with its entity."""
        best: tuple[Mention, Entity] | None = None
        # a mention longer than 400 characters does not occur; the bound keeps this from being quadratic
        for m, e in self.mentions[bisect_left(self.starts, at - 400) : bisect_right(self.starts, at)]:
            if m.end > at and (best is None or m.end - m.start < best[0].end - best[0].start):
                best = (m, e)
        return best


def index_mentions(entities: Sequence[Entity]) -> MentionIndex:
    """Sort all mentions by place."""
    pairs = sorted(((m, e) for e in entities for m in e.mentions), key=lambda p: (p[0].start, p[0].end, p[1].id))
    return MentionIndex(tuple(m.start for m, _ in pairs), tuple(pairs))


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]
