"""What a description says of the actor it may refer to: sort, kind, gender, modifiers; and what forbids it."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.knowledge import (
    LOOSE,
    WIDE,
    Head,
    called,
    group_words,
    known_names,
    narrower,
    plain,
)
from newsdash.core.extraction.entities.phrases import Phrase, is_charged
from spacy.tokens import Doc

_RULING = frozenset({"government", "court", "parliament", "military"})
_THINGS = frozenset({"LAW", "EVENT", "FAC", "PRODUCT"})
_ANY_GROUP = frozenset({"organization", "organisation", "group", "body", "institution", "association"})


def has_kind(actor: Actor, kind: str) -> bool:
    """An organisation of this kind."""
    return actor.type == "ORG" and kind in actor.kinds


def same_sort(actor: Actor, noun: Head, lemma: str) -> bool:
    """The noun may be said of the actor."""
    if actor.type in ("ORG", "GPE") and noun.type == "PERSON":
        return lemma in group_words("shared")
    return actor.type == noun.type or (actor.type == "PRODUCT" and noun.type == "ORG" and noun.kind == "company")


def describes(actor: Actor, noun: Head, lemma: str) -> bool:
    """A noun that only says what the name before it is: "the M5S party", not "the Trump administration"."""
    if lemma in group_words("part of body") and lemma not in actor.roles:
        return False  # "a Senate panel"
    if noun.kind == "constituency":
        return actor.type in ("GPE", "LOC", "ORG")
    if "country" in actor.kinds and noun.kind != "country":
        return False  # "the U.S. gulf region"
    if actor.type != noun.type or actor.type in ("PERSON", "NORP"):
        return False
    return (
        noun.type != "ORG" or noun.kind in ("group", "party", "company", "media", "agency") or noun.kind in actor.kinds
    )


def fits_person(actor: Actor, noun: Head) -> float:
    """Whether "the woman" may be this person."""
    if actor.type != "PERSON" or actor.plural or (noun.gender and actor.gender and actor.gender != noun.gender):
        return 0.0
    return 1.0


def fits_organisation(actor: Actor, noun: Head, lemma: str, words: frozenset[str] = frozenset()) -> float:
    """Whether "the company" or "the agency" may be this organisation."""
    if actor.type != "ORG" or actor.plural:
        return 0.0
    if lemma in ("media", "press"):
        return 0.0
    if is_called(actor, lemma, words):
        return 2.0
    if noun.kind in ("company", "media"):
        if noun.kind in actor.kinds:
            return 2.0
        if actor.kinds == {"media"}:
            return 0.3  # mostly it only reports
        return float(not actor.kinds or actor.kinds <= {"company", "media"})
    if words and noun.kind in ("group", "media", "agency") and not words <= actor.words:
        told = noun.kind == "group" and actor.named and not words & (group_words("contrast") | group_words("apart"))
        free = not actor.kinds & _RULING and not actor.kinds & {"union", "company", "media", "agency"}
        return 0.5 * (told and free and lemma in _ANY_GROUP)  # "the radical Islamist group"
    if noun.kind == "group" and lemma in _ANY_GROUP:
        return float(not actor.kinds & _RULING)
    if noun.kind == "agency" and lemma == "agency":
        return float(bool(actor.kinds & {"government", "union", "media", "agency"}))
    if noun.kind == "group" and lemma in ("alliance", "bloc"):
        return float("union" in actor.kinds)
    return 0.0


def is_called(actor: Actor, lemma: str, words: frozenset[str]) -> bool:
    """A well-known body that goes by this noun, with nothing before it that is not said of it: "the oil cartel"."""
    rows = [called()[key] for key in actor.keys if key in called()] if actor.type == "ORG" and actor.named else []
    if not rows:
        return False
    free = {w for w in words if w[:1].isdigit() or w.endswith("-based") or plain(w) in known_names()}
    free |= group_words("level") | group_words("of bodies")
    return any(lemma in nouns and words <= told | free and (words & told or not words) for nouns, told in rows)


def fits_country(actor: Actor, noun: Head, lemma: str) -> float:
    """Whether "the country", "the state" or "the city" may be this place."""
    if lemma == "island":
        return float(not actor.plural and bool(actor.keys & group_words("island")))
    if lemma == "continent":
        return float(bool(actor.keys & group_words("continent")))
    if lemma == "territory" and actor.keys & group_words("territory"):
        return float(not actor.plural)
    if actor.type != "GPE" or actor.plural:
        return 0.0
    if noun.kind == "country":
        return float("country" in actor.kinds)
    return float(lemma in actor.kinds or (noun.kind == "city" and not actor.kinds & WIDE))


def modifiers(doc: Doc, phrase: Phrase) -> frozenset[str]:
    """The content words and years before the head; an age or a size tells nobody apart: "81-year-old" is not old."""
    return frozenset(
        t.lower_
        for t in map(doc.__getitem__, range(phrase.core, phrase.head))
        if (t.pos_ in ("NOUN", "ADJ", "PROPN", "VERB") or t.shape_ == "dddd") and not _is_age(doc, t.i)
    )


def _is_age(doc: Doc, at: int) -> bool:
    """ "year" and "old" in "the 81-year-old president", "member" in "the 15-member council"."""
    word = doc[at].lower_
    before = doc[at - 1].lower_
    return bool(word in ("year", "member") and before == "-") or bool(word == "old" and before in ("-", "year"))


def is_aged(doc: Doc, phrase: Phrase) -> bool:
    """ "The 46-year-old actor": somebody of whom the reader knows already."""
    return any(_is_age(doc, at) for at in range(phrase.core, phrase.head))


def is_narrowed(doc: Doc, phrase: Phrase) -> bool:
    """A relative clause or an "of" phrase says which one is meant: somebody new."""
    if phrase.end >= len(doc):
        return False
    after = doc[phrase.end]
    if after.lower_ in ("from", "with"):  # "left the office with a box" narrows nothing
        return bool(after.head.head.i == phrase.head)
    return after.tag_ in ("WP", "WDT") or (after.lower_ == "of" and not is_charged(doc, phrase.head))


def is_thing(noun: Head) -> bool:
    """What people make, hold or meet in: a treaty, a strike, a port, a ship, a report."""
    return noun.type in _THINGS


def fits_thing(actor: Actor, noun: Head, lemma: str, words: frozenset[str], around: frozenset[int]) -> float:
    """Whether "the treaty" or "the deal with Foo" may be this thing: its kind, and nothing that tells them apart."""
    if "website" in actor.kinds and lemma in group_words("website") and not words:
        return 2.0
    covered = not words and bool(narrower(lemma) & actor.roles)  # "the ship" after "a ferry"
    if actor.type != noun.type and not (covered and actor.type in _THINGS):
        return 0.0
    if actor.plural and not (covered and lemma in group_words("vote")):  # "the vote" after "elections"
        return 0.0
    contrast = group_words("contrast") | group_words("version")
    if {w for w in words if w[:1].isdigit()} != {w for w in actor.words if w[:1].isdigit()}:
        return 0.0  # "the 1991 agreement", "the 30th anniversary"
    if (words & contrast) != (actor.words & contrast) and words & contrast:
        return 0.0
    if around and not around & actor.around and (actor.around or actor.words):
        return 0.0
    if lemma in actor.roles:
        return 2.0
    if covered and (not around or around & actor.around):
        return 1.0
    if not words <= actor.words or (around and not around & actor.around):
        return 0.0
    loose = noun.kind in ("website", "study") or (
        noun.type in ("LAW", "EVENT") and noun.kind not in ("law", "event", *LOOSE)
    )
    return float(lemma in group_words("any") or (loose and noun.kind in actor.kinds))


def number_in(doc: Doc, phrase: Phrase) -> str:
    """The number in a plural phrase: "4,200" in "some 4,200 dockers"."""
    return " ".join(t.lower_ for t in doc[phrase.core : phrase.head] if t.tag_ == "CD" and t.dep_ == "nummod")
