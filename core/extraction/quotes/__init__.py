"""Quotes: content, cue, speaker."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from newsdash.core.records import Entity, Quote


def find_quotes(doc: Doc, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """All attributed statements in text order."""
    return ()
