"""Stances: who takes which position toward whom on what."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from newsdash.core.records import Entity, Quote, Stance


def find_stances(doc: Doc, entities: Sequence[Entity], quotes: Sequence[Quote]) -> tuple[Stance, ...]:
    """All stances in the order of their evidence."""
    return ()
