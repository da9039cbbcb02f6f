"""Who speaks: the phrase beside a cue, and the entity it stands for."""

from __future__ import annotations

from newsdash.core.extraction import syntax
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.quotes.cues import Cue
from newsdash.core.extraction.quotes.page import Page
from newsdash.core.records import Entity, Span
from spacy.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_EMPTY = frozenset({"there", "what", "which", "that", "this", "these", "those", "how", "why", "where", "when"})
_REACH = 12  # tokens between a cue and a speaker that the tree did not connect


def subject_of(cue: Cue, page: Page) -> Token | None:
    """The head of the phrase that speaks: agent of the verb, else the nearest noun phrase before or after it."""
    verb = cue.token
    found = syntax.agent(verb)
    if found is not None and _speaks(found):
        return _name_head(found)
    if syntax.is_passive(verb) or verb.tag_ in ("VB", "VBG"):
        return None
    return beside(verb, page)


def _speaks(head: Token) -> bool:
    return (
        not head.is_space
        and head.lower_ not in _EMPTY
        and (head.pos_ in _NOMINAL or head.tag_ in ("DT", "CD", "JJ", "NN", "NNS", "NNP"))
    )


def _name_head(head: Token) -> Token:
    """From inside a name up to its head."""
    while head.dep_ in ("flat", "compound") and head.head.i != head.i and head.head.pos_ in _NOMINAL:
        head = head.head
    return head


def beside(verb: Token, page: Page) -> Token | None:
    """The noun phrase that ends right before a finite verb (adverbs and auxiliaries between), by tags alone."""
    begin, _ = page.sentence[verb.i]
    for i in range(verb.i - 1, max(begin, verb.i - _REACH) - 1, -1):
        token = page.doc[i]
        if token.pos_ in ("ADV", "AUX", "PART"):
            continue
        return _name_head(token) if token.pos_ in ("NOUN", "PROPN", "PRON") and _speaks(token) else None
    return None


def inverted(verb: Token, page: Page) -> Token | None:
    """The noun phrase that begins right after a verb ("said Patrick McGinley, a law professor")."""
    _, end = page.sentence[verb.i]
    for i in range(verb.i + 1, min(end, verb.i + _REACH)):
        token = page.doc[i]
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            head = token
            while head.head.i > verb.i and head.head.i < min(end, verb.i + _REACH) and head.head.pos_ in _NOMINAL:
                if head.head.i == head.i:
                    break
                head = head.head
            return head
        if token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "ADP") and not token.is_punct:
            return None
    return None


def phrase(head: Token) -> Span:
    """The whole noun phrase with its title, without relative clause and apposition."""
    return syntax.full_phrase(head)


def entity_of(head: Token, span: Span, index: MentionIndex) -> Entity | None:
    """The entity a speaker's phrase refers to: that of its head, else of the words of the name joined to it."""
    found = index.covering(head.idx)
    if found is not None:
        return found
    for child in head.children:
        if child.dep_.partition(":")[0] in ("flat", "appos", "compound") or child.dep_ == "nmod:desc":
            if (found := index.covering(child.idx)) is not None:
                return found
    inside = [(m, e) for m, e in index.within(*syntax.core_phrase(head)) if m.end == span[1]]
    return inside[-1][1] if inside else None
