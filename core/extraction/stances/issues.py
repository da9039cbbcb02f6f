"""The matter at issue as a short noun phrase, and the same words for the same matter across an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsdash.core.extraction.stances.acts import word_set
from newsdash.core.extraction.stances.parties import Party
from newsdash.core.extraction.stances.slots import complement, direct, made
from newsdash.core.extraction.syntax import SUBJECTS, full_phrase, is_passive, subject
from spacy.tokens import Doc, Token

_MAX_WORDS = 8
_DROP_FIRST = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "my", "this", "that", "these", "those"})
_FOLLOWING = frozenset({"nmod", "acl", "acl:relcl", "advcl", "obl", "appos", "conj", "ccomp", "xcomp", "parataxis"})
_NOMINAL = frozenset({"nmod", "obl", "appos", "conj"})
_TAIL = frozenset(
    {"of", "for", "to", "the", "a", "an", "and", "or", "in", "on", "with", "by", "at", "from", "its", "that"}
)


def phrase(head: Token) -> str:
    """The noun phrase of a head without leading article; of a longer one the parts that fit."""
    words = _fitting(head, _MAX_WORDS + 1)  # with the article
    while len(words) > 1 and words[0].lower() in _DROP_FIRST:
        words.pop(0)
    return _trimmed(words)


def _fitting(head: Token, most: int) -> list[str]:
    """The words of a head's noun phrase: of a longer one those before its clauses, then before its last parts."""
    start, end = full_phrase(head)
    words = _words(head.doc, start, end)
    parts = list(_parts(head))
    clauses = [at for at, is_clause in parts if is_clause]
    for at in [*clauses[:1], *reversed([at for at, _ in parts if not clauses or at < clauses[0]])]:
        if len(words) <= most:
            break
        if head.doc[at].idx > start:
            words = _words(head.doc, start, head.doc[at].idx)
    return words[:most]


def _parts(head: Token) -> Iterator[tuple[int, bool]]:
    """Where what follows a head begins, part by part and within the parts, and whether it is a clause."""
    for token in head.doc[head.i : max(t.i for t in head.subtree) + 1]:
        if token.dep_ in _FOLLOWING and token.head.i < token.i and token.left_edge.i > head.i:
            yield token.left_edge.i, token.dep_ not in _NOMINAL


def _words(doc: Doc, start: int, end: int) -> list[str]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return " ".join((span.text if span is not None else "").split()).strip(" ,;:!?\"“”‘’'()").split()


def _trimmed(words: list[str]) -> str:
    """The words without small words, dashes and marks at their end; "U.S." keeps its full stop."""
    words = list(words)
    while len(words) > 1 and (words[-1].lower() in _TAIL or words[-1] in ("–", "-", "—")):
        words.pop()
    text = " ".join(words).strip(' ,;:!?"“”()')
    return text if re.search(r"\b\w\.\w\.$", text) else text.rstrip(". ")


def of_clause(root: Token) -> str:
    """A clause as a noun phrase: "signing a billion-year contract"; its subject when that is a thing.

    What a verb leaves to the clause within it is told by that one: "offered to sign the deal", "meant to guard it"; of
    a deed as subject ("raising it could cost jobs") the deed.
    """
    deed = next((c for c in root.children if c.dep_ == "csubj" and c.tag_ == "VBG" and c.i < root.i), None)
    if deed is not None:
        return of_clause(deed)
    who = subject(root)
    inner = complement(root)
    thing = direct(root)
    if root.pos_ in ("VERB", "AUX") and (thing is None or is_passive(root)):
        if (result := made(root)) is not None:
            return phrase(result)
        if inner is not None:
            return of_clause(inner)
    if root.pos_ not in ("VERB", "AUX"):
        own = next((c for c in root.children if c.dep_ in SUBJECTS), None)
        if own is not None and own.pos_ in ("NOUN", "PROPN", "VERB"):
            return phrase(own) if own.pos_ != "VERB" else of_clause(own)
        return phrase(root)
    if thing is not None and thing.i > root.i and thing.pos_ in ("NOUN", "PROPN"):
        return _join(gerund(root), _trimmed(_fitting(thing, _MAX_WORDS - 1)))
    if thing is not None and thing.pos_ in ("NOUN", "PROPN"):
        return phrase(thing)
    doing = next((c for c in root.children if c.dep_ == "advcl" and c.tag_ == "VBG" and not _marked(c)), None)
    if thing is None and doing is not None and doing.i > root.i:
        return of_clause(doing)  # "cease using it"
    tails = (c for c in root.children if c.dep_ == "obl" and c.i > root.i and c.pos_ in ("NOUN", "PROPN"))
    tail = next((c for c in tails if c.lower_ not in word_set("dates") and not _circumstance(c)), None)
    if tail is not None:
        before = next((c.text for c in tail.children if c.dep_ == "case"), "")
        return _join(gerund(root), before, _trimmed(_fitting(tail, _MAX_WORDS - 2)))
    if who is not None and who.pos_ in ("NOUN", "PROPN"):
        return phrase(who)
    return gerund(root)


def _marked(verb: Token) -> bool:
    return any(c.dep_ in ("mark", "nsubj") for c in verb.children)


def _circumstance(noun: Token) -> bool:
    return any(c.dep_ == "case" and c.lower_ in word_set("circumstances") for c in noun.children)


def _join(*parts: str) -> str:
    return " ".join(p for p in parts if p)


_DOUBLING = frozenset(
    {"admit", "begin", "cancel", "commit", "compel", "control", "defer", "emit", "equip", "expel", "forget", "label",
     "occur", "omit", "patrol", "permit", "prefer", "rebel", "rebut", "refer", "regret", "repel", "signal", "submit",
     "transfer", "travel"}
)  # fmt: skip


def gerund(verb: Token) -> str:
    """The -ing form of a verb."""
    lemma = str(verb.lemma_).lower()
    if verb.tag_ == "VBG" or not lemma.isalpha():
        return str(verb.lower_)
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and len(lemma) > 2:
        return lemma[:-1] + "ing"
    if re.fullmatch(r"[^aeiou]+[aeiou][^aeiouwxy]", lemma) or lemma in _DOUBLING:  # stop -> stopping
        lemma += lemma[-1]
    return lemma + "ing"


def matter(head: Token | None, target: Party | None) -> str:
    """The issue from its head word (noun or clause), else the target's words."""
    if head is not None:
        text = phrase(head) if head.pos_ in ("NOUN", "PROPN") and not _clausal(head) else of_clause(head)
        bare = head.pos_ in ("VERB", "AUX") and " " not in text  # "doing", "oughting"
        poor = target is not None and (bare or (head.pos_ in ("ADJ", "ADV") and text.startswith(phrase(head))))
        if len(text) > 2 and not poor:
            return text
    return _short_text(target.text) if target is not None else ""


def _clausal(head: Token) -> bool:
    return any(c.dep_ in SUBJECTS or c.dep_ == "cop" for c in head.children)


def _short_text(text: str) -> str:
    words = text.split(" ")
    while len(words) > 1 and words[0].lower() in _DROP_FIRST:
        words.pop(0)
    return " ".join(words[:_MAX_WORDS])


def unify(issues: Sequence[str], stems: Sequence[frozenset[str]]) -> list[str]:
    """Give issues that share most content words the same words: those of the one that comes most often, first.

    ``stems`` are the content lemmas of each issue. Linear in the issues: only those that share a rare stem
    are compared.
    """
    count = Counter(issues)
    names: list[str] = []
    by_stem: dict[str, list[int]] = {}
    chosen: list[tuple[frozenset[str], str]] = []
    order = sorted(range(len(issues)), key=lambda i: (-count[issues[i]], i))
    result: dict[int, str] = {}
    for i in order:
        mine = stems[i]
        best = -1
        for stem in sorted(mine):
            for c in by_stem.get(stem, ())[:20]:
                other = chosen[c][0]
                shared = len(mine & other)
                if shared >= 2 and shared * 3 >= 2 * min(len(mine), len(other)) and (best < 0 or c < best):
                    best = c
        if best < 0:
            best = len(chosen)
            chosen.append((mine, issues[i]))
            for stem in mine:
                by_stem.setdefault(stem, []).append(best)
        result[i] = chosen[best][1]
    names.extend(result[i] for i in range(len(issues)))
    return names
