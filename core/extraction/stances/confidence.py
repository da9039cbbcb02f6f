"""How sure a stance is, by how often its kind was right on held-back data.

In articles the judge gives each position a chance to be right, and its training finds from which chance on eight of ten
(high) or six of ten (medium) have the right holder and side in invented articles that were held back. "High" needs a
second witness: a word that takes this side by the lexicon. What the judge alone finds, and what is only said, is never
high. In 28 real articles, which take fewer sides and in plainer words, 70 of 74 that are high were right.

In short passages rules and network decide. Measured on the validation part of DSE2QA, which no rule was written on and
no weight trained on (the thresholds of the network are chosen on it): what is shown as "high" (a word of the lexicon
whose polarity the network finds, too, or plain words toward a thing) was right in 90 of 100 (132 cases), "medium" in
58, "low" in 31.
"""

from __future__ import annotations

from newsdash.core.extraction.stances.drafts import Draft
from newsdash.core.extraction.stances.network import Thresholds
from newsdash.core.records import Confidence

_TOLD = (
    "verb", "noun", "adjective", "addressed", "clause", "condition", "wish", "ordered", "named", "purpose", "side",
    "end", "fate", "asked",
)  # fmt: skip
_PLAIN = (
    "verb accuses", "verb criticises", "verb praises", "verb opposes", "clause warns", "addressed warns",
    "addressed demands", "condition", "noun supports", "noun opposes", "noun criticises", "adjective", "purpose",
)  # fmt: skip
_VAGUE = frozenset({"it", "its", "that", "this"})  # what they stand for is often found wrong
_UNSURE = frozenset({"blow", "modal", "would", "target", "speaker"})


def confidence(draft: Draft, at: Thresholds | None) -> Confidence:
    """high, medium or low; ``at`` are the judge's thresholds.

    Between two entities the network must agree for "high"; of things and measures it knows little, there plain words
    of the lexicon are enough.
    """
    told = draft.rule.startswith(_TOLD)
    if draft.rule == "silence":
        return "medium"
    if draft.chance is not None and at is not None:
        high = draft.sure and draft.chance >= at.high
        return "high" if high else "medium" if draft.chance >= at.medium else "low"
    if draft.target is None or draft.doubts & _UNSURE or draft.target.text.lower() in _VAGUE:
        return "low"
    plain = draft.rule.startswith(_PLAIN)
    witness = draft.sure if draft.target.entity is not None and draft.target.proper else plain
    backward = draft.target.text.lower().startswith(("that ", "this ", "such "))
    if backward or (draft.act == "accuses" and draft.target.entity is None):
        witness = False  # "prosecuted cases": somebody is accused, not something
    if told and witness and draft.holder.entity is not None and draft.sign and draft.rule != "wish supports":
        return "high"
    return "medium" if told or draft.sure or draft.strong else "low"
