"""Where a name ends beyond what the pipeline tagged: "Ministry | of Health", "Windows | 7", "Acme | Corp."."""

from __future__ import annotations

import re

from newsdash.core.extraction.entities.knowledge import (
    Head,
    affixes,
    given_gender,
    group_words,
    heads,
    indices,
    known_names,
    lemma_of,
    plain,
    titles,
)
from spacy.tokens import Doc, Token

_PROPER = frozenset({"NNP", "NNPS"})
_LONGEST = 12  # tokens of the longest name looked for
_NUMBER = re.compile(r"\d{1,3}[A-Z]?")
_COUNTED = frozenset({"flat", "nummod", "compound", "dep", "appos"})
_DIGITS = re.compile(r"[\d.\-]+")  # a telephone number
_ADDRESS = re.compile(
    r"(?:https?://\S+|www\.\S+|[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,}){2,}|[\w-]+\.(?:com|org|net|gov|edu))", re.I
)


def is_address(word: str) -> bool:
    """The address of a site or of a newsgroup, but no mail address and no telephone number."""
    return "." in word and "@" not in word and not _DIGITS.fullmatch(word) and _ADDRESS.fullmatch(word) is not None


def with_form(doc: Doc, start: int, end: int) -> int:
    """ "Foo | Corp.", "Foo & Bar | , LLP": where the capitalised form of a company that follows the name ends."""
    at = end + (start < end < len(doc) and doc[end].text == ",")
    if at >= len(doc) or doc[at].tag_ not in _PROPER or not doc[at].text[:1].isupper():
        return end
    return at + 1 if plain(doc[at].text) in affixes("legal" if at == end else "after comma") else end


def is_index(doc: Doc, start: int, end: int) -> bool:
    """A share index, which is nobody: "the Dow", "the FTSE 100"."""
    only_after = indices().get(plain(doc[start:end].text))
    return only_after is not None and not (only_after and (start == 0 or doc[start - 1].lower_ != "the"))


def is_front(token: Token) -> bool:
    """A capitalised first word of names of places: "Port", "New", "Lake"."""
    return token.text[:1].isupper() and token.lower_ in group_words("town front") | group_words("land front")


def with_of(doc: Doc, start: int, end: int) -> int:
    """ "U.S. Department" goes on "of War", "University" on "of Texas", "Court of Appeals" on "for the Foo Circuit"."""
    noun = _body(doc, start, end)
    while noun is not None and end + 1 < len(doc) and doc[end].lower_ in ("of", "for"):
        begin = end + 1 + (doc[end].lower_ == "for" and doc[end + 1].lower_ == "the")
        stop = begin
        while stop < len(doc) and stop - end < _LONGEST and doc[stop].tag_ in _PROPER and doc[stop].text[:1].isupper():
            if doc[stop].is_sent_start or doc[stop].lower_ in group_words("month"):
                break
            stop += 1
            if stop + 1 < len(doc) and doc[end].lower_ == "for" and doc[stop].lower_ == "of":
                stop += doc[stop + 1].tag_ in _PROPER  # "for the District | of Foo"
        if stop == begin or (doc[end].lower_ == "for" and not _belongs(doc, start, end, stop, noun)):
            break
        end = stop
    return end


def with_partner(doc: Doc, start: int, end: int) -> int:
    """ "Foo | & Bar": what follows the sign belongs to the name."""
    stop = end + 1
    if end + 1 >= len(doc) or doc[end].text != "&" or doc[end - 1].tag_ not in _PROPER:
        return end
    while stop < len(doc) and stop - start < _LONGEST and doc[stop].tag_ in _PROPER and doc[stop].text[:1].isupper():
        stop += 1
    two = doc[end + 1].ent_iob_ == "B"  # a name of its own: "Foo Bar & Baz Qux" are two people
    return stop if stop > end + 1 and not two else end


def with_act(doc: Doc, start: int, end: int) -> int:
    """ "Care for Veterans | of War Act": a law's name goes on to the noun for a law."""

    def closes(at: int) -> bool:
        noun = heads().get(doc[at].lower_)
        return noun is not None and noun.type == "LAW"

    at = end
    while at < len(doc) and at - start < _LONGEST and not closes(end - 1):
        if doc[at].lower_ not in ("of", "for") and (doc[at].tag_ not in _PROPER or doc[at].is_sent_start):
            break
        at += 1
        if closes(at - 1):
            return at
    return end


def _body(doc: Doc, start: int, end: int) -> Head | None:
    """What a name's last word, or the one before its first "of", refers to, if it is an organisation or a place."""
    at = next((at for at in range(start + 1, end) if doc[at].lower_ == "of"), end)
    found = heads().get(doc[at - 1].lower_)
    return found if found is not None and found.type in ("ORG", "GPE") else None


def _belongs(doc: Doc, start: int, end: int, stop: int, noun: Head) -> bool:
    """What follows "for" hangs on the name: not "left the Foo Department for Bar"."""
    if noun.type != "ORG" or noun.kind == "company":
        return False
    return any(start <= token.head.i < end for token in doc[end + 1 : stop])


def with_number(doc: Doc, start: int, end: int) -> int:
    """ "Windows | 7", "Launch Pad | 39A", "Vostok | - 1": a number that counts models, flights or places."""
    at = end
    if at + 1 < len(doc) and doc[at].text == "-" and not doc[at - 1].whitespace_ and not doc[at].whitespace_:
        at += 1
    if at >= len(doc) or _NUMBER.fullmatch(doc[at].text) is None:
        return end
    return at + 1 if start <= doc[at].head.i < at and doc[at].dep_.partition(":")[0] in _COUNTED else end


def with_body(doc: Doc, start: int, end: int) -> int:
    """ "Transportation Safety | Board": proper nouns go on to the one that says what sort of body it is."""
    stop = end
    while stop < len(doc) and stop - start < _LONGEST and doc[stop].tag_ in _PROPER and doc[stop].text[:1].isupper():
        if doc[stop].is_sent_start or doc[stop].text.isupper():
            break
        stop += 1
        noun = heads().get(doc[stop - 1].lower_)
        if noun is not None and noun.type == "ORG" and noun.kind != "role":
            return stop
    return end


def cut_common(doc: Doc, start: int, end: int) -> int:
    """ "Foo Foundation | for children", "Foo | radio", but "Foo railway station": a name ends in no word for people."""
    stop = end
    while stop > start and doc[stop - 1].text.islower():
        stop -= 1
    if not start < stop < end:
        return end
    noun = heads().get(lemma_of(doc[end - 1]))
    owned = noun is not None and (noun.type == "PERSON" or noun.kind in ("company", "media"))
    return stop if owned or doc[stop].lower_ in ("of", "for", "to") else end


def cut_role(doc: Doc, start: int, end: int) -> int:
    """ "Florist | Foo Bar", which opens a sentence: where the name begins."""
    first = doc[start]
    if end - start < 2 or not first.is_sent_start or first.lower_ in given_gender() or first.lower_ in titles():
        return start
    noun = heads().get(first.lower_)
    calling = noun is not None and (noun.kind in ("role", "human") or (noun.kind == "company" and noun.flag == ""))
    return start + 1 if calling and doc[start + 1].text[:1].isupper() else start


def cut_owned(doc: Doc, start: int, end: int) -> int:
    """ "University of Foo | 's school": a name ends before what it owns, when that is no name."""
    for at in range(start + 1, end - 1):
        if doc[at].tag_ == "POS" and doc[at + 1].text[:1].islower():
            return at
    return end


def cut_pair(doc: Doc, start: int, end: int) -> int:
    """ "Guild of Texas | and Foo", "the schools Foo | and Bar": "and" brings in another name.

    So it is after "of" and a known place, and where a noun before them says that there are several.
    """
    before = doc[start - 1] if start else None
    noun = heads().get(before.lemma_.lower()) if before is not None and before.tag_ == "NNS" else None
    ands = [at for at in range(start + 1, end - 1) if doc[at].lower_ == "and"]
    if noun is not None and noun.type == "ORG" and len(ands) == 1:
        return ands[0]
    for at in ands:
        if at > start + 2 and doc[at - 2].lower_ == "of" and doc[at + 1].text[:1].isupper():
            place = known_names().get(plain(doc[at - 1].text))
            if place is not None and place.type == "GPE" and plain(doc[at + 1 : end].text) not in known_names():
                return at
    return _cut_place(doc, start, end)


def _cut_place(doc: Doc, start: int, end: int) -> int:
    """ "Foo Bar University | of the US", "the Foo Centre | in Bar": where a body's name is followed by its place."""
    for at in range(start + 2, end - 1):
        if doc[at].lower_ == "in" and doc[at].ent_type_ in ("ORG", "FAC") and doc[at + 1].text[:1].isupper():
            return at
        if doc[at].lower_ == "of" and doc[at + 1].lower_ == "the" and at > start + 2:
            known = known_names().get(plain(doc[at + 2 : end].text))
            if known is not None and known.kind == "country" and known.form == "name":
                return at
    return end


def cut_joined(doc: Doc, start: int, end: int) -> int:
    """ "Israel|-Lebanon": a hyphen between two known places joins two names, unless they are known as one."""
    for at in range(start + 1, end - 1):
        if doc[at].text == "-" and plain(doc[start:end].text) not in known_names():
            sides = (known_names().get(plain(part.text)) for part in (doc[start:at], doc[at + 1 : end]))
            if all(side is not None and side.type == "GPE" for side in sides):
                return at
    return end


def is_alone(word: Token) -> bool:
    """ "Call Canon": a proper noun without an article, and no title before a name."""
    ahead = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    titles_one = ahead is not None and ahead.tag_ in ("NNP", "NNPS")
    return word.tag_ == "NNP" and not titles_one and all(child.dep_ != "det" for child in word.children)
