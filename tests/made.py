"""Analyses for tests that need no model: the gold annotation of an article, as records."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import find_events
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.times import find_times
from newsdash.core.records import Analysis, Article, Entity, Event, Mention, Quote, Speaker, Stance, When, content_id

if TYPE_CHECKING:
    from spacy.language import Language

GOLD = Path(__file__).parent / "gold"
STORY = sorted((GOLD / "skarrow-treaty").glob("*.json"))
FRIDAY = "2026-03-06"


def from_gold(path: Path = GOLD / "anthropic-pentagon.json") -> Analysis:
    """Every actor, date, position and quote of a gold file at its first place in the text."""
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    text: str = gold["text"]

    def place(words: str, after: int = 0) -> tuple[int, int]:
        start = max(text.find(words, after), 0)
        return (start, start + len(words))

    taken: set[int] = set()
    entities = []
    for number, actor in enumerate(gold["actors"], 1):
        mentions: list[Mention] = []
        for alias in sorted(actor["aliases"], key=len, reverse=True):
            for found in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
                free = not taken.intersection(range(*found.span()))
                if free or (
                    alias == min(actor["aliases"], key=len) and not mentions
                ):  # at least one, inside another if need be
                    taken.update(range(*found.span()))
                    kind = "name" if alias in actor["named"] else "nominal"
                    mentions.append(
                        Mention(start=found.start(), end=found.end(), text=alias, kind=kind, reason="annotated")
                    )
        if mentions:
            entities.append(
                Entity(
                    id=f"e{number}",
                    name=actor["name"],
                    type=actor["type"],
                    aliases=tuple(actor["aliases"]),
                    mentions=tuple(sorted(mentions, key=lambda m: m.start)),
                    prominence=min(1.0, len(mentions) / 20),
                )
            )
    ids = {entity.name: entity.id for entity in entities}
    events = []
    for number, item in enumerate(gold["timeline"], 1):
        start, end = place(item["evidence"])
        when = When(
            start=item["start"],
            end=item["end"] or item["start"],
            granularity=item["granularity"] or "unknown",
            certainty="unresolved" if not item["start"] else "range" if item["end"] else "exact",
            reason=f"'{item['time_text']}' before {gold['published']}" if item["time_text"] else "",
        )
        events.append(
            Event(
                id=f"v{number}",
                start=start,
                end=end,
                text=text[start:end],
                what=item["what"],
                actors=tuple(ids[a] for a in item["actors"] if a in ids),
                status=item["status"],
                when=when,
                trigger=(start, start + 1),
            )
        )
    stances = [
        Stance(
            holder=ids.get(item["holder"]),
            holder_text=item["holder"],
            act=item["act"],
            target=ids.get(item["target"]),
            target_text=item["target"] or "",
            polarity=item["polarity"],
            issue=item["issue"],
            evidence=place(item["evidence"]),
            confidence="medium",
            via=ids.get(item["via"]),
            reason="annotated",
        )
        for item in gold["positions"]
    ]
    quotes = []
    for item in gold["quotes"]:
        span = place(item["content"])
        speaker = place(item["speaker"]) if item.get("speaker") else None
        quotes.append(
            Quote(
                start=span[0],
                end=span[1],
                spans=(span,),
                text=item["content"],
                kind=item["kind"],
                cue=place(item["cue"], max(0, span[0] - 200)) if item.get("cue") else None,
                speaker=Speaker(start=speaker[0], end=speaker[1], entity=ids.get(item["speaker_is"]))
                if speaker
                else None,
            )
        )
    article = Article(id=content_id(text), text=text, title=gold["title"], published=gold["published"], path=path.name)
    return Analysis(
        article=article,
        entities=tuple(entities),
        events=tuple(events),
        stances=tuple(stances),
        quotes=tuple(quotes),
    )


def references(analysis: Analysis) -> set[str]:
    """All entity ids that something else in the analysis points to."""
    found: set[str | None] = set()
    for entity in analysis.entities:
        found.update(entity.members)
    for event in analysis.events:
        found.update(event.actors)
    for quote in analysis.quotes:
        found.add(quote.speaker.entity if quote.speaker else None)
    for stance in analysis.stances:
        found.update((stance.holder, stance.target, stance.via))
    return {identity for identity in found if identity is not None}


def check_evidence(analysis: Analysis) -> None:
    """The promise behind every cell: spans lie in the text, the words of a record are the words at its span."""
    text = analysis.article.text

    def inside(start: int, end: int) -> None:
        assert 0 <= start < end <= len(text), (start, end, len(text))

    known = {entity.id for entity in analysis.entities}
    assert len(known) == len(analysis.entities), "two entities with one id"
    for entity in analysis.entities:
        assert entity.mentions, f"{entity.name!r} without a mention"
        for mention in entity.mentions:
            inside(mention.start, mention.end)
            assert text[mention.start : mention.end] == mention.text
    for item in (*analysis.times, *analysis.values, *analysis.events):
        inside(item.start, item.end)
        assert text[item.start : item.end] == item.text, item
    ids = [event.id for event in analysis.events]
    assert len(ids) == len(set(ids)), "two events with one id"
    for event in analysis.events:
        inside(*event.trigger)
        assert event.when.relative_to is None or event.when.relative_to in ids
        for span in event.also:
            inside(*span)
    for quote in analysis.quotes:
        inside(quote.start, quote.end)
        assert quote.spans
        assert quote.spans[0][0] == quote.start
        assert quote.spans[-1][1] == quote.end
        for span in (*quote.spans, *((quote.cue,) if quote.cue else ())):
            inside(*span)
        if quote.speaker:
            inside(quote.speaker.start, quote.speaker.end)
    for stance in analysis.stances:
        inside(*stance.evidence)
    assert references(analysis) <= known, references(analysis) - known


def read_events(nlp: Language, text: str, published: str | None = FRIDAY) -> tuple[Event, ...]:
    """The events of a text that came out on a Friday."""
    doc = nlp(text)
    entities = find_entities(doc)
    return find_events(doc, published, entities, find_times(doc, published), find_quotes(doc, entities))


def event_of(found: tuple[Event, ...], word: str) -> Event:
    """The one event whose trigger is this word."""
    (event,) = [e for e in found if e.text[e.trigger[0] - e.start : e.trigger[1] - e.start] == word]
    return event
