"""Whole noun phrases around what names and descriptions give: "the government's Foo Project", "the man who saw it"."""

from __future__ import annotations

from newsdash.core.extraction.entities.knowledge import group_words, titles
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.phrases import OWNING, Phrase, is_plural
from newsdash.core.extraction.entities.roles import Layout
from spacy.tokens import Doc

_APART = frozenset(
    {"conj", "cc", "punct", "parataxis", "nsubj", "cop", "discourse"}
)  # what is no part of a description
_LOOSE = frozenset({"obl", "advcl", "conj", "parataxis"})  # parts of a clause that may as well be left out
_LONGEST = 30  # tokens of the longest clause that describes somebody


def name_start(layout: Layout, name: Name) -> int:
    """Where the phrase begins whose last words are the name, else where the name does.

    "Northern Foo" is a part of Foo.
    """
    doc, number = layout.doc, layout.phrase_at[name.start]
    phrase = layout.phrases[number] if number >= 0 else None
    if phrase is None or not name.start < phrase.end <= name.end or phrase.start >= name.start:
        return name.start
    if name.type == "NORP" and not is_plural(doc[name.end - 1]):
        return name.start  # "a Democrat" is somebody else
    before = doc[phrase.core : name.start]
    if phrase.possessor is None and all(t.lower_.rstrip(".") in titles() for t in before):
        return name.start  # an article or a title at most
    if any(t.tag_ == "NNS" for t in before):
        return name.start
    if name.type in ("GPE", "LOC") and any(t.lower_ in group_words("part") for t in before):
        return name.start
    return phrase.start


def clause_end(layout: Layout, phrase: Phrase, end: int) -> int:
    """Where the clause ends that describes what the phrase names, from ``end`` on; ``end`` where there is none."""
    doc = layout.doc
    for child in layout.kids[phrase.head]:
        if not child.dep_.startswith("acl") or child.left_edge.i != end:
            continue
        stop = int(child.right_edge.i) + 1
        while stop > end and (doc[stop - 1].is_punct or doc[stop - 1].is_space):
            stop -= 1
        if stop - end <= _LONGEST:
            return stop
    return end


def whole_ends(layout: Layout, phrase: Phrase) -> list[int]:
    """Where what hangs on the phrase's noun ends, one after the other: "the man | from Foo | who saw it | in Bar |"."""
    doc, stop, found = layout.doc, phrase.end, []
    for child in layout.kids[phrase.head]:
        pair = child.dep_ == "conj" and child.tag_ == doc[phrase.head].tag_ == "NNS"  # "drivers | and loaders"
        if (child.dep_.partition(":")[0] in _APART and not pair) or child.left_edge.i != stop:
            continue
        parts = layout.kids[child.i] if child.dep_.startswith("acl") else []
        stops = [int(p.left_edge.i) for p in parts if p.i > child.i and p.dep_.partition(":")[0] in _LOOSE]
        stop = int(child.right_edge.i) + 1
        for last in (*stops, stop):
            while doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].tag_ == "POS":
                last -= 1
            if phrase.end < last <= phrase.end + _LONGEST:
                found.append(last)
    end = found[-1] if found else phrase.end
    there = end + 1 < len(doc) and doc[end].lower_ == "there" and doc[end].tag_ == "RB"
    if there and (doc[end].head.i < end or doc[end + 1].tag_ in ("VBD", "VBZ", "VBP", "MD")):
        found.append(end + 1)  # "a senior official there", "officials there said"
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":  # "members of the Foo Bar (FB)"
        found.append(end + 3)
    return found


def count_start(doc: Doc, start: int) -> int:
    """ "About | 90 people", "more than | a dozen boats": where a description begins with how sure its number is."""
    if doc[start].tag_ not in ("CD", "DT") or start == 0:
        return start
    before = doc[start - 1].lower_
    two = f"{doc[start - 2].lower_} {before}" if start > 1 else ""
    if two in group_words("about"):
        return start - 2
    return start - 1 if before in group_words("about") and doc[start].tag_ == "CD" else start


def _uncounted(doc: Doc, phrase: Phrase) -> int:
    """Where a phrase begins without its number: "eight | Foo detainees", "three-member | council"."""
    at, plural = phrase.core, is_plural(doc[phrase.head])
    while at < phrase.head and (doc[at].tag_ == "CD" or doc[at].lower_ in group_words("quantity")):
        if not plural and doc[at].tag_ == "CD" and doc[at].shape_ != "dddd" and doc[at + 1].tag_ != "HYPH":
            return phrase.core  # "20,000 square meter hall"
        at += 1
        while at + 1 < phrase.head and doc[at].tag_ == "HYPH":
            at += 2
    return at


def _is_quality(doc: Doc, at: int) -> bool:
    """An adjective without which somebody is who he is: no people's name, no half of a word, and not "former"."""
    quality = doc[at].tag_ in ("JJ", "VBN") and not doc[at].ent_type_ and doc[at + 1].tag_ != "HYPH"
    return quality and doc[at].lower_ != "former"


def bare_starts(doc: Doc, phrase: Phrase) -> list[int]:
    """Where a description begins without number, owner, adjectives and "some": "its | nuclear program"."""
    plural = is_plural(doc[phrase.head])
    owned = phrase.determiner in ("'s", *OWNING) and (phrase.core < phrase.head or plural)
    some = phrase.determiner in group_words("quantity") and plural
    own = doc[phrase.core].lower_ in group_words("quantity")  # "its own"
    at = _uncounted(doc, phrase)
    starts = {at} - {phrase.core}
    while at + 1 < phrase.head + plural and _is_quality(doc, at):
        at += 1
        starts.add(at)  # "suspected | Foo militants"
    return sorted(starts | {phrase.core} if (owned or some) and not own else starts)


def is_of_year(doc: Doc, at: int) -> bool:
    """ "of 1993"."""
    return at + 1 < len(doc) and doc[at].lower_ == "of" and doc[at + 1].shape_ == "dddd"


def age_end(doc: Doc, at: int) -> int:
    """Where an age after a name ends; 0 when there is none."""
    if at + 1 >= len(doc) or doc[at].text != ",":
        return 0
    at += 1 + (doc[at + 1].lower_ == "aged")
    closed = at + 1 >= len(doc) or doc[at + 1].text in (",", ".", ";")
    return at + 1 if at < len(doc) and closed and doc[at].text.isdigit() and len(doc[at]) < 4 else 0
