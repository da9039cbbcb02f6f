"""Fuzzy search across all loaded sources: titles, entities, positions, events, quotes and text, ranked together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec
from newsdash.core.records import Analysis, Article, Span
from newsdash.core.search.inside import find
from rapidfuzz import fuzz, process, utils

Kind = Literal["title", "entity", "event", "quote", "stance", "text"]
# What a reader means first when typing a few letters: a headline or a name before a passage.
_WEIGHT: dict[Kind, float] = {
    "title": 1.0,
    "entity": 1.0,
    "stance": 0.95,
    "event": 0.95,
    "quote": 0.92,
    "text": 0.9,
}
CUTOFF = 62.0  # below this score a hit is noise: measured on misspelt names of the sample story
_NEAR = 0.7  # of the best score; what answers worse only shares letters with one word of several
_PER_ARTICLE = 5  # exact text hits of one article that are listed; the find bar shows the rest


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. ``span`` is where to jump in the article; ``marks`` are the matched parts of ``text``."""

    article: str
    kind: Kind
    text: str
    span: Span
    score: float
    marks: tuple[Span, ...] = ()


def search(items: Sequence[Analysis | Article], query: str, *, limit: int = 50) -> list[Hit]:
    """The best hits, best first; equal scores in the order of the sources and of the text.

    An entity is one hit an article, under the name that answers best. Articles that are not analysed yet are searched
    by title and text.
    """
    query = query.strip()
    if not query:
        return []
    labels: list[_Label] = []
    hits: list[Hit] = []
    for item in items:
        article = item.article if isinstance(item, Analysis) else item
        labels.extend(_labels(item, article))
        hits.extend(_passages(article, query))
    scored = process.extract(
        query,
        [label.text for label in labels],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=4 * limit,
        score_cutoff=CUTOFF,
    )
    named: dict[tuple[str, str], Hit] = {}  # the best name of each entity
    for text, score, place in scored:
        label = labels[place]
        marks = tuple(find(text, query) or find(text, query, fuzzy=True))
        part = min(1.0, len(text) / len(query)) ** 0.25  # "Brenholt" answers "Brenholt denies threat" only in part
        score *= part * _WEIGHT[label.kind]
        hit = Hit(article=label.article, kind=label.kind, text=text, span=label.span, score=score, marks=marks)
        if label.kind != "entity":
            hits.append(hit)
        elif (best := named.get((label.article, label.entity))) is None or score > best.score:
            named[label.article, label.entity] = hit
    hits.extend(named.values())
    if not any(hit.kind == "text" for hit in hits):
        hits.extend(_fuzzy_passages(items, query))
    order = {(item.article if isinstance(item, Analysis) else item).id: n for n, item in enumerate(items)}
    hits.sort(key=lambda hit: (-round(hit.score, 1), order[hit.article], hit.span))
    return [hit for hit in hits[:limit] if hit.score >= _NEAR * hits[0].score]


class _Label(NamedTuple):
    """Words that stand for something in an article, and where it is; ``entity`` is the id of the one that is named."""

    article: str
    kind: Kind
    text: str
    span: Span
    entity: str = ""


def _labels(item: Analysis | Article, article: Article) -> list[_Label]:
    found: list[_Label] = []
    if article.title:
        found.append(_Label(article.id, "title", article.title, (0, 0)))
    if isinstance(item, Analysis):
        names = {entity.id: entity.name for entity in item.entities}
        for entity in item.entities:
            first = entity.mentions[0]
            for alias in entity.aliases or (entity.name,):
                place = next((m for m in entity.mentions if m.text == alias), first)
                found.append(_Label(article.id, "entity", alias, (place.start, place.end), entity.id))
        for event in item.events:
            found.append(_Label(article.id, "event", event.what, (event.start, event.end)))
        for stance in item.stances:
            holder = names.get(stance.holder or "", stance.holder_text)
            words = f"{holder} {stance.act.replace('-', ' ')}: {stance.issue}"
            found.append(_Label(article.id, "stance", words, stance.evidence))
        for quote in item.quotes:
            found.append(_Label(article.id, "quote", quote.text, (quote.start, quote.end)))
    return found


def _passages(article: Article, query: str) -> list[Hit]:
    hits = []
    for start, end in find(article.text, query)[:_PER_ARTICLE]:
        text, marks = _context(article.text, start, end)
        hits.append(
            Hit(
                article=article.id,
                kind="text",
                text=text,
                span=(start, end),
                score=100 * _WEIGHT["text"],
                marks=marks,
            )
        )
    return hits


def _fuzzy_passages(items: Sequence[Analysis | Article], query: str) -> list[Hit]:
    hits = []
    for item in items:
        article = item.article if isinstance(item, Analysis) else item
        for start, end in find(article.text, query, fuzzy=True)[:2]:
            text, marks = _context(article.text, start, end)
            score = fuzz.ratio(query.lower(), article.text[start:end].lower()) * _WEIGHT["text"]
            if score >= CUTOFF:
                hits.append(
                    Hit(
                        article=article.id,
                        kind="text",
                        text=text,
                        span=(start, end),
                        score=score,
                        marks=marks,
                    )
                )
    return hits


def _context(text: str, start: int, end: int, around: int = 45) -> tuple[str, tuple[Span, ...]]:
    """The hit with a few whole words on both sides, on one line, and where the hit stands in it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = max(first, start - around), min(last, end + around)
    while first < left < start and text[left - 1].isalnum():
        left += 1
    while end < right < last and text[right].isalnum():
        right -= 1
    head, tail = "… " if left > first else "", " …" if right < last else ""
    line = head + text[left:right].replace("\n", " ") + tail
    place = start - left + len(head)
    return line, ((place, place + end - start),)
