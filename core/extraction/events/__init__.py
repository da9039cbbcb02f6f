"""What happened and when: the events of an article with evidence, participants, status and an honest date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsdash.core.extraction.events.candidates import find_candidates
from newsdash.core.extraction.events.dating import date_candidates
from newsdash.core.extraction.events.layout import read_layout
from newsdash.core.extraction.events.terms import find_tasks
from newsdash.core.extraction.events.timeline import build_events
from newsdash.core.extraction.mentions import index_mentions
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
    layout = read_layout(text_of(doc), times)
    told = tuple(find_candidates(doc, layout))
    tasks = tuple(find_tasks(doc, told, times, published, layout))
    candidates = sorted((*told, *tasks), key=lambda c: c.token.i) if tasks else told
    index = index_mentions(entities)
    story = date_candidates(doc, candidates, times, published, layout, index, quotes)
    return build_events(doc, candidates, story, index, layout, published)
