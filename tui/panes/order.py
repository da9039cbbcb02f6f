"""In which order events are told: by date, those told relative to another one beside it, undated ones last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newsdash.core.records import Event
from newsdash.tui.words import dated, first_day, last_day

_RANK = {"exact": 0, "range": 1, "approximate": 2, "unresolved": 3}


@dataclass(frozen=True)
class Told:
    """An event in its place: ``depth`` counts the anchors it hangs on, ``anchor`` is the one beside it."""

    event: Event
    depth: int = 0
    anchor: Event | None = None


def days(event: Event) -> tuple[date, date] | None:
    """First and last day the event may be on; an open end is the known one. None where the text gives no date."""
    if not dated(event.when):
        return None
    start, end = event.when.start or event.when.end, event.when.end or event.when.start
    if start is None or end is None:
        return None
    first, last = first_day(start), last_day(end)
    return (first, last) if first <= last else (last, first)


def tell(events: Sequence[Event]) -> list[Told]:
    """All events, dated ones by first day, then certainty, then place in the text.

    An event that is only known relative to another one stands directly after it (before it when the relation says
    so), and so does a dated one whose interval meets its anchor's.
    """
    known = {event.id: event for event in events}
    hanging: dict[str, list[Event]] = defaultdict(list)
    free: list[Event] = []
    for event in events:
        anchor = known.get(event.when.relative_to or "")
        if anchor is not None and anchor.id != event.id and _beside(event, anchor) and not _circle(event, known):
            hanging[anchor.id].append(event)
        else:
            free.append(event)
    free.sort(key=_by_date)
    told: list[Told] = []
    todo = [Told(event) for event in reversed(free)]
    opened: set[str] = set()
    while todo:
        item = todo.pop()
        parts = sorted(hanging.get(item.event.id, ()), key=_by_date)
        if not parts or item.event.id in opened:
            told.append(item)
            continue
        opened.add(item.event.id)
        around = [Told(e, item.depth + 1, item.event) for e in parts]
        before = [t for t in around if t.event.when.relation == "before"]
        after = [t for t in around if t.event.when.relation != "before"]
        todo += [*reversed(after), item, *reversed(before)]
    return told


def _by_date(event: Event) -> tuple[int, date, int, date, int]:
    """Undated events follow in the order of the text."""
    span = days(event)
    first, last = span or (date.max, date.max)
    return (0 if span else 1, first, _RANK[event.when.certainty], last, event.start)


def _beside(event: Event, anchor: Event) -> bool:
    mine, its = days(event), days(anchor)
    if mine is not None and its is None:
        return False  # what is dated is never told among the undated
    return mine is None or its is None or (mine[0] <= its[1] and its[0] <= mine[1])


def _circle(event: Event, known: dict[str, Event]) -> bool:
    """Whether following the anchors leads back to the event."""
    seen = {event.id}
    while (anchor := known.get(event.when.relative_to or "")) is not None:
        if anchor.id in seen:
            return True
        seen.add(anchor.id)
        event = anchor
    return False
