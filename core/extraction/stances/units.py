"""The sentences of a quote, and within them the clauses that say something of their own."""

from __future__ import annotations

from collections.abc import Iterator

from newsdash.core.extraction.stances.acts import lemma_of, word_set
from newsdash.core.extraction.stances.narrated import LONGEST
from newsdash.core.extraction.stances.parties import Cast, Unit
from newsdash.core.extraction.syntax import SUBJECTS, is_predicate, subject
from newsdash.core.records import Quote
from spacy.tokens import Token

_THINKING = word_set("thinking")


def units(cast: Cast, quote: Quote) -> tuple[Unit, ...]:
    """The sentences of a content, and within them the coordinated clauses that have a subject of their own."""
    known = cast.units.get(quote.spans)
    if known is None:
        known = cast.units[quote.spans] = tuple(_units(cast, quote))
    return known


def _units(cast: Cast, quote: Quote) -> Iterator[Unit]:
    for start, end in quote.spans:
        span = cast.doc.char_span(start, end, alignment_mode="contract")
        if span is None or not len(span):
            continue
        groups: dict[int, list[Token]] = {}
        cut = 0  # sentences that the parser ran together: "Nice boat. Will you race it?"
        for token in span:
            first, last = cast.sentence_at[token.i]
            if not token.is_space and last - first <= LONGEST:
                if token.is_title and token.i > span.start and token.nbor(-1).text in ".?!":
                    cut = token.i
                groups.setdefault(max(first, cut), []).append(token)
        for tokens in groups.values():
            yield from _sentence_units(tokens)


def _sentence_units(tokens: list[Token]) -> Iterator[Unit]:
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if (t.head.i not in inside or t.head.i == t.i) and not t.is_punct]
    if not tops:
        return
    root = max(tops, key=lambda t: (is_predicate(t), sum(1 for x in t.subtree if x.i in inside), -t.i))
    root = _descend(root, inside)
    roots = [root]
    for child in root.children:
        if child.dep_ == "conj" and child.i in inside and any(c.dep_ in SUBJECTS for c in child.children):
            roots.append(child)
    roots.sort(key=lambda t: t.i)
    first, last = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    if len(roots) == 1:
        yield Unit(root, (first, last))
        return
    borders = [first]
    for one in roots[1:]:
        borders.append(min(t.idx for t in one.subtree))
    borders.append(last)
    for one, start, end in zip(roots, borders, borders[1:], strict=False):
        if end > start:
            yield Unit(one, (start, end))


def _descend(root: Token, inside: set[int]) -> Token:
    """Past "I think that", "she felt", "it is fair to say": the clause that says what."""
    impersonal = False
    for _ in range(4):
        impersonal = impersonal or _impersonal(root)
        if (certain := _beyond_doubt(root)) is not None:
            root = certain
            continue
        deps = ("ccomp", "csubj", "advcl") if _impersonal(root) else ("ccomp",)
        inner = next((c for c in root.children if c.dep_ in deps and c.i in inside and c.i > root.i), None)
        who = subject(root)
        thinks = lemma_of(root) in _THINKING and (impersonal or (who is not None and who.pos_ == "PRON"))
        if inner is None or not (thinks or _impersonal(root)):
            return root
        root = inner
    return root


def _beyond_doubt(root: Token) -> Token | None:
    """What there is "no question" or "no doubt" that it is so."""
    for noun in (root, *root.children):
        if noun.lemma_ in ("question", "doubt") and any(c.lower_ == "no" for c in noun.children):
            return next((c for c in noun.children if c.dep_ in ("acl", "acl:relcl", "ccomp") and c.i > noun.i), None)
    return None


def _impersonal(root: Token) -> bool:
    """ "it is fair to say", but not "it is vital that": that demands."""
    empty = any(c.dep_ == "expl" and c.lower_ == "it" for c in root.children)
    return empty and root.pos_ == "ADJ" and root.lower_ not in word_set("needs")
