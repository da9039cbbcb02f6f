"""What an expression says before it is placed in time, and the actions by which the rules build it.

A ``Meaning`` is what the words alone give ("Friday", "two years before something", "the third quarter of some year");
``anchoring`` finds the dates. Actions take the labelled parts of a rule, its constants and the place in the text;
None means that the rule doesn't apply after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from newsdash.core.extraction.times.grammar import Action, Item, Parts, Place
from newsdash.core.records import TimeType

Arguments = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The parts of a date that are said. ``kind`` says which others matter.

    date, week, quarter …: calendar fields; shift: ``by`` units from now; offset: ``amount`` units from an anchor;
    span: the last or next ``amount`` units; amount, set, ref: as they stand; clock, part: a time of ``base``;
    within: the n-th unit of ``base``. ``unit`` is one of S MIN H D W M Q Y E C L WE FN; amounts may be None = several.
    """

    kind: str
    type: TimeType = "DATE"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    last_year: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    season: str = ""
    part: str = ""
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str = ""
    unit: str = ""
    amount: float | None = None
    high: float | None = None
    more: tuple[tuple[float, str], ...] = ()
    by: int | None = None
    anchor: str = ""
    value: str = ""
    mod: str = ""
    rule: str = ""
    fiscal: bool = False
    bare: bool = False
    plural: bool = False
    base: Meaning | None = None


def _meaning(item: Item) -> Meaning:
    assert isinstance(item.value, Meaning)
    return item.value


def _number(item: Item) -> float | None:
    return float(item.value) if isinstance(item.value, (int, float)) else None


def _whole(item: Item | None) -> int | None:
    if item is None:
        return None
    if item.cls == "SECOND":
        return 2
    value = _number(item)
    return int(value) if value is not None and value == int(value) else None


def _unit(parts: Parts, label: str = "u") -> Item | None:
    for name in (label, "u1", "units", "unit", "u"):
        if name in parts:
            return parts[name]
    return None


_PER_DAY = {"MIN", "H", "S"}


def amount(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """An amount of time: "five years", "a year and a half", "several weeks", "years"."""
    unit = _unit(parts)
    if unit is None:
        return None
    number = parts.get("n") or parts.get("num")
    low: float | None = 1.0
    if number is not None:
        low = _number(number)
        if low is None or (number.cls == "YEAR" and unit.value not in ("Y", "E", "H") and low >= 1900):
            return None
        if unit.value == "Q" and ("join" in parts or place.word(1) == "of"):
            return None  # "three-quarters of"
        if place.word(-1) in ("$", "£", "€", "no.", "#"):
            return None
    elif "quant" in parts:
        value = parts["quant"].value
        low = float(value) if isinstance(value, int) else None
        if low is None and unit.cls != "UNITS":
            return None
    elif unit.cls == "UNITS":
        low = None
    if "is" in given:
        low = float(given["is"])
    if low is not None and "plus" in given:
        low += float(given["plus"])
    high = _number(parts["high"]) if "high" in parts else None
    if place.word(1) == "-" and place.word(2) in ("ago", "earlier"):
        return None  # "a year-earlier loss": the article belongs to the noun
    bare = set(parts) <= {"units", "u1", "a", "u2", "or", "and", "u"} and "n" not in parts
    if unit.cls in ("SECOND", "QUARTER") and "a" in parts and len(parts) == 2:
        return None  # "a second", "a quarter": mostly no time
    return Meaning(
        "amount", "DURATION", unit=str(unit.value), amount=low, high=high, bare=bare, plural=unit.cls == "UNITS"
    )


def sum_(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """Two amounts that make one: "two hours and 30 minutes"; the second unit must be the smaller."""
    a, b = _meaning(parts["amt"]), _meaning(parts["b"])
    order = ["L", "C", "E", "Y", "Q", "M", "FN", "W", "D", "H", "MIN", "S"]
    if a.amount is None or b.amount is None or a.unit not in order or b.unit not in order or a.bare or b.bare:
        return None
    if order.index(b.unit) <= order.index(a.unit):
        return None
    return replace(a, more=(*a.more, (b.amount, b.unit)))


def age(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "52 years old", "an 8-month-old truce": an age is kept as a duration of its own kind."""
    return replace(_meaning(parts["amt"]), kind="age")


def lasting(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "decades-long", "two-year-long"."""
    return replace(_meaning(parts["amt"]), bare=False)


def approximately(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "about two years", "nearly a decade", "around noon"."""
    item = next(p for p in parts.values() if isinstance(p.value, Meaning))
    found = _meaning(item)
    mod = str(parts["approx"].value)
    if item.cls != "amt" and parts["approx"].text not in (
        "about",
        "around",
        "approximately",
        "circa",
        "nearly",
        "roughly",
    ):
        return None
    if item.cls == "amt" and found.amount is None:
        return None
    return replace(found, mod=mod, bare=False)


def definite(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the nine months": the article belongs to the amount when the unit is plural."""
    found = _meaning(parts["amt"])
    return found if found.plural and found.amount and "last" not in parts else None


def date(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """A day or month, with or without its year; day ranges have ``last_day``."""
    month = int(str(parts["month"].value))
    first = parts.get("n") or parts.get("o")
    day = _whole(first)
    last = _whole(parts.get("high"))
    if first is not None and (day is None or not 1 <= day <= 31):
        return None
    if "high" in parts and (last is None or day is None or not day < last <= 31):
        return None
    year = _whole(parts.get("year"))
    if "yy" in parts:
        year = two_digit_year(parts["yy"])
        if year is None:
            return None
    if first is not None and first.cls == "num" and "year" not in parts and place.word(1) in ("%", "percent", "per"):
        return None
    return Meaning("date", year=year, month=month, day=day, last_day=last)


def two_digit_year(item: Item) -> int | None:
    """ "'98" -> 1998: a year of the last or the coming decades."""
    value = _whole(item)
    if value is None or not 0 <= value <= 99 or item.end - item.start != 2:
        return None
    return 2000 + value if value < 50 else 1900 + value


def months(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "January-June 2016"."""
    first, last = int(str(parts["month"].value)), int(str(parts["m2"].value))
    if last <= first:
        return None
    return Meaning("date", year=_whole(parts.get("year")), month=first, last_month=last)


def numeric(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """Dates in digits: 2026-03-05, 3/5/2026 (month first unless that is impossible), 05.03.2026 (day first)."""
    text = next(iter(parts.values())).text
    mark = next(c for c in text if not c.isdigit())
    cells = text.split(mark)
    fields = [int(c) for c in cells]
    if len(cells[0]) == 4:
        year, month, day = fields[0], fields[1], fields[2] if len(fields) > 2 else None
    elif len(fields) == 3:
        year = fields[2] + (0 if len(cells[2]) == 4 else 2000 if fields[2] < 50 else 1900)
        month, day = (fields[1], fields[0]) if mark == "." or fields[0] > 12 else (fields[0], fields[1])
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
    joined = day.end - parts["year"].start == 10 and len(month.text) == len(day.text) == 2
    year, m, d = _whole(parts["year"]), _whole(month), _whole(day)
    if not joined or year is None or m is None or d is None or not 1 <= m <= 12 or not 1 <= d <= 31:
        return None
    return Meaning("date", year=year, month=m, day=d)


def year(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """A year: "1998", "the year 2000", "'98", "2019-21", "fiscal 1989", "44 BC"."""
    fiscal = bool(given.get("fiscal"))
    if "bc" in parts or (parts.get("ad") and parts["ad"].value == "BC"):
        value = _whole(parts["n"])
        return Meaning("bc", amount=float(value)) if value and value <= 9999 else None
    if "ad" in parts:
        value = _whole(parts["n"])
        return Meaning("date", year=value) if value and value <= 2199 else None
    if "u1" in parts and "n" in parts and not fiscal:  # "the year two thousand"
        value = _whole(parts["n"])
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
    value = _whole(parts["year"])
    if value is None:
        return None
    if "u1" in parts:
        return Meaning("date", year=value) if parts["u1"].value == "Y" else None
    if "high" in parts:
        last = _whole(parts["high"])
        text = parts["high"].text
        if last is None or (parts["high"].cls == "num" and len(text) != 2):
            return None
        last = last if last >= 1000 else value // 100 * 100 + last
        return Meaning("date", year=value, last_year=last) if value < last <= value + 120 else None
    return Meaning("date", year=value, fiscal=fiscal, bare=not fiscal)


def decade(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the 1970s", "the early nineties", "the '80s"."""
    value = _whole(parts["decade"])
    if value is None:
        return None
    value = value if value >= 100 else 190 + value
    mod = str(parts["mod"].value) if "mod" in parts else ""
    return Meaning("decade", year=value, mod=mod)


def century(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the 20th century" -> the years 1900 to 1999."""
    value = _whole(parts["o"])
    if value is None or not 1 <= value <= 22:
        return None
    if (parts.get("ad") and parts["ad"].value == "BC") or "bc" in parts:
        return Meaning("bc", amount=float(value), unit="C")
    return Meaning("century", year=value - 1, mod=str(parts["mod"].value) if "mod" in parts else "")


def quarter(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the third quarter", "Q3 2019"."""
    value = _whole(parts.get("o") or parts.get("qnum"))
    if value is None or not 1 <= value <= 4:
        return None
    return Meaning("quarter", fiscal="fiscal" in parts, quarter=value, year=_whole(parts.get("year")))


def half(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the first half" (of something that follows)."""
    value = 2 if parts["o"].cls == "last" else _whole(parts["o"])
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
        "season", season=str(parts["season"].value), year=_whole(parts.get("year")), bare=set(parts) == {"season"}
    )


def shift(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "last week", "next Friday", "this summer", "that year", "the following day"."""
    if place.is_name():
        return None
    cue = parts.get("last") or parts.get("next") or parts.get("this") or parts.get("that") or parts.get("latest")
    by = int(str(cue.value)) if cue is not None else 0
    if "this" in parts and ("last" in parts or "next" in parts):  # "this coming Sunday", "this past week"
        by = int(str((parts.get("last") or parts["next"]).value))
    word = cue.text if cue is not None else ""
    anchored = word in (
        "following",
        "subsequent",
        "ensuing",
        "preceding",
        "prior",
        "that",
        "that same",
        "the same",
        "same",
    )
    anchored = anchored or word == "this same" or (word in ("previous", "next") and "the" in parts)
    anchor = "previous" if anchored else "published"
    if "that" in parts and word in ("same", "the same") and place.word(1) in ("as", "that"):
        return None
    fiscal = bool(given.get("fiscal"))
    common = Meaning("shift", by=by, anchor=anchor, fiscal=fiscal, value=word)
    if "weekday" in parts:
        return replace(common, weekday=int(str(parts["weekday"].value)))
    if "month" in parts:
        return replace(common, month=int(str(parts["month"].value)))
    if "season" in parts:
        return replace(common, season=str(parts["season"].value))
    if "part" in parts:
        return replace(common, kind="part", type="TIME", part=str(parts["part"].value))
    if "holiday" in parts:
        return replace(common, kind="holiday", rule=str(parts["holiday"].value))
    unit = _unit(parts)
    symbol = given.get("unit") or (str(unit.value) if unit is not None else "")
    if not symbol or symbol in ("S", "MIN"):
        return None
    if symbol == "H" or ("fiscal" in parts and symbol not in ("Y", "Q")):
        return None
    if (word in ("same", "the same", "that same") and symbol in ("Y", "M", "D", "W", "Q", "WE")) or word not in (
        "same",
        "the same",
    ):
        return replace(common, unit=symbol)
    return None


def span(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the past three months", "the next few days", "the next year or so"."""
    cue = parts.get("last") or parts.get("next") or parts["latest"]
    by = int(str(cue.value)) or -1
    if "amt" in parts:
        found = _meaning(parts["amt"])
        if found.bare and found.amount is not None:
            return None
        if found.bare:  # "coming months", "past years"
            return Meaning("ref", value="PAST_REF" if by < 0 else "FUTURE_REF", unit=found.unit)
        return replace(found, kind="span", type="DURATION", by=by)
    unit = _unit(parts)
    number = _number(parts["n"]) if "n" in parts else 1.0
    if unit is None or ("approx" in parts and parts["approx"].text != "or so"):
        return None
    return Meaning("span", "DURATION", unit=str(unit.value), amount=number, by=by)


def vague(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "recent years", "future quarters"."""
    found = _meaning(parts["amt"])
    if found.amount is not None:
        return None
    return Meaning("ref", value="PAST_REF" if parts["recent"].cls == "recent" else "FUTURE_REF", unit=found.unit)


def first(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the first nine months"."""
    found = _meaning(parts["amt"])
    if found.amount is None or not found.plural:
        return None
    return replace(found, kind="amount", value="first")


def period(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the latest period", "the same period", "the 1988 period": as long as the period spoken of before."""
    if "yr" in parts:
        return Meaning("sameperiod", year=_whole(parts["yr"]))
    if "that" in parts:
        return None
    return Meaning("sameperiod", by=0)


def yearago(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the year-ago quarter", "year-earlier" before a noun."""
    if parts["u"].value != "Y":
        return None
    return Meaning("sameperiod", by=-1, quarter=_whole(parts.get("o")))


def theunit(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the year", "the full quarter", "the weekend": the current one or the one spoken of."""
    symbol = str((_unit(parts) or parts["the"]).value)
    if symbol not in ("D", "W", "M", "Q", "Y", "WE", "E"):
        return None
    return Meaning("theunit", unit=symbol, anchor="previous", bare=True)


def offset(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "two days ago", "three weeks later", "a year earlier"."""
    found = _meaning(parts["amt"])
    cue = parts.get("ago") or parts.get("earlier") or parts.get("later") or parts.get("hence")
    assert cue is not None
    if cue.text in ("before", "after"):
        ahead = place.word(1)
        if ahead and (ahead[0].isalnum() or ahead in ("“", '"', "$", "'", "‘")):
            return None
    if cue.text == "previously" and found.bare:
        return None
    by = int(given.get("by", str(cue.value)))
    anchor = given["anchor"]
    if anchor == "previous" and found.unit in ("H", "MIN", "S"):
        return None  # "a minute later": a length of time after something
    return replace(found, kind="offset", type="DATE", by=by, anchor=anchor, bare=False, value=cue.text)


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
        number = _number(parts["n"])
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


def holiday(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "Christmas", "Thanksgiving 2019"."""
    return Meaning("holiday", rule=str(parts["holiday"].value), year=_whole(parts.get("year")))


def ref(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "now", "recently", "the future"."""
    item = parts["ref"]
    after, before = place.word(1), place.word(-1)
    if item.text in ("soon", "the time", "one day") and (
        after in ("after", "as", "of", "that") or before in ("as", "too", "how")
    ):
        return None
    if item.text == "soon" and (place.tag(1) in ("VBD", "VBN") or before in ("was", "were", "had")):
        return None  # "soon became": told of the past
    return Meaning("ref", value=str(item.value))


def often(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "daily", "annually", "twice a week", "per year"."""
    if "amt" in parts:
        found = _meaning(parts["amt"])
        return Meaning("set", "SET", value=_period(found)) if found.bare or parts["freq"].text == "per" else None
    return Meaning("set", "SET", value=str(parts["freq"].value))


def every(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "every Monday", "each year", "every two weeks", "every July"."""
    if "every" not in parts:
        if _meaning(parts["part"]).type != "SET":
            return None
        return Meaning("set", "SET", value=f"XXXX-WXX-{_meaning(parts['wd']).weekday}T{_meaning(parts['part']).part}")
    item = parts.get("wd") or parts.get("amt") or parts.get("u")
    step = int(str(parts["every"].value))
    if item is None:
        return None
    if item.cls in ("wd", "part", "mon", "per", "day", "hol"):
        found = _meaning(item)
        if found.weekday is not None and found.kind == "weekday":
            return Meaning("set", "SET", value=f"XXXX-WXX-{found.weekday}")
        if found.kind == "part":
            return Meaning("set", "SET", value=f"XXXX-XX-XXT{found.part}")
        if found.month is not None and found.year is None:
            return Meaning("set", "SET", value=f"XXXX-{found.month:02d}" + (f"-{found.day:02d}" if found.day else ""))
        if found.season and found.year is None:
            return Meaning("set", "SET", value=f"XXXX-{found.season}")
        return Meaning("set", "SET", value="P1Y") if found.kind == "holiday" else None
    if item.cls == "amt":
        return Meaning("set", "SET", value=_period(_meaning(item)))
    return Meaning("set", "SET", value=_period(Meaning("amount", unit=str(item.value), amount=float(step))))


def belongs(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """The first part lies in the second: "June last year", "5 p.m. Friday", "the first half of 1998"."""
    items = [p for p in parts.values() if isinstance(p.value, Meaning)]
    return _inside(items[0], items[1])


def belongs_to(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """The second part lies in the first: "last year's third quarter", "Friday morning", "tomorrow at noon"."""
    items = [p for p in parts.values() if isinstance(p.value, Meaning)]
    return _inside(items[1], items[0])


_YEARLY = frozenset({"date", "quarter", "season", "holiday", "half", "sameperiod", "theunit"})


def _inside(small: Item, large: Item) -> Meaning | None:
    inner, outer = _meaning(small), _meaning(large)
    if inner.kind in ("clock", "part"):
        fits = inner.base is None and inner.by is None and outer.kind not in ("amount", "span", "ref")
        if outer.kind == "part" and inner.kind == "part":
            return None
        return replace(inner, base=outer, bare=False) if fits else None
    yearly = outer.unit == "Y" or (outer.kind == "date" and outer.month is None and outer.year is not None)
    if inner.kind == "weekday" and outer.unit == "W":
        return replace(inner, base=outer)
    if inner.kind == "half":
        return replace(inner, base=outer)
    if inner.kind == "date" and inner.month is None:
        return None
    if inner.kind in _YEARLY and inner.year is None and inner.base is None and yearly:
        if inner.kind == "theunit" and inner.unit != "Q":
            return None
        return replace(inner, base=outer, bare=False)
    if inner.kind == "shift" and (inner.season or inner.month) and yearly:
        return replace(inner, base=outer)
    return None


def both(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "Saturday, April 25": the date, with its weekday as a witness; "Monday the 21st"."""
    name = _meaning(parts["wd"])
    if "day" in parts:
        found = _meaning(parts["day"])
        return (
            replace(found, weekday=name.weekday) if found.kind == "date" and name.kind in ("weekday", "shift") else None
        )
    day = _whole(parts["o"]) if parts["o"].text[0].isdigit() else None
    return Meaning("date", day=day, weekday=name.weekday) if day and day <= 31 else None


def within(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the first week of May", "the last day of March", "the second Sunday in June"."""
    base = next(p for p in reversed(list(parts.values())) if isinstance(p.value, Meaning))
    n = -1 if parts["o"].cls == "last" else _whole(parts["o"])
    if "weekday" in parts:
        return Meaning("within", weekday=int(str(parts["weekday"].value)), by=n, base=_meaning(base))
    if "amt" in parts:
        found = _meaning(parts["amt"])
        if found.amount is None or not found.plural or n not in (1, -1):
            return None
        return Meaning("within", unit=found.unit, amount=found.amount, by=n, base=_meaning(base))
    unit = _unit(parts)
    return Meaning("within", unit=str(unit.value), by=n, base=_meaning(base)) if unit is not None else None


def week_of(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the week of March 6"."""
    unit = _unit(parts)
    symbol = str(unit.value) if unit is not None else _meaning(parts["per"]).unit
    if symbol not in ("W", "WE", "D") or (unit is None and _meaning(parts["per"]).kind != "theunit"):
        return None
    return Meaning("week_of", unit=symbol, base=_meaning(parts["day"]))


def edge(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "early Tuesday", "mid-1996", "the end of the year", "later this month"."""
    item = next(p for p in reversed(list(parts.values())) if isinstance(p.value, Meaning))
    found = _meaning(item)
    cue = parts.get("mod") or parts.get("later") or parts["earlier"]
    if cue.cls == "mod":
        mod = str(cue.value)
        if "of" not in parts and cue.text not in ("early", "late", "mid"):
            return None
        if "of" in parts and cue.text in ("early", "late", "mid", "opening", "close"):
            return None
    else:
        if cue.text in ("before", "after", "previously", "before then", "afterwards", "thereafter"):
            return None
        if found.kind == "part" and found.bare:
            return None
        mod = "EARLIER" if cue.cls == "EARLIER" else "LATER"
        if found.kind == "date":
            return None
    if found.kind == "clock" or found.mod:
        return None
    return replace(found, mod=mod, bare=False)


def yearend(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "year-end", "month end"."""
    item = parts.get("u1")
    symbol = str(item.value) if item is not None else _meaning(parts["per"]).unit
    if str(parts["mod"].value) != "END" or symbol not in ("Y", "M", "Q") or parts["mod"].text != "end":
        return None
    if item is None and _meaning(parts["per"]).kind not in ("shift", "theunit"):
        return None
    base = Meaning("theunit", unit=symbol, anchor="previous") if item is not None else _meaning(parts["per"])
    return replace(base, mod="END", bare=False)


def _period(found: Meaning) -> str:
    from newsdash.core.extraction.times.calendars import duration

    return duration(found.amount, found.unit, found.more)


ACTIONS: dict[str, Action] = {
    "amount": amount, "sum": sum_, "age": age, "lasting": lasting, "approximately": approximately, "definite": definite,
    "date": date, "months": months, "numeric": numeric,
    "iso": iso, "year": year, "decade": decade, "century": century,
    "quarter": quarter, "half": half, "weekday": weekday, "weekdays": weekdays, "season": season, "shift": shift,
    "span": span, "vague": vague, "first": first, "period": period, "yearago": yearago,
    "theunit": theunit, "offset": offset, "deictic": deictic, "part": part, "clock": clock, "holiday": holiday,
    "ref": ref, "often": often, "every": every, "belongs": belongs, "belongs_to": belongs_to, "both": both,
    "within": within, "week_of": week_of, "edge": edge, "yearend": yearend,
}  # fmt: skip
