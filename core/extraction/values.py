"""Typed numbers: money, percentages, quantities, ordinals, counts."""

from __future__ import annotations

from newsdash.core.records import Value
from spacy.tokens import Doc


def find_values(doc: Doc) -> tuple[Value, ...]:
    """All typed numbers in text order."""
    return ()
