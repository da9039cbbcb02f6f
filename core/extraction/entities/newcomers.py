"""Actors without a name of their own: people and organisations that act, and things that the text comes back to."""

from __future__ import annotations

from newsdash.core.extraction.entities.actors import Actor
from newsdash.core.extraction.entities.descriptions import is_thing, modifiers, number_in
from newsdash.core.extraction.entities.knowledge import Head, group_words, speech_verbs
from newsdash.core.extraction.entities.mind import Mind
from newsdash.core.extraction.entities.phrases import OWNING, Phrase, is_plural
from newsdash.core.extraction.entities.roles import extended, is_date, is_former, role_word
from newsdash.core.extraction.entities.wholes import clause_end
from spacy.tokens import Token

_NOBODY = frozenset({"no", "any", "every", "either", "neither", "what", "which", "whose", "your"})  # determiners
_UNCOUNTED = frozenset({"people", "police", "military", "parliament", "media"})  # kinds told of without an article
_KNOWN = frozenset({"the", "this", "these", "'s"})  # what has them is told of as known, not "a long game"
_WHICH = frozenset({"of", "with", "from", "in", "at", "inside", "close"})  # "people familiar with the matter"


def introduce(mind: Mind, phrase: Phrase, noun: Head) -> Actor | None:
    """The actor that a phrase brings in, if it brings in one."""
    doc, head = mind.doc, mind.doc[phrase.head]
    plural, role = is_plural(head), role_word(doc, phrase.head)
    called_after = _is_called_after(mind, phrase, noun)
    states = noun.type == "GPE" and plural and _is_told_apart(mind, phrase)
    if noun.type not in ("PERSON", "ORG") and not is_thing(noun) and not called_after and not states:
        return None
    if _is_label(mind, phrase) or phrase.determiner in _NOBODY or (plural and noun.kind == "plan") or is_date(head):
        return None
    after = doc[phrase.end] if phrase.end < len(doc) else None
    told = after is not None and (after.tag_ in ("JJ", "WP", "WDT") or after.lower_ in _WHICH)
    told = told or mind.groups.counted(phrase.start) < phrase.start  # "thousands of people"
    if role in group_words("anybody") and phrase.determiner == "" and phrase.core == phrase.head and not told:
        return None  # "people"
    part = (states or noun.type in ("PERSON", "ORG")) and noun.flag != "again"
    passing = not (part or called_after or _is_told(mind, phrase, noun))
    heading = phrase.end <= mind.headline and (is_thing(noun) or phrase.core < phrase.head)  # "Deal ends strike"
    if (passing and not heading and _is_anybody(phrase, head, noun)) or (
        noun.flag == "beside" and not called_after and not _is_head_of(mind, phrase, noun)
    ):
        return None
    bare = phrase.determiner == "" and not plural and noun.kind not in _UNCOUNTED
    begins = doc[phrase.core].text[:1].islower() and doc[phrase.core].tag_ != "CD"
    if bare and begins and not heading and not called_after and (noun.type != "PERSON" or phrase.core == phrase.head):
        return None  # "held firm", "public office"
    actor = Actor(len(mind.naming.actors), noun.type, doc[phrase.start : phrase.end].text, named=False)
    actor.plural, actor.gender, actor.passing = plural or noun.kind == "people", noun.gender, passing
    if noun.type != "ORG" or phrase.determiner not in OWNING:  # not: "their company … the company"
        actor.roles |= {role, f"former {role}"} if is_former(doc, phrase.core, phrase.head) else {role}
    actor.kinds.add(noun.kind)
    if (
        noun.type == "ORG"
        and called_after
        and any(t.lower_ in group_words("police") for t in doc[phrase.start : phrase.head])
    ):
        actor.kinds.add("police")  # "the Foo Sheriff's office"
    actor.words, actor.count = modifiers(doc, phrase), number_in(doc, phrase)
    if is_thing(noun):
        actor.around = mind.around(phrase, clause=True)
        mind.things.setdefault(role, []).append(actor)
    mind.naming.actors.append(actor)
    opens, one = bool(doc[phrase.start].is_sent_start), phrase.determiner in ("a", "an")
    lead = one and phrase.end <= mind.lead and (opens or noun.type == "PERSON")
    if not plural and (lead or (opens and noun.type == "PERSON" and noun.kind == "role")):
        mind.memory.open_with(mind.sentence[phrase.head], actor, opens=opens)
    _remember(mind, phrase, noun, actor)
    return actor


def speaks(mind: Mind, phrase: Phrase) -> bool:
    """ "Sources said", "according to sources", "sources familiar with the matter"."""
    head, doc = mind.doc[phrase.head], mind.doc
    told = phrase.end < len(doc) and doc[phrase.end].tag_ == "JJ" and doc[phrase.end].head.i == phrase.head
    heard = phrase.start > 1 and doc[phrase.start - 1].lower_ == "to" and doc[phrase.start - 2].lower_ == "according"
    return told or heard or (head.dep_ in ("nsubj", "obl:agent") and head.head.lemma_.lower() in speech_verbs())


def _is_label(mind: Mind, phrase: Phrase) -> bool:
    """ "Source: …" at the beginning of a line."""
    doc = mind.doc
    begins = phrase.start == 0 or "\n" in doc[phrase.start - 1].text
    return begins and phrase.end < len(doc) and doc[phrase.end].text == ":"


def _is_head_of(mind: Mind, phrase: Phrase, noun: Head) -> bool:
    """ "The head of the bank said": a noun that is somebody's only with "of"."""
    of = phrase.end < len(mind.doc) and mind.doc[phrase.end].lower_ == "of"
    return of and noun.type == "PERSON" and phrase.determiner == "the" and mind.doc[phrase.head].dep_ == "nsubj"


def _is_told_apart(mind: Mind, phrase: Phrase) -> bool:
    """ "18 states", "a number of cities", "coastal towns", "the states of Foo": told apart by more than a noun."""
    if number_in(mind.doc, phrase) or mind.groups.counted(phrase.start) < phrase.start:
        return True
    words = modifiers(mind.doc, phrase) - group_words("quantity")
    after = max(extended(mind.layout, phrase.end, 1), clause_end(mind.layout, phrase, phrase.end))
    return bool(words) or after > phrase.end


def _is_told(mind: Mind, phrase: Phrase, noun: Head) -> bool:
    """ "The new treaty", "two referendums", "the deal": told apart by more than its noun, or an event as known."""
    if not is_thing(noun):
        return False
    if noun.kind == "ruling" and phrase.determiner == "the":
        return True  # a court made it
    words, doc = modifiers(mind.doc, phrase) - group_words("quantity"), mind.doc
    if words and noun.kind == "event" and noun.flag != "again" and phrase.determiner == "the":
        return True  # "before the presidential election"
    law = noun.type in ("LAW", "EVENT")
    known = phrase.determiner in _KNOWN or (noun.type == "LAW" and phrase.determiner != "")  # "a tariff bill"
    if (words and known) or (law and phrase.determiner in ("the", "this", "'s", *OWNING)):  # "rejected the deal"
        return True
    after = max(clause_end(mind.layout, phrase, phrase.end), extended(mind.layout, phrase.end, 1) if law else 0)
    return after > phrase.end or bool(mind.around(phrase) or number_in(doc, phrase))


def _is_called_after(mind: Mind, phrase: Phrase, noun: Head) -> bool:
    """ "air strike on Iran", "2014 protests", "the May raid", "the Foo building": a name or date tells it apart."""
    told = noun.type == "EVENT"
    doc, at = mind.doc, phrase.end + 1
    if (
        noun.type == "FAC"
        and at < len(doc)
        and doc[at - 1].lower_ in ("of", "at", "in")
        and not is_plural(doc[phrase.head])
    ):
        return mind.layout.name_at[at] >= 0  # "the port of Foo", "the plant at Foo"
    until = extended(mind.layout, phrase.end, 2) if told else phrase.head
    return noun.type in ("ORG", "FAC", "EVENT") and any(
        mind.layout.name_at[at] >= 0 or (told and is_date(mind.doc[at])) for at in range(phrase.start, until)
    )


def _is_anybody(phrase: Phrase, head: Token, noun: Head) -> bool:
    """Nobody in particular: "at work", "each docker", "laws"."""
    alone = phrase.determiner in ("", "each") and phrase.core == phrase.head and noun.kind != "parliament"
    return alone and (head.tag_ == "NN" or noun.type in ("LAW", "EVENT"))


def _remember(mind: Mind, phrase: Phrase, noun: Head, actor: Actor) -> None:
    """By its words, as somebody's kin, as announced by the headline."""
    repeated = (
        actor.plural
        or (phrase.determiner not in OWNING and (phrase.determiner != "" or bool(actor.words)))
        or noun.kind in ("police", "military")
    )
    owner = mind.served(phrase)
    role = role_word(mind.doc, phrase.head)
    personal = noun.flag == "kin" or (noun.kind == "role" and owner is not None and owner.type == "PERSON")
    if actor.plural and noun.type in ("PERSON", "ORG"):
        mind.groups_of.setdefault(role, []).append(actor)
    if personal and owner is not None and not actor.plural:
        mind.memory.related(owner, role, actor)
    if noun.type == "ORG" and not actor.plural and phrase.end <= mind.lead and phrase.determiner in ("a", "an", ""):
        mind.memory.described(actor)
    if noun.type == "ORG" and not actor.plural and actor.words:
        mind.memory.body(actor)
    early = noun.type == "ORG" and phrase.end <= mind.lead and phrase.determiner in ("a", "an", "", "'s")
    if not actor.plural and ((noun.type == "PERSON" and noun.kind == "role") or (early and not actor.passing)):
        actor.around |= mind.around(phrase) if noun.type == "PERSON" else frozenset()
        mind.memory.wait(actor)
    announced = phrase.end <= mind.headline and phrase.determiner == ""
    introduced = (
        noun.type == "PERSON" and noun.kind == "human" and phrase.end <= mind.lead and phrase.determiner in ("a", "an")
    )
    if not actor.plural and noun.flag != "kin" and (announced or introduced):
        actor.around |= mind.around(phrase)
        mind.memory.announce(role, actor)
    kin = noun.flag == "kin" and (owner is None or not actor.plural)  # "her parents" are the same throughout
    if repeated and not kin:  # "their company" and a headline's "organization" may be anybody's
        words = mind.words(phrase)
        if words not in group_words("anybody"):  # "people" here and there are not the same
            mind.by_words.setdefault(words, actor)
