"""From what the words say to the calendar: values, intervals, certainty and reasons.

Anchors are the publication date, the expression before (for "two days later", narratives) or nothing; without an
anchor a value keeps X for what is unknown and nothing is invented. Conventions follow TimeBank and TempEval-3:
"two years ago" is a year, "a month ago" a month, "two weeks ago" a week, "five days ago" a day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from newsdash.core.extraction.times import calendars, lengths, relative, written
from newsdash.core.extraction.times.found import Found, Setting, less
from newsdash.core.extraction.times.meaning import Meaning


def resolve(m: Meaning, at: Setting) -> Found | None:
    """Place a meaning in the calendar. None when it says nothing that can stand alone (an impossible date)."""
    if m.base is not None:
        at = replace(at, base=resolve(m.base, at))
    found = _RESOLVERS[m.kind](m, at)
    return None if found is None else _with_mod(found, m.mod, at)


def _with_mod(found: Found, mod: str, at: Setting) -> Found:
    if not mod or found.type in ("DURATION", "SET"):
        return replace(found, certainty="range") if mod and found.certainty == "exact" else found
    span = found.days
    words = {"START": "first third", "MID": "middle third", "END": "last third"}
    if span and mod in words and span[0] != span[1]:
        return replace(
            found, days=calendars.third(span, mod), certainty=less(found), reason=f"{words[mod]} of {found.reason}"
        )
    if span and at.published and mod in ("EARLIER", "LATER") and span[0] < span[1]:
        cut = (span[0], min(span[1], at.published)) if mod == "EARLIER" else (max(span[0], at.published), span[1])
        if cut[0] <= cut[1]:
            where = "up to" if mod == "EARLIER" else "from"
            return replace(found, days=cut, certainty=less(found), reason=f"{found.reason}, {where} {at.published}")
    return replace(found, certainty=less(found)) if mod not in ("START", "MID", "END", "EARLIER", "LATER") else found


_RESOLVERS: dict[str, Callable[[Meaning, Setting], Found | None]] = {
    "date": written.date_,
    "decade": written.decade,
    "century": written.century,
    "bc": written.bc,
    "quarter": written.quarter,
    "half": written.half,
    "season": written.season,
    "holiday": written.holiday,
    "weekday": relative.weekday,
    "shift": relative.shift,
    "offset": relative.offset,
    "span": relative.span,
    "theunit": relative.theunit,
    "sameperiod": relative.sameperiod,
    "within": relative.within,
    "week_of": relative.week_of,
    "amount": lengths.amount,
    "age": lengths.age,
    "set": lengths.repeated,
    "ref": lengths.ref,
    "clock": lengths.clock,
    "part": lengths.part,
}
