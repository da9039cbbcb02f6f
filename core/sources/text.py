"""Plain text: the text is the article; a few labelled lines at its head or foot are read as metadata.

The text itself is never changed, so that offsets hold for the file as it lies on the disk.
"""

from __future__ import annotations

import re

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


def parse(content: str) -> Fields:
    """Read "Published: 2026-03-05" and the like from the first six and last three lines that are not blank."""
    lines = [line.strip() for line in content[:4000].split("\n") if line.strip()][:6]
    lines += [line.strip() for line in content[-2000:].split("\n") if line.strip()][-3:]
    values: dict[str, str] = {}
    found: dict[str, str] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        field = _LABELS.get(match[1].strip().lower()) if match else None
        if match and field and field not in values:
            value = day(match[2]) if field == "published" else match[2].strip()
            if value:
                values[field] = value
                found[field] = f'the line "{match[1].strip()}: …"'
    if "title" not in values and (first := headline(content)):
        values["title"], found["title"] = first, "the first line"
    return Fields(text=content, found=found, **values)


def headline(content: str) -> str | None:
    """The first line, when it reads as a headline: short, no full stop, and a longer line comes later."""
    lines = [line.strip() for line in content[:4000].split("\n") if line.strip()]
    if len(lines) < 2 or not 8 <= len(lines[0]) <= 120 or lines[0][-1] in '.,;:”"' or _LINE.fullmatch(lines[0]):
        return None
    return lines[0] if max(map(len, lines[1:])) > len(lines[0]) else None


def day(value: str) -> str | None:
    """An ISO date out of "2026-03-05", "5 March 2026", "March 5, 2026", with or without a weekday in front."""
    value = value.strip()
    if match := re.match(r"(\d{4}-\d{2}-\d{2})", value):
        return match[1]
    words = re.findall(r"[A-Za-z]+|\d+", value)
    month = next(
        (_MONTHS.index(m) + 1 for w in words for m in _MONTHS if len(w) >= 3 and m.startswith(w.lower())),
        None,
    )
    numbers = [int(w) for w in words if w.isdigit()]
    year = next((n for n in numbers if 1800 <= n <= 2200), None)
    number = next((n for n in numbers if 1 <= n <= 31), None)
    return f"{year:04}-{month:02}-{number:02}" if year and month and number else None
