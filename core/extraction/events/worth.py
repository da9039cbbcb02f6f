"""Which of the candidates a careful reader would list.

The rules of ``selection`` ask whether something is an event; whether it is worth a line also depends on how many others
stand beside it, where, how it is dated, who tells it, and what it is about. That is weighed by a logistic regression
over plain features, the word of the rules among them, and over the encoder's vectors of the words, with the weights in
``data/event_weights.tsv``, learned by ``training/events.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from newsdash.core.extraction.events.calendar import is_one_day, shift
from newsdash.core.extraction.events.candidates import Candidate, governor, noun_kind, verb_class
from newsdash.core.extraction.events.layout import Layout
from newsdash.core.extraction.events.selection import is_statement
from newsdash.core.extraction.events.status import is_perfect, is_progressive
from newsdash.core.extraction.events.story import UNDATED, Story
from newsdash.core.extraction.lexicon import mapping
from newsdash.core.extraction.syntax import subject
from newsdash.core.records import Span, When
from numpy.typing import NDArray
from spacy.attrs import LENGTH, SPACY
from spacy.tokens import Token

VECTORS = ("the word", "the clause")  # the rows that weigh how the encoder sees them
LIMIT = "limit"  # the row of the weights that tells the least sum with which a candidate is listed
_BACKGROUND = 14  # days before the report
_LONG_AGO = 365
SCALE = 15.0  # the values of the encoder's vectors are small beside 1
_NONE = 0.4  # the chance that no candidate of a sentence is an event with which the likeliest is listed
RULED, NOT_RULED = "ruled", "not ruled"  # whether the rules choose it
Trigger: TypeAlias = tuple[int, bool]  # the number of the word, and whether it is an event noun
_PARTS = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl", "conj", "cc", "cop", "nsubj:pass", "aux:pass"})
_WORDS = frozenset({"aux", "mark", "advmod"})
_PARAGRAPHS = (16, 8, 4, 2, 1, 0)
# how a date was found, by the first words of its reason
_WAYS = ("the day the lead", "news of the day", "told on", "told in one breath", "since", "no later",
         "the same speaker", "in the same sentence", "until")  # fmt: skip


def trigger(c: Candidate) -> Trigger:
    """What tells a candidate from the others."""
    return c.token.i, c.kind == "noun"


def keep_listed(
    possible: Sequence[Candidate], ruled: Container[Trigger], story: Story, layout: Layout
) -> list[Candidate]:
    """Those of the candidates (in text order) whose weights reach the limit; ``ruled`` are those that the rules
    choose."""
    if not possible:
        return []
    weights, of_word, of_clause = _weights()
    least = weights.get(LIMIT, 0)
    tensor = possible[0].token.doc.tensor
    words, clauses = seen(possible, tensor @ of_word, tensor @ of_clause)
    rows = features(possible, ruled, story, layout)
    sums = [
        sum(weights.get(f, 0.0) for f in row) - least + also
        for row, also in zip(rows, (SCALE * (words + clauses)).tolist(), strict=True)
    ]
    best = _best_of_sentences(possible, sums)
    return [c for k, c in enumerate(possible) if sums[k] >= 0 or k in best]


def _best_of_sentences(possible: Sequence[Candidate], sums: Sequence[float]) -> set[int]:
    """Where no candidate of a sentence is likely enough alone, but it is likely that one of them is an event (a
    statement, or what it tells), the likeliest."""
    by_sentence: dict[Span, list[int]] = {}
    for k, c in enumerate(possible):
        by_sentence.setdefault(c.sentence, []).append(k)
    best = set()
    for of in by_sentence.values():
        likeliest = max(of, key=lambda k: sums[k])
        none = math.prod(1 - 1 / (1 + math.exp(-sums[k])) for k in of)
        if sums[likeliest] < 0 and none < _NONE:
            best.add(likeliest)
    return best


@cache
def _weights() -> tuple[dict[str, float], NDArray[np.float32], NDArray[np.float32]]:
    """Of the features, and of the vectors."""
    rows = mapping("event_weights")
    word, clause = (np.array([float(cell) for cell in rows[name]], np.float32) for name in VECTORS)
    return {name: float(cells[0]) for name, cells in rows.items() if name not in VECTORS}, word, clause


def seen(
    possible: Sequence[Candidate], word: NDArray[np.float32], clause: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Of what is known of each word of the article [words, …], that of each candidate's own word, and the mean of
    its clause."""
    doc = possible[0].token.doc
    ends = doc.to_array([LENGTH, SPACY]).sum(axis=1).cumsum()  # of the words with the blank behind them
    edges = np.searchsorted(ends, np.add([c.span for c in possible], (0, -1)), side="right")
    edges = np.add(edges, (0, 1)).ravel()
    padded = np.concatenate([clause, clause[:1]])  # the last edge may be the end
    sums = np.add.reduceat(padded, edges)[::2]
    sizes = (edges[1::2] - edges[::2]).reshape(-1, *(1,) * (clause.ndim - 1))
    return word[[c.token.i for c in possible]], np.asarray(sums / sizes, np.float32)


def features(possible: Sequence[Candidate], ruled: Container[Trigger], story: Story, layout: Layout) -> list[list[str]]:
    """What is known of each candidate, as names of features that hold."""
    crowd = Counter(c.sentence for c in possible)
    last = max((c.line.number for c in possible), default=0) or 1
    before: Counter[tuple[int, int]] = Counter()
    rows = []
    for c in possible:
        found = ["any", RULED if trigger(c) in ruled else NOT_RULED]
        found += [*_told(c, story), *_worded(c.token), *_placed(c, story, layout, last)]
        found += _beside(c, crowd[c.sentence], before[c.sentence], dated=c.kind == "noun" or c.token.i in story.own)
        rows.append(found)
        before[c.sentence] += 1
    return rows


def _worded(verb: Token) -> Iterator[str]:
    """Its form, and what hangs on it."""
    yield f"form={verb.tag_}"
    for child in verb.children:
        part = child.dep_
        if part in _PARTS:
            yield f"has={part}"
        if part in _WORDS:
            yield f"word={child.lower_}"
        if part == "obj":
            yield f"object={noun_kind(child)}"


def _told(c: Candidate, story: Story) -> Iterator[str]:
    """What it is, how it is told and dated."""
    when = story.nouns[c.token.i] if c.kind == "noun" else story.whens.get(c.token.i, When())
    dated = "noun" if c.kind == "noun" else "own" if c.token.i in story.own else _way(when)
    far = _distance(when, story)
    kind, role, status = f"kind={c.kind}", f"role={c.role}", f"status={c.status}"
    way, at = f"dated={dated}", f"far={far}"
    yield from (kind, role, status, way, at, f"tense={c.tense}")
    yield from (
        f"{kind} {way}",
        f"{kind} {role}",
        f"{kind} {status}",
        f"{role} {way}",
        f"{status} {way}",
        f"{at} {way}",
        f"{kind} {role} {status} tense={c.tense}",
    )
    yield f"unit={when.granularity if when.certainty != 'unresolved' else 'none'}"
    if c.token.i in story.quoted:
        yield from ("quoted", f"quoted dated={dated}")
    if is_perfect(c.token):
        yield "perfect"
    if is_progressive(c.token):
        yield "progressive"
    if c.role == "content":
        yield f"content of={verb_class(governor(c.token))} dated={dated}"
    if is_statement(c):
        yield "statement"
    yield f"subject={_subject(c, story)}"


def _placed(c: Candidate, story: Story, layout: Layout, last: int) -> Iterator[str]:
    """Where in the article."""
    if c.token.i == story.news:
        yield "the news"
    if c.sentence_number == story.opening:
        yield f"opening role={c.role}"
    if layout.lead[0] <= c.token.idx < layout.lead[1]:
        yield "lead"
    yield f"fifth={min(4, 5 * c.line.number // last)}"
    yield f"paragraph={next(n for n in _PARAGRAPHS if n <= c.line.number)}"


def _beside(c: Candidate, crowd: int, before: int, *, dated: bool) -> Iterator[str]:
    """How many candidates its sentence has, and how long its clause is."""
    yield f"crowd={min(crowd, 5)}"
    yield f"crowd={min(crowd, 4)} role={c.role} dated={dated}"
    yield f"before={min(before, 3)}"
    yield f"length={min(10, (c.span[1] - c.span[0]) // 20)}"


def _subject(c: Candidate, story: Story) -> str:
    who = subject(c.token)
    if who is None:
        return "none"
    entity = story.index.covering(who.idx)
    return f"{'pronoun' if who.tag_ == 'PRP' else 'noun'} {entity.type if entity is not None else None}"


def _way(when: When) -> str:
    """How a date was found."""
    if when.certainty == "unresolved":
        return "earlier" if when.reason.startswith(f"{UNDATED}, ") else "none"
    return next((way for way in _WAYS if when.reason.startswith(way)), "other")


def _distance(when: When, story: Story) -> str:
    """How far from the report."""
    day = when.end or when.start
    if when.certainty == "unresolved" or not day or not story.published:
        return "none"
    if (when.start or day) > story.published:
        return "ahead"
    for days, name in ((_LONG_AGO, "years"), (_BACKGROUND, "months")):
        if day + "~" < (shift(story.published, -days) or ""):
            return name
    if not is_one_day(when):
        return "span"
    return "news" if story.main is not None and day == story.main.start else "day"
