"""Styled words on one line, measured in terminal cells. No markup anywhere: text is only text.

A piece is a pair of words and the name of a style (a component class ``nd--NAME``); a line is a list of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size

Piece = tuple[str, str]
Line = Sequence[Piece]

# What may not reach a terminal: control characters, line breaks, marks that turn the reading direction around,
# halves of surrogate pairs.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WORD = re.compile("[\\S\xa0]+[^\\S\xa0]*|[^\\S\xa0]+")  # a no-break space is no place to break
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\U000e0000-\U000e007f]")


def visible(text: str) -> str:
    """The text with every dangerous character replaced by one harmless one, so that offsets hold."""
    return _ODD.sub(_replacement, text) if _ODD.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if code < 32:
        return chr(0x2400 + code)  # the picture of the control character
    return "␡" if code == 127 else "\ufffd"


def shown(text: str) -> str:
    """A visible text without the characters that have no width of their own (soft hyphens and the like)."""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text


def one_line(text: str) -> str:
    """Text from an article as it may stand in a row: on one line, blanks collapsed, harmless."""
    return shown(visible(" ".join(text.split())))


def cells(line: Line) -> int:
    """Width of a line in cells."""
    return sum(cell_len(words) for words, _ in line)


def fit(line: Line, width: int) -> list[Piece]:
    """The line cut to a width, with "…" where something is missing."""
    if cells(line) <= width:
        return list(line)
    kept: list[Piece] = []
    left = width - 1
    for words, style in line:
        size = cell_len(words)
        if size > left:
            if left > 0:
                kept.append((set_cell_size(words, left).rstrip(), style))
            kept.append(("…", style))
            break
        kept.append((words, style))
        left -= size
    return kept if width > 0 else []


def spread(left: Line, right: Line, width: int) -> list[Piece]:
    """Left and right part of a row; the left one gives way."""
    room = width - cells(right)
    if room < 4:
        return fit(left, width)
    part = fit(left, room - 1 if right else room)
    return [*part, (" " * (room - cells(part)), ""), *right]


def wrapped(line: Line, width: int, most: int) -> list[list[Piece]]:
    """The line broken at blanks over at most ``most`` lines, the last one cut with "…"."""
    lines: list[list[Piece]] = [[]]
    used = 0  # with the blanks after the last word, which may hang over the edge
    words = [(word, style) for text, style in line for word in _WORD.findall(text)]  # each with the blanks after it
    for place, (word, style) in enumerate(words):
        size = cell_len(word.rstrip())
        if used and used + size > width:
            if len(lines) == most:
                lines[-1] += words[place:]
                break
            lines.append([])
            used = 0
        lines[-1].append((word, style))
        used += cell_len(word)
    return [fit(_trimmed(part), width) for part in lines]


def _trimmed(line: Line) -> Line:
    """The line without blanks at its end."""
    if not line:
        return line
    words, style = line[-1]
    return [*line[:-1], (words.rstrip(), style)]


def join(parts: Iterable[str], between: str = " · ") -> str:
    """The parts that are there, with dots between."""
    return between.join(filter(None, parts))
