"""The short phrase that names an event, and who takes part in it."""

from __future__ import annotations

from newsdash.core.extraction.events.candidates import Candidate
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.syntax import subject
from spacy.tokens import Doc, Token

_WORDS = 15
_OPTIONAL = frozenset(
    {"advcl", "parataxis", "ccomp", "acl:relcl", "acl", "appos", "discourse", "vocative", "advcl:relcl",
     "dislocated", "list", "dep"}
)  # fmt: skip


def phrase(c: Candidate, index: MentionIndex) -> str:
    """Subject, verb and object in the text's own words, pronouns replaced by names, at most fifteen words."""
    words: list[str] = []
    kept = _core_tokens(c)
    for token in kept:
        word = token.text
        if token.tag_ in ("PRP", "PRP$"):
            entity = index.covering(token.idx)
            if entity is not None and entity.name:
                word = entity.name + ("'s" if token.tag_ == "PRP$" else "")
        words.append(word + token.whitespace_)
        if len(words) >= 3 * _WORDS:
            break
    text = " ".join("".join(words).split())
    cut = text.split(" ")
    if len(cut) > _WORDS:
        text = " ".join(cut[:_WORDS]).rstrip(",;:–-") + " …"
    text = text.strip(' ,;:–-“”"')
    return text[:1].upper() + text[1:] if text else c.token.text


def _core_tokens(c: Candidate) -> list[Token]:
    """The clause's tokens without its subordinate clauses, appositions and brackets, within its evidence."""
    doc: Doc = c.token.doc
    skip: set[int] = set()
    start, end = c.span
    for token in c.token.subtree:
        if token.i == c.token.i or token.i in skip:
            continue
        dep = token.dep_
        drop = dep in _OPTIONAL and not (dep == "ccomp" and token.head.i == c.token.i and c.kind in ("say", "declare"))
        if drop or (dep == "conj" and token.head.i == c.token.i):
            skip.update(t.i for t in token.subtree)
    inside = [t for t in c.token.subtree if t.i not in skip and start <= t.idx < end and not t.is_space]
    if not inside:
        return [doc[c.token.i]]
    return inside


def participants(c: Candidate, index: MentionIndex) -> tuple[str, ...]:
    """Ids of the entities mentioned in the event's own words, in text order."""
    tokens = _core_tokens(c)
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    places = {t.i for t in tokens}
    found: dict[str, None] = {}
    for mention, entity in index.within(start, end):
        head = c.token.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if head is not None and head.root.i in places:
            found.setdefault(entity.id)
    return tuple(found)


def content_words(c: Candidate, index: MentionIndex) -> frozenset[str]:
    """What an event is about: the lemmas of its content words, and "@" with the ids of its participants."""
    lemmas = {
        t.lemma_.lower()
        for t in _core_tokens(c)
        if t.pos_ in ("NOUN", "PROPN", "VERB", "NUM", "ADJ") and not t.is_stop and t.i != c.token.i
    }
    return frozenset(lemmas | {f"@{i}" for i in participants(c, index)})


def subject_key(c: Candidate, index: MentionIndex) -> str:
    """Whose event it is: the id of the subject's entity, else the lemma of its head, "" without a subject."""
    head = subject(c.token)
    if head is None:
        return ""
    entity = index.covering(head.idx)
    return f"@{entity.id}" if entity is not None else str(head.lemma_.lower())
