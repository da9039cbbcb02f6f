"""Actions for what stands in the calendar: days, months, years, quarters, seasons, holidays, times of day.

Actions take the labelled parts of a rule, its constants and the place in the text; None means that the rule doesn't
apply after all.
"""

from __future__ import annotations

from newsdash.core.extraction.times.grammar import Item, Parts, Place
from newsdash.core.extraction.times.meaning import Arguments, Meaning, number_of, whole


def date(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """A day or month, with or without its year; day ranges have ``last_day``."""
    month = int(str(parts["month"].value))
    first = parts.get("n") or parts.get("o")
    day = whole(first)
    last = whole(parts.get("high"))
    if first is not None and (day is None or not 1 <= day <= 31):
        return None
    if "high" in parts and (last is None or day is None or not day < last <= 31):
        return None
    year = whole(parts.get("year"))
    if "yy" in parts:
        year = two_digit_year(parts["yy"])
        if year is None:
            return None
    if first is not None and first.cls == "num" and "year" not in parts and place.word(1) in ("%", "percent", "per"):
        return None
    return Meaning("date", year=year, month=month, day=day, last_day=last)


def two_digit_year(item: Item) -> int | None:
    """ "'98" -> 1998: a year of the last or the coming decades."""
    value = whole(item)
    if value is None or not 0 <= value <= 99 or item.end - item.start != 2:
        return None
    return 2000 + value if value < 50 else 1900 + value


def months(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "January-June 2016"."""
    first, last = int(str(parts["month"].value)), int(str(parts["m2"].value))
    if last <= first:
        return None
    return Meaning("date", year=whole(parts.get("year")), month=first, last_month=last)


def numeric(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """Dates in digits: 2026-03-05, 3/5/2026 (month first unless that is impossible), 05.03.2026 (day first)."""
    text = next(iter(parts.values())).text
    marks = {c for c in text if not c.isdigit()}
    mark = marks.pop()
    if marks:
        return None  # "8/1.5"
    cells = text.split(mark)
    fields = [int(c) for c in cells]
    if len(cells[0]) == 4:
        year, month, day = fields[0], fields[1], fields[2] if len(fields) > 2 else None
    elif len(fields) == 3:
        if len(cells[2]) not in (2, 4) or (mark == "." and len(text) < 8):
            return None  # "10.4.1" and "2.0.16" are versions
        year = fields[2] + (0 if len(cells[2]) == 4 else 2000 if fields[2] < 50 else 1900)
        day_first = fields[0] > 12 or (mark == "." and fields[1] <= 12)
        month, day = (fields[1], fields[0]) if day_first else (fields[0], fields[1])
    else:
        return None
    if not 1 <= month <= 12 or not (day is None or 1 <= day <= 31) or not 1000 <= year <= 2199:
        return None
    if day is None and place.word(-1) not in ("in", "since", "until", "by", "of"):
        return None
    return Meaning("date", year=year, month=month, day=day)


def iso(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "2026-03-05" that came as five words: nothing may stand between them."""
    month, day = parts["m"], parts["d"]
    joined = day.end - parts["year"].start == len("2026--") + len(month.text) + len(day.text)
    year, m, d = whole(parts["year"]), whole(month), whole(day)
    if not joined or year is None or m is None or d is None or not 1 <= m <= 12 or not 1 <= d <= 31:
        return None
    return Meaning("date", year=year, month=m, day=d)


def year(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """A year: "1998", "the year 2000", "'98", "2019-21", "fiscal 1989", "44 BC"."""
    fiscal = bool(given.get("fiscal"))
    if "bc" in parts or (parts.get("ad") and parts["ad"].value == "BC"):
        value = whole(parts["n"])
        return Meaning("bc", amount=float(value)) if value and value <= 9999 else None
    if "ad" in parts:
        value = whole(parts["n"])
        return Meaning("date", year=value) if value and value <= 2199 else None
    if "u1" in parts and "n" in parts and not fiscal:  # "the year two thousand"
        value = whole(parts["n"])
        fits = parts["u1"].value == "Y" and value is not None and 1000 <= value <= 2199
        return Meaning("date", year=value) if fits else None
    if "poss" in parts or "n" in parts:
        number = parts.get("n") or parts["num"]
        if "poss" in parts and parts["poss"].end != number.start:
            return None
        before = place.doc[place.first - 1] if place.first else None
        if "poss" in parts and before is not None and not before.whitespace_:
            return None
        value = two_digit_year(number)
        return Meaning("date", year=value, fiscal=fiscal) if value else None
    value = whole(parts["year"])
    if value is None:
        return None
    if "u1" in parts:
        return Meaning("date", year=value) if parts["u1"].value == "Y" else None
    if "high" in parts:
        last = whole(parts["high"])
        text = parts["high"].text
        if last is None or (parts["high"].cls == "num" and len(text) != 2):
            return None
        last = last if last >= 1000 else value // 100 * 100 + last
        return Meaning("date", year=value, last_year=last) if value < last <= value + 120 else None
    return Meaning("date", year=value, fiscal=fiscal, bare=not fiscal)


def decade(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the 1970s", "the early nineties", "the '80s"."""
    value = whole(parts["decade"])
    if value is None:
        return None
    value = value if value >= 100 else 190 + value
    mod = str(parts["mod"].value) if "mod" in parts else ""
    return Meaning("decade", year=value, mod=mod)


def century(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the 20th century" -> the years 1900 to 1999."""
    value = whole(parts["o"])
    if value is None or not 1 <= value <= 22:
        return None
    if (parts.get("ad") and parts["ad"].value == "BC") or "bc" in parts:
        return Meaning("bc", amount=float(value), unit="C")
    return Meaning("century", year=value - 1, mod=str(parts["mod"].value) if "mod" in parts else "")


def quarter(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the third quarter", "Q3 2019"."""
    value = whole(parts.get("o") or parts.get("qnum"))
    if value is None or not 1 <= value <= 4:
        return None
    return Meaning("quarter", fiscal="fiscal" in parts, quarter=value, year=whole(parts.get("year")))


def half(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the first half" (of something that follows), "H1 2019"."""
    if "hnum" in parts:
        value, of = whole(parts["hnum"]), whole(parts["year"])
        return Meaning("half", amount=float(value or 1), base=Meaning("date", year=of))
    value = 2 if parts["o"].cls == "last" else whole(parts["o"])
    return Meaning("half", amount=float(value)) if value in (1, 2) else None


def weekday(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "Friday"."""
    return Meaning("weekday", weekday=int(str(parts["weekday"].value)))


def weekdays(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "Mondays", "weekends"."""
    value = parts["weekdays"].value
    return Meaning("set", "SET", value=f"XXXX-WXX-{value}" if value != "WD" else "P1D")


def season(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the summer", "spring 1997"."""
    return Meaning(
        "season", season=str(parts["season"].value), year=whole(parts.get("year")), bare=set(parts) == {"season"}
    )


_OTHER_CALENDARS = frozenset(
    {"chinese", "lunar", "jewish", "persian", "iranian", "islamic", "hindu", "tibetan", "thai", "ethiopian", "coptic"}
)  # their new year is another day


def holiday(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "Christmas", "Thanksgiving 2019"."""
    if parts["holiday"].text.startswith("new year") and place.word(-1) in _OTHER_CALENDARS:
        return None
    return Meaning("holiday", rule=str(parts["holiday"].value), year=whole(parts.get("year")))


def deictic(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "today", "yesterday", "tonight"."""
    if place.is_name():
        return None
    if "tonight" in parts:
        return Meaning("part", "TIME", part="NI", by=0, anchor="published")
    return Meaning("shift", unit="D", by=int(str(parts["deictic"].value)), anchor="published", value="deictic")


def part(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the morning", "mid-afternoon", "overnight"."""
    item = parts.get("part") or parts["overnight"]
    mod = str(parts["mod"].value) if "mod" in parts else ""
    if item.text.endswith("s") and item.cls == "PART":
        return Meaning("part", "SET", part=str(item.value), bare=True, plural=True)
    bare = set(parts) <= {"part", "the"}
    return Meaning("part", "TIME", part=str(item.value), bare=bare, mod=mod, value="the" if "the" in parts else "")


def clock(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "5 p.m. EST", "10:30", "noon", "six o'clock"."""
    minute: int | None = 0
    second = None
    if "noon" in parts:
        hour = int(str(parts["noon"].value))
    elif "clock" in parts:
        value = parts["clock"].value
        assert isinstance(value, tuple)
        hour, minute, second = value
        if not ({"ampm", "zone"} & set(parts)) and hour < 10 and parts["clock"].end - parts["clock"].start < 4:
            return None
    else:
        number = number_of(parts["n"])
        if number is None:
            return None
        hour = int(number)
        minute = round(100 * (number - hour))
        if "zone" in parts and "ampm" not in parts and "oclock" not in parts:
            text = parts["n"].text
            if len(text) != 4 or not text.isdigit():
                return None
            hour, minute = int(text[:2]), int(text[2:])
    if "ampm" in parts:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["ampm"].value == "pm" else 0)
    if not 0 <= hour <= 24 or not 0 <= (minute or 0) <= 59:
        return None
    zone = parts["zone"].text if "zone" in parts else ""
    loose = "ampm" not in parts and not zone and "clock" in parts
    return Meaning("clock", "TIME", hour=hour, minute=minute, second=second, zone=zone, bare=loose)
