"""The engine: a cascade of rules over word classes, each stage rewriting runs of items into larger items.

Method: finite-state cascades (Abney, "Partial parsing via finite-state cascades", 1996). The rules stand in
``data/time_rules.tsv``: stage, pattern, output class, action. A pattern is a row of elements; an element is a class,
a set or alternatives joined by "|", with "?" when it may be missing. There is no repetition, so every attempt is
bounded by the length of the longest pattern and a text takes linear time, however odd it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction import lexicon
from newsdash.core.extraction.times.words import Atom
from spacy.tokens import Doc

# Names that stand for several classes.
SETS: dict[str, tuple[str, ...]] = {
    "N": ("num", "YEAR"),
    "U": ("UNIT", "UNITS", "SECOND", "QUARTER", "CENTURY"),
    "U1": ("UNIT", "SECOND", "QUARTER", "CENTURY"),
    "O": ("ord", "SECOND"),
    "LN": ("last", "next", "this", "latest"),
    "D": ("day", "wd"),  # one day
    "P": ("day", "wd", "mon", "yr", "per", "hol"),  # a stretch of the calendar
    "ANY": ("day", "wd", "mon", "yr", "per", "hol", "clock", "part"),
    "TO": ("to", "hyphen", "dash"),
    "JOIN": ("hyphen", "dash"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An atom or what a rule made of several: class, meaning or value, characters and tokens."""

    cls: str
    value: object
    start: int
    end: int
    first: int
    last: int
    text: str


Parts = Mapping[str, Item]
Action = Callable[[Parts, Mapping[str, str], "Place"], object | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is tried: the document, and the tokens first..last that it would take."""

    doc: Doc
    first: int
    last: int

    def word(self, offset: int) -> str:
        """The lower-case word ``offset`` places before (negative) or after the expression, "" outside the text."""
        at = self.first + offset if offset < 0 else self.last + offset
        return str(self.doc[at].lower_) if 0 <= at < len(self.doc) else ""

    def tag(self, offset: int) -> str:
        """The fine tag of that word, "" outside the text."""
        at = self.first + offset if offset < 0 else self.last + offset
        return str(self.doc[at].tag_) if 0 <= at < len(self.doc) else ""

    def is_name(self) -> bool:
        """Whether the words are capitalised as in the title of a programme: "This Week", "USA Today"."""
        last = self.doc[self.last]
        if not last.is_title or last.ent_type_ == "DATE":
            return False
        if self.last > self.first:
            return bool(last.pos_ in ("NOUN", "PROPN") and last.lower_ in ("week", "year", "month", "day"))
        before = self.doc[self.first - 1] if self.first and not last.is_sent_start else None
        return before is not None and before.is_alpha and not before.is_lower


@dataclass(frozen=True)
class Rule:
    """One row of the table, compiled."""

    stage: str
    pattern: re.Pattern[str]
    labels: tuple[str, ...]
    starts: frozenset[str]
    output: str
    action: str
    arguments: Mapping[str, str]


@cache
def _codes() -> dict[str, str]:
    """A character for each class, so that a run of items becomes a string."""
    names: set[str] = set()
    for stage, pattern, output, _ in _table():
        del stage
        names.add(output)
        for element in pattern.split():
            for name in element.rstrip("?").rpartition("=")[2].split("|"):
                names.update(SETS.get(name, (name,)))
    return {name: chr(0xE000 + i) for i, name in enumerate(sorted(names))}


@cache
def _table() -> tuple[tuple[str, str, str, str], ...]:
    return tuple((stage, pattern, output, action) for stage, pattern, output, action, *_ in lexicon.table("time_rules"))


def _compile(stage: str, pattern: str, output: str, action: str) -> Rule:
    codes = _codes()
    expression = ""
    labels: list[str] = []
    starts: set[str] = set()
    open_start = True
    for element in pattern.split():
        optional = element.endswith("?")
        label, _, names = element.rstrip("?").rpartition("=")
        label = label or names.split("|")[0].lower()
        if label in labels:
            label += "2"
        chars = "".join(codes[c] for name in names.split("|") for c in SETS.get(name, (name,)))
        expression += f"([{chars}])" + ("?" if optional else "")
        labels.append(label)
        if open_start:
            starts.update(chars)
            open_start = optional
    name, *pairs = action.split()
    arguments = dict(pair.split("=", 1) for pair in pairs)
    return Rule(stage, re.compile(expression), tuple(labels), frozenset(starts), output, name, arguments)


@cache
def _stages() -> tuple[dict[str, tuple[Rule, ...]], ...]:
    """For each stage, in the order of the table: which rules can begin with a class."""
    stages: dict[str, list[Rule]] = {}
    for row in _table():
        stages.setdefault(row[0], []).append(_compile(*row))
    return tuple(
        {c: tuple(r for r in rules if c in r.starts) for c in set().union(*(r.starts for r in rules))}
        for rules in stages.values()
    )


def parse(atoms: Sequence[Atom], doc: Doc, actions: Mapping[str, Action]) -> list[Item]:
    """Run the cascade over one island; the items that are left, in text order."""
    codes = _codes()
    items = [Item(a.cls, a.value, a.start, a.end, a.first, a.last, a.text) for a in atoms]
    for rules in _stages():
        items = _rewrite(items, rules, codes, doc, actions)
    return items


def _rewrite(
    items: list[Item],
    rules: Mapping[str, tuple[Rule, ...]],
    codes: Mapping[str, str],
    doc: Doc,
    actions: Mapping[str, Action],
) -> list[Item]:
    """One stage: from left to right the longest rule that applies; on a tie the one that stands first in the table."""
    line = "".join(codes.get(item.cls, "\0") for item in items)
    out: list[Item] = []
    i = 0
    while i < len(items):
        found = [(m.end(), rule, m) for rule in rules.get(line[i], ()) if (m := rule.pattern.match(line, i))]
        found.sort(key=lambda f: -f[0])
        for end, rule, m in found:
            parts = {label: items[m.start(g)] for g, label in enumerate(rule.labels, 1) if m.start(g) >= 0}
            taken = items[i:end]
            place = Place(doc, taken[0].first, taken[-1].last)
            meaning = actions[rule.action](parts, rule.arguments, place)
            if meaning is not None:
                cls = taken[-1].cls if rule.output == "=" else rule.output
                text = " ".join(t.text for t in taken)
                last = taken[-1]
                out.append(Item(cls, meaning, taken[0].start, last.end, taken[0].first, last.last, text))
                i = end
                break
        else:
            out.append(items[i])
            i += 1
    return out
