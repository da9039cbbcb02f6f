"""Fuzzy search across all loaded sources: titles, entities, positions, events, quotes and text, ranked together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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

    Articles that are not analysed yet are searched by title and text.
    """
    query = query.strip()
    if not query:
        return []
    labels: list[tuple[str, Kind, str, Span]] = []
    hits: list[Hit] = []
    for item in items:
        article = item.article if isinstance(item, Analysis) else item
        labels.extend(_labels(item, article))
        hits.extend(_passages(article, query))
    scored = process.extract(
        query,
        [label[2] for label in labels],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=4 * limit,
        score_cutoff=CUTOFF,
    )
    for text, score, place in scored:
        article_id, kind, _, span = labels[place]
        marks = tuple(find(text, query) or find(text, query, fuzzy=True))
        part = min(1.0, len(text) / len(query)) ** 0.25  # "Brenholt" answers "Brenholt denies threat" only in part
        score *= part * _WEIGHT[kind]
        hits.append(Hit(article=article_id, kind=kind, text=text, span=span, score=score, marks=marks))
    if not any(hit.kind == "text" for hit in hits):
        hits.extend(_fuzzy_passages(items, query))
    order = {(item.article if isinstance(item, Analysis) else item).id: n for n, item in enumerate(items)}
    hits.sort(key=lambda hit: (-round(hit.score, 1), order[hit.article], hit.span))
    return hits[:limit]


def _labels(item: Analysis | Article, article: Article) -> list[tuple[str, Kind, str, Span]]:
    found: list[tuple[str, Kind, str, Span]] = []
    if article.title:
        found.append((article.id, "title", article.title, (0, 0)))
    if isinstance(item, Analysis):
        for entity in item.entities:
            first = entity.mentions[0]
            for alias in entity.aliases or (entity.name,):
                place = next((m for m in entity.mentions if m.text == alias), first)
                found.append((article.id, "entity", alias, (place.start, place.end)))
        for event in item.events:
            found.append((article.id, "event", event.what, (event.start, event.end)))
        for stance in item.stances:
            found.append((article.id, "stance", f"{stance.holder_text} {stance.act}: {stance.issue}", stance.evidence))
        for quote in item.quotes:
            found.append((article.id, "quote", quote.text, (quote.start, quote.end)))
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
    """The hit with a few words on both sides, on one line, and where the hit stands in it."""
    left = max(text.rfind("\n", 0, start) + 1, start - around)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + around)
    while left < start and left > 0 and text[left - 1].isalnum():
        left += 1
    line = text[left:right].replace("\n", " ")
    return line, ((start - left, end - left),)
