"""Reported speech and thought: what hangs on a cue verb, noun or adjective in the tree.

Where the tree is broken (long sentences, marks, headlines) the words beside the cue decide: what follows "said that"
to the end of the sentence, what stands before ", officials said." from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsdash.core.extraction import lexicon, syntax
from newsdash.core.extraction.quotes import speakers
from newsdash.core.extraction.quotes.cues import MIND_GROUPS, SPEECH_GROUPS, Cue
from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.page import Page
from spacy.tokens import Token

_COMPLEMENTIZERS = frozenset({"that", "whether", "how", "why", "if", "what", "who", "where", "when", "which"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def find_indirect(page: Page, cues: tuple[Cue, ...]) -> Iterator[Found]:
    """All reported contents of cue verbs, in the order of the cues."""
    for cue in cues:
        yield from _of_verb(cue, page)


def _of_verb(cue: Cue, page: Page) -> Iterator[Found]:
    takes, verb = cue.verb.takes, cue.token
    speaker = speakers.subject_of(cue, page)
    if "t" in takes or "q" in takes:
        tokens = _clause_content(cue, page, speaker)
        if tokens:
            relayed = cue.verb.group in SPEECH_GROUPS and speaker is not None and speaker.pos_ != "PRON"
            yield from _found(page, tokens, "clause", cue, speaker, relayed)
            return
    if "i" in takes and (tokens := _infinitive_content(cue)):
        yield from _found(page, tokens, "infinitive", cue, speaker)
        return
    if cue.verb.prepositions and (tokens := _preposition_content(cue, page)):
        yield from _found(page, tokens, "preposition", cue, speaker)
        return
    if "a" in takes and (tokens := _naming_content(cue)):
        yield from _found(page, tokens, "naming", cue, speaker)
        return
    if "n" in takes and (tokens := _object_content(cue)):
        yield from _found(page, tokens, "object", cue, speaker)


def _found(
    page: Page, tokens: set[int], rule: str, cue: Cue, speaker: Token | None, relayed: bool = False
) -> Iterator[Found]:
    spans = page.spans(tokens)
    if spans:
        yield Found(spans, rule, cue.span, speaker, relayed=relayed)


def _indices(head: Token) -> set[int]:
    return {token.i for token in head.subtree}


def _own_words(cue: Cue, speaker: Token | None) -> set[int]:
    """Everything under the cue but its clauses: what a content that surrounds the cue leaves out."""
    return _indices(cue.token)


def _clause_content(cue: Cue, page: Page, speaker: Token | None) -> set[int]:
    verb = cue.token
    begin, end = page.sentence[verb.i]
    best: set[int] = set()
    for child in verb.children:
        if (
            child.dep_ in ("ccomp", "csubj:pass")
            or (child.dep_ == "parataxis" and child.i > verb.i and _colon_before(child))
            or (child.dep_ == "obj" and child.tag_ in ("WP", "WDT"))
        ):
            tokens = _indices(child)
        else:
            continue
        tokens = {i for i in tokens if begin <= i < end} - {verb.i}
        if len(tokens) > len(best):
            best = tokens
    if best:
        return best
    head = verb.head
    if verb.dep_ in ("parataxis", "advcl", "discourse") and head.i != verb.i and "t" in cue.verb.takes:
        as_clause = any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
        if as_clause or (verb.dep_ == "parataxis" and verb.tag_ in ("VBD", "VBZ", "VBP") and head.i < verb.i):
            tokens = {i for i in _indices(head) if begin <= i < end} - _indices(verb)
            if tokens and not _only_bare(verb, tokens):
                return tokens
    return _clause_by_words(cue, page, speaker)


def _colon_before(child: Token) -> bool:
    left = child.left_edge
    return left.i > 0 and left.nbor(-1).text in (":", ",")


def _only_bare(verb: Token, tokens: set[int]) -> bool:
    return len(tokens) < 2


def _clause_by_words(cue: Cue, page: Page, speaker: Token | None) -> set[int]:
    """The content by its place: "said (to X) that …" and "…, officials said."."""
    verb, doc = cue.token, page.doc
    begin, end = page.sentence[verb.i]
    if "t" not in cue.verb.takes:
        return set()
    last = cue.span[1]
    i = page.token_at(last)
    for j in range(i, min(end, i + 8)):
        word = doc[j].lower_
        if word == "that" and doc[j].tag_ in ("IN", "DT", "WDT") and (j == i or doc[j].tag_ == "IN") and j + 2 < end:
            if cue.verb.group in MIND_GROUPS and doc[j].tag_ != "IN":
                break
            return set(range(j, end))
        if doc[j].is_punct or doc[j].tag_ in _FINITE:
            break
    after = [t for t in doc[i:end] if not t.is_space]
    if cue.verb.group in MIND_GROUPS or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return set()
    ends_here = not after or (after[0].text in (".", ",") and len(after) < 3)
    if ends_here and speaker is not None and speaker.i < verb.i:
        left = speaker.left_edge.i
        while left > begin and doc[left - 1].text != ",":
            left -= 1
        if left - 1 > begin + 2 and any(doc[k].tag_ in _FINITE for k in range(begin, left)):
            return set(range(begin, left - 1))
        return set()
    if (
        speaker is not None
        and speaker.i < verb.i
        and after
        and after[0].pos_ in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM")
        and "r" not in cue.verb.takes
        and "n" not in cue.verb.takes
        and any(t.tag_ in _FINITE for t in after)
    ):
        return set(range(i, end))
    return set()


def _infinitive_content(cue: Cue) -> set[int]:
    for child in cue.token.children:
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and child.i > cue.token.i
            and child.tag_ in ("VB", "VBG", "NN", "JJ", "VBN")
        ):
            if (child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)) or child.dep_ != "advcl":
                return _indices(child)
    return set()


def _preposition_content(cue: Cue, page: Page) -> set[int]:
    verb = cue.token
    _, end = page.sentence[verb.i]
    for child in verb.children:
        if child.i < verb.i or child.dep_.partition(":")[0] not in ("obl", "advcl", "xcomp"):
            continue
        for case in child.children:
            if case.dep_ in ("case", "mark") and case.lower_ in cue.verb.prepositions:
                tokens = {i for i in _indices(child) if i > case.i}
                if cue.verb.lemma == "call" and case.lower_ == "on":
                    for other in verb.children:
                        if other.i > child.i and other.dep_ in ("xcomp", "advcl", "ccomp"):
                            tokens |= _indices(other)
                if "n" in cue.verb.takes:
                    for other in verb.children:
                        if other.dep_ == "obj" and verb.i < other.i < child.i:
                            tokens |= _indices(other) | {case.i}
                return tokens
    return set()


def _naming_content(cue: Cue) -> set[int]:
    verb = cue.token
    thing = next((c for c in verb.children if c.dep_ == "obj" and c.i > verb.i), None)
    name = next(
        (
            c
            for c in verb.children
            if c.i > verb.i
            and (
                c.dep_ == "xcomp"
                or (c.dep_ in ("obl", "advcl") and any(g.lower_ in ("as", "to", "with") for g in c.children))
            )
        ),
        None,
    )
    if name is None:
        return set()
    return _indices(name) | (_indices(thing) if thing is not None else set())


def _object_content(cue: Cue) -> set[int]:
    verb = cue.token
    if syntax.is_passive(verb):
        return set()
    for child in verb.children:
        if child.dep_ in ("obj", "xcomp", "ccomp") and child.i > verb.i and child.pos_ != "PRON":
            return _indices(child)
    return set()


_SUPPORT = frozenset(
    [
        "make",
        "issue",
        "express",
        "have",
        "give",
        "offer",
        "release",
        "send",
        "hold",
        "repeat",
        "reiterate",
        "raise",
        "voice",
        "deliver",
        "publish",
        "file",
        "face",
        "share",
        "state",
    ]
)


def find_nominal(page: Page) -> Iterator[Found]:
    """Contents of nouns ("his claim that …", "X's view is that …") and of adjectives ("is concerned that …")."""
    nouns, adjectives = lexicon.mapping("quote_nouns"), lexicon.mapping("quote_adjectives")
    for token in page.doc:
        if token.tag_ in ("NN", "NNS") and token.lemma_.lower() in nouns:
            yield from _of_noun(token, page)
        elif token.tag_ in ("JJ", "VBN", "VBD") and token.lower_ in adjectives:
            yield from _of_adjective(token, adjectives[token.lower_][0], page)


def _of_noun(noun: Token, page: Page) -> Iterator[Found]:
    span = (noun.idx, noun.idx + len(noun))
    for child in noun.children:
        if child.i < noun.i or child.dep_ not in ("acl", "ccomp", "acl:relcl"):
            continue
        first = child.left_edge
        if (first.lower_ == "that" and first.dep_ == "mark") or (child.dep_ != "acl:relcl" and first.tag_ == "TO"):
            spans = page.spans(_indices(child))
            speaker = _owner(noun)
            if spans and speaker is not None:
                yield Found(spans, "noun", span, speaker)
            return
    after = page.doc[noun.i + 1 : noun.i + 3]
    if (
        len(after) == 2
        and after[0].lemma_ == "be"
        and after[1].lower_ == "that"
        and (speaker := _owner(noun)) is not None
    ):
        spans = page.spans(range(noun.i + 2, page.sentence[noun.i][1]))
        if spans:
            yield Found(spans, "noun", span, speaker)


def _owner(noun: Token) -> Token | None:
    """Whose claim it is: possessor, "by"/"of"/"from" phrase, or the subject of "made the claim"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return child
    for child in noun.children:
        if child.dep_ == "nmod" and any(c.lower_ in ("by", "from", "among") for c in child.children):
            return child
    if noun.dep_ == "obj" and noun.head.lemma_ in _SUPPORT:
        return syntax.agent(noun.head)
    return None


def _of_adjective(adjective: Token, takes: str, page: Page) -> Iterator[Found]:
    for child in adjective.children:
        clause = child.dep_ == "ccomp" and "t" in takes
        infinitive = child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB" and "i" in takes
        if child.i > adjective.i and (clause or infinitive):
            speaker = syntax.subject(adjective)
            if speaker is None or speaker.lower_ in ("it", "that", "this", "there", "what"):
                return
            if spans := page.spans(_indices(child)):
                yield Found(spans, "adjective", (adjective.idx, adjective.idx + len(adjective)), speaker)
            return


def find_according(page: Page) -> Iterator[Found]:
    """ "According to X, …", "in X's words", "in the view of X"."""
    doc = page.doc
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            yield from _of_source(page, token.i, token.i + 1)


def _of_source(page: Page, first: int, last: int) -> Iterator[Found]:
    doc = page.doc
    begin, end = page.sentence[first]
    head = doc[first].head
    if not (head.i > last and head.i < end and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM")):
        head = next((doc[j] for j in range(last + 1, end) if doc[j].pos_ in ("NOUN", "PROPN", "PRON")), doc[first])
        while head.head.i > head.i and head.head.i < end and head.dep_ in ("compound", "nmod:poss", "flat", "amod"):
            head = head.head
    if head.i <= last:
        return
    source = {i for i in _indices(head) if begin <= i < end} | set(range(first, head.i + 1))
    predicate = head.head
    content: set[int] = set()
    if predicate.i != head.i and begin <= predicate.i < end:
        content = {i for i in _indices(predicate) if begin <= i < end} - source
    if sum(not doc[i].is_punct for i in content) < 3:
        right = max(source) + 1
        content = set(range(right, end)) if first - begin < 3 else set(range(begin, first))
    spans = page.spans(content)
    if spans:
        cue = (doc[first].idx, doc[last].idx + len(doc[last]))
        yield Found(spans, "according", cue, head)
