"""Quotation marks: which stretches of a text stand in them.

Handled are “ ”, " ", « », „ “, `` '', '' '', and single marks outside of double ones. A quotation may run over
paragraphs, with each paragraph opened again and only the last closed; marks inside marks belong to the outer ones.
One pass over the text, plus a bounded look ahead for single marks: linear time whatever the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"``|''|[“”„‟«»\"‘’'\n]")
_OPENING = frozenset("“„‟«") | {"``"}
_CLOSING = frozenset("”»")
_LONGEST_SINGLE = 1000  # characters between single marks: longer ones are apostrophes that look like marks
_LONGEST_OPEN = 3000  # characters that a quotation may run on over line ends without being opened again
_ELISION = re.compile(r"(?:\d0s|em|til|twas|tis|cause|n|round|bout)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Quoted:
    """A stretch in quotation marks, marks included. ``runs_on``: not closed, the next paragraph opens it again."""

    start: int
    end: int
    runs_on: bool = False


def _opens(text: str, start: int, end: int) -> bool:
    """Whether an undirected mark looks like an opening one: nothing or a bracket before it, a word after it."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-/‘“'")


def _single(text: str, start: int) -> int | None:
    """The end of a quotation in single marks that begins at ``start``, None when it is an apostrophe."""
    if not _opens(text, start, start + 1) or _ELISION.match(text, start + 1):
        return None
    line_end = text.find("\n", start, start + _LONGEST_SINGLE)
    limit = line_end if line_end >= 0 else min(len(text), start + _LONGEST_SINGLE)
    first = None
    for i in range(start + 2, limit):
        if text[i] in "’'" and not text[i - 1].isspace() and not (i + 1 < len(text) and text[i + 1].isalnum()):
            if text[i - 1] in ".,?!…" or text[i + 1 : i + 2] in (".", ",", "?", "!", ":", ";", ")", "", "\n"):
                return i + 1
            first = first or i + 1
    return first


def quoted(text: str) -> tuple[Quoted, ...]:
    """The outermost quoted stretches of a text, in order."""
    found: list[Quoted] = []
    begin = -1  # where the open quotation began, -1 when none is open
    depth = 0
    line_break = -1  # the first line end inside the open quotation
    skip_to = 0
    for match in _MARK.finditer(text):
        at, end = match.span()
        if at < skip_to:
            continue
        mark = match.group()
        if begin >= 0 and line_break >= 0 and at - line_break > _LONGEST_OPEN:
            found.append(Quoted(begin, line_break))
            begin = -1
        if mark == "\n":
            if begin >= 0 and line_break < 0:
                line_break = at
            continue
        if mark in ("‘", "'", "’"):
            if begin < 0 and mark != "’" and (close := _single(text, at)):
                found.append(Quoted(at, close))
                skip_to = close
            continue
        directed = mark in _OPENING or mark in _CLOSING
        fresh = line_break >= 0 and not text[line_break:at].strip()  # first thing in its line
        opening = mark in _OPENING if directed else (_opens(text, at, end) and (begin < 0 or line_break >= 0))
        if mark in _OPENING and begin >= 0 and not text[at - 1].isspace() and not _opens(text, at, end):
            opening = False  # an opening mark typed where the closing one belongs
        if begin < 0:
            if opening:
                begin, depth, line_break = at, 1, -1
        elif opening and line_break >= 0:
            found.append(Quoted(begin, line_break, runs_on=fresh and text[begin] == text[at]))
            begin, depth, line_break = at, 1, -1
        elif opening:
            depth += 1
        elif _pairs(text[begin], mark, depth):
            depth -= 1
            if depth <= 0:
                found.append(Quoted(begin, end))
                begin = -1
    if begin >= 0:
        found.append(Quoted(begin, line_break if line_break >= 0 else _line_end(text, begin)))
    return tuple(q for q in found if q.end - q.start > 2)


def _pairs(opened: str, mark: str, depth: int) -> bool:
    """Whether a closing mark closes what is open: curly marks may be mixed with straight ones, others not."""
    if opened in "“„‟«":
        return mark in '”“»"'
    if opened == '"':
        return mark in '"”' if depth == 1 else mark in "”»"
    return mark == "''"


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
