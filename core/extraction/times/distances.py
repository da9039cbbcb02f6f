"""Actions for amounts of time and for what lies at a distance: "five years", "last week", "two days ago"."""

from __future__ import annotations

from dataclasses import replace

from newsdash.core.extraction import numerals
from newsdash.core.extraction.times.grammar import Parts, Place
from newsdash.core.extraction.times.meaning import Arguments, Meaning, meaning_of, number_of, unit_of, whole

_RECORD = 8  # words before a length of time in which a superlative may stand


def amount(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """An amount of time: "five years", "a year and a half", "several weeks", "years"."""
    unit = unit_of(parts)
    if unit is None or (unit.cls == "WEEKDAYS" and unit.value != "WE"):
        return None
    number = parts.get("n") or parts.get("num")
    low: float | None = 1.0
    if number is not None:
        low = number_of(number)
        if low is None or (number.cls == "YEAR" and unit.value not in ("Y", "E", "H") and low >= 1900):
            return None
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
    high = number_of(parts["high"]) if "high" in parts else None
    if place.word(1) == "-" and (place.word(2) in ("ago", "earlier") or ("a" in parts and place.word(2) == "long")):
        return None  # "a year-earlier loss", "a day-long meeting": the article belongs to the noun
    share = number is not None and place.word(1) == "of" and not place.word(2)[:1].isdigit()
    if unit.value == "Q" and ("join" in parts or share or place.word(-1) in numerals.HYPHENS):
        return None  # "three-quarters of the voters", no "two quarters of 1990"
    bare = set(parts) <= {"units", "u1", "a", "u2", "or", "and", "u"} and "n" not in parts
    if unit.cls in ("SECOND", "QUARTER") and "a" in parts and len(parts) == 2:
        return None  # "a second", "a quarter": mostly no time
    value = "since" if _is_record(place) else ""
    return Meaning(
        "amount",
        "DURATION",
        unit=str(unit.value),
        amount=low,
        high=high,
        bare=bare,
        plural=unit.cls == "UNITS",
        value=value,
    )


def _is_record(place: Place) -> bool:
    """ "The largest march in the country in thirty years": a length of time up to now, whatever the verb."""
    for k in range(1, _RECORD + 1):
        if place.tag(-k) in ("VBD", "VBZ", "VBP", "MD", ".", ""):
            return False
        if place.tag(-k) in ("JJS", "RBS") or place.word(-k) == "first":
            return True
    return False


def sum_(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """Two amounts that make one: "two hours and 30 minutes"; the second unit must be the smaller."""
    a, b = meaning_of(parts["amt"]), meaning_of(parts["b"])
    order = ["L", "C", "E", "Y", "Q", "M", "FN", "W", "D", "H", "MIN", "S"]
    if a.amount is None or b.amount is None or a.unit not in order or b.unit not in order or a.bare or b.bare:
        return None
    if order.index(b.unit) <= order.index(a.unit):
        return None
    return replace(a, more=(*a.more, (b.amount, b.unit)))


def age(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "52 years old", "an 8-month-old truce": an age is kept as a duration of its own kind."""
    return replace(meaning_of(parts["amt"]), kind="age")


def lasting(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "decades-long", "two-year-long", "day-long"."""
    if parts["more"].text != "long":
        return None
    if "amt" in parts:
        return replace(meaning_of(parts["amt"]), bare=False)
    return Meaning("amount", "DURATION", unit=str(parts["unit"].value), amount=1.0)


def approximately(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "about two years", "nearly a decade", "around noon"."""
    item = next(p for p in parts.values() if isinstance(p.value, Meaning))
    found = meaning_of(item)
    if parts["approx"].text in ("around", "about") and place.tag(1) == "POS":
        return None  # "a way around Wednesday's ruling"
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
    found = meaning_of(parts["amt"])
    return found if found.plural and found.amount and "last" not in parts else None


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
    if word == "following" and "the" not in parts:
        return None  # "Following Monday's debate, …" means after it
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
    unit = unit_of(parts)
    if fiscal and unit is not None and unit.value not in ("Y", "Q"):
        return None  # "a bad financial week"
    if unit is not None and unit.value == "E" and word in ("past", "next", "coming"):
        return Meaning("span", "DURATION", unit="E", amount=1.0, by=by)
    if unit is not None and word == "past" and unit.value in ("W", "M"):
        return Meaning("span", "DURATION", unit=str(unit.value), amount=1.0, by=by)  # up to now, no calendar week
    symbol = str(unit.value) if unit is not None else ""
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
    """ "the past three months", "the two coming weeks", "the next year or so"."""
    cue = parts.get("last") or parts.get("next") or parts["latest"]
    by = int(str(cue.value)) or -1
    if cue.text == "following" and "the" not in parts:
        return None  # "freed following three years in custody"
    if "amt" in parts:
        found = meaning_of(parts["amt"])
        if "n" in parts:
            return replace(found, kind="span", amount=number_of(parts["n"]), by=by) if found.amount is None else None
        if found.bare and found.amount is not None:
            return None
        if found.bare:  # "coming months", "past years"
            return Meaning("ref", value="PAST_REF" if by < 0 else "FUTURE_REF", unit=found.unit)
        return replace(found, kind="span", type="DURATION", by=by)
    unit = unit_of(parts)
    number = number_of(parts["n"]) if "n" in parts else 1.0
    if unit is None or ("approx" in parts and parts["approx"].text != "or so"):
        return None
    return Meaning("span", "DURATION", unit=str(unit.value), amount=number, by=by)


def vague(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "recent years", "future quarters"."""
    found = meaning_of(parts["amt"])
    if found.amount is not None:
        return None
    return Meaning("ref", value="PAST_REF" if parts["recent"].cls == "recent" else "FUTURE_REF", unit=found.unit)


def first(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the first nine months"."""
    found = meaning_of(parts["amt"])
    if found.amount is None or not found.plural:
        return None
    return replace(found, kind="amount", value="first")


def period(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the latest period", "the same period", "the 1988 period": as long as the period spoken of before."""
    if "yr" in parts:
        return Meaning("sameperiod", year=whole(parts["yr"]))
    if "that" in parts:
        return None
    return Meaning("sameperiod", by=0)


def yearago(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the year-ago quarter", "year-earlier" before a noun."""
    if parts["u"].value != "Y":
        return None
    return Meaning("sameperiod", by=-1, quarter=whole(parts.get("o")))


def theunit(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "the year", "the full quarter", "the weekend": the current one or the one spoken of."""
    symbol = str((unit_of(parts) or parts["the"]).value)
    if symbol not in ("D", "W", "M", "Q", "Y", "WE", "E"):
        return None
    return Meaning("theunit", unit=symbol, anchor="previous", bare=True)


def offset(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "two days ago", "three weeks later", "a year earlier"."""
    found = meaning_of(parts["amt"])
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


def counted(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "two weeks before Christmas", "three days from Tuesday", "the day after the 5 March"."""
    found, base = meaning_of(parts["amt"]), meaning_of(parts["x"])
    cue = parts.get("earlier") or parts.get("later") or parts["from"]
    if cue.text not in ("before", "after", "from") or found.amount is None or found.unit in ("H", "MIN", "S"):
        return None
    rate = place.first > 0 and place.doc[place.first - 1].pos_ in ("NUM", "NOUN", "SYM")
    if rate and found.bare and cue.text == "from":
        return None  # "620 euros a month from January"
    by = -1 if cue.text == "before" else 1
    return replace(found, kind="offset", type="DATE", by=by, bare=False, value=cue.text, base=base)


def ref(parts: Parts, given: Arguments, place: Place) -> Meaning | None:
    """ "now", "recently", "the future"."""
    item = parts["ref"]
    after, before = place.word(1), place.word(-1)
    if item.text in ("soon", "the time", "one day") and (
        after in ("after", "as", "of", "that") or before in ("as", "too", "how")
    ):
        return None
    if item.text == "one day" and not {"MD", "VB"} & {place.tag(-1), place.tag(1), place.tag(-2)}:
        return Meaning("amount", "DURATION", unit="D", amount=1.0)  # "will one day win", not "took one day"
    if item.text == "soon" and (place.tag(1) in ("VBD", "VBN") or before in ("was", "were", "had")):
        return None  # "soon became": told of the past
    return Meaning("ref", value=str(item.value))
