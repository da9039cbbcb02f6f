"""Breaking a text into lines of so many cells, by offsets. Linear in the text, whatever it is."""

from __future__ import annotations

import re

from newsdash.core.records import Span
from rich.cells import get_character_cell_size

# Anything outside these letters and signs may take two cells or none, and is measured one by one.
_UNUSUAL = re.compile(
    "[^\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)


def wrap(text: str, visible: str, width: int) -> list[Span]:
    """The lines of a text at a width in cells, as spans; an empty line is an empty span.

    ``visible`` is the text as it is shown, character for character. Paragraphs that follow each other without an
    empty line get one, unless the text itself is broken into short lines.
    """
    width = max(1, width)
    lines: list[Span] = []
    airy = _wants_air(text)
    start = 0
    length = len(text)
    while start <= length:
        end = text.find("\n", start)
        if end < 0:
            end = length
        if text[start:end].isspace() or start == end:
            if lines and lines[-1][0] != lines[-1][1]:
                lines.append((start, start))
        else:
            if airy and lines and lines[-1][0] != lines[-1][1]:
                lines.append((start, start))
            paragraph = visible[start:end]
            if _UNUSUAL.search(paragraph):
                _measure(paragraph, start, width, lines)
            else:
                _count(visible, start, end, width, lines)
        start = end + 1
    while lines and lines[-1][0] == lines[-1][1]:
        lines.pop()
    return lines or [(0, 0)]


def _wants_air(text: str) -> bool:
    """Whether each line of the text is a paragraph of its own and none stands apart."""
    body = text.strip()
    if "\n\n" in body:
        return False
    breaks = body.count("\n")
    return breaks > 0 and len(body) / (breaks + 1) > 120


def _count(text: str, start: int, end: int, width: int, lines: list[Span]) -> None:
    """Break a paragraph in which every character takes one cell."""
    place = start
    while end - place > width:
        cut = text.rfind(" ", place, place + width + 1)
        if cut <= place:
            lines.append((place, place + width))
            place += width
            continue
        lines.append((place, cut))
        place = cut + 1
    lines.append((place, end))


def _measure(paragraph: str, start: int, width: int, lines: list[Span]) -> None:
    """Break a paragraph with characters of no, one or two cells; marks stay with the letter before them."""
    line = 0  # where the line starts
    blank = -1  # the last blank in it
    used = 0
    since = 0  # cells after the last blank
    for place, character in enumerate(paragraph):
        size = get_character_cell_size(character)
        if size and used + size > width and place > line:
            if character == " ":
                lines.append((start + line, start + place))
                line, blank, used, since = place + 1, -1, 0, 0
                continue
            if blank > line:
                lines.append((start + line, start + blank))
                line, used = blank + 1, since
            else:
                lines.append((start + line, start + place))
                line, used = place, 0
            blank = -1
        used += size
        since += size
        if character == " ":
            blank, since = place, 0
    lines.append((start + line, start + len(paragraph)))
