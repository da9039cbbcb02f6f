"""Bare days and months that were read as the last ones, though their event is still to come."""

from __future__ import annotations

import re

import msgspec
from newsdash.core.extraction.events.calendar import first_day, granularity_of, shift
from newsdash.core.extraction.events.candidates import Candidate
from newsdash.core.extraction.events.status import is_perfect, is_progressive
from newsdash.core.extraction.syntax import modals
from newsdash.core.records import TimeExpression, When

_READ_BACK = re.compile(r"last (?:such day|such month|\w+day) before ")  # the reasons of a bare day or month
_TO_COME = frozenset({"will", "shall", "may", "might", "can", "could"})
_DEEDS = frozenset({"act", "phase", "declare"})


def lies_ahead(c: Candidate, preposition: str, time: TimeExpression) -> bool:
    """ "Could reopen as early as Saturday", "the games, which open on Friday", "called a strike for Monday"."""
    if _READ_BACK.match(time.reason) is None or "last" in time.text.lower():
        return False
    if preposition == "for":
        return granularity_of(time.value) == "day" and c.kind != "say"
    if is_perfect(c.token) or c.line.kind != "body":
        return False
    if c.status in ("planned", "possible"):
        return bool(_TO_COME & set(modals(c.token))) or preposition == "by"
    return c.token.dep_ == "acl:relcl" and c.tense == "present" and c.kind in _DEEDS and not is_progressive(c.token)


def next_such(time: TimeExpression, when: When, published: str | None) -> When:
    """The next day or month of that name after the report."""
    if published is None or when.start is None or when.end is None or when.end >= published:
        return when
    reason = f"“{time.text}”: the next one after {published}, as “{time.text}” is still to come"
    if time.text[-3:].lower() == "day":
        start = shift(when.start, 7)
        if start is None or start <= published:
            return when
        return msgspec.structs.replace(when, start=start, end=start, reason=reason)
    first = first_day(when.start)
    if first is None or not when.start[:4].isdigit() or time.text[-4:].isdigit():
        return when
    start, end = (f"{int(day[:4]) + 1:04}{day[4:]}" for day in (when.start, when.end))
    return msgspec.structs.replace(when, start=start, end=end, reason=reason)
