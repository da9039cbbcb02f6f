"""The actions that the rules of ``data/time_rules.tsv`` name."""

from __future__ import annotations

from newsdash.core.extraction.times import dates, distances, joining
from newsdash.core.extraction.times.grammar import Action

ACTIONS: dict[str, Action] = {
    "amount": distances.amount,
    "sum": distances.sum_,
    "age": distances.age,
    "lasting": distances.lasting,
    "approximately": distances.approximately,
    "definite": distances.definite,
    "date": dates.date,
    "months": dates.months,
    "numeric": dates.numeric,
    "iso": dates.iso,
    "year": dates.year,
    "decade": dates.decade,
    "century": dates.century,
    "quarter": dates.quarter,
    "half": dates.half,
    "weekday": dates.weekday,
    "weekdays": dates.weekdays,
    "season": dates.season,
    "shift": distances.shift,
    "span": distances.span,
    "vague": distances.vague,
    "first": distances.first,
    "period": distances.period,
    "yearago": distances.yearago,
    "theunit": distances.theunit,
    "offset": distances.offset,
    "deictic": dates.deictic,
    "part": dates.part,
    "clock": dates.clock,
    "holiday": dates.holiday,
    "ref": distances.ref,
    "often": joining.often,
    "every": joining.every,
    "belongs": joining.belongs,
    "belongs_to": joining.belongs_to,
    "both": joining.both,
    "within": joining.within,
    "week_of": joining.week_of,
    "edge": joining.edge,
    "yearend": joining.yearend,
}
