"""The lines of an article: headline, dateline, headings, captions, body. A headline is told again in the lead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from newsdash.core.records import Span, TimeExpression

LineKind = Literal["headline", "dateline", "heading", "caption", "body"]

_HEADING_WORDS = 20  # a line without a full stop that is longer than this is a sentence that lost its stop
_ENDS = (".", "!", "?", ":", ";", "…", ".”", '."', ".’", ".'", "!”", "?”", '?"', '!"', ".)", ",”", ',"')
_CREDIT = re.compile(r"\b(?:image|photo|picture|credit|file photo)s?: ?\S", re.IGNORECASE)  # the end of a caption
_CREDIT_REACH = 60  # characters of the credit at the end of a caption
_PLACE_OF_REPORT = re.compile(r"[A-Z][A-Z .'-]{2,40}[A-Z][,. ][^\n—–]{0,40}?(?:—|–|--|(?<= )-|_) ")
_SOON = 4  # lines after the first in which a headline's article has begun
_LEAD_LENGTH = 250  # the lead: the first body lines until they have this many characters


@dataclass(frozen=True)
class Line:
    """One line of text with its character span and what it is; ``number`` counts the body paragraphs from 0."""

    start: int
    end: int
    kind: LineKind
    number: int


@dataclass(frozen=True)
class Layout:
    """All lines that are not blank, in order."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    @property
    def lead(self) -> Span:
        """The opening of the body: its first lines until they have 250 characters."""
        body = [line for line in self.lines[:20] if line.kind == "body"]
        if not body:
            return 0, 0
        end = body[0].end
        for line in body[1:]:
            if end - body[0].start >= _LEAD_LENGTH:
                break
            end = line.end
        return body[0].start, end

    def is_place_of_report(self, text: str, offset: int) -> bool:
        """The offset lies in the opening "HARSUND, June 2 (UPI) —" of its line."""
        line = self.at(offset)
        opening = _PLACE_OF_REPORT.match(text, line.start, line.end)
        return opening is not None and offset < opening.end()

    def at(self, offset: int) -> Line:
        """The line an offset lies in (the first line for an offset before it)."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]


def read_layout(text: str, times: Sequence[TimeExpression]) -> Layout:
    """Cut a text into lines. A dateline is a short line that consists mostly of one time expression."""
    dated = {t.start: t for t in times}
    lines: list[Line] = []
    at = 0
    body = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        at += len(raw) + 1
        if not stripped:
            continue
        end = start + len(stripped)
        kind = _kind(stripped, (start, end), dated, first=not lines, seen_body=body > 0)
        if kind == "body" and _is_deck(text, lines):
            kind = "heading"
        if kind == "body" and not lines and not any(start <= t.start < end for t in times):
            kind = "headline" if _opens_alone(stripped, text[at:]) else kind
        if kind == "body" and body > 0 and len(lines) <= _SOON and _PLACE_OF_REPORT.match(text, start, end):
            lines = [_above_the_report(line, text) for line in lines]
            body = sum(line.kind == "body" for line in lines)
        lines.append(Line(start, end, kind, body))
        body += kind == "body"
    if not lines:
        lines.append(Line(0, len(text), "body", 0))
    return Layout(tuple(lines), tuple(line.start for line in lines))


def _above_the_report(line: Line, text: str) -> Line:
    """What stands before "HARSUND - …" is a headline and what it adds to it, with or without full stops."""
    if line.kind != "body" or text.count(" ", line.start, line.end) >= _HEADING_WORDS:
        return line
    return Line(line.start, line.end, "headline" if not line.number and not line.start else "heading", 0)


def _is_deck(text: str, lines: list[Line]) -> bool:
    """A headline that ends in a semicolon goes on in the next line."""
    return len(lines) == 1 and lines[0].kind == "headline" and text[lines[0].end - 1] == ";"


def _opens_alone(line: str, rest: str) -> bool:
    """A headline with a full stop: a short first paragraph without a date before longer ones."""
    following = rest.split("\n", _SOON)[:_SOON]
    longest = max((len(paragraph) for paragraph in following), default=0)
    alone = not following[0].strip().endswith(_ENDS)  # a blank line, or "Source: …"
    return alone and line.count(" ") < _HEADING_WORDS and longest > 2 * len(line)


def _kind(line: str, span: Span, dated: dict[int, TimeExpression], *, first: bool, seen_body: bool) -> LineKind:
    if _CREDIT.search(line[-_CREDIT_REACH:]):
        return "caption"
    words = line.count(" ") + 1
    time = dated.get(span[0])
    if words <= 6 and time is not None and 2 * (time.end - time.start) > span[1] - span[0]:
        return "dateline"
    if line.isupper() and words <= _HEADING_WORDS:
        return "headline" if first and not seen_body else "heading"
    if words > _HEADING_WORDS or (line.endswith(_ENDS) and not (first and line.endswith(";"))):
        return "body"
    return "headline" if first and not seen_body else "heading"
