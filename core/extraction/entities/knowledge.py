"""What is known about words before reading: countries, institutions, titles, heads of noun phrases, given names.

All of it comes from the commented tables ``core/extraction/data/entity_*.tsv``. Keys are lower case, without dots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction.lexicon import mapping, table, words
from spacy.tokens import Token

_BREAK = re.compile(r"[ '\-]")
WIDE = frozenset({"country", "state", "province", "region"})
"""Kinds of places that hold towns."""
LOOSE = frozenset({"centre", "happening", "paper", "rule", "study", "website", "work"})
"""Kinds of things that are often told of without a name: their nouns at the end of a name do not tell what it is."""


@dataclass(frozen=True)
class Head:
    """What a common noun refers to: entity type, kind within it, gender, and flags (``role``, ``kin``, ``group``)."""

    type: str
    kind: str
    gender: str
    flag: str


@dataclass(frozen=True)
class Known:
    """A name from a table: the name all its forms share, entity type, kind, and what sort of form it is.

    ``form`` is ``name``, ``adjective`` ("French"), ``people`` ("the Danes"), ``seat`` (a capital, a building) or
    ``house`` (a building and the institution in it under one name);
    ``firm`` is True for a seat that stands for its institution nearly always.
    """

    name: str
    type: str
    kind: str
    form: str
    firm: bool = False


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe, no dots, single blanks: the form in which names are compared."""
    return " ".join(text.replace("’", "'").replace("‘", "'").replace(".", "").casefold().split())


def _cell(cells: tuple[str, ...], at: int) -> list[str]:
    return [form for form in (cells[at] if at < len(cells) else "").split("|") if form]


@cache
def heads() -> dict[str, Head]:
    """Lemma of a common noun -> what it refers to."""
    return {
        lemma: Head(*cells) for lemma, cells in ((k, (*v, "", "", "")[:4]) for k, v in mapping("entity_heads").items())
    }


@cache
def second_words() -> frozenset[str]:
    """The last words of the heads that are two words."""
    return frozenset(lemma.rpartition(" ")[2] for lemma in heads() if " " in lemma)


def lemma_of(token: Token) -> str:
    """The form of a noun in the table of heads: its lemma, itself, or its singular; else the lemma in lower case."""
    word, lemma = str(token.lower_), str(token.lemma_).lower()
    singular = word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("es")
    singular = word.removesuffix("men") + "man" if word.endswith("men") else singular
    for form in (lemma, word, singular, word.removesuffix("s")):
        if form in heads():
            return form
    return lemma


@cache
def known_names() -> dict[str, Known]:
    """Plain form of a name, adjective or seat -> what it stands for."""
    found: dict[str, Known] = {}
    for name, *cells in table("entity_countries"):
        kind = "union" if name == "European Union" else "country"
        type_ = "ORG" if kind == "union" else "GPE"
        row = tuple(cells)
        for form in [name, *_cell(row, 2)]:
            found.setdefault(plain(form), Known(name, type_, kind, "name"))
        for form in _cell(row, 0):
            found.setdefault(plain(form), Known(name, type_, kind, "adjective"))
        for form in _cell(row, 1):
            found.setdefault(plain(form), Known(form, "NORP", "people", "people"))
        for form in _cell(row, 3):
            found.setdefault(plain(form), Known(name, type_, kind, "seat"))
    for name, kind, *cells in table("entity_regions"):
        row, type_ = tuple(cells), "LOC" if kind == "area" else "GPE"
        for form in [name, *_cell(row, 2)]:
            found.setdefault(plain(form), Known(name, type_, kind, "name"))
        for form in _cell(row, 0):
            found.setdefault(plain(form), Known(name, type_, kind, "adjective"))
        for form in _cell(row, 1):
            found.setdefault(plain(form), Known(form, "NORP", "people", "people"))
    for name, kind, *cells in table("entity_institutions"):
        row, type_ = tuple(cells), "LAW" if kind == "law" else "ORG"
        for form in [name, *_cell(row, 0)]:
            found.setdefault(plain(form), Known(name, type_, kind, "name"))
        for form in _cell(row, 1):
            place = form.rstrip("!")
            if place == name:
                found[plain(name)] = Known(name, "ORG", kind, "house")
            found.setdefault(plain(place), Known(name, "ORG", kind, "seat", form.endswith("!")))
    return found


def first_word(text: str) -> str:
    """What stands before the first blank, hyphen or apostrophe of a name's plain form."""
    return _BREAK.split(plain(text), maxsplit=1)[0]


@cache
def first_words() -> frozenset[str]:
    """The first words of all known names."""
    return frozenset(first_word(name) for name in known_names())


@cache
def titles() -> dict[str, tuple[str, str]]:
    """Title before a name (lower case, no dot) -> (gender, role noun)."""
    return {
        key: (cells[0] if cells else "", cells[1] if len(cells) > 1 else "")
        for key, cells in mapping("entity_titles").items()
    }


@cache
def narrower(role: str) -> frozenset[str]:
    """The role itself, and the roles that a wider word covers: "lawmaker" -> "senator" and others."""
    cells = mapping("entity_role_kinds").get(role, ("",))
    return frozenset({role, *_cell(cells, 0)})


@cache
def wider(role: str) -> tuple[str, ...]:
    """The role itself, and the wider words for who bears it, in the order of the table."""
    return (role, *(word for word in mapping("entity_role_kinds") if role in narrower(word) and word != role))


@cache
def same_people(role: str) -> frozenset[str]:
    """The role itself, and the nouns that may be said of the same: "officials" and "authorities"."""
    uses = ("officials", "troops", "crowd", "scholars", "prisoners", "fighters", "helpers", "experts")
    return next((words for use in uses if role in (words := group_words(f"as {use}"))), frozenset({role}))


@cache
def seats(member: str) -> frozenset[str]:
    """Nouns for the bodies in which somebody sits: "judge" -> "court"."""
    return frozenset(_cell(mapping("entity_members").get(member, ("",)), 0))


@cache
def called() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Plain form of a name -> nouns that the body goes by, and words that may stand before them."""
    return {
        plain(form): (frozenset(row[0].split("|")), frozenset(_cell(row, 1)))
        for names, *cells in table("entity_called")
        for row in (tuple(cells),)
        for form in names.split("|")
    }


@cache
def affixes(where: str) -> frozenset[str]:
    """Words a name can lose: ``legal`` and ``tail`` at its end, ``front`` at its beginning."""
    return frozenset(word for word, place in table("entity_affixes") if place == where)


@cache
def group_words(use: str) -> frozenset[str]:
    """Words of joint actors and counted groups: ``pair``, ``list`` or ``quantity``."""
    return frozenset(word for word, purpose in table("entity_group_words") if purpose == use)


def vessel_words(key: str) -> int:
    """How many words say that a ship's name follows: "uss foo" 1, "space shuttle foo" 2; 0 for none."""
    words = key.split(maxsplit=2)
    return 2 if words[:2] == ["space", "shuttle"] else int(bool(words) and words[0] in group_words("vessel"))


@cache
def given_gender() -> dict[str, str]:
    """Given name -> m or f."""
    return {name: cells[0] for name, cells in mapping("entity_given_names").items()}


@cache
def full_forms() -> dict[str, frozenset[str]]:
    """Given name -> the names it may be short for, itself among them."""
    return {short: frozenset({short, *cells[0].split("|")}) for short, cells in mapping("entity_nicknames").items()}


@cache
def speech_verbs() -> frozenset[str]:
    """Lemmas of verbs whose subject speaks or decides: they make a place act ("Moscow denied")."""
    return words("entity_acting_verbs")


@cache
def not_names() -> frozenset[str]:
    """Short forms in capitals that name nobody ("CEO", "AI")."""
    return frozenset(name for name, *use in table("entity_not_names") if not use)


@cache
def indices() -> dict[str, bool]:
    """Share indices: name -> whether it is one only after "the" ("the Dow"; without it, a firm)."""
    return {name: use[0] == "the index" for name, *use in table("entity_not_names") if use}


@cache
def assets(owner: str) -> frozenset[str]:
    """Lemmas of what a ``company`` ("products") or a ``place`` ("coast") has and people do not."""
    return frozenset(lemma for lemma, who in table("entity_assets") if who == owner)
