"""The short phrase that names an event, and who takes part in it."""

from __future__ import annotations

from operator import itemgetter

from newsdash.core.extraction.events.candidates import Candidate
from newsdash.core.extraction.mentions import MentionIndex
from newsdash.core.extraction.syntax import SUBJECTS, agent, core_phrase, is_passive, subject
from newsdash.core.records import Span
from spacy.tokens import Token

_WORDS = 15
_PLACE = 14  # tokens in which the place, day and agency of a report may stand before its first sentence
# parts of a clause that its short name can do without
_SIDE = frozenset(
    {"advcl", "parataxis", "ccomp", "acl:relcl", "acl", "appos", "discourse", "vocative", "advcl:relcl", "list", "dep"}
)
_LINKS = frozenset(
    {"however", "additionally", "also", "moreover", "meanwhile", "instead", "then", "thus", "but", "and"}
)
_CLOSING = frozenset({"”", "’’", '"', "''"})
_RELATIVE = frozenset({"WDT", "WP"})
_WHO = frozenset({"PRP", "WP", "WDT", "DT"})


def phrase(c: Candidate, index: MentionIndex, dated: tuple[int, int] | None = None) -> str:
    """Subject, verb and object in the text's own words, at most fifteen; a pronoun as subject becomes the name.

    ``dated`` are the tokens of a date before them, which stands beside the words anyway.
    """
    who = subject(c.token) if c.kind != "noun" else None
    tokens = _core_tokens(c)
    if dated is not None:
        tokens = _without_date(tokens, *dated)
    while len(tokens) > 1 and (tokens[0].is_punct or tokens[0].lower_ in _LINKS):
        tokens = tokens[1:]
    if c.kind == "say":  # “The port is safe,” the mayor said: who said it
        cue = min(c.token.i, who.left_edge.i if who is not None else c.token.i)
        closing = max((t.i for t in tokens if t.i < cue and t.text in _CLOSING), default=-1)
        tokens = [t for t in tokens if t.i > closing]
    first = tokens[0]
    if first.text.isupper() and len(first) > 3:  # "HARSUND, June 2 (UPI) – Dockers …": the place of the report
        opening = first.doc[first.i : min(first.i + _PLACE, first.sent.end)]
        dash = next((t.i for t in opening if t.text in ("–", "—", "-", "--", "_")), -1)
        tokens = [t for t in tokens if t.i > dash] or tokens
        if who is not None and who.i < dash:  # the parse took the place for the subject
            who = next((x for x in c.token.children if x.dep_ in SUBJECTS and x.i > dash), None)
    if who is not None and all(t.i != who.i for t in tokens):  # "the firm, which failed": the firm failed
        tokens = [t for t in tokens if t.tag_ not in _RELATIVE or t.dep_ not in SUBJECTS] or tokens
    pieces = []
    for t, after in zip(tokens, [*tokens[1:], None], strict=True):
        gap = t.whitespace_ or (" " if after is not None and after.i > t.i + 1 else "")
        pieces.append((_name(t, index) if who is not None and t.i == who.i else t.text) + gap)
    if who is not None and all(t.i != who.i for t in tokens):
        pieces.insert(0, (_name(who, index) if who.tag_ in _WHO else _phrase_of(who)) + " ")
    words = "".join(pieces).split()
    text = " ".join(words[:_WORDS]).strip(' ,;:–-“”"')
    if len(words) > _WORDS:
        text += " …"
    return text[:1].upper() + text[1:] if text else c.token.text


def _without_date(tokens: list[Token], first: int, end: int) -> list[Token]:
    """ "On 5 May, the board met": "the board met"; "a day after she left" stays, and so does "Monday's ruling"."""
    date = [t for t in tokens if first <= t.i < end]
    rest = [t for t in tokens if t.i >= end]
    if not date or not rest or rest[0].dep_ in ("case", "mark"):
        return tokens
    opening = [t for t in tokens if t.i < first]
    if all(t.dep_ == "case" and first <= t.head.i < end for t in opening):
        return rest
    return tokens


def _name(token: Token, index: MentionIndex) -> str:
    """A pronoun's entity by its name, any other word as it stands."""
    entity = index.covering(token.idx) if token.tag_ in _WHO else None
    return entity.name if entity is not None and entity.name else token.text


def _phrase_of(noun: Token) -> str:
    start, end = core_phrase(noun)
    return " ".join("".join(t.text_with_ws for t in noun.sent if start <= t.idx < end).split())


def _core_tokens(c: Candidate) -> list[Token]:
    """The clause's tokens without its subordinate clauses, appositions and brackets, within its evidence."""
    doc = c.token.doc
    kept: dict[tuple[int, str, Span], list[int]] = doc.user_data.setdefault("core words", {})
    found = kept.get((c.token.i, c.kind, c.span))
    if found is None:
        found = kept[c.token.i, c.kind, c.span] = _core(c)
    return [doc[i] for i in found]


def _core(c: Candidate) -> list[int]:
    skip: set[int] = set()
    start, end = c.span
    head = c.token.head.i if c.token.head.i != c.token.i else -1
    below = [(t.i, t) for t in c.token.subtree]
    for i, token in below:
        if i != c.token.i and i not in skip and _is_aside(token, c):
            skip.update(t.i for t in token.subtree)
    return [
        i
        for i, t in sorted(below, key=itemgetter(0))  # a tree may cross itself
        if i not in skip
        and (i < head) == (c.token.i < head)  # a part beyond the word above belongs there, whatever the parse says
        and start <= t.idx < end
        and not t.is_space
        and not (t.text in ",()–—;" and (i - 1 in skip or i + 1 in skip))
    ] or [c.token.i]


def _is_aside(token: Token, c: Candidate) -> bool:
    """A part of the clause that its short name can do without."""
    own = token.head.i == c.token.i
    if token.dep_ == "appos" and token.left_edge.i > token.head.i and not token.doc[token.left_edge.i - 1].is_punct:
        return False  # "striker Marcus Berg"
    if token.dep_ == "advcl" and own and token.tag_ == "VBG" and token.i > c.token.i and c.kind != "noun":
        return any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in token.children)
    if token.dep_ == "ccomp" and own and c.kind in ("say", "declare", "mind"):
        return False
    if token.dep_ == "acl" and token.tag_ != "VBG" and not own:
        return False
    if token.dep_ == "obl":
        return any(g.lower_ == "according" for g in token.children)
    if own and token.dep_ in ("cc", "conj"):
        return True
    if own and token.dep_ == "mark":
        return bool(token.lower_ != "to")
    if (
        own
        and token.dep_ in ("advmod", "obl:unmarked", "obl:npmod")
        and any(m.dep_ == "mark" and token.i < m.i < c.token.i for m in c.token.children)
    ):
        return True  # "two days before she signed the order"
    return token.dep_ in _SIDE and c.kind != "noun"


def participants(c: Candidate, index: MentionIndex) -> tuple[str, ...]:
    """Ids of the entities mentioned in the event's own words, its subject first, then in text order."""
    return _taking_part(c, _core_tokens(c), index)


def _taking_part(c: Candidate, tokens: list[Token], index: MentionIndex) -> tuple[str, ...]:
    who = subject(c.token) if c.kind != "noun" else None
    found: dict[str, None] = {}
    if who is not None:
        entity = index.at(*core_phrase(who)) or index.covering(who.idx)
        if entity is not None:
            found.setdefault(entity.id)
    places = {t.idx for t in tokens}
    for mention, entity in index.within(tokens[0].idx, tokens[-1].idx + len(tokens[-1])):
        if mention.start in places:
            found.setdefault(entity.id)
    return tuple(found)


def content_words(c: Candidate, index: MentionIndex) -> frozenset[str]:
    """What an event is about: the lemmas of its content words, and "@" with the ids of its participants."""
    tokens = _core_tokens(c)
    lemmas = {
        t.lemma_.lower()
        for t in tokens
        if t.pos_ in ("NOUN", "PROPN", "VERB", "NUM", "ADJ") and not t.is_stop and t.i != c.token.i
    }
    return frozenset(lemmas | {f"@{i}" for i in _taking_part(c, tokens, index)})


def subject_key(c: Candidate, index: MentionIndex) -> str:
    """Whose event it is: the id of the subject's entity, else the lemma of its head, "" without a subject."""
    return _key(subject(c.token), index)


def subject_words(c: Candidate, index: MentionIndex) -> frozenset[str]:
    """Those of the content words that only say whose event it is."""
    who = subject(c.token)
    if who is None:
        return frozenset()
    start, end = core_phrase(who)
    return frozenset({_key(who, index), *(t.lemma_.lower() for t in who.sent if start <= t.idx < end)})


def sides(c: Candidate, index: MentionIndex) -> tuple[str, str, bool]:
    """Who did it, to whom or what, as keys; and whether it is told in the passive voice."""
    passive = is_passive(c.token)
    objects = (child for child in c.token.children if child.dep_ == "obj")
    target = subject(c.token) if passive else next(objects, None)
    return _key(agent(c.token), index), _key(target, index), passive


def _key(head: Token | None, index: MentionIndex) -> str:
    if head is None:
        return ""
    entity = index.covering(head.idx)
    return f"@{entity.id}" if entity is not None else str(head.lemma_.lower())


def goes_on(c: Candidate, key: str, index: MentionIndex) -> bool:
    """The subject is the one of before: the same entity or word, or a personal pronoun."""
    who = subject(c.token)
    return who is not None and (who.tag_ == "PRP" or subject_key(c, index) == key)
