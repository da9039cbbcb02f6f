"""Calendar arithmetic for events: from a time expression to a ``When``, and shifts by a duration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from newsdash.core.extraction import numerals
from newsdash.core.records import Certainty, Granularity, TimeExpression, When

UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_OPEN_END = frozenset({"since", "from"})
_OPEN_START = frozenset({"until", "till", "through"})
_CLOCK = re.compile(
    r"(?i)(?:noon|midnight)|(?:(?:at|about|around|by|nearly|just|shortly|before|after) )*"
    r"[\d:.]+ ?(?:[ap]\.?m\.?|o[’']clock|hours|local time|[a-z]{3,4})?[ .]*"
)
_END = re.compile(r"(?i)(?:the )?(?:very )?(?:end|close) of |.+ end$")
_ARTICLES = frozenset({"a", "an"})


def granularity_of(value: str) -> Granularity:
    """The unit a TIMEX3 value speaks of: "2026-W09" -> week, "2026-03-05T10:00" -> minute."""
    if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        return "minute"
    if re.match(r"\d{4}-\d\d-\d\dT\d\d", value):
        return "hour"
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return "day"
    if re.match(r"\d{4}-W\d\d-\d", value):
        return "day"
    if re.match(r"\d{4}-W\d\d", value):
        return "week"
    if re.match(r"\d{4}-\d\d", value):
        return "month"
    if re.match(r"\d{4}-[QHST]", value):
        return "quarter"
    if re.match(r"\d{4}-(SP|SU|FA|AU|WI)", value):
        return "quarter"
    if re.match(r"\d{4}", value):
        return "year"
    if re.match(r"\d{3}", value):
        return "decade"
    return "unknown"


def when_of(time: TimeExpression, preposition: str) -> When | None:
    """What a time expression says about its event, None when it stands for a length.

    A day that cannot be reckoned ("on Tuesday" without a publication date) is told as unresolved.

    ``preposition`` opens the interval ("since 2004", "until Friday") or puts the event beside it ("before the
    vote").
    """
    reason = f"“{time.text}”: {time.reason}"
    if time.interval is None:
        return When(reason=reason) if time.value.startswith("XXXX-") else None
    start, end = time.interval
    granularity = granularity_of(time.value)
    if _END.match(time.text) and granularity in ("week", "month", "quarter", "year"):
        start, granularity = end, "day"  # "at the end of March", "by the end of the year": its last day
    if granularity == "unknown":
        granularity = "day" if start == end else "unknown"
    elif granularity == "day" and start != end:
        granularity = "week"
    if start[:4] == end[:4] and granularity == "year":
        start = end = start[:4]
    elif start[:7] == end[:7] and granularity == "month":
        start = end = start[:7]
    certainty: Certainty = "approximate" if time.certainty == "exact" and _is_loose(time) else time.certainty
    if preposition in _OPEN_END:
        return When(start=start, end=None, granularity=granularity, certainty="range", reason=f"{preposition} {reason}")
    if preposition in _OPEN_START:
        return When(start=None, end=end, granularity=granularity, certainty="range", reason=f"{preposition} {reason}")
    if preposition == "before":
        return When(start=None, end=start, granularity=granularity, certainty="range", reason=f"before {reason}")
    if preposition == "after":
        return When(start=end, end=None, granularity=granularity, certainty="range", reason=f"after {reason}")
    if preposition == "by" and certainty == "exact":
        certainty = "approximate"
    if preposition == "by" and time.value.endswith("-WE"):
        end = start  # "by the weekend": before it begins
    return When(start=start, end=end, granularity=granularity, certainty=certainty, reason=reason)


def _is_loose(time: TimeExpression) -> bool:
    """A season has no certain bounds; "that May", or a bare month read as one to come, may be of another year."""
    month_ahead = granularity_of(time.value) == "month" and time.reason.startswith("next such month")
    return month_ahead or time.text.lower().startswith("that ") or time.value[-2:] in ("SP", "SU", "FA", "AU", "WI")


def count_of(words: Sequence[str]) -> int | None:
    """The whole number that lower-case words stand for: "eleven", "a", "twenty-one"; None when they are no number."""
    if not words or (len(words) == 1 and words[0] in _ARTICLES):
        return 1 if words else None
    found = numerals.read(words, 0)
    return int(found[0]) if found is not None and found[1] == len(words) and found[0] == int(found[0]) else None


def first_day(text: str) -> date | None:
    """The first day of a partial ISO date."""
    return _day(text, last=False)


def last_day(text: str) -> date | None:
    """The last day of a partial ISO date."""
    return _day(text, last=True)


def _day(text: str, *, last: bool) -> date | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if not match:
        return None
    year = int(match[1])
    month = int(match[2]) if match[2] else (12 if last else 1)
    try:
        if match[3]:
            return date(year, month, int(match[3]))
        if not last:
            return date(year, month, 1)
        following = date(year + (month == 12), month % 12 + 1, 1)
        return following - timedelta(1)
    except (ValueError, OverflowError):
        return None


def shift(day: str, days: int) -> str | None:
    """An ISO day moved by a number of days, None when it is no day or leaves the calendar."""
    at = first_day(day)
    try:
        return (at + timedelta(days)).isoformat() if at else None
    except OverflowError:
        return None


def moved(day: str, count: int, unit: str) -> str | None:
    """A year, month or day moved by so many units of its kind."""
    if unit in ("day", "week"):
        return shift(day, count * UNIT_DAYS[unit])
    months = int(day[:4]) * 12 + count * (12 if unit == "year" else 1) + (int(day[5:7]) - 1 if unit == "month" else 0)
    year, month = divmod(months, 12)
    return (f"{year:04d}-{month + 1:02d}" if unit == "month" else f"{year:04d}") if 0 < year < 10000 else None


def is_one_day(when: When | None) -> bool:
    """The interval is a single known day."""
    return bool(when and when.start and when.start == when.end and len(when.start) == 10)


def is_clock(time: TimeExpression) -> bool:
    """A time of day alone, which leaves the day open."""
    return time.type == "TIME" and _CLOCK.fullmatch(time.text) is not None
