"""Places for what is counted from the day of publication or from an expression before ("last week", "a day later")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from newsdash.core.extraction.times import calendars
from newsdash.core.extraction.times.calendars import Days
from newsdash.core.extraction.times.found import DAYS, MASKS, NAMES, NO_DATE, Found, Setting, dated, unknown
from newsdash.core.extraction.times.meaning import Meaning
from newsdash.core.extraction.times.written import quarter, which_year
from newsdash.core.records import Certainty


def weekday(m: Meaning, at: Setting) -> Found | None:
    """ "Friday": the day of publication, else the last or next one, whichever way the sentence points."""
    assert m.weekday is not None
    if m.base is not None:
        week = at.base
        if week is None or week.days is None:
            return unknown(f"XXXX-WXX-{m.weekday}", week.reason if week else NO_DATE)
        monday = week.days[0] - timedelta(week.days[0].isoweekday() - 1)
        day = calendars.step(monday, "D", m.weekday - 1)
        return dated(day.isoformat(), week.certainty, f"{DAYS[m.weekday]} of {week.reason}") if day else None
    published = at.published
    if published is None:
        return unknown(f"XXXX-WXX-{m.weekday}", NO_DATE)
    back = (published.isoweekday() - m.weekday) % 7
    if back == 0:
        return dated(published.isoformat(), "exact", f"{DAYS[m.weekday]}, the day of publication ({published})")
    way, sure = at.look()
    if back == _FAR_BACK and not way:
        way = "future"  # tomorrow's weekday, where nothing points back
    day = calendars.step(published, "D", 7 - back if way == "future" else -back)
    if day is None:
        return None
    if way == "future":
        certainty: Certainty = "exact" if sure else "approximate"
        return dated(
            day.isoformat(), certainty, f"next {DAYS[m.weekday]} after {published}, as the sentence looks ahead"
        )
    if back == _FAR_BACK:  # as often the coming one, or one long past: news would say "last Friday"
        return dated(
            day.isoformat(), "approximate", f"last {DAYS[m.weekday]} before {published}, far back for a bare weekday"
        )
    return dated(day.isoformat(), "exact", f"last {DAYS[m.weekday]} before {published}")


_SUNDAY = 7
_FAR_BACK = 6  # days back to the weekday that tomorrow is


def shift(m: Meaning, at: Setting) -> Found | None:
    """ "last week", "yesterday", "that year"."""
    by = m.by or 0
    if m.weekday is not None:
        return _shift_weekday(m, at, by)
    if m.month is not None or m.season:
        return _shift_named(m, at, by)
    base, certainty, name = _anchor(m, at)
    if base is None:
        return unknown(MASKS.get(m.unit, "XXXX"), name)
    if m.value in ("latest",) and m.unit in ("Q", "Y", "M"):
        by = -1
        if m.unit == "Q" and at.quarter:
            return dated(at.quarter, "approximate", "the quarter spoken of before")
    if m.unit == "E" and by == -1 and m.anchor == "published":
        certainty = "approximate"
    just_over = m.unit == "WE" and by == 0 and base.isoweekday() < 4 and at.look() == ("past", True)
    day = calendars.step(base, m.unit, by - just_over)  # "met this weekend", told on a Tuesday
    if day is None:
        return None
    value = calendars.value_of(day, m.unit)
    if m.unit == "D" and m.value == "deictic":
        word = {0: "day of publication", -1: "day before publication", 1: "day after publication"}.get(
            by, f"{by} days from publication"
        )
        return dated(value, certainty, f"{word} ({base})")
    word = {0: "in which lies", -1: "before", 1: "after"}.get(by, f"{by:+d} from")
    if m.unit == "WE" and by == 0 and base.isoweekday() < 4:
        certainty = "approximate"  # early in the week "this weekend" may be the one that just ended
    if m.unit == "W" and m.anchor == "published" and base.isoweekday() == 7:
        certainty = "approximate"  # on a Sunday: the ISO week ends, the American one begins
    if m.fiscal or m.unit == "Q" or (m.unit == "Y" and by < 0 and at.quarter):
        certainty = "approximate"  # fiscal periods differ; "last year" may mean that quarter of it
    return dated(value, certainty, f"{NAMES.get(m.unit, m.unit)} {word} {name}")


def _anchor(m: Meaning, at: Setting) -> tuple[date | None, Certainty, str]:
    """The day to count from, how sure it is, and its name."""
    if m.anchor == "previous":
        if at.previous and at.previous.days:
            return at.previous.days[0], "approximate", f"'{at.previous_text}' before it"
        if m.by == 0 or at.published is None:
            return None, "unresolved", "no date before it to count from"
        return at.published, "approximate", f"{at.published}"
    told = at.narrative and m.by == 0 and m.value == "this" and m.unit not in ("D", "W", "WE")
    if told and at.previous and at.previous.days:
        return at.previous.days[0], "approximate", f"'{at.previous_text}' before it"
    if at.published is None:
        return None, "unresolved", NO_DATE
    return at.published, "exact", f"{at.published}"


def _shift_weekday(m: Meaning, at: Setting, by: int) -> Found | None:
    assert m.weekday is not None
    if m.anchor == "previous" and at.previous and at.previous.days:
        base, sure, name = at.previous.days[0], "approximate", f"'{at.previous_text}'"
    elif at.published is not None:
        base, sure, name = at.published, "exact", f"{at.published}"
    else:
        return unknown(f"XXXX-WXX-{m.weekday}", NO_DATE)
    certainty: Certainty = "exact" if sure == "exact" else "approximate"
    if by < 0:
        gap = -((base.isoweekday() - m.weekday) % 7 or 7)
        if gap == -1 and m.value == "last" and m.anchor == "published":  # "last Monday", told on a Tuesday
            gap, certainty = -8, "approximate"
        reason = f"last {DAYS[m.weekday]} before {name}"
    elif by > 0 and m.value == "next":
        gap = 7 - base.isoweekday() + m.weekday
        if m.weekday == _SUNDAY and gap > _SUNDAY + 1:
            gap -= 7  # "next Sunday" begins the next week
        reason = f"{DAYS[m.weekday]} of the week after {name}"
        if gap > 7:
            certainty = "approximate"
    elif by > 0:
        gap = (m.weekday - base.isoweekday()) % 7 or 7
        reason = f"next {DAYS[m.weekday]} after {name}"
    else:
        gap = m.weekday - base.isoweekday()
        reason = f"{DAYS[m.weekday]} of the week of {name}"
    day = calendars.step(base, "D", gap)
    return dated(day.isoformat(), certainty, reason) if day else None


_JUST = 2  # months ago, of which nobody says "last"


def _shift_named(m: Meaning, at: Setting, by: int) -> Found | None:
    """ "last August", "next spring", "this September"."""
    mask = f"XXXX-{m.month:02d}" if m.month else f"XXXX-{m.season}"
    if m.base is not None:
        year, certainty, reason = which_year(replace(m, kind="season" if m.season else "date"), at)
        return dated(f"{year:04d}{mask[4:]}", certainty, reason) if year else unknown(mask, reason)
    told = at.previous.days[0] if m.anchor == "previous" and at.previous and at.previous.days else None
    now = told or at.published
    if now is None:
        return unknown(mask, NO_DATE)
    spans = [(y, span) for y in range(now.year - 2, now.year + 3) if (span := calendars.days(f"{y:04d}{mask[4:]}"))]
    if by < 0:
        limit = now if m.season else now.replace(day=1)
        if m.month and m.value == "last" and 0 < now.month - m.month <= _JUST:
            limit = now.replace(month=1, day=1)  # "last July", told in August: not this one, it was "in July"
        years = [y for y, span in reversed(spans) if span[1] < limit]
        reason = f"last one before {now}"
    elif by > 0:
        years = [y for y, span in spans if span[0] > now]
        reason = f"next one after {now}"
    else:
        years = [now.year - (m.season == "WI" and now.month <= 6)]
        reason = f"in the year of {now}"
    if not years:
        return None  # outside the calendar
    year = years[0]
    sure: Certainty = "approximate" if told or (by and year == now.year) else "exact"  # "last March" in May: which?
    return dated(f"{year:04d}{mask[4:]}", sure, reason)


def offset(m: Meaning, at: Setting) -> Found | None:
    """ "two days ago", "three weeks later"."""
    by = m.by or 0
    if m.amount is None:
        return _some_ago(m, at) if by < 0 else unknown("FUTURE_REF", "how long is not said")
    if m.unit == "Y" and by < 0 and m.amount == 1 and at.quarter and m.value in ("ago", "earlier"):
        return dated(
            _year_before(at.quarter), "approximate", f"the quarter a year before {at.quarter}, spoken of before"
        )
    if m.base is not None:
        base_found = at.base
        base = base_found.days[0] if base_found and base_found.days else None
        name, certainty = (base_found.value if base_found else ""), base_found.certainty if base_found else "unresolved"
    else:
        base, certainty, name = _anchor(replace(m, value=""), at)
    if base is None:
        return unknown(MASKS.get(m.unit, "XXXX-XX-XX"), name)
    if m.unit == "H" and m.amount % 24 == 0:  # "48 hours ago"
        day = calendars.step(base, "D", int(m.amount * by) // 24)
        way = "before" if by < 0 else "after"
        return dated(day.isoformat(), "approximate", f"{int(m.amount)} hours {way} {name}") if day else None
    if m.unit in ("H", "MIN", "S"):
        span = _ordered(base, calendars.step(base, "D", by) or base)
        return Found(
            "DATE", base.isoformat(), span, "approximate", f"hours or minutes {'before' if by < 0 else 'after'} {name}"
        )
    amount = m.amount * by
    unit = m.unit
    if amount != int(amount):
        smaller = {"Y": ("M", 12), "E": ("Y", 10), "C": ("Y", 100), "M": ("D", 30), "W": ("D", 7), "D": ("D", 1)}.get(
            unit
        )
        if smaller is None:
            return None
        unit, amount = smaller[0], round(amount * smaller[1])
    day = calendars.step(base, unit, int(amount))
    if day is None:
        return None
    for number, smaller_unit in m.more:  # "two weeks and three days ago"
        further = calendars.step(day, smaller_unit, int(number) * by) if smaller_unit not in ("H", "MIN", "S") else day
        if further is None:
            return None
        day, unit = further, smaller_unit if smaller_unit not in ("H", "MIN", "S") else unit
    shown = {"E": "Y", "C": "Y", "L": "Y", "FN": "W", "Q": "M"}.get(unit, unit)
    value = calendars.value_of(day, shown)
    if m.anchor == "previous" and at.previous and shown == "D" and len(at.previous.value) < 10 and m.base is None:
        value, shown = calendars.value_of(day, "M"), "M"
    kept: Certainty = (
        certainty
        if shown == "D" and m.amount <= 31 and not m.mod
        else "approximate"
        if certainty == "exact"
        else certainty
    )
    if certainty == "exact" and not m.mod and m.amount < 4 and m.unit in ("Y", "M", "W"):
        kept = "approximate"
    word = "before" if by < 0 else "after"
    sizes = ((m.amount, m.unit), *m.more)
    size = " and ".join(f"{n:g} {NAMES.get(u, u)}{'' if n == 1 else 's'}" for n, u in sizes)
    return dated(value, kept, f"{size} {word} {name}")


_SEVERAL = {"D": (2, 6), "W": (2, 8), "M": (2, 11)}  # how many "a few" and "several" are


def _some_ago(m: Meaning, at: Setting) -> Found:
    """ "A few days ago": some day of the week before."""
    fewest, most = _SEVERAL.get(m.unit, (0, 0))
    if at.published is None or m.anchor != "published" or not most:
        return unknown("PAST_REF", "how long is not said")
    first, last = (calendars.step(at.published, m.unit, -n) for n in (most, fewest))
    if first is None or last is None:
        return unknown("PAST_REF", "outside the calendar")
    name = NAMES[m.unit]
    return Found("DATE", "PAST_REF", (first, last), "range", f"{fewest} to {most} {name}s before {at.published}")


def _year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1:04d}{quarter[4:]}"


def span(m: Meaning, at: Setting) -> Found | None:
    """ "the past three months": a length, with the days it covers."""
    value = calendars.duration(m.amount, m.unit, m.more)
    by = m.by or 0
    if at.published is None:
        return unknown(value, NO_DATE, "DURATION")
    if at.after == "of":
        return unknown(value, "a length of something", "DURATION")  # "the last two years of her life"
    if m.amount is None or m.unit in ("H", "MIN", "S"):
        if m.unit in ("H", "MIN", "S") and m.amount is not None and m.amount <= 72:
            day = calendars.step(at.published, "D", by * max(1, round(m.amount / 24)) if m.unit == "H" else 0)
            if day:
                return Found("DURATION", value, _ordered(day, at.published), "range", f"counted from {at.published}")
        return unknown(value, "how long is not said", "DURATION")
    edge = calendars.step(at.published, m.unit, by * int(max(1, m.amount)))
    if edge is None:
        return unknown(value, "outside the calendar", "DURATION")
    word = "up to" if by < 0 else "from"
    return Found("DURATION", value, _ordered(edge, at.published), "range", f"{value} {word} {at.published}")


def _ordered(a: date, b: date) -> Days:
    return (a, b) if a <= b else (b, a)


def theunit(m: Meaning, at: Setting) -> Found | None:
    """ "the year", "the quarter", "the weekend", "the end of the month"."""
    if at.after in ("ended", "ending") and m.unit == "Y":
        return unknown("P1Y", "a length of time", "DURATION")
    if m.base is not None:  # "last year's quarter"
        base = at.base
        if base and base.days and at.quarter:
            return dated(
                f"{base.days[0].year:04d}{at.quarter[4:]}", "approximate", "the quarter spoken of, in that year"
            )
        return base
    if m.unit == "Q" and at.until is not None and at.until.days is not None:
        value = calendars.value_of(at.until.days[1], "Q")
        return dated(value, "approximate", f"quarter that ended {at.until.value}")
    if m.unit == "Q" and at.quarter:
        return dated(at.quarter, "approximate", "the quarter spoken of before")
    if m.unit == "WE":
        return _weekend(at)
    coarse = {"D": 10, "W": 7, "M": 7, "Q": 7, "Y": 4}.get(m.unit, 4)
    previous = at.previous
    behind = bool(previous and previous.days and at.published and previous.days[1] < at.published)
    if (
        previous
        and previous.days
        and not (behind and at.look() == ("future", True))
        and len(previous.value) >= coarse
        and (at.narrative or at.near or at.published is None)
    ) and (m.unit != "Y" or at.narrative or at.published is None):
        value = calendars.value_of(previous.days[0], m.unit)
        return dated(value, "approximate", f"{NAMES[m.unit]} of '{at.previous_text}' before it")
    if at.published is None:
        return unknown(MASKS.get(m.unit, "XXXX"), NO_DATE)
    day = calendars.step(at.published, "Q", -1) if m.unit == "Q" else at.published
    if day is None:
        return None
    return dated(calendars.value_of(day, m.unit), "approximate", f"{NAMES[m.unit]} of {at.published}")


def _weekend(at: Setting) -> Found | None:
    if at.published is None:
        return unknown("XXXX-WXX-WE", NO_DATE)
    back = at.published.isoweekday() < 6 and at.way() != "future"
    day = calendars.step(at.published, "W", -1 if back else 0)
    if day is None:
        return None
    return dated(
        calendars.value_of(day, "WE"), "approximate", f"weekend {'before' if back else 'after'} {at.published}"
    )


def sameperiod(m: Meaning, at: Setting) -> Found | None:
    """ "the year-ago quarter", "the same period"."""
    if m.quarter is not None:
        inner = quarter(Meaning("quarter", quarter=m.quarter), _without_quarter(at))
        if inner and inner.days:
            return dated(_year_before(inner.value), "approximate", f"a year before {inner.value}")
        return inner
    base = at.base
    year = m.year or (base.days[0].year if base and base.days else None)
    if at.quarter:
        if year is not None:
            return dated(f"{year:04d}{at.quarter[4:]}", "approximate", "the quarter spoken of, in that year")
        return dated(
            _year_before(at.quarter) if m.by == -1 else at.quarter, "approximate", "from the quarter spoken of before"
        )
    if year is not None:
        return dated(f"{year:04d}", "approximate", "period of that year")
    if at.published is None:
        return unknown("XXXX", NO_DATE)
    if m.by == -1:
        return dated(f"{at.published.year - 1:04d}", "approximate", f"a year before {at.published}")
    day = calendars.step(at.published, "Q", -1)
    return dated(calendars.value_of(day, "Q"), "approximate", f"last quarter before {at.published}") if day else None


def _without_quarter(at: Setting) -> Setting:
    """The same setting without a quarter spoken of."""
    return replace(at, quarter="")


def within(m: Meaning, at: Setting) -> Found | None:
    """ "the first week of May"."""
    base = at.base
    if base is None or base.days is None:
        return unknown(MASKS.get(m.unit or "D", "XXXX"), base.reason if base else NO_DATE) if base else None
    first, last = base.days
    n = m.by or 1
    if m.weekday is not None:
        ahead = (m.weekday - first.isoweekday()) % 7 + 7 * (n - 1)
        named = (
            calendars.step(first, "D", ahead)
            if n > 0
            else calendars.step(last, "D", (m.weekday - last.isoweekday()) % -7)
        )
        if named is None or not first <= named <= last:
            return None
        return dated(named.isoformat(), base.certainty, f"within {base.value}")
    start = first if n > 0 else last
    if m.unit == "W" and len(base.value) == len(
        "2026"
    ):  # a year's first week is that of 4 January, its last that of 28 December
        start = first + timedelta(3) if n > 0 else last - timedelta(3)
    if m.unit == "W" and first.day == 1 and 26 < (last - first).days < 31:
        return _week_of_month(n, base)
    day_found = calendars.step(start, m.unit, n - 1 if n > 0 else 0) if m.unit not in ("H", "MIN", "S") else None
    if day_found is None or not first <= day_found <= last:
        return None
    return dated(calendars.value_of(day_found, m.unit), base.certainty, f"within {base.value}")


def _week_of_month(n: int, base: Found) -> Found | None:
    """ "The second week of May": days 8 to 14; the value is that of the calendar week in which it begins."""
    assert base.days is not None
    first, last = base.days
    start = last - timedelta(6) if n < 0 else first + timedelta(7 * (n - 1))
    if start > last:
        return None
    found = dated(calendars.value_of(start, "W"), base.certainty, f"within {base.value}")
    return replace(found, days=(start, min(last, start + timedelta(6))))


def week_of(m: Meaning, at: Setting) -> Found | None:
    """ "the week of March 6"."""
    base = at.base
    if base is None or base.days is None:
        return unknown(MASKS.get(m.unit, "XXXX-WXX"), base.reason if base else NO_DATE) if base else None
    return dated(calendars.value_of(base.days[0], m.unit), base.certainty, f"{NAMES[m.unit]} of {base.days[0]}")
