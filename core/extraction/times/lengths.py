"""Lengths of time, repeated times, vague references and times of day."""

from __future__ import annotations

from dataclasses import replace

from newsdash.core.extraction.times import calendars
from newsdash.core.extraction.times.found import Found, Setting, dated, less, unknown
from newsdash.core.extraction.times.meaning import Meaning
from newsdash.core.extraction.times.relative import offset, shift


def amount(m: Meaning, at: Setting) -> Found | None:
    """ "five years": a length; "in five years" under a verb that looks ahead: a date."""
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
        found = offset(replace(m, kind="offset", by=1, anchor="published", mod=""), replace(at, quarter=""))
        if found:
            return replace(found, certainty="approximate")
    return unknown(value, "a length of time", "DURATION")


def age(m: Meaning, at: Setting) -> Found | None:
    """ "an 8-month-old truce"."""
    return unknown(calendars.duration(m.amount, m.unit, m.more), "an age", "DURATION")


def repeated(m: Meaning, at: Setting) -> Found | None:
    """ "every Monday", "daily"."""
    return unknown(m.value, "a repeated time", "SET")


def ref(m: Meaning, at: Setting) -> Found | None:
    """ "now", "recently": only the present has a day."""
    if m.value == "PRESENT_REF" and at.published is not None:
        return Found(
            "DATE", m.value, (at.published, at.published), "approximate", f"the time of publication ({at.published})"
        )
    words = {"PRESENT_REF": "the time of writing", "PAST_REF": "some time before", "FUTURE_REF": "some time ahead"}
    return unknown(m.value, words.get(m.value, "not said when"))


def _day_for(m: Meaning, at: Setting) -> tuple[str, Found | None]:
    """The day on which a time of day lies: value and, where it is known, the day found."""
    if m.base is not None:
        base = at.base
        return (base.value if base else "XXXX-XX-XX"), base
    if m.by is not None:
        if at.published is None:
            return "XXXX-XX-XX", None
        by = m.by
        if m.value in ("following", "next", "previous"):
            found = shift(Meaning("shift", unit="D", by=by, anchor=m.anchor, value=m.value), at)
        else:
            word = "deictic" if m.anchor == "published" else m.value
            found = shift(Meaning("shift", unit="D", by=by, anchor=m.anchor, value=word), at)
        return (found.value if found else "XXXX-XX-XX"), found
    if at.near_day is not None:
        return at.near_day.value[:10], replace(at.near_day, certainty=less(at.near_day))
    if at.published is None or at.narrative:
        return "XXXX-XX-XX", None
    found = dated(at.published.isoformat(), "approximate", f"day of publication ({at.published})")
    return found.value, found


def clock(m: Meaning, at: Setting) -> Found | None:
    """ "5 p.m. EST", on the day it belongs to."""
    day, found = _day_for(m, at)
    day = day.partition("T")[0] if "/" not in day else "XXXX-XX-XX"
    hour, minute = m.hour or 0, m.minute or 0
    if m.base is not None and m.base.kind == "part" and hour < 12 and m.base.part in ("AF", "EV", "NI"):
        hour += 12 if not (m.base.part == "NI" and hour < 6) else 0
    value = f"{day}T{hour:02d}:{minute:02d}" + (f":{m.second:02d}" if m.second is not None else "")
    return _timed(value, found)


def part(m: Meaning, at: Setting) -> Found | None:
    """ "Friday morning", "tonight"."""
    if m.type == "SET":
        return unknown(f"XXXX-XX-XXT{m.part}", "a repeated time", "SET")
    day, found = _day_for(m, at)
    day = day.partition("T")[0] if "/" not in day else "XXXX-XX-XX"
    return _timed(f"{day}T{m.part}", found)


def _timed(value: str, found: Found | None) -> Found:
    if found is None or found.days is None or found.days[0] != found.days[1]:
        if found is not None and found.days is not None:
            return Found("TIME", value, found.days, "approximate", found.reason)
        return unknown(value, "on which day is not said", "TIME")
    return Found("TIME", value, found.days, found.certainty, found.reason)
