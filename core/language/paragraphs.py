"""Where a text surely breaks: blank lines always, newlines when they end paragraphs and do not wrap lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from newsdash.core.language.labels import GAP_BLANK_LINE, GAP_GLUED, GAP_NEWLINE, GAP_SPACE

WRAP_LEAST, WRAP_MOST = 40, 120
"""Lengths of lines that an editor or mail program wraps at."""
BULLET = re.compile(r"\s*(?:[-*•·▪–—]|\(?\d{1,3}[.)]|[a-z][.)])\s")


def is_wrapped(text: str) -> bool:
    """Whether single newlines only wrap lines: most lines have about the same length and end in mid-sentence.

    Only lines that are followed by a further line of the same block are asked.
    """
    inner: list[tuple[str, str]] = []
    for block in re.split(r"\n\s*\n", text[:50_000]):
        rows = [r.strip() for r in block.split("\n") if r.strip()]
        inner.extend(itertools.pairwise(rows))
    if len(inner) < 2:
        return False
    lengths = sorted(len(a) for a, _ in inner)
    usual = lengths[len(lengths) * 3 // 4]
    if not WRAP_LEAST <= usual <= WRAP_MOST:
        return False
    open_ended = sum(not re.search(r"[.!?:;”\"’')\]]$", a) and not BULLET.match(b) for a, b in inner)
    full = sum(len(a) + len(b.split()[0]) + 1 > usual for a, b in inner)
    return open_ended >= 0.5 * len(inner) and full >= 0.5 * len(inner)


def gaps(words: Sequence[str], spaces: Sequence[bool], wrapped: bool) -> list[int]:
    """What stands before each word (`GAP_…`), whitespace words included; a wrapped line's newline is a space."""
    found: list[int] = []
    now = GAP_BLANK_LINE
    for word, space in zip(words, spaces, strict=True):
        found.append(now)
        if word.isspace():
            lines = word.count("\n") + word.count("\x0b") + word.count("\u2029") * 2
            lines = max(lines, word.count("\r"))
            if now in (GAP_NEWLINE, GAP_BLANK_LINE):
                lines += 1 if now == GAP_NEWLINE else 2
            new = GAP_SPACE if not lines else GAP_NEWLINE if lines == 1 else GAP_BLANK_LINE
            now = GAP_SPACE if new == GAP_NEWLINE and wrapped else new
        else:
            now = GAP_SPACE if space else GAP_GLUED
    return found
