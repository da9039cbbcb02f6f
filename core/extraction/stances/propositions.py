"""What a clause says of whom: its subject shown in a good or a bad light, and which act that makes of saying it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdash.core.extraction.stances.acts import Frame, effects, lemma_of, valence, verb_frames, word_set
from newsdash.core.extraction.stances.slots import direct, matching
from newsdash.core.extraction.syntax import CLAUSES, SUBJECTS, is_negated, is_passive, modals
from newsdash.core.records import Act
from spacy.tokens import Token

_FIGHTS = word_set("fights")
_MEANT = word_set("meant")
_NEED = word_set("needs")
_GOES_ON = word_set("goes on")
_THINKING = word_set("thinking")
_BRINGING = word_set("bringing")
_YIELDS = word_set("yields")
_UNDERGOING = word_set("undergoing")
_BEARING = word_set("bearing")
_CIRCUMSTANCES = word_set("circumstances")
_MISHAPS = word_set("mishaps")
_SUFFERING = frozenset({"danger", "risk", "subject", "subjected", "victim"})  # "is at risk", "was subject to abuse"
_SELF = frozenset({"i", "we", "us", "me", "our", "my"})
_UNJUDGING = frozenset({"PROPN", "ADP", "SCONJ", "CCONJ", "DET"})  # "like the others"
_UNJUDGING_NOUNS = frozenset({"favor", "favour", "kind", "like", "sort"})  # "a kind of", "in favour of"
_JUDGING_ADVERBS = frozenset({"well", "better", "best", "worse", "worst", "ill", "wrong"})
_DEED = 2.0  # what a verb of weight 2 counts
_MAX_CLAUSE = 80  # tokens looked at in one clause; longer ones are lists


@dataclass(frozen=True)
class Reading:
    """How a clause shows its subject: ``score`` > 0 in a good light, < 0 in a bad one; the words that say so."""

    score: float
    words: tuple[str, ...]
    negated: bool
    modal: str
    need: bool
    charge: bool  # something bad is said not to be so ("there was no threat")
    mishap: bool  # all that is bad in it is harm that befell somebody ("a bomb killed three people")


def wish(verb: Token, depth: int = 0) -> tuple[int, Token | None, str]:
    """What wanting this action means for its object: (sign, object, the word that decides).

    "cease using X" is against X, "apply the ruling" for the ruling; sign 0 where the verb is not known.
    """
    sign, _ = effects().get(with_particle(verb), (0, 0))
    frame, brought_in = _framed(verb)
    if frame is not None and (frame.words or not sign):
        sign = frame.sign
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), None)
    thing = brought_in or direct(verb)
    if thing is None and (inner is None or inner.tag_ not in ("VB", "VBG")):
        thing = next((c for c in verb.children if c.dep_ == "obl" and c.i > verb.i and not _beside(c)), None)
    if is_negated(verb):
        sign = -sign if sign else -1
    brought = lemma_of(verb) in _BRINGING and inner is not None and inner.tag_ == "VB"  # "persuade them to stop X"
    if (thing is None or brought) and inner is not None and depth < 3 and inner.tag_ in ("VB", "VBG", "VBN"):
        below, further, word = wish(inner, depth + 1)
        if brought and not below:
            return sign, thing, str(verb.lemma_)  # "help people understand"
        thing = further
        if sign == 0:
            return below, thing, word
        return sign * (below or 1), thing, f"{verb.lemma_} {word}"
    return sign, thing, str(verb.lemma_)


def _beside(noun: Token) -> bool:
    """Whether a phrase tells only where or when: "reach at the talks"."""
    return any(c.dep_ == "case" and (c.lower_ == "at" or c.lower_ in _CIRCUMSTANCES) for c in noun.children)


def _framed(verb: Token) -> tuple[Frame | None, Token | None]:
    """The side that the lexicon of positions gives an action ("retaliate against X"), and the noun it brings."""
    found = matching(verb, verb_frames().get(lemma_of(verb), ()))
    return found if found is not None and found[0].sign and not found[0].open else (None, None)


def with_particle(verb: Token) -> str:
    """ "take down", where the lexicon knows the verb with its particle, else the lemma."""
    lemma = lemma_of(verb)
    particle = next((c.lower_ for c in verb.children if c.dep_ == "compound:prt"), "")
    return f"{lemma} {particle}" if f"{lemma} {particle}" in effects() else lemma


def _judged(token: Token) -> float:
    """The valence of a word in place, with effect verbs, 0 for names."""
    if (
        token.pos_ in _UNJUDGING
        or token.ent_type_
        or (token.dep_ == "compound" and token.pos_ == "NOUN")  # "a crime bill"
        or (token.pos_ == "NOUN" and token.lemma_.lower() in _UNJUDGING_NOUNS)
    ):
        return 0.0
    if token.pos_ == "ADV" and not token.lower_.endswith("ly") and token.lower_ not in _JUDGING_ADVERBS:
        return 0.0  # "just", "pretty", "hard"
    if token.lower_ == "better" and token.i < token.head.i and token.head.tag_ == "VB":
        return 0.0  # "he better live"
    if token.lower_ in ("positive", "negative") and token.head.lemma_ == "test":
        return 0.0
    strength = valence().get(token.lower_, 0) or valence().get(token.lemma_.lower(), 0)
    if token.pos_ in ("VERB", "AUX"):
        sign, weight = effects().get(lemma_of(token), (0, 0))
        if weight == 2:
            return _DEED * sign
        if weight == 1:
            thing = direct(token)
            if thing is not None and not is_passive(token):
                return (
                    sign * float(sum(valence().get(t.lower_, 0) for t in _phrase(thing))) / 2
                    if token.i < thing.i
                    else 0.0
                )
            return 0.0
    return float(strength)


def _phrase(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ in ("amod", "compound", "nmod") and child.dep_ not in CLAUSES:
            yield child


def _own(root: Token) -> Iterator[Token]:
    """The tokens of a predicate without its subject and without clauses that have a subject of their own."""
    stack, seen = [root], 0
    there = any(c.dep_ == "expl" and c.lower_ == "there" for c in root.children)  # "there was no threat"
    while stack and seen < _MAX_CLAUSE:
        token = stack.pop()
        seen += 1
        yield token
        for child in token.children:
            if child.dep_ in SUBJECTS and token.i == root.i and not there:
                continue
            if child.dep_ in ("parataxis", "acl:relcl", "advcl:relcl"):
                continue
            if child.dep_ in (*CLAUSES, "conj") and any(c.dep_ in SUBJECTS for c in child.children):
                continue
            stack.append(child)


def read_clause(root: Token) -> Reading:
    """The light in which a clause shows its subject."""
    negated = is_negated(root) and not _most(root)
    score, said = 0.0, []
    duty = bool(set(modals(root)) & {"must", "should", "ought"}) and not _inverted(root)
    said_so = bool(_NEED & {root.lower_, root.lemma_.lower()}) or duty
    need = said_so or needed(root) is not None
    fights, deed, mishap = False, 0.0, True
    for token in sorted(_own(root), key=lambda t: t.i):
        if token.lemma_.lower() in _FIGHTS and token.pos_ in ("VERB", "NOUN"):
            fights = True
            if token.head.lemma_.lower() in _MEANT:
                score += 1.0
                said.append(token.text)
            continue
        value = _judged(token)
        if not value:
            continue
        once = negated and token.head.i == root.i and token.dep_ in ("nsubj", "obj", "nsubj:pass")  # "made no threat"
        if token.i != root.i and is_negated(token) and not once:
            value = -value
        if fights and value < 0:
            value = -value
        mishap = mishap and (lemma_of(token) in _MISHAPS or token.lemma_.lower() in _MISHAPS or value > 0)
        if value == -_DEED and token.pos_ == "VERB" and (token.i == root.i or token.head.i == root.i):
            deed = value  # what the predicate does decides before the words around it: "lied … a convincing case"
        if token.i == root.i and token.pos_ in ("ADJ", "NOUN") and abs(value) >= _DEED:
            deed = value  # so does what it is called: "an affront to the great men of"
        score += value
        said.append(token.text)
    if deed * score <= 0 and deed:
        score = deed
    charge = negated and score <= -1
    if negated:
        score = -score / 2
    marks = ("will",) if acting(root).i != root.i else modals(root)
    return Reading(score, tuple(said[:4]), negated, marks[0] if marks else "", need, charge, mishap)


def _most(root: Token) -> bool:
    """ "There is no bigger threat than this" denies nothing."""
    return any(t.tag_ == "JJR" for c in (root, *root.children) if c.pos_ == "NOUN" for t in c.children)


def _inverted(root: Token) -> bool:
    """ "Should they come back": a condition, unless it is a question."""
    aux = next((c for c in root.children if c.tag_ == "MD"), None)
    who = next((c for c in root.children if c.dep_ in SUBJECTS), None)
    there = any(c.dep_ == "expl" for c in root.children)
    return aux is not None and who is not None and not there and aux.i < who.i and aux.lower_ == "should"


def needed(root: Token) -> Token | None:
    """The verb of what is said to be needed: "we have to stop it", "it is time to leave", "it is vital to act"."""
    empty = any(c.dep_ in ("expl", "nsubj") and c.lower_ in ("it", "'s", "’s") for c in root.children)
    if root.pos_ == "VERB":
        has = root.lemma_ in ("have", "get") and root.i + 1 < len(root.doc) and root.nbor().lower_ == "to"
        if not (has or root.lemma_ == "need") or set(modals(root)) & {"will", "would"}:
            return None  # "the state will have to pay": a warning
    elif not empty or (root.lemma_ != "time" and root.lower_ not in _NEED):
        return None
    after = (c for c in root.children if c.i > root.i and c.dep_ in ("acl", "advcl", "ccomp", "csubj", "xcomp"))
    return next((c for c in after if c.tag_ == "VB" and any(t.tag_ == "TO" for t in c.children)), None)


def is_wanted(root: Token) -> bool:
    """Whether a that-clause tells what should be: "insisted that he resign", not "insisted that he was right"."""
    if set(modals(root)) & {"must", "ought", "shall", "should"}:
        return True
    finite = (root, *(c for c in root.children if c.dep_ in ("aux", "aux:pass", "cop")))
    return not any(t.tag_ in ("MD", "VBD", "VBP", "VBZ") for t in finite)


def acting(root: Token) -> Token:
    """The verb that tells the act: "stop" of "are not going to stop"."""
    if root.lower_ == "going":
        return next((c for c in root.children if c.dep_ == "xcomp" and c.tag_ == "VB"), root)
    return root


def passive_sufferer(root: Token) -> bool:
    """Whether the subject only suffers what is said ("X was attacked", "was subject to abuse")."""
    return is_passive(root) or root.lower_ in _SUFFERING or lemma_of(root) in _BEARING


def suffers(root: Token) -> bool:
    """Whether a clause tells of harm to its subject: "may be undercut", "could lose"."""
    if is_passive(root):
        return effects().get(lemma_of(root), (-1, 0))[0] < 0
    return lemma_of(root) in _UNDERGOING or passive_sufferer(root)


def is_self(token: Token | None) -> bool:
    """First person: the speaker."""
    return token is not None and token.lower_ in _SELF


def act_of(
    reading: Reading, *, lemma: str, self_subject: bool, actor_subject: bool, question: bool, imperative: bool
) -> Act:
    """Which act it is to say so, where the reporting word ("said") leaves it open.

    ``lemma`` is the predicate; the other arguments say who its subject is and what kind of sentence it is.
    """
    if question:
        return "asks"
    if imperative or (reading.need and not self_subject):
        return "demands"
    if reading.charge and not reading.modal:
        return "denies"
    future = reading.modal in ("will", "would", "shall")
    possible = reading.modal in ("could", "might", "may", "can")
    if self_subject:
        if reading.negated:
            if future or (possible and lemma in _YIELDS):
                return "refuses"
            return "claims" if possible or lemma in _THINKING else "denies"  # "I can't wait", "we don't know"
        if future:
            return "threatens" if reading.score < -1 else "promises"
        if reading.need:
            return "supports"
        return "criticises" if reading.score <= -1 else "praises" if reading.score >= 1 else "claims"
    if future and lemma in _GOES_ON and not reading.negated:
        return "promises"
    if reading.score <= -1:
        if future or possible:
            return "warns"
        return "accuses" if actor_subject else "criticises"
    if reading.score >= 1:
        return "supports" if future or possible else "praises"
    return "claims"
