"""Find inside one article: exact (case-smart) or fuzzy."""

from __future__ import annotations

import re

from newsdash.core.records import Span
from rapidfuzz import fuzz

FUZZY_SCORE = 80.0  # rapidfuzz partial ratio from which a passage counts as a fuzzy hit
_SAME = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("–", "-"), ("—", "-"))


def find(text: str, query: str, *, fuzzy: bool = False) -> list[Span]:
    """Where the query stands in the text, in text order, without overlaps.

    Case-smart as in vim and ripgrep: a capital in the query makes case count. Curly and straight quotes are the
    same, so are all dashes; a blank matches any white space. ``fuzzy`` adds the best passage of every line that is
    near the query, for words whose spelling one does not know.
    """
    query = query.strip()
    if not query:
        return []
    flags = re.IGNORECASE if query == query.lower() else 0
    pattern = r"\s+".join(re.escape(word) for word in _folded(query).split())
    folded = _folded(text)
    found = [match.span() for match in re.finditer(pattern, folded, flags)]
    return found if found or not fuzzy else _near(folded, _folded(query))


def _folded(text: str) -> str:
    """Straight quotes and plain dashes, one character for one: offsets hold. (A table takes 50 times as long.)"""
    for curly, plain in _SAME:
        text = text.replace(curly, plain)
    return text


def _near(text: str, query: str) -> list[Span]:
    """The best passage of each line, widened to whole words, when it is near enough to the query."""
    found: list[Span] = []
    wanted = _lower(query)
    offset = 0
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), 400):  # pieces keep the alignment linear on endless lines
            piece = _lower(line[start : start + 400 + len(query)])
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
