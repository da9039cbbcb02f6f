"""Did it happen? Tense, modality, negation and the words that govern a predicate."""

from __future__ import annotations

from newsdash.core.extraction.syntax import is_negated, is_passive, kept, modals, tense
from newsdash.core.records import Status
from spacy.tokens import Token

_PLANS = frozenset(
    {
        "plan",
        "intend",
        "expect",
        "schedule",
        "slate",
        "set",
        "prepare",
        "aim",
        "promise",
        "vow",
        "pledge",
        "due",
        "agree",
    }
)
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj"})
_NOTHING = frozenset({"nothing", "nobody", "none"})
_CONDITIONS = frozenset({"if", "unless", "lest", "whether", "should"})
_CHANCES = frozenset({"possibility", "risk", "threat", "prospect", "chance", "likelihood", "danger"})
_MAYBE = frozenset({"possible", "likely", "unlikely", "conceivable", "probable"})
_DENIALS = frozenset({"deny", "refute", "dispute", "reject"})
_REPORTED = frozenset({"ccomp", "parataxis", "acl:relcl", "conj"})


@kept
def is_progressive(verb: Token) -> bool:
    """ "is meeting", "has been holding", "is being attacked"."""
    if verb.tag_ == "VBN":
        return any(c.dep_ == "aux:pass" and c.lower_ == "being" for c in verb.children)
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)


def is_going_to(verb: Token) -> bool:
    """ "Is going to resign"."""
    return (
        verb.lemma_ == "go" and is_progressive(verb) and any(c.dep_ == "xcomp" and is_to_be(c) for c in verb.children)
    )


@kept
def is_perfect(verb: Token) -> bool:
    """ "has met", "had met"."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


@kept
def is_present_perfect(verb: Token) -> bool:
    """ "has met", "have been told"."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" and c.tag_ in ("VBZ", "VBP") for c in verb.children)


def is_up_to_now(verb: Token) -> bool:
    """ "Has ruled the islands since 1994"."""
    return is_present_perfect(verb) and any(g.lower_ == "since" for c in verb.children for g in (c, *c.children))


def is_to_be(verb: Token) -> bool:
    """ "are to travel", "Apple to give" : an infinitive that stands for a future."""
    passive = verb.tag_ == "VBN" and any(c.dep_ == "aux:pass" and c.tag_ == "VB" for c in verb.children)
    to = any(c.lower_ == "to" and c.tag_ == "TO" for c in verb.children if c.i < verb.i)
    return (verb.tag_ == "VB" or passive) and to and not modals(verb)


def has_chance(verb: Token) -> bool:
    """Its object is a mere chance: "faces the possibility of …"."""
    return any(c.dep_ == "obj" and c.lemma_ in _CHANCES for c in verb.children)


def status_of(verb: Token, *, headline: bool = False) -> Status:
    """The status of the happening a predicate names, read from its own sentence."""
    if is_negated(verb) or any(c.dep_ in _ARGUMENTS and c.lower_ in _NOTHING for c in verb.children):
        return "denied"
    if is_conditional(verb):
        return "possible"
    marks = modals(verb)
    if marks:
        if any(c.dep_ == "advcl" and is_conditional(c) for c in verb.children):
            return "possible"  # "will resign if he loses"
        if marks[0] in ("will", "shall"):
            return "planned"
        if marks[0] == "would" and verb.dep_ in _REPORTED and tense(verb.head) == "past":
            return "planned"  # "said it would attack": the future seen from the past
        return "planned" if is_foretold(verb) else "possible"
    if verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in _DENIALS:
        return "denied"
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.i < verb.i and modals(verb.head):
        return status_of(verb.head, headline=headline)  # "will lower its fees and set up a fund"
    if verb.lemma_ in _MAYBE and any(c.dep_ == "cop" for c in verb.children):
        return "possible"
    if is_to_be(verb):
        return "happened" if verb.dep_ == "acl" and _is_ordered(verb.head) else "planned"
    if verb.lemma_ in _PLANS and any(c.dep_ in ("xcomp", "ccomp") for c in verb.children):
        return "planned" if is_intended(verb) else "happened"
    if verb.lemma_ in _PLANS and is_passive(verb) and any(_is_for(c) for c in verb.children):
        return "planned"
    if has_chance(verb):
        return "possible"
    if is_going_to(verb):
        return "planned"
    if is_progressive(verb):
        reported = verb.dep_ == "ccomp" and tense(verb.head) == "past"  # "said they were holding talks"
        return "ongoing" if tense(verb) == "present" or is_perfect(verb) or reported else "happened"
    if tense(verb) == "present" and not headline:
        return "ongoing"
    return "happened"


def _is_for(token: Token) -> bool:
    """ "The hearing was set for April 20"."""
    return token.dep_ == "obl" and any(c.lower_ == "for" for c in token.children)


def is_intended(verb: Token) -> bool:
    """ "Plans to", "expects that": what is told is what it governs."""
    return verb.lemma_ in _PLANS - {"agree", "promise", "vow", "pledge", "set"}


def is_foretold(verb: Token) -> bool:
    """ "The names would be carved in stone": what was announced, told without the announcer."""
    case = any(c.dep_ == "advcl" for c in verb.children)
    return modals(verb)[:1] == ("would",) and is_passive(verb) and verb.dep_ == "ROOT" and not case


def _is_ordered(noun: Token) -> bool:
    """ "The first minister to visit", "the last to leave": they did."""
    return any(t.lower_ in ("first", "last", "only", "latest") for t in (noun, *noun.children))


def is_conditional(verb: Token) -> bool:
    """The predicate stands in an if-clause, or is governed by one that makes it a mere case."""
    return any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children)


def is_mere_thought(verb: Token) -> bool:
    """Nothing that happens or may happen: a condition, a duty, a general ability, what would have been."""
    marks = modals(verb)
    duty = bool(marks) and marks[0] in ("can", "ca", "must", "should", "ought")
    case = bool(marks) and marks[0] == "would" and verb.dep_ not in _REPORTED and not is_foretold(verb)
    return is_conditional(verb) or duty or case or (bool(marks) and is_perfect(verb))
