"""Calendar arithmetic: TIMEX3 values to day intervals, steps of a unit, holidays, lengths of time.

Weeks are ISO 8601 weeks; seasons are the meteorological ones of the northern hemisphere (winter of a year begins in
its December). Dates run from year 1 to 9999; what falls outside gives None.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

Days = tuple[date, date]
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?:-(?P<weekday>[1-7]|WE))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?"
)


def month_days(year: int, first: int, last: int) -> Days:
    """First and last day of the months first..last of a year; months may run on beyond 12."""
    year_last, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    year_first, first_month = year + (first - 1) // 12, (first - 1) % 12 + 1
    return date(year_first, first_month, 1), date(year_last, last_month, calendar.monthrange(year_last, last_month)[1])


def days(value: str) -> Days | None:
    """The closed interval of days of a TIMEX3 date value ("2026-W09", "199", "2026-03-05TMO"), None if it has none."""
    try:
        if "/" in value:
            first, last = days(value.partition("/")[0]), days(value.partition("/")[2])
            return (first[0], last[1]) if first and last and first[0] <= last[1] else None
        if re.fullmatch(r"\d{3}", value):
            return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
        if re.fullmatch(r"\d{2}", value):
            return date(max(1, int(value) * 100), 1, 1), date(int(value) * 100 + 99, 12, 31)
        found = _VALUE.fullmatch(value)
        if not found:
            return None
        year = int(found["year"])
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return day, day
        if found["month"]:
            return month_days(year, int(found["month"]), int(found["month"]))
        if found["week"]:
            first_day = 6 if found["weekday"] == "WE" else int(found["weekday"] or 1)
            monday = date.fromisocalendar(year, int(found["week"]), first_day)
            length = {"WE": 1, None: 6}.get(found["weekday"], 0)
            return monday, monday + timedelta(length)
        if found["quarter"]:
            return month_days(year, 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"]))
        if found["half"]:
            return month_days(year, 1, 6) if found["half"] == "1" else month_days(year, 7, 12)
        if found["season"]:
            first_month = SEASONS[found["season"]]
            return month_days(year, first_month, first_month + 2)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def step(day: date, unit: str, by: int) -> date | None:
    """The day ``by`` units later (earlier when negative); the end of a shorter month where the day is missing."""
    try:
        if unit in ("D", "W", "WE", "FN"):
            return day + timedelta(by * {"D": 1, "FN": 14}.get(unit, 7))
        months = by * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}[unit]
        index = day.year * 12 + day.month - 1 + months
        year, month = index // 12, index % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, KeyError, calendar.IllegalMonthError):
        return None


def value_of(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit in which a day lies: W -> "2026-W10", Q -> "2026-Q1"."""
    if unit in ("W", "WE", "FN"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "E":
        return f"{day.year // 10:03d}"
    if unit == "C":
        return f"{day.year // 100:02d}"
    return day.isoformat()


def season_year(day: date, season: str) -> int:
    """The year of the season that a day lies in or that is the last to begin before it."""
    return day.year if day.month >= SEASONS[season] else day.year - 1


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian algorithm, Meeus, "Astronomical Algorithms", chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """The day of a holiday in a year, by the rules of ``data/time_holidays.tsv``."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
            return date.fromisoformat(rule)
        if rule.startswith("E"):
            return easter(year) + timedelta(int(rule[1:]))
        if "#" not in rule:
            return date(year, int(rule[:2]), int(rule[3:]))
        rule, _, extra = rule.partition("+")
        month, _, rest = rule.partition("#")
        nth, _, weekday = rest.rpartition("-")
        found = nth_weekday(year, int(month), int(nth), int(weekday))
        return found + timedelta(int(extra or 0)) if found else None
    except (ValueError, OverflowError):
        return None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The n-th weekday (1 Monday .. 7 Sunday) of a month; n = -1 is the last one."""
    first, last = month_days(year, month, month)
    if nth > 0:
        found = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    else:
        found = last - timedelta((last.isoweekday() - weekday) % 7)
    return found if found.month == month else None


# How many of the next smaller unit make one, to write fractions: half a year -> six months.
_SMALLER = {"Y": ("M", 12), "E": ("Y", 10), "C": ("Y", 100), "L": ("Y", 1000), "D": ("H", 24), "H": ("MIN", 60),
            "MIN": ("S", 60), "Q": ("M", 3), "FN": ("W", 2)}  # fmt: skip
_WHOLE = frozenset({"E", "C", "L", "Q", "FN"})  # always written in the smaller unit
_LETTER = {"Y": "Y", "M": "M", "W": "W", "D": "D", "H": "H", "MIN": "M", "S": "S", "WE": "WE", "E": "E", "C": "C",
           "L": "L", "Q": "Q", "FN": "W"}  # fmt: skip
_CLOCK = ("H", "MIN", "S")


def duration(amount: float | None, unit: str, more: tuple[tuple[float, str], ...] = ()) -> str:
    """An ISO 8601 duration ("P2Y6M", "PT1M30S"); X stands for several ("PXW")."""
    if amount is None:
        return ("PTX" if unit in _CLOCK else "PX") + _LETTER["Y" if unit in ("E", "C", "L") else unit]
    parts: list[tuple[float, str]] = []
    for size, name in ((amount, unit), *more):
        if name in _WHOLE:
            small, count = _SMALLER[name]
            size, name = size * count, small
        whole = int(size)
        rest = size - whole
        if rest and name in _SMALLER and abs(rest * _SMALLER[name][1] - round(rest * _SMALLER[name][1])) < 1e-6:
            if whole:
                parts.append((whole, name))
            parts.append((round(rest * _SMALLER[name][1]), _SMALLER[name][0]))
        else:
            parts.append((size, name))
    text, clock = "P", False
    for size, name in parts:
        if name in _CLOCK and not clock:
            text, clock = text + "T", True
        text += f"{size:.10g}{_LETTER[name]}"
    return text


def third(span: Days, mod: str) -> Days:
    """The first, middle or last third of an interval (early, mid, late), by whole days."""
    length = (span[1] - span[0]).days + 1
    if length < 3:
        return span
    cut = length // 3
    if mod == "START":
        return span[0], span[0] + timedelta(cut - 1 if length % 3 == 0 else cut)
    if mod == "END":
        return span[1] - timedelta(cut - 1 if length % 3 == 0 else cut), span[1]
    return span[0] + timedelta(cut), span[1] - timedelta(cut)
