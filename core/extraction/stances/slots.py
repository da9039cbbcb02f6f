"""Where the holder, the target and the matter of a predicate stand in its clause."""

from __future__ import annotations

from collections.abc import Sequence

from newsdash.core.extraction.stances.acts import PREPOSITIONS, Frame, noun_frames, word_set
from newsdash.core.extraction.syntax import SUBJECTS, agent, is_passive, kept, subject
from spacy.tokens import Token

_CLAUSES = ("ccomp", "xcomp", "csubj", "advcl", "acl", "parataxis")
_WINDOW = 9  # further words of an entry stand at most so many tokens after its verb
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})


def preposition(token: Token) -> str | None:
    """The preposition (or clause marker) in front of a phrase, lower case."""
    for child in token.children:
        if child.dep_ in ("case", "mark") and child.i < token.i and child.lower_ in PREPOSITIONS:
            return str(child.lower_)
    return None


def oblique(predicate: Token, prep: str) -> Token | None:
    """The noun or clause that a preposition joins to the predicate or to its object."""
    best: Token | None = None
    for owner in (predicate, direct(predicate)):
        if owner is None:
            continue
        for child in owner.children:
            if child.lower_ in word_set("dates"):
                continue
            if child.i > predicate.i and child.dep_ != "obl:agent" and preposition(child) == prep:
                best = child if best is None or child.i < best.i else best
        if best is not None:
            return best
    return None


def direct(predicate: Token) -> Token | None:
    """The object; of a passive verb its subject."""
    if is_passive(predicate) and predicate.dep_ == "acl" and predicate.head.lemma_.lower() in word_set("prospects"):
        owner = predicate.head.head  # "faces the possibility of being labelled": who faces it is labelled
        return subject(owner) if owner.pos_ == "VERB" else None
    if is_passive(predicate):
        return (
            subject(predicate) if predicate.dep_ == "acl" else _child(predicate, "nsubj:pass") or _inherited(predicate)
        )
    return _child(predicate, "obj")


def made(predicate: Token) -> Token | None:
    """What a passive verb makes of its subject: "was labelled a risk"."""
    thing = _child(predicate, "obj") if is_passive(predicate) else None
    return thing if thing is not None and thing.i > predicate.i and thing.pos_ in ("NOUN", "PROPN") else None


def _inherited(predicate: Token) -> Token | None:
    """The passive subject that a coordinated participle shares."""
    return _child(predicate.head, "nsubj:pass") if predicate.dep_ in ("conj", "xcomp") else None


def _child(token: Token, dep: str) -> Token | None:
    return next((c for c in token.children if c.dep_ == dep), None)


def complement(predicate: Token) -> Token | None:
    """The clause that completes the predicate: "that …", "to …", or a gerund."""
    best: Token | None = None
    for child in predicate.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > predicate.i:
            return child
        if child.dep_ in ("advcl", "acl") and child.i > predicate.i and child.tag_ == "VB" and has_to(child):
            best = best or child
    if best is None:
        thing = _child(predicate, "obj")
        if thing is not None:  # "ordered agencies to cease", with the clause hung on the noun
            best = next((c for c in thing.children if c.dep_ in ("acl", "advcl", "xcomp") and has_to(c)), None)
    return best


def _raised(predicate: Token) -> Token | None:
    """ "asked schools to pay" with "schools" hung on "pay"."""
    inner = next((c for c in predicate.children if c.dep_ in ("ccomp", "xcomp") and c.tag_ == "VB"), None)
    if inner is None or not has_to(inner):
        return None
    return next((c for c in inner.children if c.dep_ in ("nsubj", "obj") and predicate.i < c.i < inner.i), None)


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.tag_ == "TO" or (c.lower_ == "to" and c.dep_ in ("mark", "case")) for c in verb.children) or (
        verb.i > 0 and verb.nbor(-1).lower_ == "to"
    )


def has_subject(verb: Token) -> bool:
    """Whether a clause has a subject of its own."""
    return any(c.dep_ in SUBJECTS for c in verb.children)


def slot(predicate: Token, name: str) -> Token | None:
    """The head of the named slot, None when it is empty."""
    if name == "obj":
        return direct(predicate) or _child(predicate, "iobj") or _raised(predicate)
    if name == "iobj":
        return _child(predicate, "iobj")
    if name == "subj":
        return subject(predicate)
    if name == "clause":
        return complement(predicate)
    return oblique(predicate, name)


def filled(predicate: Token, names: Sequence[str]) -> tuple[str, Token] | None:
    """The first of the slots that is filled, with its head."""
    for name in names:
        head = slot(predicate, name)
        if head is not None:
            return name, head
    return None


def matching(verb: Token, frames: Sequence[Frame]) -> tuple[Frame, Token | None] | None:
    """The first frame whose further words follow the verb, and the noun that its last preposition brings."""
    ahead: frozenset[str] | None = None  # what stands after the verb
    for frame in frames:
        if frame.words and ahead is None:
            ahead = _words_ahead(verb)
        if ahead is None or ahead.issuperset(frame.words):
            ok, brought = _matches(verb, frame)
            if ok:
                return frame, brought
    return None


@kept
def _words_ahead(verb: Token) -> frozenset[str]:
    """The forms and lemmas of the words after a verb in its sentence."""
    following = (verb.doc[i] for i in range(verb.i + 1, min(verb.sent.end, verb.i + 1 + _WINDOW)))
    return frozenset(word for t in following for word in (t.lower_, t.lemma_.lower()))


def _matches(verb: Token, frame: Frame) -> tuple[bool, Token | None]:
    """Whether the frame's further words follow the verb, and the noun that its last preposition brings."""
    if frame.given and _child(verb, "iobj") is None:
        return False, None
    if not frame.words:
        return True, None
    doc, at, end = verb.doc, verb.i + 1, min(verb.sent.end, verb.i + 1 + _WINDOW)
    if len(frame.words) == 1 and frame.words[0] in PREPOSITIONS:
        end = min(end, verb.i + 3)  # "side with", not "side … with"
    last: Token | None = None
    first = True
    for word in frame.words:
        reach = min(end, at + (4 if first and word not in PREPOSITIONS else 5))
        if last is not None and last.lower_ in PREPOSITIONS:  # "walked out of", not "walked out at the port of"
            reach = min(end, at + (1 if word in PREPOSITIONS else 4))
        found = next((doc[i] for i in range(at, reach) if word in (doc[i].lower_, doc[i].lemma_.lower())), None)
        if found is None:
            return False, None
        if any(
            doc[i].tag_.startswith("VB") and doc[i].dep_ not in ("aux", "cop", "acl", "amod")
            for i in range(at, found.i)
        ):
            return False, None
        last, at, first = found, found.i + 1, False
    if last is None or last.lower_ not in PREPOSITIONS:
        return True, None
    return True, after_preposition(last)


def after_preposition(prep: Token) -> Token | None:
    """The head of the phrase that a preposition opens, by the tree or else the next noun."""
    if prep.dep_ in ("case", "mark") and prep.head.i > prep.i:
        return prep.head
    for token in prep.doc[prep.i + 1 : min(prep.sent.end, prep.i + 12)]:
        if token.pos_ in _NOMINAL and token.dep_ not in ("compound", "det", "nmod:poss", "nummod"):
            return token
        if token.is_punct and token.text not in "“\"‘'":
            return None
    return None


def stopped(head: Token) -> Token | None:
    """What comes to an end: X of "an end to X", "the resignation of X", "X's removal"; None of anything else."""
    if head.lemma_.lower() not in word_set("endings"):
        return None
    for child in head.children:
        if child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and preposition(child) in ("of", "to", "on", "in")):
            return child
    return None


def _stray_agent(verb: Token) -> Token | None:
    """The "by" phrase of a passive that hangs on what follows: "labelled a risk by X", "banned from it by X"."""
    for thing in verb.children:
        own = thing.lemma_.lower() in noun_frames()  # "because of opposition by X"
        if thing.dep_ in ("obj", "xcomp", "obl", "advcl") and thing.i > verb.i and not own and not is_passive(thing):
            for child in thing.children:
                if child.dep_ in ("nmod", "obl") and preposition(child) == "by":
                    return child
    return None


def holder_of(verb: Token) -> Token | None:
    """Who does it, with a fallback for broken trees: the nearest noun before the verb's group."""
    found = agent(verb)
    if found is None and is_passive(verb):
        return _stray_agent(verb)
    if verb.dep_ == "acl:relcl" and found is not None and found.i == verb.head.i:
        return _child(verb, "nsubj") or found  # "…, who": the name before it may be nearer than the tree says
    if found is None and verb.dep_ == "acl:relcl" and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return verb.head  # "after X, the firm that runs the port, refused to": the tree takes it for a relative clause
    if found is not None:
        return found
    at = verb.i - 1
    while at >= verb.sent.start and (verb.doc[at].pos_ in ("AUX", "ADV", "PART") or verb.doc[at].dep_ == "aux"):
        at -= 1
    if at < verb.sent.start or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    token = verb.doc[at]
    return token if token.pos_ in ("PROPN", "NOUN", "PRON") and token.dep_ not in ("obj", "obl") else None
