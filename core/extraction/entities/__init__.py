"""Entities under all their names."""

from __future__ import annotations

from spacy.tokens import Doc

from newsdash.core.records import Entity


def find_entities(doc: Doc) -> tuple[Entity, ...]:
    """All entities, in the order of their first mention."""
    return ()
