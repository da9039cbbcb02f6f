"""A place with the region it lies in: "Laredo, Texas"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdash.core.extraction.entities.knowledge import WIDE, known_names, plain

if TYPE_CHECKING:
    from newsdash.core.extraction.entities.names import Name
    from newsdash.core.extraction.entities.roles import Layout
    from spacy.tokens import Doc


def with_region(layout: Layout, end: int) -> int:
    """The end of "Laredo, Texas" for a place that ends at ``end``, else ``end``."""
    at = end + 1
    if at >= len(layout.doc) or layout.doc[end].text != "," or layout.name_at[end - 1] < 0 or layout.name_at[at] < 0:
        return end
    place, wider = layout.names[layout.name_at[end - 1]], layout.names[layout.name_at[at]]
    inner, outer = (known_names().get(plain(layout.doc[n.start : n.end].text)) for n in (place, wider))
    if place.type != "GPE" or place.end != end or (inner is not None and inner.kind in WIDE):
        return end
    if outer is None or outer.form != "name" or outer.kind not in WIDE:
        return end
    return wider.end if _closes_place(layout.doc, wider) else end


def _closes_place(doc: Doc, region: Name) -> bool:
    """Nothing goes on with the region after "Foo, Ohio": no noun, no "and", and it is no subject."""
    if region.end >= len(doc) or doc[region.end].text in (",", ".", ")", ";", ":"):
        return True
    return doc[region.end].tag_ in ("IN", "RB", "WRB", "TO") and not doc[region.end - 1].dep_.startswith("nsubj")
