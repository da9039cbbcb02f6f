"""Find inside one article: exact (case-smart) or fuzzy."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsdash.core.records import Span
from rapidfuzz import fuzz

FUZZY_SCORE = 80.0  # rapidfuzz partial ratio from which a passage counts as a fuzzy hit
_SAME = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("–", "-"), ("—", "-"))


MOST = 100_000  # hits that are listed: whoever finds more than that has typed one letter of a book
_PIECE = 1 << 18  # characters looked through between two questions whether to go on
_REACH = 1 << 10  # how far a hit may reach into the next piece: over a line break and many blanks


def find(text: str, query: str, *, fuzzy: bool = False, stopped: Callable[[], bool] = lambda: False) -> list[Span]:
    """Where the query stands in the text, in text order, without overlaps; the first ``MOST`` places.

    Case-smart as in vim and ripgrep: a capital in the query makes case count. Curly and straight quotes are the
    same, so are all dashes; a blank matches any white space. ``fuzzy`` adds the best passage of every line that is
    near the query, for words whose spelling one does not know. ``stopped`` is asked again and again in a long text;
    once it says yes the hits so far are returned.
    """
    query = query.strip()
    if not query:
        return []
    wanted = _folded(query)
    flags = re.IGNORECASE if query == query.lower() else 0
    pattern = re.compile(r"\s+".join(re.escape(word) for word in wanted.split()), flags)
    found: list[Span] = []
    place = 0
    while place < len(text) and len(found) < MOST and not stopped():
        end = place + _PIECE
        piece = _folded(text[place : end + len(query) + _REACH])
        found += [(place + m.start(), place + m.end()) for m in pattern.finditer(piece) if m.start() < _PIECE]
        place = max(end, found[-1][1]) if found else end
    return found[:MOST] if found or not fuzzy else _near(text, wanted, stopped)


def _folded(text: str) -> str:
    """Straight quotes and plain dashes, one character for one: offsets hold. (A table takes 50 times as long.)"""
    for curly, plain in _SAME:
        text = text.replace(curly, plain)
    return text


def _near(text: str, query: str, stopped: Callable[[], bool]) -> list[Span]:
    """The best passage of each line, widened to whole words, when it is near enough to the query."""
    found: list[Span] = []
    wanted = _lower(query)
    offset = 0
    for line in text.splitlines(keepends=True):
        if len(found) >= MOST or stopped():
            break
        for start in range(0, len(line), 400):  # pieces keep the alignment linear on endless lines
            piece = _lower(_folded(line[start : start + 400 + len(query)]))
            hit = fuzz.partial_ratio_alignment(wanted, piece, score_cutoff=FUZZY_SCORE)
            if hit and hit.dest_end > hit.dest_start and len(piece.strip()) >= len(wanted) // 2:
                first, last = hit.dest_start, hit.dest_end
                while first < last and not piece[first].isalnum():  # the best place may begin beside the word
                    first += 1
                while last > first and not piece[last - 1].isalnum():
                    last -= 1
                while first > 0 and piece[first - 1].isalnum():
                    first -= 1
                while last < len(piece) and piece[last].isalnum():
                    last += 1
                span = (offset + start + first, offset + start + last)
                if span[0] < span[1] and (not found or span[0] >= found[-1][1]):
                    found.append(span)
        offset += len(line)
    return found


def _lower(text: str) -> str:
    """Lower case, one character for one ("İ" would become two, and all offsets after it wrong)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
