"""The publication date that a text itself gives, offered to the reader with its reason and never used on its own."""

from __future__ import annotations

import re

from newsdash.core.records import Suggestion, TimeExpression

_HEAD = 600  # characters at the head or tail of a text in which a date may be that of publication
_AROUND = 45  # characters that may stand beside a date on its own line ("Published …, 10:15 GMT | Reuters")
_DATELINE = 60  # characters before the date in a dateline ("WASHINGTON (Reuters), …")
_MARK = re.compile(r"\)?[,.]? ?(?:—|–|--|-|:|\|)\s")
_SENTENCE = re.compile(r"[.!?][”\"’']?\s*$")
_FULL = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)\w*\b", re.IGNORECASE)


def suggest_published(text: str, times: tuple[TimeExpression, ...]) -> Suggestion | None:
    """The day of publication that a text without one gives, None when it gives none.

    In this order: a full date that stands alone on a line at the head or the end of the text, one in a dateline, and
    the latest full date that is told with its weekday ("Wednesday, March 4, 2026": news names the weekday of what is
    only days away). ``times`` are the expressions that ``find_times`` found in ``text``.
    """
    full = [t for t in times if t.certainty == "exact" and _FULL.match(t.value)]
    for t in full:
        if t.start > _HEAD:
            break
        before, after = _line(text, t)
        if _alone(before, after):
            return _offer(t, "stands on its own line at the head of the text")
        if len(before) <= _DATELINE and not _SENTENCE.search(before) and _MARK.match(after):
            return _offer(t, "is the dateline")
    for t in reversed(full):
        if t.end < len(text) - _HEAD:
            break
        if _alone(*_line(text, t)):
            return _offer(t, "stands on its own line at the end of the text")
    named = [t for t in full if _WEEKDAY.match(t.text)]
    if not named:
        return None
    latest = max(named, key=lambda t: (t.value, -t.start))
    return _offer(latest, "is the latest full date told with its weekday; published then or soon after")


def _line(text: str, t: TimeExpression) -> tuple[str, str]:
    """What stands on the line of an expression before and after it, as far as it matters here."""
    before = text[max(0, t.start - 2 * _DATELINE) : t.start].rpartition("\n")[2]
    return before, text[t.end : t.end + 2 * _DATELINE].partition("\n")[0]


def _alone(before: str, after: str) -> bool:
    """Whether the line is about the date: little beside it, and no sentence."""
    rest = before.strip() + after.strip()
    return len(rest) <= _AROUND and not (rest[:1].islower() or _SENTENCE.search(after))


def _offer(t: TimeExpression, why: str) -> Suggestion:
    return Suggestion(published=t.value[:10], start=t.start, end=t.end, text=t.text, reason=f"'{t.text}' {why}")
