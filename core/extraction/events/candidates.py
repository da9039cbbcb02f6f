"""Which words of a parse name something that happened: verbs, eventful nouns, and which clause tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from newsdash.core.extraction.events.layout import Layout, Line
from newsdash.core.extraction.events.status import is_to_be, status_of
from newsdash.core.extraction.lexicon import mapping
from newsdash.core.extraction.syntax import SUBJECTS, core_phrase, tense
from newsdash.core.records import Span, Status
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

Role = Literal["main", "content", "subordinate", "relative"]

LONGEST_SENTENCE = 400  # tokens; no sentence of news is longer, and the parse of a longer one is no parse
_ENDINGS = ("s", "d", "es", "ed", "ing")
_OPENING = frozenset("“\"‘'")


@dataclass(frozen=True)
class Candidate:
    """A predicate that may be an event.

    ``kind`` is its class in ``data/event_verbs.tsv`` ("copula" for a predicate noun or adjective, "noun" for an
    event noun); ``span`` the clause without coordinated clauses; ``sentence`` the whole sentence within its line.
    """

    token: Token
    kind: str
    role: Role
    span: Span
    sentence: Span
    sentence_number: int
    line: Line
    tense: str
    status: Status

    @property
    def trigger(self) -> Span:
        """The characters of the word that names the event."""
        return self.token.idx, self.token.idx + len(self.token)


def verb_class(token: Token) -> str:
    """The class of a verb, "weak" when it is not listed; "called a strike" is no statement, "called it a lie" is."""
    row = _look_up("event_verbs", token) or ("weak",)
    if row[0] == "phase" and any(c.dep_ in ("ccomp", "parataxis") for c in token.children):
        return "say"  # "…," she continued
    if token.lemma_ == "call" and _calls_for(token):
        return "declare"
    if len(row) > 1 and row[1] and _has_event_object(token):
        return row[1]
    if len(row) > 2 and not _tells_words(token):
        return row[2]
    return row[0]


def _calls_for(verb: Token) -> bool:
    """ "Called for a ban", "called on the court to act": a demand, no name for a thing."""
    for asked in (c for c in verb.children if c.dep_ == "obl"):
        to_do = any(t.tag_ == "VB" and t.dep_ in ("xcomp", "acl") for t in (*verb.children, *asked.children))
        if any(g.lower_ == "for" or (to_do and g.lower_ in ("on", "upon")) for g in asked.children):
            return True
    return False


def _tells_words(verb: Token) -> bool:
    """Words, a statement or nothing at all hang on the verb: "found that …", "…," he added, "declined comment"."""
    ahead = [t.text for t in verb.doc[verb.i + 1 : verb.i + 3]]  # he responded, “Never”
    if len(ahead) == 2 and ahead[0] in (",", ":") and ahead[1] in _OPENING:
        return True
    clauses = verb.dep_ == "parataxis" or any(c.dep_ in ("ccomp", "xcomp", "parataxis") for c in verb.children)
    objects = [c for c in verb.children if c.dep_ in ("obj", "obl", "nsubj:pass")]
    return clauses or not objects or any(noun_kind(c) == "speech" for c in objects if c.dep_ == "obj")


def _has_event_object(verb: Token) -> bool:
    objects = [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass") and noun_kind(c)]
    said = any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    dubbed = any(c.i + 1 < len(c.doc) and c.nbor().text in _OPENING for c in objects)  # called the treaty “a model”
    return bool(objects) and not said and not dubbed


def noun_kind(token: Token) -> str | None:
    """The kind of event a noun names, None when it names none."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    row = _look_up("event_nouns", token)
    return row[0] if row else None


def _look_up(table: str, token: Token) -> tuple[str, ...] | None:
    """The entry of a word by its lemma, else by what regular endings leave of it (a lemma may be wrong)."""
    known = mapping(table)
    lemma, word = token.lemma_.lower(), token.lower_
    bare = (word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending))
    for form in (lemma, lemma + "e", word, *(form + e for form in bare for e in ("", "e"))):
        if len(form) > 1 + (form != lemma) and form in known:
            return known[form]
    return None


def find_candidates(doc: Doc, layout: Layout) -> Iterator[Candidate]:
    """All predicates, in text order."""
    for number, sent in enumerate(doc.sents):
        if len(sent) > LONGEST_SENTENCE:
            continue
        tokens = list(sent)  # a Span makes its tokens anew each time it is walked
        copied = {token.head.i for token in tokens if token.dep_ == "cop"}
        for token in tokens:
            kind = _kind(token) if token.i in copied or token.tag_.startswith("VB") else None
            if kind is None:
                continue
            role = _role(token)
            if role is None:
                continue
            yield _candidate(token, kind, role, sent, number, layout)


def _candidate(token: Token, kind: str, role: Role, sent: Tokens, number: int, layout: Layout) -> Candidate:
    line = layout.at(token.idx)
    return Candidate(
        token=token,
        kind=kind,
        role=role,
        span=clause_span(token, line),
        sentence=_sentence_span(sent, line),
        sentence_number=number,
        line=line,
        tense=tense(token),
        status=status_of(token, headline=line.kind in ("headline", "heading")),
    )


def infinitive_candidate(verb: Token, number: int, layout: Layout) -> Candidate:
    """An infinitive in the sentence of that number as a candidate: an event only with a date of its own."""
    return _candidate(verb, "weak", "content", verb.sent, number, layout)


def noun_candidate(noun: Token, layout: Layout) -> Candidate | None:
    """An event noun that has a date of its own, as a candidate; its evidence is the noun phrase."""
    if len(noun.sent) > LONGEST_SENTENCE:
        return None
    line = layout.at(noun.idx)
    first, last = noun.left_edge.i, noun.right_edge.i
    if noun.dep_ != "ROOT":
        while first < noun.i and noun.doc[first].dep_ in ("case", "cc", "mark", "punct"):
            first += 1
    return Candidate(
        token=noun,
        kind="noun",
        role="relative",
        span=trim(noun.doc, first, last, line),
        sentence=_sentence_span(noun.sent, line),
        sentence_number=-1,
        line=line,
        tense="none",
        status="happened",
    )


def _kind(token: Token) -> str | None:
    if token.tag_.startswith("VB") and token.dep_ not in ("aux", "aux:pass", "cop", "amod", "compound", "case", "mark"):
        return verb_class(token)
    if any(c.dep_ == "cop" for c in token.children):
        return "copula"
    return None


def _role(token: Token) -> Role | None:
    """What place the predicate's clause has in its sentence; None for infinitives and gerunds inside another clause."""
    at = token
    for _ in range(20):  # a chain of coordination; broken parses may have long ones
        if at.dep_ != "conj":
            break
        at = at.head
    dep = at.dep_
    if dep in ("ROOT", "parataxis", "list", "appos"):
        return "main"
    if dep in ("advcl", "ccomp") and verb_class(token) == "say" and _stands_alone(token):
        return "main"  # "…," said Jobs: the cue of a quotation hung below the quoted words
    if dep == "ccomp":
        return "content"
    if dep in ("advcl", "advcl:relcl") and (_has_subject(token) or not (token.tag_ == "VBG" or is_to_be(token))):
        return "subordinate"
    if dep in ("acl:relcl", "acl"):
        return "relative"
    return None


def governor(token: Token) -> Token:
    """The predicate of which a clause, or the clause it is coordinated with, is the content."""
    at = token
    for _ in range(20):
        if at.dep_ != "conj":
            break
        at = at.head
    return at.head


def _stands_alone(verb: Token) -> bool:
    return (
        verb.tag_ in ("VBD", "VBZ")
        and _has_subject(verb)
        and verb.i > verb.head.i
        and not any(c.dep_ == "mark" for c in verb.children)
    )


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in token.children)


def clause_span(head: Token, line: Line) -> Span:
    """The clause of a predicate within its line: what hangs on it, without coordinated predicates after it."""
    doc = head.doc
    first, last = head.left_edge.i, head.right_edge.i
    if head.dep_ in ("acl", "acl:relcl") and head.head.i < first:  # "the suit filed in May": whose it is
        start, first = core_phrase(head.head)[0], head.head.i
        while first > head.sent.start and doc[first - 1].idx >= start:
            first -= 1
    for child in head.children:
        if child.i > head.i and child.i <= last and child.dep_ in ("conj", "parataxis") and _kind(child) is not None:
            left = child.left_edge.i
            last = min(last, (left if left > head.i else child.i) - 1)
    return trim(doc, first, last, line)


def _sentence_span(sent: Tokens, line: Line) -> Span:
    return trim(sent.doc, sent.start, sent.end - 1, line)


def trim(doc: Doc, first: int, last: int, line: Line) -> Span:
    """Character span of tokens first..last inside a line, without blanks and loose punctuation at both ends."""
    a, b = doc[first], doc[last]
    while a.i < b.i and (a.idx < line.start or a.is_space or _loose(a, "(“‘\"'$[")):
        a = doc[a.i + 1]
    while b.i > a.i and (b.idx >= line.end or b.is_space or _loose(b, ")”’\"'%]")):
        b = doc[b.i - 1]
    while b.i > a.i and b.dep_ == "cc":
        b = doc[b.i - 1]
    start, end = a.idx, b.idx + len(b)
    return max(start, line.start) if start < line.end else start, end


def _loose(token: Token, kept: str) -> bool:
    return (bool(token.is_punct) and token.text not in kept) or (token.dep_ == "cc" and token.lower_ in ("and", "but"))
