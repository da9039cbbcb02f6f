"""Noun phrases by their tags, so that they stand even where the tree is wrong.

A base phrase runs from its determiner to its head noun ("the San Francisco-based startup"); a possessor is a
phrase of its own and the possessed phrase begins with it ("[[the company]'s CEO]").
"""

from __future__ import annotations

from dataclasses import dataclass

from newsdash.core.extraction.entities.knowledge import group_words, heads
from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INSIDE = _NOUNS | {"JJ", "JJR", "JJS", "CD", "VBN", "VBG", "HYPH", "RB", "RBS", "RBR", "AFX", "FW", "ADD", "$"}
_VERBAL = frozenset({"ROOT", "acl", "advcl", "case", "ccomp", "xcomp", "parataxis"})
OWNING = frozenset({"its", "his", "her", "their", "my", "our", "your"})
_DETERMINERS = frozenset({"DT", "PDT", "PRP$", "WP$", "WDT"})


@dataclass(frozen=True)
class Phrase:
    """A base noun phrase by token numbers: ``start:end``, its head, and the phrase number of its possessor.

    ``core`` is where its own words begin (after determiner and possessor); ``determiner`` is the lower-case
    determiner, "'s" for a possessor phrase, "" for none.
    """

    start: int
    core: int
    head: int
    end: int
    determiner: str
    possessor: int | None


def find_phrases(doc: Doc) -> list[Phrase]:
    """All base noun phrases in text order; linear in the tokens."""
    phrases: list[Phrase] = []
    count = len(doc)
    owner: int | None = None  # phrase number of a possessor that ends right before ``at``
    strings = doc.vocab.strings
    tags = [strings[tag] for tag in doc.to_array("TAG").tolist()]
    for at, tag in enumerate(tags):
        if tag == "CC" and doc[at].lower_ == "both" and tags[doc[at].head.i] == "NNS":
            tags[at] = "DT"  # "both negotiators", but not "both Foo and Bar"
    at = 0
    while at < count:
        tag = tags[at]
        if tag == "HYPH" or (tag not in _INSIDE and tag not in _DETERMINERS):  # "out-of-date | technology"
            owner = None
            at += 1
            continue
        start, core, determiner = at, at, ""
        if owner is not None:
            start, determiner = phrases[owner].start, "'s"
        while core < count and tags[core] in _DETERMINERS and owner is None and core - at < 3:
            if core > start and tags[core - 1] != "PDT":
                start = core  # "that | the company"
            determiner = doc[core].lower_
            core += 1
        if core < count and determiner in ("that", "which") and doc[core - 1].dep_ != "det":
            at, owner = core, None  # "that | rescuers cleared"
            continue
        if not determiner and tags[core] in ("VBG", "VBN") and doc[core].dep_ not in ("amod", "compound"):
            at, owner = core + 1, None  # "doing | business"
            continue
        if not determiner and owner is None and _is_day(doc, tags, core):
            at, owner = core + 1, None  # "Monday | U.S. President Foo"
            continue
        if core < count and not determiner and _is_focus(doc, core):
            at, owner = core + 1, None  # "probably | Foo's best plan", "at least | ten workers"
            continue
        if core < count and tags[core] == "RB" and not determiner and not core < doc[core].head.i < core + 8:
            at, owner = core + 1, None  # "bring in | workers", "also | two teams"
            continue
        end = core
        while end < count and (tags[end] in _INSIDE or _joins(doc, tags, end, core)) and end - core < 40:
            if end > core and tags[end] in ("VBG", "VBN") and doc[end - 1].dep_.startswith("nsubj"):
                break  # a subject ends its phrase: "several others | injured in a crash"
            if end > core and (doc[end].is_sent_start or _is_list_head(doc, tags, end) or _is_parted(doc, end, core)):
                break
            if (
                end > core
                and tags[end - 1] in _NOUNS
                and (tags[end] == "RB" or doc[end].lower_ in group_words("loose"))
            ):
                break  # "at the event | several developers"
            if end > core and tags[end - 1] in _NOUNS and _is_when(doc, end):
                break  # "officials | last week"
            if end > core and tags[end] in ("VBG", "VBN") and doc[end].dep_.partition(":")[0] in _VERBAL:
                break  # "an executive | overseeing engineering", "officers | pending an inquiry"
            end += 1
        head = end - 1
        while head >= core and tags[head] not in _NOUNS:
            head -= 1
        if end > core and determiner and (head < core or doc[end - 1].lower_ == "old") and _is_person(doc, end - 1):
            head = end - 1  # "a Danish academic", "the 54-year-old", tagged as adjectives
        if head < core:  # no noun: a number or an adjective on its own
            owner = None
            at = max(end, core, at + 1)
            continue
        phrases.append(Phrase(start, core, head, head + 1, determiner, owner))
        at = head + 1
        owner = None
        if at < count and tags[at] == "POS":
            owner = len(phrases) - 1
            at += 1
    return phrases


def _is_list_head(doc: Doc, tags: list[str], at: int) -> bool:
    """ "tech groups | Software & Information …": a plural noun before a capitalised name is a phrase of its own."""
    before = doc[at - 1].text
    return tags[at - 1] == "NNS" and before[:1].islower() and tags[at] in ("NNP", "NNPS") and doc[at].text[:1].isupper()


def _is_person(doc: Doc, at: int) -> bool:
    """An adjective that is a noun for people: "academic", "the 54-year-old", "a Democrat"."""
    if doc[at].lower_ == "old" and at > 1 and doc[at - 1].text == "-":
        return True
    noun = heads().get(doc[at].lower_)
    one = doc[at].ent_type_ == "NORP" and at > 0 and doc[at - 1].lower_ in ("a", "an")
    return doc[at].tag_ == "JJ" and (one or (noun is not None and noun.type == "PERSON"))


def _is_day(doc: Doc, tags: list[str], at: int) -> bool:
    """A weekday on its own before a name."""
    alone = at + 1 < len(tags) and tags[at + 1] in ("NNP", "JJ") and doc[at + 1].text[:1].isupper()
    return alone and doc[at].dep_ in ("obl", "obl:unmarked") and doc[at].lower_ in group_words("weekday")


def _is_focus(doc: Doc, at: int) -> bool:
    """An adverb that is no part of the phrase after it."""
    word = doc[at].lower_
    return word in group_words("focus") or (word in ("least", "most") and at > 0 and doc[at - 1].lower_ == "at")


def _is_parted(doc: Doc, at: int, core: int) -> bool:
    """ "an air strike on Iran | hours after": the parse hangs both nouns outside the phrase, and on different words."""
    before, here = doc[at - 1], doc[at]
    named = here.tag_ == "NNP" and (here.lower_ in group_words("weekday") or here.lower_ in group_words("month"))
    if named and before.tag_ in ("NN", "NNS") and (before.text.islower() or before.is_sent_start):
        after = doc[at + 1] if at + 1 < len(doc) else here
        return not after.tag_.startswith("NN") or after.tag_ == "NNP"  # "the Foo leader | April 6", "| Monday Bar said"
    if here.tag_ == "CD" and before.tag_ in ("NN", "NNS") and before.text.islower() and here.dep_ == "nummod":
        return True  # "in their possession | 48 fighters"
    if here.dep_.startswith("nsubj") and here.head.i > at and before.head.i != here.i and before.tag_ == "NNS":
        return True  # "the changes | lawmakers want"
    if before.tag_ not in _NOUNS or here.tag_ not in _NOUNS or here.dep_ not in ("obl:unmarked", "obl", "nsubj"):
        return False
    joined = before.dep_ == "conj" and before.head.head.i == at  # "Foo and Bar officials"
    return before.head.i < core and not core <= here.head.i < at and not joined


def _is_when(doc: Doc, at: int) -> bool:
    """ "Last week", "late Tuesday", "earlier this month" begin here."""
    days = group_words("day") | group_words("weekday") | group_words("month")
    return doc[at].lower_ in group_words("when") and any(t.lower_ in days for t in doc[at + 1 : at + 3])


def _joins(doc: Doc, tags: list[str], at: int, core: int) -> bool:
    """An "&", a quotation mark or a comma between premodifiers inside a phrase."""
    if at == core or at + 1 >= len(tags):
        return False
    word = doc[at].text
    if word == "&":
        return tags[at + 1] in _NOUNS
    if word in "\"“”‘'" and len(word) == 1:
        return tags[at + 1] in _NOUNS and not doc[at + 1].is_sent_start and tags[at - 1] not in _NOUNS
    return False


def is_plural(token: Token) -> bool:
    """A plural noun by its tag."""
    return token.tag_ in ("NNS", "NNPS")


def is_charged(doc: Doc, at: int) -> bool:
    """ "Accused the minister of hiding it", "informed the board of both cases": the "of" after a noun is the verb's."""
    told = doc[at].dep_ in ("obj", "nsubj:pass") and doc[at].head.lemma_.lower() in group_words("charged")
    return told or (at + 2 < len(doc) and doc[at + 2].tag_ == "VBG")
