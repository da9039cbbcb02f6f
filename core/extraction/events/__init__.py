"""What happened and when: the events of an article with evidence, participants, status and an honest date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsdash.core.extraction.events.candidates import Candidate, find_candidates
from newsdash.core.extraction.events.dating import date_candidates
from newsdash.core.extraction.events.layout import Layout, read_layout
from newsdash.core.extraction.events.story import Story
from newsdash.core.extraction.events.terms import find_tasks
from newsdash.core.extraction.events.timeline import build_events
from newsdash.core.extraction.mentions import MentionIndex, index_mentions
from newsdash.core.extraction.syntax import text_of
from newsdash.core.records import Entity, Event, Quote, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_events(
    doc: Doc,
    published: str | None,
    entities: Sequence[Entity],
    times: Sequence[TimeExpression],
    quotes: Sequence[Quote],
) -> tuple[Event, ...]:
    """The events of a parsed article in text order.

    ``published`` is an ISO date or None; without it nothing is dated that the text does not date itself.
    """
    index = index_mentions(entities)
    candidates, story, layout = read_story(doc, published, index, times, quotes)
    return build_events(doc, candidates, story, index, layout, published)


def read_story(
    doc: Doc, published: str | None, index: MentionIndex, times: Sequence[TimeExpression], quotes: Sequence[Quote]
) -> tuple[Sequence[Candidate], Story, Layout]:
    """All candidates of an article in text order, and their dates by the rules."""
    layout = read_layout(text_of(doc), times)
    told = tuple(find_candidates(doc, layout))
    tasks = tuple(find_tasks(doc, told, times, published, layout))
    candidates = sorted((*told, *tasks), key=lambda c: c.token.i) if tasks else told
    return candidates, date_candidates(doc, candidates, times, published, layout, index, quotes), layout
