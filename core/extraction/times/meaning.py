"""What an expression says before it is placed in time.

A ``Meaning`` is what the words alone give ("Friday", "two years before something", "the third quarter of some year");
``anchoring`` finds the dates. The actions of the rules build it: ``dates``, ``distances`` and ``joining``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsdash.core.extraction.times.grammar import Item, Parts
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


def meaning_of(item: Item) -> Meaning:
    """The meaning that a smaller rule gave an item."""
    assert isinstance(item.value, Meaning)
    return item.value


def number_of(item: Item) -> float | None:
    """The number an item stands for, None when it is none."""
    return float(item.value) if isinstance(item.value, (int, float)) else None


def whole(item: Item | None) -> int | None:
    """The whole number an item stands for, None when it is none."""
    if item is None:
        return None
    if item.cls == "SECOND":
        return 2
    value = number_of(item)
    return int(value) if value is not None and value == int(value) else None


def unit_of(parts: Parts, label: str = "u") -> Item | None:
    """The part of a rule that names the unit."""
    for name in (label, "u1", "units", "unit", "u"):
        if name in parts:
            return parts[name]
    return None
