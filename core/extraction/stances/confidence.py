"""How sure a stance is, by how often its kind was right on held-back data.

Measured on the validation part of DSE2QA, which no rule was written on and no weight trained on: a word of the
lexicon whose polarity the network finds, too, was right in 92 of 100 (116 cases; never the contrary); a lexicon
word alone, or quoted words and network together, in 55 to 80; quoted words or network alone in 20 to 50.
"""

from __future__ import annotations

from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.records import Confidence

_TOLD = ("verb", "noun", "adjective", "addressed", "clause", "condition", "wish", "ordered", "named", "purpose", "side")
_UNSURE = frozenset({"modal", "would", "target", "speaker"})


def confidence(draft: Draft) -> Confidence:
    """high, medium or low."""
    told = draft.rule.startswith(_TOLD)
    if draft.target is None or draft.doubts & _UNSURE:
        return "low"
    if told and draft.sure and draft.holder.entity is not None and draft.sign:
        return "high"
    return "medium" if told or draft.sure or draft.strong else "low"
