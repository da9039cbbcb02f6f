"""Events worth a line on a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from newsdash.core.records import Entity, Event, Quote, TimeExpression


def find_events(
    doc: Doc,
    published: str | None,
    entities: Sequence[Entity],
    times: Sequence[TimeExpression],
    quotes: Sequence[Quote],
) -> tuple[Event, ...]:
    """All events in the order of the text."""
    return ()
