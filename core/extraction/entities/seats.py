"""Capitals and houses that stand for who governs there: "Moscow denied", "the White House said"."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Place
from newsdash.core.extraction.entities.knowledge import group_words, heads, lemma_of, speech_verbs
from newsdash.core.extraction.entities.names import Name
from newsdash.core.extraction.entities.types import owns
from spacy.tokens import Doc, Token

_INTO = frozenset({"in", "at", "from", "to", "near", "into", "outside", "around", "across", "through", "downtown"})


def acting(doc: Doc, names: list[Name], keys: list[str]) -> frozenset[str]:
    """Seats that act somewhere in the article, and that are nowhere told of as a place: "in Foo", "FOO (AP)"."""
    found, places = set(), set()
    for name, key in zip(names, keys, strict=True):
        if name.form == "seat" and acts(doc, name):
            found.add(key)
        elif name.form == "seat" and _is_place(doc, name):
            places.add(key)
    return frozenset(found - places)


def _is_place(doc: Doc, name: Name) -> bool:
    """After "in", "at", "from", "to" or "near", in capitals, or before a comma or a bracket, as datelines have it."""
    before = doc[name.start - 1].lower_ if name.start else ""
    after = doc[name.end].text if name.end < len(doc) else ""
    return before in _INTO or doc[name.start].text.isupper() or after in (",", "(", "–", "—", "-")


def acts(doc: Doc, name: Name) -> bool:
    """The name is subject of a verb of speaking, deciding or fighting, or is what somebody is "pro-" or "anti-"."""
    if (name.start and doc[name.start - 1].lower_.rstrip("-") in ("anti", "pro")) or doc[name.start].lower_.startswith(
        ("anti-", "pro-")
    ):
        return True
    if name.start > 1 and doc[name.start - 1].text == "-" and doc[name.start - 2].lower_ in ("anti", "pro"):
        return True
    for token in doc[name.start : name.end]:
        token = token.head if token.dep_ == "conj" else token
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in speech_verbs():
            return doc[name.start - 1].dep_ != "case" if name.start else True
        if token.dep_ in ("obj", "iobj") and token.head.lemma_.lower() in group_words("addressed"):
            return True  # "threatened Foo", as nobody threatens a town
        if token.dep_ == "obl" and token.head.lemma_.lower() in group_words("addressed to") and _after(token) == "to":
            return True
        if name.form == "seat" and (_deals(doc, name, token)):
            return True
    return False


def _after(token: Token) -> str:
    """The preposition before a noun."""
    return next((child.lower_ for child in token.lefts if child.dep_ == "case"), "")


def _deals(doc: Doc, name: Name, token: Token) -> bool:
    """ "A treaty with Foo", "Foo had not replied", "Foo's envoy", "called on Foo": what towns do not do or have."""
    before, verb = _after(token), token.head
    lemma = verb.lemma_.lower()
    if before in ("with", "against") or (name.start and doc[name.start - 1].lower_ == "with"):
        return True
    if before == "between" and lemma in group_words("dealing"):
        return True
    if before == "by" and (token.dep_ == "obl:agent" or verb.tag_.startswith("NN")):
        return True  # "backed by Foo", "a move by Foo"
    if before in ("from", "on") and lemma in group_words(f"dealing {before}"):
        return True  # "an apology from Foo", "sanctions on Foo"
    if token.dep_ == "iobj":
        return True  # "sell Foo weapons"
    if token.dep_ == "obj" and lemma in ("prevent", "stop", "keep") and doc[name.end : name.end + 1].text == "from":
        return True
    if (before == "on" and lemma == "call") or owns(doc, name, "state"):
        return True
    if token.dep_ == "obj" and lemma == "want" and doc[name.end : name.end + 1].text == "to":
        return True
    if token.dep_.startswith("nsubj") and (verb.lower_ in group_words("minded") or lemma in group_words("addressed")):
        return True  # "Foo was ready", "Foo had been told"
    return token.dep_ == "nsubj" and verb.pos_ == "VERB" and lemma not in ("have", "remain")


def is_spoken_for(doc: Doc, place: Place) -> bool:
    """ "White House press secretary": a role right after the name of a house."""
    after = [heads().get(lemma_of(token)) for token in doc[place.end : place.end + 2]]
    return any(noun is not None and noun.kind == "role" for noun in after)


def is_where(doc: Doc, place: Place) -> bool:
    """ "at the White House": where somebody is or goes."""
    before = [token.lower_ for token in doc[max(place.start - 2, 0) : place.start] if token.lower_ != "the"]
    return bool(before) and before[-1] in _INTO
