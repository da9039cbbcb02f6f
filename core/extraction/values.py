"""Typed numbers: money, percentages, quantities, ordinals, counts."""

from __future__ import annotations

from spacy.tokens import Doc

from newsdash.core.records import Value


def find_values(doc: Doc) -> tuple[Value, ...]:
    """All typed numbers in text order."""
    return ()
