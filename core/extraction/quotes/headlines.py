"""Headlines: "Clinton: …", "Poll: …", "X Warns Y …"; read by words, for parsers are no good at title case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdash.core.extraction.quotes.found import Found
from newsdash.core.extraction.quotes.page import Page

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_COLON = re.compile(r"^\s*([^:\n“\"]{2,60}?)(:)\s+(\S[^\n]*)")
_LONGEST = 160  # characters of a headline
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "by",
        "with",
        "and",
        "or",
        "but",
        "as",
        "from",
        "over",
        "into",
        "after",
        "is",
        "his",
        "her",
        "its",
        "their",
        "vs",
    ]
)


def find_in_headlines(page: Page) -> Iterator[Found]:
    """Quotes in lines that look like headlines."""
    for match in _LINE.finditer(page.text):
        line = match.group()
        if len(line) > _LONGEST or not _is_title(line):
            continue
        start = match.start()
        if colon := _COLON.match(line):
            yield from _labelled(page, start, colon, match.start() == 0)


def _is_title(line: str) -> bool:
    """Most long words begin with a capital."""
    words = [w for w in _WORD.findall(line) if w.lower() not in _SMALL and not w[0].isdigit()]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _labelled(page: Page, start: int, colon: re.Match[str], first: bool) -> Iterator[Found]:
    label = colon.group(1)
    if len(label.split()) > 5:
        return
    head = page.doc[min(page.token_before(start + colon.end(1)), len(page.doc) - 1)]
    end = start + colon.end(3)
    while end > start and page.text[end - 1] in " .\t":
        end -= 1
    yield Found(
        ((start + colon.start(3), end),),
        "headline",
        (start + colon.start(2), start + colon.end(2)),
        head,
        (start + colon.start(1), start + colon.end(1)),
    )
