"""Dates, numbers and names as people write them. Pure functions on records."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

from newsdash.core.records import Article, When

_KEPT = 4096  # dates kept in words: a book of thousands of events names few of them
_MONTHS = calendar.month_abbr
_DAYS = calendar.day_abbr


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 source", "3 sources"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _parts(value: str) -> list[int]:
    """Year, month and day of an ISO date, as many as it has."""
    return [int(part) for part in value[:10].split("-")]


@lru_cache(maxsize=_KEPT)
def first_day(value: str) -> date:
    """The first day that an ISO date of any precision ("2026", "2026-03", "2026-03-05") can mean."""
    year, month, day = (*_parts(value), 1, 1)[:3]
    return date(max(1, year), month, day)


@lru_cache(maxsize=_KEPT)
def last_day(value: str) -> date:
    """The last day that an ISO date of any precision can mean."""
    parts = _parts(value)
    if len(parts) == 1:
        return date(max(1, parts[0]), 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
    return date(parts[0], parts[1], parts[2])


@lru_cache(maxsize=_KEPT)
def day(value: str, *, year: bool = True) -> str:
    """An ISO date in words: "5 Mar 2026", "Mar 2026", "2026"."""
    parts = _parts(value)
    if len(parts) == 1:
        return str(parts[0])
    words = _MONTHS[parts[1]] if len(parts) == 2 else f"{parts[2]} {_MONTHS[parts[1]]}"
    return f"{words} {parts[0]}" if year else words


def weekday(value: str) -> str:
    """ "Fri 27 Feb"."""
    return f"{_DAYS[date.fromisoformat(value[:10]).weekday()]} {day(value, year=False)}"


def dated(when: When) -> bool:
    """Whether the text dates the event. Days given with "unresolved" are only where the article files it."""
    return when.certainty != "unresolved" and (when.start is not None or when.end is not None)


@lru_cache(maxsize=_KEPT)
def when_short(when: When) -> str:
    """When an event is, in at most 14 cells, the year left to the heading: "Fri 27 Feb", "23 Feb–1 Mar", "July"."""
    if not dated(when):
        return ""
    if when.start is None:
        return f"by {day(when.end or '', year=False)}"
    if when.granularity in ("year", "decade") or len(when.start) == 4:
        start, end = when.start[:4], (when.end or when.start)[:4]
        return start if start == end else f"{start}–{end}"
    if when.granularity == "quarter":
        return f"Q{(int(when.start[5:7]) + 2) // 3} {when.start[:4]}"
    if when.granularity == "month" or len(when.start) == 7:
        start, end = when.start[:7], (when.end or when.start)[:7]
        return _MONTHS[int(start[5:7])] if start == end else f"{day(start, year=False)}–{day(end, year=False)}"
    if when.end is None:
        return f"from {day(when.start, year=False)}"
    if when.end[:10] == when.start[:10]:
        return weekday(when.start)
    if when.end[:7] == when.start[:7]:
        return f"{int(when.start[8:10])}–{day(when.end, year=False)}"
    return f"{day(when.start, year=False)}–{day(when.end, year=False)}"


@lru_cache(maxsize=_KEPT)
def when_long(when: When) -> str:
    """When an event is, in full."""
    if not dated(when):
        return "date not known"
    if when.start and when.end and when.start != when.end:
        words = f"{day(when.start)} – {day(when.end)}"
    elif when.start and when.end and len(when.start) >= 10:
        words = f"{_DAYS[date.fromisoformat(when.start[:10]).weekday()]} {day(when.start)}"
    elif when.start:
        words = day(when.start) if when.end else f"from {day(when.start)}"
    else:
        words = f"by {day(when.end or '')}"
    return words


def title(article: Article) -> str:
    """The title, or the first words of the text where there is none."""
    if article.title:
        return article.title
    from newsdash.core.sources.text import told  # imported when the article was read

    start = " ".join(" ".join(told(article.text[:400]) or [article.text[:400]]).split())
    cut = start.find(". ")
    start = start[: cut + 1] if 0 < cut < 90 else start
    return start if len(start) <= 90 else start[:89].rsplit(" ", 1)[0] + "…"


def file_name(article: Article) -> str:
    """The name of the file, without its folders."""
    return name_of(article.path or "")


def name_of(path: str) -> str:
    """The last part of a path."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def outlet(article: Article) -> str:
    """Who published it, else the name of the file."""
    return article.source or file_name(article) or "unknown source"
