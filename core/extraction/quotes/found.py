"""What the rules hand on: a quote in the making."""

from __future__ import annotations

from dataclasses import dataclass

from newsdash.core.records import Span
from spacy.tokens import Token


@dataclass(frozen=True)
class Found:
    """``spans`` of the content; ``cue`` and ``speaker`` as far as found; ``speaker`` is the head of its phrase,
    ``speaker_span`` overrides the phrase. ``rule`` names what found it. ``relayed``: worth keeping inside the words of
    somebody else. ``act``: asked, ordered or offered, and not told in words."""

    spans: tuple[Span, ...]
    rule: str
    cue: Span | None = None
    speaker: Token | None = None
    speaker_span: Span | None = None
    relayed: bool = False
    act: bool = False

    @property
    def start(self) -> int:
        """First character of the content."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """End of the content."""
        return self.spans[-1][1]
