"""Places for calendar fields: dates, years, quarters, seasons and holidays, with or without their year."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsdash.core.extraction.times import calendars
from newsdash.core.extraction.times.calendars import Days
from newsdash.core.extraction.times.found import DAYS, NO_DATE, Found, Setting, dated, less, unknown
from newsdash.core.extraction.times.meaning import Meaning
from newsdash.core.records import Certainty


def date_(m: Meaning, at: Setting) -> Found | None:
    """ "March 5", "May 2026", "1998", "3-5 May"."""
    if m.month is None and m.day is None:
        return _year(m, at)
    if m.month is None:
        return _day_of_month(m, at)
    year, certainty, reason = which_year(m, at)
    if year is None:
        return unknown(_month_day("XXXX", m), reason)
    value = _month_day(f"{year:04d}", m)
    if m.last_day:
        value = f"{value}/{_month_day(f'{year:04d}', replace(m, day=m.last_day, last_day=None))}"
    if m.last_month:
        value = f"{value}/{year:04d}-{m.last_month:02d}"
    found = dated(value, certainty, reason)
    if found.days is None:
        return None  # 30 February
    if m.last_day or m.last_month:
        return replace(found, certainty="range")
    if m.weekday and m.day and found.days[0].isoweekday() != m.weekday:
        return replace(found, certainty="approximate", reason=f"{reason}; but that day is no {DAYS[m.weekday]}")
    return found


def _month_day(year: str, m: Meaning) -> str:
    return f"{year}-{m.month:02d}" + (f"-{m.day:02d}" if m.day else "")


def _year(m: Meaning, at: Setting) -> Found | None:
    if m.year is None:
        return None
    value = f"{m.year:04d}"
    if m.last_year:
        return dated(f"{value}/{m.last_year:04d}", "range", f"the years {m.year} to {m.last_year}")
    if m.fiscal:
        return dated(value, "approximate", f"fiscal year {m.year}; its months differ from firm to firm")
    return dated(value, "exact", "year as written")


def _day_of_month(m: Meaning, at: Setting) -> Found | None:
    if at.published is None or m.day is None:
        return unknown("XXXX-XX-XX", NO_DATE)
    for back in (0, -1, 1):
        month = calendars.step(at.published.replace(day=1), "M", back)
        found = calendars.days(f"{calendars.value_of(month, 'M')}-{m.day:02d}") if month else None
        if found and (not m.weekday or found[0].isoweekday() == m.weekday):
            return Found("DATE", found[0].isoformat(), found, "approximate", f"the {m.day}. nearest to {at.published}")
    return None


def which_year(m: Meaning, at: Setting) -> tuple[int | None, Certainty, str]:
    """The year of a month, day, holiday or season that is given without one."""
    if m.year is not None:
        return m.year, "exact", "date as written"
    if m.base is not None:
        base = at.base
        if base is None or base.days is None:
            return None, "unresolved", base.reason if base else NO_DATE
        return base.days[0].year, base.certainty, base.reason
    if at.previous and at.previous.days and (at.narrative or at.published is None):
        return _year_near(m, at.previous.days), "approximate", f"the one nearest to '{at.previous_text}' before it"
    if at.published is None:
        return None, "unresolved", NO_DATE
    return _nearest_year(m, at)


def _told_on(at: Setting) -> bool:
    """In a story of the past: the date before tells the year, where there is one."""
    return at.narrative and at.previous is not None and at.previous.days is not None


def _year_near(m: Meaning, place: Days) -> int:
    """The year that brings a month, day or season nearest to the date before it; the year said, where it is one."""
    month = m.month or calendars.SEASONS.get(m.season)
    middle = place[0] + (place[1] - place[0]) / 2
    if month is None or not 1 < middle.year < 9999 or (place[1] - place[0]).days > 360:
        return middle.year
    ahead = month - middle.month
    return middle.year + (ahead < -6) - (ahead > 6)


def _nearest_year(m: Meaning, at: Setting) -> tuple[int | None, Certainty, str]:
    published = at.published
    assert published is not None
    assert m.month is not None
    way = at.way()
    if m.day is None:
        gap = m.month - published.month
        if gap == 0:
            return published.year, "exact", f"month of publication ({published})"
        if way == "future":
            year = published.year + (gap < 0)
            return (
                year,
                "exact" if gap % 12 <= 9 else "approximate",
                f"next such month after {published}, as the sentence looks ahead",
            )
        year = published.year - (gap > 0)
        sure = way == "past" and -gap % 12 <= _MONTHS_BACK
        return year, "exact" if sure else "approximate", f"last such month before {published}"
    choices = []
    for year in (published.year - 1, published.year, published.year + 1):
        span = calendars.days(f"{year:04d}-{m.month:02d}-{m.day:02d}")
        if span and (not m.weekday or span[0].isoweekday() == m.weekday):
            choices.append(span[0])
    if not choices:
        return published.year, "approximate", f"year of publication ({published})"
    nearest = min(choices, key=lambda d: (abs((d - published).days), d > published))
    if m.weekday and len(choices) == 1:
        return nearest.year, "exact", f"the year around {published} in which this day is a {DAYS[m.weekday]}"
    if way == "future":
        ahead = [d for d in choices if d >= published]
        if ahead and (ahead[0] - published).days <= 300:
            return ahead[0].year, "exact", f"next such day after {published}, as the sentence looks ahead"
    if way == "past":
        back = [d for d in choices if d <= published]
        if back and (published - back[-1]).days <= 320:
            return back[-1].year, "exact", f"last such day before {published}"
    against = (way == "past" and nearest > published) or (way == "future" and nearest < published)
    near = abs((nearest - published).days) <= 60 and not against
    return nearest.year, "exact" if near else "approximate", f"such a day nearest to {published}"


_MONTHS_BACK = 8  # an older month is seldom named without its year


def decade(m: Meaning, at: Setting) -> Found | None:
    """ "the 1970s"."""
    return dated(f"{m.year:03d}", "exact", "decade as written")


def century(m: Meaning, at: Setting) -> Found | None:
    """ "the 20th century"."""
    return dated(f"{m.year:02d}", "exact", "century as written")


def bc(m: Meaning, at: Setting) -> Found | None:
    """ "44 BC"."""
    number = int(m.amount or 0)
    value = f"BC{number - 1:02d}" if m.unit == "C" else f"BC{number:04d}"
    return unknown(value, "before the common era: outside the calendar of this program")


def quarter(m: Meaning, at: Setting) -> Found | None:
    """ "the third quarter"."""
    if m.year is not None:
        return dated(f"{m.year:04d}-Q{m.quarter}", "exact", "quarter as written")
    if m.base is not None:
        base = at.base
        if base is None or base.days is None:
            return unknown(f"XXXX-Q{m.quarter}", base.reason if base else NO_DATE)
        return dated(f"{base.days[0].year:04d}-Q{m.quarter}", less(base), f"quarter {m.quarter} of {base.reason}")
    if at.published is None:
        return unknown(f"XXXX-Q{m.quarter}", NO_DATE)
    now = (at.published.month + 2) // 3
    year = at.published.year - (now < (m.quarter or 0))
    if now < (m.quarter or 0) and at.way() == "future":
        year += 1
    return dated(f"{year:04d}-Q{m.quarter}", "approximate", f"quarter {m.quarter} nearest before {at.published}")


def half(m: Meaning, at: Setting) -> Found | None:
    """ "the first half of 1998"."""
    base = at.base
    n = int(m.amount or 1)
    if base is None or base.days is None or len(base.value) != 4:
        if base and base.days:
            first, last = base.days
            middle = first + (last - first) / 2
            span = (first, middle) if n == 1 else (middle + timedelta(1), last)
            return Found("DATE", base.value, span, "approximate", f"half of {base.reason}")
        return unknown(f"XXXX-H{n}", base.reason if base else NO_DATE) if base else None
    return dated(f"{base.value}-H{n}", base.certainty, f"half {n} of {base.value}")


def season(m: Meaning, at: Setting) -> Found | None:
    """ "the summer", "spring 1997"."""
    if m.year is not None or m.base is not None or at.published is None or _told_on(at):
        year, certainty, reason = which_year(m, at)
        if year is None:
            return unknown(f"XXXX-{m.season}", reason)
        return dated(f"{year:04d}-{m.season}", certainty, reason)
    year = calendars.season_year(at.published, m.season)
    reason = f"last {m.season} to begin before {at.published}"
    span = calendars.days(f"{year:04d}-{m.season}")
    if at.way() == "future" and span and span[1] < at.published:
        year, reason = year + 1, f"next {m.season} after {at.published}"
    return dated(f"{year:04d}-{m.season}", "approximate", reason)


def holiday(m: Meaning, at: Setting) -> Found | None:
    """ "Christmas", "Thanksgiving 2019"."""
    if len(m.rule) == 10:
        return dated(m.rule, "exact", "day known by its name")
    if m.year is not None or m.base is not None or at.published is None or _told_on(at):
        year, certainty, reason = which_year(m, at)
        day = calendars.holiday(m.rule, year) if year else None
        if day is None:
            fixed = calendars.holiday(m.rule, 2001) if m.rule[2:3] == "-" and m.rule[0] != "E" else None
            return unknown(f"XXXX-{fixed.month:02d}-{fixed.day:02d}" if fixed else "XXXX-XX-XX", reason)
        return dated(day.isoformat(), certainty, reason)
    published = at.published
    days = [d for y in (-1, 0, 1) if (d := calendars.holiday(m.rule, published.year + y))]
    if not days:
        return None
    nearest = min(days, key=lambda d: abs((d - published).days))
    way = {-1: "past", 1: "future"}.get(m.by or 0) or at.way()
    against = (way == "past" and nearest > published) or (way == "future" and nearest < published)
    if not m.by and not against and abs((nearest - published).days) <= 45:
        return dated(nearest.isoformat(), "exact", f"nearest to {published}")
    back, ahead = [d for d in days if d <= published], [d for d in days if d >= published]
    if m.by == 0 and m.kind == "holiday" and m.value == "this":
        chosen = next(d for d in days if d.year == published.year)
        return dated(chosen.isoformat(), "exact", f"in the year of {published}")
    sure: Certainty = "exact" if m.by or not against else "approximate"
    if way == "past" and back:
        return dated(back[-1].isoformat(), sure, f"last one before {published}")
    if way == "future" and ahead:
        return dated(ahead[0].isoformat(), sure, f"next one after {published}")
    return dated(nearest.isoformat(), "approximate", f"nearest to {published}")
