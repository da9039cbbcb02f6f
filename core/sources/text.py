"""Plain text: the text is the article; a few labelled lines at its head or foot are read as metadata.

The text itself is never changed, so that offsets hold for the file as it lies on the disk.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from newsdash.core.sources.fields import Fields

_LABELS = {
    "published": "published",
    "date": "published",
    "publication date": "published",
    "source": "source",
    "outlet": "source",
    "author": "author",
    "by": "author",
    "title": "title",
    "headline": "title",
    "url": "url",
}
_LINE = re.compile(r"([A-Za-z ]{2,20}):[ \t]+(\S.{0,200})")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_YEAR = r"((?:1[89]|2[01])\d\d)\b"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?([A-Za-z]{{3,9}})\.?,?[ -]{_YEAR}")
_MONTH_FIRST = re.compile(rf"\b([A-Za-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}")


def parse(content: str) -> Fields:
    """Read "Published: 2026-03-05" and the like from the first six and last three lines that are not blank."""
    lines = [line.strip() for line in content[:4000].split("\n") if line.strip()][:6]
    lines += [line.strip() for line in content[-2000:].split("\n") if line.strip()][-3:]
    values: dict[str, str] = {}
    found: dict[str, str] = {}
    for line in lines:
        field, label, words = _labelled(line)
        if field and field not in values:
            value = day(words) if field == "published" else words
            if value:
                values[field] = value
                found[field] = f'the line "{label}: …"'
    if "title" not in values and (first := headline(content)):
        values["title"], found["title"] = first, "the first line"
    return Fields(text=content, found=found, **values)


def _labelled(line: str) -> tuple[str | None, str, str]:
    """The field that a line such as "Source: The Courier" gives (None: it gives none), its label and its words."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None, "", ""
    label = match[1].strip()
    return _LABELS.get(label.lower()), label, match[2].strip()


def told(content: str) -> list[str]:
    """The lines at the head of a text that are not blank, from the first one on that is no label."""
    lines = [line.strip() for line in content[:4000].split("\n") if line.strip()]
    return list(dropwhile(lambda line: _labelled(line)[0], lines))


def headline(content: str) -> str | None:
    """The first line, when it reads as a headline: short, no full stop, and a longer line comes later."""
    lines = told(content)
    if len(lines) < 2 or not 8 <= len(lines[0]) <= 120 or lines[0][-1] in '.,;:”"' or _LINE.fullmatch(lines[0]):
        return None
    return lines[0] if max(map(len, lines[1:])) > len(lines[0]) else None


def day(value: str) -> str | None:
    """An ISO date out of "2026-03-05", "5 March 2026", "March 5, 2026", with or without other words around.

    All-number dates ("05/03/2026") mean different days in different countries: they are no date here.
    """
    if match := re.search(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)", value):
        return match[1]
    for pattern, month, number in ((_DAY_FIRST, 2, 1), (_MONTH_FIRST, 1, 2)):
        for match in pattern.finditer(value):
            for place, name in enumerate(_MONTHS, 1):
                if name.startswith(match[month].lower().replace("sept", "sep")):
                    return f"{match[3]}-{place:02}-{int(match[number]):02}"
    return None
