"""Which way a bare weekday or month points: tense and mood of the governing verb, and words that look ahead.

"said Friday" and "released in April" point back, "will meet Friday", "is expected to close Monday" and "effective
Dec. 7" point ahead. The cue words stand in ``data/time_direction.tsv``. A look ahead that isn't said with "will" or a
cue word ("planned for Saturday", "would leave", "to attend") is weak evidence: on TimeBank and AQUAINT the day it gives
is wrong more often than right, and the caller shows it as approximate.
"""

from __future__ import annotations

from typing import Literal

from newsdash.core.extraction import lexicon, syntax
from spacy.tokens import Doc, Token

Direction = Literal["past", "future", ""]
_FAR = 12  # words to the left in which a verb of arranging may stand
_WINDOW = 8  # words to the left in which a cue word may stand
_STEPS = 12  # predicates above one another that are looked at


def direction(doc: Doc, first: int, last: int) -> tuple[Direction, bool]:
    """Past, future or unknown for the expression on tokens first..last, and whether the evidence for it is strong."""
    if _follows_verb(doc, first):
        return "past", True
    if _is_on(doc, first):
        return "future", True
    cue = _by_cue(doc, first)
    return (cue, True) if cue else _by_verb(doc, first, last)


def _follows_verb(doc: Doc, first: int) -> bool:
    """ "Said on Monday it would pay": the verb before the date, wherever the tree hangs it."""
    at = first - 1 - (first > 1 and doc[first - 1].lower_ in ("on", "in", "late", "early"))
    return at >= 0 and doc[at].tag_ == "VBD" and doc[at].pos_ == "VERB" and not doc[first].is_sent_start


def _is_on(doc: Doc, first: int) -> bool:
    """ "The vote is on Friday"."""
    at = first - 1 - (first > 1 and doc[first - 1].lower_ in ("on", "in"))
    subject = at > 0 and doc[at - 1].pos_ in ("NOUN", "PROPN")
    return at >= 0 and subject and doc[at].lemma_ == "be" and doc[at].tag_ in ("VBZ", "VBP")


_THING = 2  # words from a verb of arranging to a date that leave room for what was arranged
_TERMS = frozenset({"by", "before", "for"})


def _by_cue(doc: Doc, first: int) -> Direction:
    cues = lexicon.mapping("time_direction")
    term = first > 0 and doc[first - 1].lower_ in _TERMS
    for i in range(first - 1, max(-1, first - 1 - _FAR), -1):
        token = doc[i]
        if token.is_sent_end or token.text in (";", ":") or token.is_space:
            return ""
        row = cues.get(token.lower_)
        way, reach = (row[0], int(row[1])) if row is not None else ("", 0)
        if "arranged" in way and first - i <= reach and _has_arranged(doc, i, first):
            return "future"
        if not way or way == "arranged" or ("term" in way and not term):
            if token.tag_ == "VBD" and not (term and token.pos_ == "AUX"):  # "if they were not freed by Monday"
                return ""  # a cue beyond a finite verb belongs to another clause
            continue
        if first - i > reach or (token.lower_ == "set" and doc[i + 1].lower_ not in ("to", "for")):
            continue
        if token.is_sent_start and token.lower_ in ("until", "till"):
            return ""  # "Until Thursday, they had not …": the verb decides
        if way == "future" and _was(doc, i):
            return "past"
        return "past" if way == "past" else "future"
    return ""


def _has_arranged(doc: Doc, i: int, first: int) -> bool:
    """ "Has called a strike for Friday", "have agreed to talks in May": with the thing before the date."""
    perfect = any(doc[k].tag_ in ("VBZ", "VBP") and doc[k].lemma_ == "have" for k in range(max(0, i - 2), i))
    return perfect and first - i > _THING


def _was(doc: Doc, i: int) -> bool:
    """ "had been due", "previously scheduled": the look ahead lies itself in the past."""
    for k in range(i - 1, max(-1, i - 1 - _WINDOW), -1):
        if doc[k].is_sent_end or doc[k].is_punct:
            return False
        if doc[k].lower_ in ("had", "previously", "originally"):
            return True
    return False


_MODALS = frozenset({"will", "shall", "would", "should", "could", "may", "might", "must", "can", "'ll", "’ll", "wo"})
# Present tense that speaks of a plan ("expires Friday", "meets Monday"); of other verbs it says nothing.
_TIMETABLE = frozenset(
    {"begin", "start", "open", "close", "end", "meet", "expire", "take", "go", "arrive", "leave", "hold", "vote",
     "travel",
     "visit", "mark", "return", "run", "resume", "depart", "appear", "fly", "head", "kick", "launch", "release", "play",
     "host", "celebrate", "debut", "premiere", "mature", "fall", "convene", "retire", "become", "come"}
)  # fmt: skip


# What is governed by these was done when they were: "was forced to resign in July".
_DONE = frozenset(
    {"try", "attempt", "force", "manage", "begin", "start", "continue", "fail", "help", "proceed", "compel", "enable",
     "lead", "get", "go", "come", "refuse", "decline", "struggle", "happen", "prompt", "allow", "cause"}
)  # fmt: skip
_OCCASIONS = frozenset({"after", "amid", "as", "following"})
_SCHEDULED = frozenset({"scheduled", "upcoming", "planned", "forthcoming"})
_TOWARDS = frozenset({"for", "ahead", "before"})
_ON_A_DAY = frozenset({"election", "by-election", "vote", "ballot", "poll", "referendum", "runoff", "run-off"})
_PLANS = frozenset({"plan", "schedule", "slate", "postpone", "expect", "intend", "reschedule"})


def _by_verb(doc: Doc, first: int, last: int) -> tuple[Direction, bool]:
    head = _head(doc, first, last)
    verb = _governor(doc, head, first, last)
    if head.dep_ in ("compound", "nmod:poss", "nmod:unmarked", "amod", "nmod:desc") and verb is not None:
        # "a June agreement", "Tuesday's declaration": only a plain future carries over to what the noun names
        if _is_over(head.head):
            return "past", True
        if _is_to_come(head.head, verb):
            return "future", False
        return ("future", False) if _will(verb) else ("past", True) if _of_verb(verb) == "past" else ("", False)
    for _ in range(_STEPS):
        if verb is None:
            break
        way = _of_verb(verb)
        if way:
            return way, way == "past" or _will(verb)
        above = syntax.predicate_of(verb)
        if above is not None and above.i == verb.i:
            break
        verb = above
    return "", False


def _is_over(noun: Token) -> bool:
    """ "Will help with the probe into Monday's blast", "Monday's blast that killed two": what the noun names was."""
    told = any(c.dep_ == "acl:relcl" and _of_verb(c) == "past" for c in noun.children)
    return told or any(c.dep_ == "case" and c.lower_ == "into" for c in noun.children)


def _is_to_come(noun: Token, verb: Token) -> bool:
    """ "Candidates for the January 9 ballot", "to prevent fraud in Sunday's vote", "April's scheduled talks"."""
    if any(c.lower_ in _SCHEDULED for c in noun.children):
        return True
    ahead = any(c.dep_ == "case" and c.lower_ in _TOWARDS for c in noun.children)
    if noun.lemma_.lower() in _ON_A_DAY:
        return ahead or (verb.tag_ == "VB" and _of_verb(verb) == "future")
    return ahead and verb.tag_ == "VBZ" and _of_verb(verb) == "future"  # "travels to Oslo for Monday's talks"


def _will(verb: Token) -> bool:
    return bool({"will", "shall"} & set(syntax.modals(verb)))


def _of_verb(verb: Token) -> Direction:
    marks = syntax.modals(verb)
    if marks:
        has = any(c.lower_ in ("have", "'ve", "’ve") for c in verb.children if c.dep_.startswith("aux"))
        if has and not {"will", "shall"} & set(marks):
            return "past"
        if set(marks) & {"could", "can"}:
            return ""
        return "future"
    tag = verb.tag_
    if tag == "VB" and {"have", "yet"} <= {c.lemma_ for c in verb.children}:
        return "past"  # "have yet to agree"
    if verb.lemma_ == "come" and any(g.lower_ in _OCCASIONS for c in verb.children for g in c.children):
        return "past"  # "the vote comes after …": so it is told of what was
    if tag == "VBN" and any(c.lower_ == "have" and c.dep_ == "aux" and c.tag_ == "VB" for c in verb.children):
        return "past"  # "is said to have met them"
    if verb.lemma_ in _PLANS and tag in ("VBD", "VBN"):
        return "future"
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    to_be = tag == "VBN" and any(a.tag_ == "VB" for a in auxiliaries)  # "is to be held"
    if (tag == "VB" or to_be) and any(c.lower_ == "to" and c.tag_ == "TO" for c in verb.children):
        above = verb.head if verb.head.i != verb.i else None
        if above is not None and verb.dep_ in ("xcomp", "acl", "ccomp", "advcl"):
            helpers = [c.lower_ for c in above.children if c.dep_.startswith("aux") or c.dep_ == "cop"]
            if "had" in helpers:
                return "past"
            way = _of_verb(above) if verb.dep_ in ("xcomp", "ccomp", "advcl") and above.lemma_ in _DONE else "future"
            if way != "future":
                return way
            if verb.dep_ == "acl" and any(c.lower_ in ("first", "last", "only") for c in above.children):
                return ""  # "the first to accede"
        return "future"
    forms = [a.lower_ for a in auxiliaries]
    if any(f in ("was", "were", "had", "has", "have", "did", "been", "'ve", "’ve", "’d", "'d") for f in forms):
        return "past"
    if tag == "VBD":
        return "past"
    if tag == "VBG" and any(f in ("is", "are", "am", "'s", "'re", "’s", "’re", "'m") for f in forms):
        return "future"
    if tag == "VBN" and any(f in ("is", "are", "am", "'s", "be") for f in forms):
        return ""
    if tag in ("VBZ", "VBP") and not any(c.dep_ == "cop" for c in verb.children):
        return "future" if verb.lemma_ in _TIMETABLE else ""
    if tag == "VBN" and not forms:
        return "past"
    return ""


def _head(doc: Doc, first: int, last: int) -> Token:
    """The word of the expression on which the others hang."""
    return doc[first : last + 1].root


def _governor(doc: Doc, head: Token, first: int, last: int) -> Token | None:
    """The predicate above the expression; where the parse has none, the nearest verb before or after it."""
    inside = range(first, last + 1)
    if head.pos_ in ("VERB", "AUX") and head.i not in inside:
        return head
    above = syntax.predicate_of(head)
    if above is not None:
        return above
    for i in range(first - 1, max(-1, first - 1 - _WINDOW * 2), -1):
        if doc[i].is_sent_end:
            break
        if doc[i].tag_ in ("VBD", "VBZ", "VBP", "VB", "VBN"):
            return doc[i]
    for i in range(last + 1, min(len(doc), last + 1 + _WINDOW * 2)):
        if doc[i].is_sent_start:
            break
        if doc[i].tag_ in ("VBD", "VBZ", "VBP", "VB", "VBN"):
            return doc[i]
    return None
