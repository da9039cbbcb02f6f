"""Contents without a cue verb: "his claim that …", "is concerned that …", "according to X", "in the words of X"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newsdash.core.extraction import lexicon, syntax
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.page import REACH, Page
from spacy.tokens import Token

_NOUN_TAGS = ("NN", "NNS")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_VIEWS = frozenset({"view", "opinion", "account"})
_EXPLETIVES = frozenset({"it", "that", "this", "there", "what", "which"})


def find_nominal(page: Page) -> Iterator[Found]:
    """The contents of nouns, adjectives and prepositional sources, in text order."""
    nouns, adjectives = lexicon.mapping("quote_nouns"), lexicon.mapping("quote_adjectives")
    for token in page.tokens:
        if page.inside[token.i] >= 0:
            continue
        if token.tag_ in _NOUN_TAGS and token.lemma_.lower() in nouns:
            yield from _of_noun(token, page)
            yield from _of_view(token, page)
        elif token.tag_ in ("JJ", "VBN", "VBD") and token.lower_ in adjectives:
            yield from _of_adjective(token, adjectives[token.lower_][0], page)
        if (last := source_phrase(page, token)) is not None:
            yield from _of_source(page, token.i, last)


def _of_noun(noun: Token, page: Page) -> Iterator[Found]:
    """ "his claim that …", "an agreement to …", "X's view is that …"."""
    content: set[int] = set()
    for child in noun.children:
        if child.i < noun.i or child.dep_ not in ("acl", "ccomp"):
            continue
        first = child.left_edge
        if first.lower_ == "that" or first.tag_ == "TO":
            content = page.under(child)
    after = page.doc[noun.i + 1 : noun.i + 3]
    if len(after) == 2 and after[0].lower_ in ("is", "was", "remains") and after[1].lower_ == "that":
        content = set(range(noun.i + 2, min(page.sentence[noun.i][1], noun.i + REACH)))
    spans = page.spans(content)
    if spans and (speaker := _owner(noun)) is not None:
        yield Found(page.with_marks(spans), "noun", (noun.idx, noun.idx + len(noun)), speaker)


def _of_view(noun: Token, page: Page) -> Iterator[Found]:
    """ "In her view the plan will cost jobs": the sentence around it."""
    whose = next((c for c in noun.children if c.dep_ == "nmod:poss"), None)
    first = noun.left_edge
    if noun.lemma_ not in _VIEWS or whose is None or first.lower_ not in ("in", "by") or noun.head.i == noun.i:
        return
    begin, end = page.sentence[noun.i]
    content = page.under(noun.head) if begin <= noun.head.i < end and syntax.is_predicate(noun.head) else set()
    content = content - set(range(first.i, noun.i + 1)) if content else set(range(noun.i + 1, min(end, noun.i + REACH)))
    if spans := page.spans(content):
        yield Found(page.with_marks(spans), "noun", (first.idx, noun.idx + len(noun)), whose)


def _owner(noun: Token) -> Token | None:
    """Whose claim it is: possessor, "by"/"from" phrase, or the subject of "made the claim"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return child
    for child in noun.children:
        if child.dep_ == "nmod" and any(c.lower_ in ("by", "from", "among") for c in child.children):
            return child
    if noun.dep_ == "obj" and noun.head.lemma_.lower() in lexicon.words("quote_support"):
        return syntax.agent(noun.head)
    return None


def _of_adjective(adjective: Token, takes: str, page: Page) -> Iterator[Found]:
    for child in adjective.children:
        clause = child.dep_ == "ccomp" and "t" in takes
        infinitive = child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB" and "i" in takes
        if child.i > adjective.i and (clause or infinitive):
            speaker = syntax.subject(adjective)
            if speaker is not None and speaker.lower_ not in _EXPLETIVES and (spans := page.spans(page.under(child))):
                cue = (adjective.idx, adjective.idx + len(adjective))
                yield Found(page.with_marks(spans), "adjective", cue, speaker)
            return


def source_phrase(page: Page, token: Token) -> int | None:
    """The last token of "according to", "in the words of", when ``token`` begins one."""
    for words in _sources().get(token.lower_, ()):
        last: int = token.i + len(words) - 1
        if last + 1 < len(page.tokens) and all(page.tokens[token.i + k].lower_ == w for k, w in enumerate(words)):
            return last
    return None


@cache
def _sources() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase, *_ in lexicon.table("quote_sources"):
        words = tuple(phrase.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def _of_source(page: Page, first: int, last: int) -> Iterator[Found]:
    """The clause that "according to X" belongs to, without the phrase itself."""
    doc = page.doc
    begin, end = page.sentence[first]
    head = next((doc[i] for i in range(last + 1, min(end, last + 12)) if doc[i].pos_ in _NOMINAL), None)
    if head is None:
        return
    above = doc[first].head
    if doc[first].dep_ == "case" and head.i < above.i < min(end, last + 12) and above.pos_ in _NOMINAL:
        head = above
    while head.dep_ in ("compound", "nmod:poss", "flat", "amod", "nmod:desc", "nummod") and last < head.head.i < end:
        if head.head.i == head.i or head.head.pos_ not in _NOMINAL:
            break
        head = head.head
    source = {i for i in page.under(head) if i > last} | set(range(first, head.i + 1))
    predicate = head.head
    content: set[int] = set()
    if predicate.i != head.i and begin <= predicate.i < end and predicate.i not in source:
        content = page.under(predicate) - source
    if not any(syntax.is_predicate(doc[i]) for i in content):
        content = set(range(max(source) + 1, end)) if first - begin < 3 else set(range(begin, first))
    if spans := page.spans(content):
        cue = (doc[first].idx, doc[last].idx + len(doc[last]))
        yield Found(page.with_marks(spans), "according", cue, head)
