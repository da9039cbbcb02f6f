"""Actions that join what smaller rules found: "June last year", "every Monday", "the end of 1998", "Friday morning"."""

from __future__ import annotations

from dataclasses import replace

from newsdash.core.extraction.times.calendars import duration
from newsdash.core.extraction.times.grammar import Item, Parts, Place
from newsdash.core.extraction.times.meaning import Arguments, Meaning, meaning_of, unit_of, whole


def often(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "daily", "annually", "twice a week", "per year"."""
    if "amt" in parts:
        found = meaning_of(parts["amt"])
        return Meaning("set", "SET", value=_period(found)) if found.bare or parts["freq"].text == "per" else None
    return Meaning("set", "SET", value=str(parts["freq"].value))


def every(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "every Monday", "each year", "every two weeks", "every July"."""
    item = parts.get("wd") or parts.get("amt") or parts.get("u")
    step = int(str(parts["every"].value))
    if item is None:
        return None
    if item.cls in ("wd", "part", "mon", "per", "day", "hol"):
        found = meaning_of(item)
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
        return Meaning("set", "SET", value=_period(meaning_of(item)))
    return Meaning("set", "SET", value=_period(Meaning("amount", unit=str(item.value), amount=float(step))))


def belongs(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """The first part lies in the second: "June last year", "5 p.m. Friday", "the first half of 1998"."""
    if place.tag(1) == "POS":
        return None  # "on Monday of last week's shooting"
    items = [p for p in parts.values() if isinstance(p.value, Meaning)]
    return _inside(items[0], items[1])


def belongs_to(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """The second part lies in the first: "last year's third quarter", "Friday morning", "tomorrow at noon"."""
    items = [p for p in parts.values() if isinstance(p.value, Meaning)]
    return _inside(items[1], items[0])


_YEARLY = frozenset({"date", "quarter", "season", "holiday", "half", "sameperiod", "theunit"})


def _inside(small: Item, large: Item) -> Meaning | None:
    inner, outer = meaning_of(small), meaning_of(large)
    if inner.type == "SET" and inner.kind == "part":  # "Friday mornings"
        named = outer.kind == "weekday" and outer.base is None
        return Meaning("set", "SET", value=f"XXXX-WXX-{outer.weekday}T{inner.part}") if named else None
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
        if outer.kind == "date" and not outer.fiscal and not outer.last_year and not outer.mod:
            return replace(inner, year=outer.year, bare=False)
        return replace(inner, base=outer, bare=False)
    if inner.kind == "shift" and (inner.season or inner.month) and yearly:
        return replace(inner, base=outer)
    return None


def both(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "Saturday, April 25": the date, with its weekday as a witness; "Monday the 21st"."""
    name = meaning_of(parts["wd"])
    if "day" in parts:
        found = meaning_of(parts["day"])
        return (
            replace(found, weekday=name.weekday) if found.kind == "date" and name.kind in ("weekday", "shift") else None
        )
    day = whole(parts["o"]) if parts["o"].text[0].isdigit() else None
    return Meaning("date", day=day, weekday=name.weekday) if day and day <= 31 else None


def within(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the first week of May", "the last day of March", "the second Sunday in June", "the 20th of next month"."""
    base = meaning_of(next(p for p in reversed(list(parts.values())) if isinstance(p.value, Meaning)))
    n = whole(parts["o"]) if "o" in parts else -1
    name = parts.get("wd") or parts.get("per")
    if name is None:
        unit = unit_of(parts)
        if unit is not None:
            return Meaning("within", unit=str(unit.value), by=n, base=base)
        return Meaning("within", unit="D", by=n, base=base) if base.unit == "M" and n and n <= 31 else None
    inner = meaning_of(name)
    if "o" not in parts and not (inner.kind == "shift" and inner.value == "last"):
        return None  # "last Monday in March"
    if inner.weekday is not None:
        return Meaning("within", weekday=inner.weekday, by=n, base=base) if inner.base is None else None
    smaller = inner.unit in ("D", "W", "WE") or (inner.unit in ("M", "Q") and base.month is None and base.unit != "M")
    return Meaning("within", unit=inner.unit, by=n, base=base) if smaller else None


def week_of(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the week of March 6", "the week beginning March 2"."""
    unit = unit_of(parts)
    if "mod" in parts and parts["mod"].text != "beginning":
        return None
    symbol = str(unit.value) if unit is not None else meaning_of(parts["per"]).unit
    if symbol not in ("W", "WE", "D") or (unit is None and meaning_of(parts["per"]).kind != "theunit"):
        return None
    return Meaning("week_of", unit=symbol, base=meaning_of(parts["day"]))


def edge(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "early Tuesday", "mid-1996", "the end of the year", "later this month"."""
    item = next(p for p in reversed(list(parts.values())) if isinstance(p.value, Meaning))
    found = meaning_of(item)
    if "u" in parts and meaning_of(parts["u"]).unit != "D":
        return None  # "the end of the day on Friday", not "the end of the year Tuesday"
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
    """ "year-end", "month end", "the beginning of year"."""
    item = parts.get("u1")
    symbol = str(item.value) if item is not None else meaning_of(parts["per"]).unit
    mod, word = str(parts["mod"].value), parts["mod"].text.removeprefix("the ")
    if symbol not in ("Y", "M", "Q") or not (word == "end" or ("of" in parts and word in ("beginning", "start"))):
        return None
    if item is None and meaning_of(parts["per"]).kind not in ("shift", "theunit"):
        return None
    base = Meaning("theunit", unit=symbol, anchor="previous") if item is not None else meaning_of(parts["per"])
    return replace(base, mod=mod, bare=False)


def _period(found: Meaning) -> str:
    return duration(found.amount, found.unit, found.more)
