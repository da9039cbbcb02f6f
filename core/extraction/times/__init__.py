"""Time expressions: recognition and normalisation."""

from __future__ import annotations

from spacy.tokens import Doc

from newsdash.core.records import TimeExpression


def find_times(doc: Doc, published: str | None) -> tuple[TimeExpression, ...]:
    """All time expressions in text order, resolved against the publication date where there is one."""
    return ()
