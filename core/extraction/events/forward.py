"""Bare days and months that were read as the last ones, though their event is still to come."""

from __future__ import annotations

import re

import msgspec
from newsdash.core.extraction.events.calendar import first_day, granularity_of, shift
from newsdash.core.extraction.events.candidates import Candidate
from newsdash.core.extraction.events.status import is_perfect, is_progressive
from newsdash.core.extraction.syntax import modals, subject
from newsdash.core.records import TimeExpression, When

_READ_BACK = re.compile(r"last (?:such day|such month|\w+day) before ")  # the reasons of a bare day or month
_WEEKDAY = re.compile(r"(?i)day\b")  # "Monday", "Monday afternoon"
_DEEDS = frozenset({"act", "phase", "declare"})
_STATES = frozenset({"say", "mind", "state", "copula", "place"})
_ON = frozenset({"by", "from", "until", "till", "through"})
_DUE = frozenset({"due", "up"})
_TO_COME = frozenset({"will", "shall", "may", "might", "can", "could"})


def is_set_for(preposition: str, time: TimeExpression) -> bool:
    """ "Called a strike for Monday": what is set for a day has not been yet."""
    return preposition == "for" and _is_read_back(time) and granularity_of(time.value) == "day"


def lies_ahead(c: Candidate, preposition: str, time: TimeExpression) -> bool:
    """ "Could reopen as early as Saturday", "the games, which open on Friday", "is up for election in May"."""
    if not _is_read_back(time) or is_perfect(c.token) or is_progressive(c.token) or c.line.kind != "body":
        return False
    if preposition == "since":
        return False
    if c.status in ("planned", "possible"):
        return bool(_TO_COME & set(modals(c.token))) or preposition == "by"
    opens = c.kind in _DEEDS and c.token.dep_ == "acl:relcl"
    who = subject(c.token)  # "his remark on Saturday rules it out": the day of the remark
    within = who is not None and who.left_edge.idx <= time.start < who.right_edge.idx
    days = time.text[-3:].lower() == "day" and not within
    meets = c.token.tag_ == "VBZ" and c.kind not in _STATES and days  # "hears it Monday"
    return c.tense == "present" and (opens or meets or c.token.lemma_ in _DUE or preposition in _ON)


def _is_read_back(time: TimeExpression) -> bool:
    return _READ_BACK.match(time.reason) is not None and "last" not in time.text.lower()


def next_such(time: TimeExpression, when: When, published: str | None) -> When:
    """The next day or month of that name after the report, as a date or as an open end ("until Friday")."""
    told = when.end or when.start
    if published is None or told is None or told >= published:
        return when
    opening = when.reason.partition("“")[0]  # "until "
    reason = f"{opening}“{time.text}”: the next one after {published}, as “{time.text}” is still to come"
    if _WEEKDAY.search(time.text):
        day = shift(told, 7)
        if day is None or day <= published:
            return when
        start, end = (edge and day for edge in (when.start, when.end))
        return msgspec.structs.replace(when, start=start, end=end, reason=reason)
    if first_day(told) is None or not told[:4].isdigit() or time.text[-4:].isdigit():
        return when
    start, end = (edge and f"{int(edge[:4]) + 1:04}{edge[4:]}" for edge in (when.start, when.end))
    return msgspec.structs.replace(when, start=start, end=end, reason=reason)
