"""From what the words say to the calendar: values, intervals, certainty and reasons.

Anchors are the publication date, the expression before (for "two days later", narratives) or nothing; without an
anchor a value keeps X for what is unknown and nothing is invented. Conventions follow TimeBank and TempEval-3:
"two years ago" is a year, "a month ago" a month, "two weeks ago" a week, "five days ago" a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from newsdash.core.extraction.times import calendars
from newsdash.core.extraction.times.calendars import Days
from newsdash.core.extraction.times.meaning import Meaning
from newsdash.core.records import Certainty, TimeType

_NAMES = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century",
          "WE": "weekend", "FN": "fortnight", "L": "millennium"}  # fmt: skip
_DAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MASKS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX",
          "E": "XXX", "C": "XX", "FN": "XXXX-WXX", "L": "X"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved expression; ``days`` is None where the calendar place is unknown."""

    type: TimeType
    value: str
    days: Days | None
    certainty: Certainty
    reason: str


@dataclass
class Setting:
    """What surrounds an expression: publication date, earlier expressions, the way the sentence points."""

    published: date | None
    way: Callable[[], str]
    before: str = ""  # the word before
    after: str = ""  # the word after
    previous: Found | None = None  # the last dated expression
    previous_text: str = ""
    near: bool = False  # the last dated expression stands in the same paragraph, close by
    near_day: Found | None = None  # the last day mentioned close by
    quarter: str = ""  # the last quarter mentioned close by ("1989-Q3")
    narrative: bool = False  # a text about times long before its publication: dates hang on one another
    notes: list[str] = field(default_factory=list)


def resolve(m: Meaning, at: Setting) -> Found | None:
    """Place a meaning in the calendar. None when it says nothing that can stand alone (an impossible date)."""
    found = _RESOLVERS[m.kind](m, at)
    if found is None:
        return None
    return _with_mod(found, m.mod, at)


def _with_mod(found: Found, mod: str, at: Setting) -> Found:
    if not mod or found.type in ("DURATION", "SET"):
        return replace(found, certainty="range") if mod and found.certainty == "exact" else found
    span = found.days
    words = {"START": "first third", "MID": "middle third", "END": "last third"}
    if span and mod in words and span[0] != span[1]:
        return replace(
            found, days=calendars.third(span, mod), certainty=_less(found), reason=f"{words[mod]} of {found.reason}"
        )
    if span and at.published and mod in ("EARLIER", "LATER") and span[0] < span[1]:
        cut = (span[0], min(span[1], at.published)) if mod == "EARLIER" else (max(span[0], at.published), span[1])
        if cut[0] <= cut[1]:
            where = "up to" if mod == "EARLIER" else "from"
            return replace(found, days=cut, certainty=_less(found), reason=f"{found.reason}, {where} {at.published}")
    return replace(found, certainty=_less(found)) if mod not in ("START", "MID", "END", "EARLIER", "LATER") else found


def _less(found: Found) -> Certainty:
    return "approximate" if found.certainty == "exact" else found.certainty


def _dated(value: str, certainty: Certainty, reason: str, kind: TimeType = "DATE") -> Found:
    span = calendars.days(value)
    if span is None and certainty != "unresolved":
        certainty = "unresolved"
    return Found(kind, value, span, certainty, reason)


def _unknown(value: str, reason: str, kind: TimeType = "DATE") -> Found:
    return Found(kind, value, None, "unresolved", reason)


_NO_DATE = "no publication date to count from"


# --- calendar fields ------------------------------------------------------------------------------------------


def _date(m: Meaning, at: Setting) -> Found | None:
    if m.month is None and m.day is None:
        return _year(m, at)
    if m.month is None:
        return _day_of_month(m, at)
    year, certainty, reason = _which_year(m, at)
    if year is None:
        return _unknown(_month_day("XXXX", m), reason)
    value = _month_day(f"{year:04d}", m)
    if m.last_day:
        value = f"{value}/{_month_day(f'{year:04d}', replace(m, day=m.last_day, last_day=None))}"
    if m.last_month:
        value = f"{value}/{year:04d}-{m.last_month:02d}"
    found = _dated(value, certainty, reason)
    if found.days is None:
        return None  # 30 February
    if m.last_day or m.last_month:
        return replace(found, certainty="range")
    if m.weekday and m.day and found.days[0].isoweekday() != m.weekday:
        return replace(found, certainty="approximate", reason=f"{reason}; but that day is no {_DAYS[m.weekday]}")
    return found


def _month_day(year: str, m: Meaning) -> str:
    return f"{year}-{m.month:02d}" + (f"-{m.day:02d}" if m.day else "")


def _year(m: Meaning, at: Setting) -> Found | None:
    if m.year is None:
        return None
    value = f"{m.year:04d}"
    if m.last_year:
        return _dated(f"{value}/{m.last_year:04d}", "range", f"the years {m.year} to {m.last_year}")
    if m.fiscal:
        return _dated(value, "approximate", f"fiscal year {m.year}; its months differ from firm to firm")
    return _dated(value, "exact", "year as written")


def _day_of_month(m: Meaning, at: Setting) -> Found | None:
    if at.published is None or m.day is None:
        return _unknown("XXXX-XX-XX", _NO_DATE)
    for back in (0, -1, 1):
        month = calendars.step(at.published.replace(day=1), "M", back)
        found = calendars.days(f"{calendars.value_of(month, 'M')}-{m.day:02d}") if month else None
        if found and (not m.weekday or found[0].isoweekday() == m.weekday):
            return Found("DATE", found[0].isoformat(), found, "approximate", f"the {m.day}. nearest to {at.published}")
    return None


def _which_year(m: Meaning, at: Setting) -> tuple[int | None, Certainty, str]:
    """The year of a month, day, holiday or season that is given without one."""
    if m.year is not None:
        return m.year, "exact", "date as written"
    if m.base is not None:
        base = resolve(m.base, at)
        if base is None or base.days is None:
            return None, "unresolved", base.reason if base else _NO_DATE
        return base.days[0].year, base.certainty, base.reason
    if at.previous and at.previous.days and (at.narrative or at.published is None):
        year = at.previous.days[0].year
        return year, "approximate", f"year of '{at.previous_text}' before it"
    if at.published is None:
        return None, "unresolved", _NO_DATE
    if at.near and at.previous and at.previous.days and _explicit_year(at.previous_text):
        year = at.previous.days[0].year
        if year < at.published.year:
            return year, "approximate", f"year of '{at.previous_text}' before it"
    return _nearest_year(m, at)


def _explicit_year(text: str) -> bool:
    words = text.replace(",", " ").split()
    return len(words) > 1 and any(len(w) == 4 and w.isdigit() for w in words)


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
        sure = way == "past"
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
        return nearest.year, "exact", f"the year around {published} in which this day is a {_DAYS[m.weekday]}"
    if way == "future":
        ahead = [d for d in choices if d >= published]
        if ahead and (ahead[0] - published).days <= 300:
            return ahead[0].year, "exact", f"next such day after {published}, as the sentence looks ahead"
    if way == "past":
        back = [d for d in choices if d <= published]
        if back and (published - back[-1]).days <= 320:
            return back[-1].year, "exact", f"last such day before {published}"
    return (
        nearest.year,
        "exact" if abs((nearest - published).days) <= 60 else "approximate",
        f"such a day nearest to {published}",
    )


def _decade(m: Meaning, at: Setting) -> Found | None:
    return _dated(f"{m.year:03d}", "exact", "decade as written")


def _century(m: Meaning, at: Setting) -> Found | None:
    return _dated(f"{m.year:02d}", "exact", "century as written")


def _bc(m: Meaning, at: Setting) -> Found | None:
    number = int(m.amount or 0)
    value = f"BC{number - 1:02d}" if m.unit == "C" else f"BC{number:04d}"
    return _unknown(value, "before the common era: outside the calendar of this program")


def _quarter(m: Meaning, at: Setting) -> Found | None:
    if m.year is not None:
        return _dated(f"{m.year:04d}-Q{m.quarter}", "exact", "quarter as written")
    if m.base is not None:
        base = resolve(m.base, at)
        if base is None or base.days is None:
            return _unknown(f"XXXX-Q{m.quarter}", base.reason if base else _NO_DATE)
        return _dated(f"{base.days[0].year:04d}-Q{m.quarter}", _less(base), f"quarter {m.quarter} of {base.reason}")
    if at.published is None:
        return _unknown(f"XXXX-Q{m.quarter}", _NO_DATE)
    now = (at.published.month + 2) // 3
    year = at.published.year - (now < (m.quarter or 0))
    if now < (m.quarter or 0) and at.way() == "future":
        year += 1
    return _dated(f"{year:04d}-Q{m.quarter}", "approximate", f"quarter {m.quarter} nearest before {at.published}")


def _half(m: Meaning, at: Setting) -> Found | None:
    base = resolve(m.base, at) if m.base else None
    n = int(m.amount or 1)
    if base is None or base.days is None or len(base.value) != 4:
        if base and base.days:
            first, last = base.days
            middle = first + (last - first) / 2
            span = (first, middle) if n == 1 else (middle + timedelta(1), last)
            return Found("DATE", base.value, span, "approximate", f"half of {base.reason}")
        return _unknown(f"XXXX-H{n}", base.reason if base else _NO_DATE) if base else None
    return _dated(f"{base.value}-H{n}", base.certainty, f"half {n} of {base.value}")


def _season(m: Meaning, at: Setting) -> Found | None:
    if m.year is not None or m.base is not None or at.published is None or at.narrative:
        year, certainty, reason = _which_year(m, at)
        if year is None:
            return _unknown(f"XXXX-{m.season}", reason)
        return _dated(f"{year:04d}-{m.season}", certainty, reason)
    year = calendars.season_year(at.published, m.season)
    reason = f"last {m.season} to begin before {at.published}"
    span = calendars.days(f"{year:04d}-{m.season}")
    if at.way() == "future" and span and span[1] < at.published:
        year, reason = year + 1, f"next {m.season} after {at.published}"
    return _dated(f"{year:04d}-{m.season}", "approximate", reason)


def _holiday(m: Meaning, at: Setting) -> Found | None:
    if len(m.rule) == 10:
        return _dated(m.rule, "exact", "day known by its name")
    if m.year is not None or m.base is not None or at.narrative or at.published is None:
        year, certainty, reason = _which_year(m, at)
        day = calendars.holiday(m.rule, year) if year else None
        if day is None:
            fixed = calendars.holiday(m.rule, 2001) if m.rule[2:3] == "-" and m.rule[0] != "E" else None
            return _unknown(f"XXXX-{fixed.month:02d}-{fixed.day:02d}" if fixed else "XXXX-XX-XX", reason)
        return _dated(day.isoformat(), certainty, reason)
    published = at.published
    days = [d for y in (-1, 0, 1) if (d := calendars.holiday(m.rule, published.year + y))]
    if not days:
        return None
    nearest = min(days, key=lambda d: abs((d - published).days))
    if not m.by and abs((nearest - published).days) <= 45:
        return _dated(nearest.isoformat(), "exact", f"nearest to {published}")
    way = {-1: "past", 1: "future"}.get(m.by or 0) or at.way()
    back, ahead = [d for d in days if d <= published], [d for d in days if d >= published]
    if m.by == 0 and m.kind == "holiday" and m.value == "this":
        chosen = next(d for d in days if d.year == published.year)
        return _dated(chosen.isoformat(), "exact", f"in the year of {published}")
    if way == "past" and back:
        return _dated(back[-1].isoformat(), "exact", f"last one before {published}")
    if way == "future" and ahead:
        return _dated(ahead[0].isoformat(), "exact", f"next one after {published}")
    return _dated(nearest.isoformat(), "approximate", f"nearest to {published}")


# --- relative to publication or to the expression before ------------------------------------------------------


def _weekday(m: Meaning, at: Setting) -> Found | None:
    assert m.weekday is not None
    if m.base is not None:
        week = resolve(m.base, at)
        if week is None or week.days is None:
            return _unknown(f"XXXX-WXX-{m.weekday}", week.reason if week else _NO_DATE)
        monday = week.days[0] - timedelta(week.days[0].isoweekday() - 1)
        return _dated(
            (monday + timedelta(m.weekday - 1)).isoformat(), week.certainty, f"{_DAYS[m.weekday]} of {week.reason}"
        )
    published = at.published
    if published is None:
        return _unknown(f"XXXX-WXX-{m.weekday}", _NO_DATE)
    back = (published.isoweekday() - m.weekday) % 7
    if back == 0:
        return _dated(published.isoformat(), "exact", f"{_DAYS[m.weekday]}, the day of publication ({published})")
    way = at.way()
    day = calendars.step(published, "D", 7 - back if way == "future" else -back)
    if day is None:
        return None
    if way == "future":
        return _dated(
            day.isoformat(), "exact", f"next {_DAYS[m.weekday]} after {published}, as the sentence looks ahead"
        )
    return _dated(day.isoformat(), "exact", f"last {_DAYS[m.weekday]} before {published}")


def _shift(m: Meaning, at: Setting) -> Found | None:
    by = m.by or 0
    if m.weekday is not None:
        return _shift_weekday(m, at, by)
    if m.month is not None or m.season:
        return _shift_named(m, at, by)
    base, certainty, name = _anchor(m, at)
    if base is None:
        return _unknown(_MASKS.get(m.unit, "XXXX"), name)
    if m.value in ("latest",) and m.unit in ("Q", "Y", "M"):
        by = -1
        if m.unit == "Q" and at.quarter:
            return _dated(at.quarter, "approximate", "the quarter spoken of before")
    if m.unit == "E" and by == -1 and m.anchor == "published":
        certainty = "approximate"
    day = calendars.step(base, m.unit, by)
    if day is None:
        return None
    value = calendars.value_of(day, m.unit)
    if m.unit == "D" and m.value == "deictic":
        word = {0: "day of publication", -1: "day before publication", 1: "day after publication"}.get(
            by, f"{by} days from publication"
        )
        return _dated(value, certainty, f"{word} ({base})")
    word = {0: "in which lies", -1: "before", 1: "after"}.get(by, f"{by:+d} from")
    if m.unit == "WE" and by == 0 and base.isoweekday() < 4:
        certainty = "approximate"  # early in the week "this weekend" may be the one that just ended
    if m.fiscal or m.unit == "Q" or (m.unit == "Y" and by < 0 and at.quarter):
        certainty = "approximate"  # fiscal periods differ; "last year" may mean that quarter of it
    return _dated(value, certainty, f"{_NAMES.get(m.unit, m.unit)} {word} {name}")


def _anchor(m: Meaning, at: Setting) -> tuple[date | None, Certainty, str]:
    """The day to count from, how sure it is, and its name."""
    if m.anchor == "previous":
        if at.previous and at.previous.days:
            return at.previous.days[0], "approximate", f"'{at.previous_text}' before it"
        if m.by == 0 or at.published is None:
            return None, "unresolved", "no date before it to count from"
        return at.published, "approximate", f"{at.published}"
    if at.narrative and m.by == 0 and m.value in ("this",) and at.previous and at.previous.days:
        return at.previous.days[0], "approximate", f"'{at.previous_text}' before it"
    if at.published is None:
        return None, "unresolved", _NO_DATE
    return at.published, "exact", f"{at.published}"


def _shift_weekday(m: Meaning, at: Setting, by: int) -> Found | None:
    assert m.weekday is not None
    if m.anchor == "previous" and at.previous and at.previous.days:
        base, sure, name = at.previous.days[0], "approximate", f"'{at.previous_text}'"
    elif at.published is not None:
        base, sure, name = at.published, "exact", f"{at.published}"
    else:
        return _unknown(f"XXXX-WXX-{m.weekday}", _NO_DATE)
    certainty: Certainty = "exact" if sure == "exact" else "approximate"
    if by < 0:
        gap = -((base.isoweekday() - m.weekday) % 7 or 7)
        reason = f"last {_DAYS[m.weekday]} before {name}"
    elif by > 0 and m.value == "next":
        gap = 7 - base.isoweekday() + m.weekday
        reason = f"{_DAYS[m.weekday]} of the week after {name}"
        if gap > 7:
            certainty = "approximate"
    elif by > 0:
        gap = (m.weekday - base.isoweekday()) % 7 or 7
        reason = f"next {_DAYS[m.weekday]} after {name}"
    else:
        gap = m.weekday - base.isoweekday()
        reason = f"{_DAYS[m.weekday]} of the week of {name}"
    day = calendars.step(base, "D", gap)
    return _dated(day.isoformat(), certainty, reason) if day else None


def _shift_named(m: Meaning, at: Setting, by: int) -> Found | None:
    """ "last August", "next spring", "this September"."""
    mask = f"XXXX-{m.month:02d}" if m.month else f"XXXX-{m.season}"
    if m.base is not None:
        year, certainty, reason = _which_year(replace(m, kind="season" if m.season else "date"), at)
        return _dated(f"{year:04d}{mask[4:]}", certainty, reason) if year else _unknown(mask, reason)
    if at.published is None:
        return _unknown(mask, _NO_DATE)
    now = at.published
    month = m.month or calendars.SEASONS[m.season]
    end = month if m.month else month + 2
    year = now.year
    if by < 0:
        while calendars.month_days(year, month, end)[1] >= (now if m.season else now.replace(day=1)):
            year -= 1
        reason = f"last one before {now}"
    elif by > 0:
        while calendars.month_days(year, month, end)[0] <= now:
            year += 1
        reason = f"next one after {now}"
    else:
        if m.season == "WI" and now.month <= 6:
            year -= 1
        reason = f"in the year of {now}"
    sure: Certainty = "approximate" if by and year == now.year else "exact"  # "last March" in May: this one or that?
    return _dated(f"{year:04d}{mask[4:]}", sure, reason)


def _offset(m: Meaning, at: Setting) -> Found | None:
    by = m.by or 0
    if m.amount is None:
        ref = "PAST_REF" if by < 0 else "FUTURE_REF"
        return _unknown(ref, "how long is not said")
    if m.unit == "Y" and by < 0 and m.amount == 1 and at.quarter and m.value in ("ago", "earlier"):
        return _dated(
            _year_before(at.quarter), "approximate", f"the quarter a year before {at.quarter}, spoken of before"
        )
    if m.base is not None:
        base_found = resolve(m.base, at)
        base = base_found.days[0] if base_found and base_found.days else None
        name, certainty = (base_found.value if base_found else ""), base_found.certainty if base_found else "unresolved"
    else:
        base, certainty, name = _anchor(replace(m, value=""), at)
    if base is None:
        return _unknown(_MASKS.get(m.unit, "XXXX-XX-XX"), name)
    if m.unit in ("H", "MIN", "S"):
        span = (base - timedelta(1), base) if by < 0 else (base, base + timedelta(1))
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
    size = f"{m.amount:g} {_NAMES.get(m.unit, m.unit)}{'' if m.amount == 1 else 's'}"
    return _dated(value, kept, f"{size} {word} {name}")


def _year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1:04d}{quarter[4:]}"


def _span(m: Meaning, at: Setting) -> Found | None:
    value = calendars.duration(m.amount, m.unit, m.more)
    by = m.by or 0
    if at.published is None:
        return _unknown(value, _NO_DATE, "DURATION")
    if m.amount is None or m.unit in ("H", "MIN", "S"):
        if m.unit in ("H", "MIN", "S") and m.amount is not None and m.amount <= 72:
            day = calendars.step(at.published, "D", by * max(1, round(m.amount / 24)) if m.unit == "H" else 0)
            if day:
                return Found("DURATION", value, _ordered(day, at.published), "range", f"counted from {at.published}")
        return _unknown(value, "how long is not said", "DURATION")
    edge = calendars.step(at.published, m.unit, by * int(max(1, m.amount)))
    if edge is None:
        return _unknown(value, "outside the calendar", "DURATION")
    word = "up to" if by < 0 else "from"
    return Found("DURATION", value, _ordered(edge, at.published), "range", f"{value} {word} {at.published}")


def _ordered(a: date, b: date) -> Days:
    return (a, b) if a <= b else (b, a)


def _theunit(m: Meaning, at: Setting) -> Found | None:
    """ "the year", "the quarter", "the weekend", "the end of the month"."""
    if at.after in ("ended", "ending") and m.unit == "Y":
        return _unknown("P1Y", "a length of time", "DURATION")
    if m.base is not None:  # "last year's quarter"
        base = resolve(m.base, at)
        if base and base.days and at.quarter:
            return _dated(
                f"{base.days[0].year:04d}{at.quarter[4:]}", "approximate", "the quarter spoken of, in that year"
            )
        return base
    if m.unit == "Q" and at.quarter:
        return _dated(at.quarter, "approximate", "the quarter spoken of before")
    if m.unit == "WE":
        return _weekend(at)
    coarse = {"D": 10, "W": 7, "M": 7, "Q": 7, "Y": 4}.get(m.unit, 4)
    previous = at.previous
    if (
        previous
        and previous.days
        and len(previous.value) >= coarse
        and (at.narrative or at.near or at.published is None)
    ) and (m.unit != "Y" or at.narrative or at.published is None):
        value = calendars.value_of(previous.days[0], m.unit)
        return _dated(value, "approximate", f"{_NAMES[m.unit]} of '{at.previous_text}' before it")
    if at.published is None:
        return _unknown(_MASKS.get(m.unit, "XXXX"), _NO_DATE)
    day = calendars.step(at.published, "Q", -1) if m.unit == "Q" else at.published
    if day is None:
        return None
    return _dated(calendars.value_of(day, m.unit), "approximate", f"{_NAMES[m.unit]} of {at.published}")


def _weekend(at: Setting) -> Found | None:
    if at.published is None:
        return _unknown("XXXX-WXX-WE", _NO_DATE)
    back = at.published.isoweekday() < 6 and at.way() != "future"
    day = calendars.step(at.published, "W", -1 if back else 0)
    if day is None:
        return None
    return _dated(
        calendars.value_of(day, "WE"), "approximate", f"weekend {'before' if back else 'after'} {at.published}"
    )


def _sameperiod(m: Meaning, at: Setting) -> Found | None:
    if m.quarter is not None:
        inner = _quarter(Meaning("quarter", quarter=m.quarter), replace_quarterless(at))
        if inner and inner.days:
            return _dated(_year_before(inner.value), "approximate", f"a year before {inner.value}")
        return inner
    base = resolve(m.base, at) if m.base else None
    year = m.year or (base.days[0].year if base and base.days else None)
    if at.quarter:
        if year is not None:
            return _dated(f"{year:04d}{at.quarter[4:]}", "approximate", "the quarter spoken of, in that year")
        return _dated(
            _year_before(at.quarter) if m.by == -1 else at.quarter, "approximate", "from the quarter spoken of before"
        )
    if year is not None:
        return _dated(f"{year:04d}", "approximate", "period of that year")
    if at.published is None:
        return _unknown("XXXX", _NO_DATE)
    if m.by == -1:
        return _dated(f"{at.published.year - 1:04d}", "approximate", f"a year before {at.published}")
    day = calendars.step(at.published, "Q", -1)
    return _dated(calendars.value_of(day, "Q"), "approximate", f"last quarter before {at.published}") if day else None


def replace_quarterless(at: Setting) -> Setting:
    """The same setting without a quarter spoken of."""
    return replace(at, quarter="")


def _within(m: Meaning, at: Setting) -> Found | None:
    base = resolve(m.base, at) if m.base else None
    if base is None or base.days is None:
        return _unknown(_MASKS.get(m.unit or "D", "XXXX"), base.reason if base else _NO_DATE) if base else None
    first, last = base.days
    n = m.by or 1
    if m.weekday is not None:
        if n > 0:
            day = first + timedelta((m.weekday - first.isoweekday()) % 7 + 7 * (n - 1))
        else:
            day = last - timedelta((last.isoweekday() - m.weekday) % 7)
        return _dated(day.isoformat(), base.certainty, f"within {base.value}") if first <= day <= last else None
    start = first if n > 0 else last
    day_found = calendars.step(start, m.unit, n - 1 if n > 0 else 0) if m.unit not in ("H", "MIN", "S") else None
    if day_found is None or not first <= day_found <= last:
        return None
    return _dated(calendars.value_of(day_found, m.unit), base.certainty, f"within {base.value}")


def _week_of(m: Meaning, at: Setting) -> Found | None:
    base = resolve(m.base, at) if m.base else None
    if base is None or base.days is None:
        return _unknown(_MASKS.get(m.unit, "XXXX-WXX"), base.reason if base else _NO_DATE) if base else None
    return _dated(calendars.value_of(base.days[0], m.unit), base.certainty, f"{_NAMES[m.unit]} of {base.days[0]}")


# --- lengths, sets, references, times of day ------------------------------------------------------------------


def _amount(m: Meaning, at: Setting) -> Found | None:
    value = calendars.duration(m.high if m.high is not None else m.amount, m.unit, m.more)
    if (
        (
            at.before == "in"
            and m.amount is not None
            and at.published
            and m.unit in ("D", "W", "M", "Y", "E")
            and not m.value
        )
        and at.way() == "future"
        and at.after not in ("of", "'s")
    ):
        found = _offset(replace(m, kind="offset", by=1, anchor="published", mod=""), replace(at, quarter=""))
        if found:
            return replace(found, certainty="approximate")
    return _unknown(value, "a length of time", "DURATION")


def _age(m: Meaning, at: Setting) -> Found | None:
    return _unknown(calendars.duration(m.amount, m.unit, m.more), "an age", "DURATION")


def _set(m: Meaning, at: Setting) -> Found | None:
    return _unknown(m.value, "a repeated time", "SET")


def _ref(m: Meaning, at: Setting) -> Found | None:
    if m.value == "PRESENT_REF" and at.published is not None:
        return Found(
            "DATE", m.value, (at.published, at.published), "approximate", f"the time of publication ({at.published})"
        )
    words = {"PRESENT_REF": "the time of writing", "PAST_REF": "some time before", "FUTURE_REF": "some time ahead"}
    return _unknown(m.value, words.get(m.value, "not said when"))


def _day_for(m: Meaning, at: Setting) -> tuple[str, Found | None]:
    """The day on which a time of day lies: value and, where it is known, the day found."""
    if m.base is not None:
        base = resolve(m.base, at)
        return (base.value if base else "XXXX-XX-XX"), base
    if m.by is not None:
        if at.published is None:
            return "XXXX-XX-XX", None
        by = m.by
        if m.value in ("following", "next", "previous"):
            found = _shift(Meaning("shift", unit="D", by=by, anchor=m.anchor, value=m.value), at)
        else:
            found = _shift(Meaning("shift", unit="D", by=by, anchor=m.anchor, value="deictic"), at)
        return (found.value if found else "XXXX-XX-XX"), found
    if at.near_day is not None:
        return at.near_day.value[:10], replace(at.near_day, certainty=_less(at.near_day))
    if at.published is None or at.narrative:
        return "XXXX-XX-XX", None
    found = _dated(at.published.isoformat(), "approximate", f"day of publication ({at.published})")
    return found.value, found


def _clock(m: Meaning, at: Setting) -> Found | None:
    day, found = _day_for(m, at)
    day = day.partition("T")[0] if "/" not in day else "XXXX-XX-XX"
    hour, minute = m.hour or 0, m.minute or 0
    if m.base is not None and m.base.kind == "part" and hour < 12 and m.base.part in ("AF", "EV", "NI"):
        hour += 12 if not (m.base.part == "NI" and hour < 6) else 0
    value = f"{day}T{hour:02d}:{minute:02d}" + (f":{m.second:02d}" if m.second is not None else "")
    return _timed(value, found)


def _part(m: Meaning, at: Setting) -> Found | None:
    if m.type == "SET":
        return _unknown(f"XXXX-XX-XXT{m.part}", "a repeated time", "SET")
    day, found = _day_for(m, at)
    day = day.partition("T")[0] if "/" not in day else "XXXX-XX-XX"
    return _timed(f"{day}T{m.part}", found)


def _timed(value: str, found: Found | None) -> Found:
    if found is None or found.days is None or found.days[0] != found.days[1]:
        if found is not None and found.days is not None:
            return Found("TIME", value, found.days, "approximate", found.reason)
        return _unknown(value, "on which day is not said", "TIME")
    return Found("TIME", value, found.days, found.certainty, found.reason)


_RESOLVERS: dict[str, Callable[[Meaning, Setting], Found | None]] = {
    "date": _date, "decade": _decade, "century": _century, "bc": _bc, "quarter": _quarter, "half": _half,
    "season": _season, "holiday": _holiday, "weekday": _weekday, "shift": _shift, "offset": _offset, "span": _span,
    "theunit": _theunit, "sameperiod": _sameperiod, "within": _within, "week_of": _week_of, "amount": _amount,
    "age": _age, "set": _set, "ref": _ref, "clock": _clock, "part": _part,
}  # fmt: skip
