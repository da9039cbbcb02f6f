"""What stands around the name of a place or a body and belongs to it: its region, its country, the place it is in."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor, Place
from newsdash.core.extraction.entities.forms import is_body, name_key
from newsdash.core.extraction.entities.knowledge import known_names, plain, vessel_words
from newsdash.core.extraction.entities.mind import Mind
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.regions import with_region
from newsdash.core.extraction.entities.roles import Layout, noun_of
from newsdash.core.extraction.entities.types import is_place_of


def wider(mind: Mind, actor: Actor, name: Name) -> list[Place]:
    """A place with its region, the place in "Municipality of Foo", an institution with its country and without."""
    doc, layout = mind.doc, mind.layout
    places: list[Place] = []

    def place(start: int, end: int, reason: str) -> None:
        places.append(Place(start, end, name.end - 1, "nominal", reason))

    wide = with_region(layout, name.end)
    if wide > name.end:  # "Laredo, Texas"
        place(name.start, wide, "with its region")
    start = name.start + vessel_words(doc[name.start : name.end].text.lower())
    if name.start < start < name.end:  # "space shuttle | Foo"
        place(start, name.end, "its own name")
    if name.end - name.start > 2:
        key = name_key(doc[name.start : name.end].text, name.type)
        first = known_names().get(plain(doc[name.start].text))
        if key in actor.keys and is_place_of(key):
            place(name.start + 2, name.end, "the place itself")
        elif first is not None and first.form == "adjective" and "of" in key.split()[2:]:  # "Italian | Court of Foo"
            place(name.start + 1, name.end, "without its country")
    for end in range(name.start + 1, name.end - 1) if actor.type == "ORG" else ():
        land = known_names().get(plain(doc[name.start : end].text))
        if land is not None and land.kind == "country" and is_body(doc[name.end - 1].lower_) and doc[end].tag_ == "NNP":
            place(end, name.end, "without its country")  # "United States | National Security Council"
    seat = seat_end(layout, name) if actor.type in ("ORG", "FAC") else name.end
    if seat > name.end:  # "the High Court | in Foo"
        place(name.start, seat, "with its place")
    at = name.start - 1 - (name.start > 1 and doc[name.start - 1].tag_ == "POS")
    owner = mind.named_at(at) if at >= 0 else None
    if actor.type == "ORG" and owner is not None and owner.type == "GPE" and name.form == "name":
        start = layout.names[layout.name_at[at]].start  # "U.S. | Department of War", "Foo's Foreign Office"
        one = layout.phrase_at[start] == layout.phrase_at[name.start] and "country" in owner.kinds
        if one or at < name.start - 1:
            place(start, name.end, "with its country")
    return places


def seat_end(layout: Layout, name: Name) -> int:
    """Where the place ends in which an institution is; the end of the name where none is told."""
    at = name.end + 1
    if at >= len(layout.doc) or layout.doc[name.end].lower_ not in ("in", "at", "of") or layout.name_at[at] < 0:
        return name.end
    noun, place = noun_of(layout.doc, name.end - 1), layout.names[layout.name_at[at]]
    inside = name.start <= layout.doc[place.end - 1].head.i < name.end
    return place.end if noun is not None and place.type == "GPE" and inside else name.end
