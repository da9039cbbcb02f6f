"""What an expression is resolved to, and what surrounds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsdash.core.extraction.times import calendars
from newsdash.core.extraction.times.calendars import Days
from newsdash.core.records import Certainty, TimeType

NAMES = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century",
          "WE": "weekend", "FN": "fortnight", "L": "millennium"}  # fmt: skip
DAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MASKS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX",
          "E": "XXX", "C": "XX", "FN": "XXXX-WXX", "L": "X"}  # fmt: skip
NO_DATE = "no publication date to count from"


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
    look: Callable[[], tuple[str, bool]]  # which way the sentence points, and whether the evidence is strong
    before: str = ""  # the word before
    after: str = ""  # the word after
    previous: Found | None = None  # the last dated expression
    previous_text: str = ""
    near: bool = False  # the last dated expression stands in the same paragraph, close by
    near_day: Found | None = None  # the last day mentioned close by
    quarter: str = ""  # the last quarter mentioned close by ("1989-Q3")
    narrative: bool = False  # a text about times long before its publication: dates hang on one another
    until: Found | None = None  # the day on which the period ends that is spoken of ("the quarter ended Sept. 30")
    base: Found | None = None  # what the expression lies in, resolved ("May" in "the first week of May")

    def way(self) -> str:
        """ "past", "future" or "" where the sentence doesn't say."""
        return self.look()[0]

    def sure(self) -> bool:
        """Whether the direction has strong evidence."""
        return self.look()[1]


def dated(value: str, certainty: Certainty, reason: str, kind: TimeType = "DATE") -> Found:
    """A resolved date: its days are those of its value; unresolved where the value has none."""
    span = calendars.days(value)
    if span is None and certainty != "unresolved":
        certainty = "unresolved"
    return Found(kind, value, span, certainty, reason)


def unknown(value: str, reason: str, kind: TimeType = "DATE") -> Found:
    """An expression without a place in the calendar."""
    return Found(kind, value, None, "unresolved", reason)


def less(found: Found) -> Certainty:
    """The certainty of something derived from ``found``: exact becomes approximate."""
    return "approximate" if found.certainty == "exact" else found.certainty
