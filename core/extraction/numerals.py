"""Numbers in words and digits: "twenty-five", "1,200", "2 1/2", "a hundred thirty million", "nineteen ninety-six".

Used by the time expressions and the typed values. All functions take lower-case words, one a list item, hyphens as
items of their own; they never raise on odd input.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsdash.core.extraction import lexicon

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?|\.\d{1,6}")
_FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})")
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_LONGEST = 14  # words of one number; longer runs are lists
HYPHENS = frozenset({"-", "‑", "–"})


@cache
def _words() -> dict[str, tuple[str, float]]:
    """Number words: kind (unit, teen, ten, scale) and value."""
    return {word: (kind, float(value)) for word, kind, value in lexicon.table("value_numbers")}


def digits(word: str) -> float | None:
    """The value of a word in digits: "1,200" -> 1200.0; None when it is no plain number."""
    if not (word[:1].isdigit() or word[:1] == "."):
        return _GLYPHS.get(word)
    if _DIGITS.fullmatch(word):
        return float(word.replace(",", ""))
    if (found := _FRACTION.fullmatch(word)) and 0 < int(found[1]) < int(found[2]):
        return int(found[1]) / int(found[2])
    return None


def is_word(word: str) -> bool:
    """Whether the word is a number word ("twelve", "million")."""
    return word in _words()


def scale(word: str) -> float | None:
    """The value of a scale word ("million" -> 1e6), None for others."""
    kind, value = _words().get(word, ("", 0.0))
    return value if kind == "scale" else None


def read(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """The number that begins at ``words[at]``: its value and how many words it takes; None when there is none."""
    first = digits(words[at])
    if first is not None:
        return _read_digits(words, at, first)
    table = _words()
    total = current = 0.0
    used = 0
    last = ""
    limit = min(len(words), at + _LONGEST)
    i = at
    if words[at] in ("a", "an") and at + 1 < limit and table.get(words[at + 1], ("",))[0] == "scale":
        current, i, last = 1.0, at + 1, "unit"
    while i < limit:
        kind, value = table.get(words[i], ("", 0.0))
        if kind in ("unit", "teen", "ten"):
            fits = not last or last == "scale" or (last == "ten" and kind == "unit" and value > 0)
            if not fits:
                break
            current += value
        elif kind == "scale":
            if not last and words[i] not in ("hundred", "thousand", "million", "billion", "trillion"):
                break
            if value == 100 or value == 12:
                current = (current or 1.0) * value
            else:
                total, current = total + (current or 1.0) * value, 0.0
        elif (i > at and last == "ten" and words[i] in HYPHENS and _kind(words, i + 1, limit) == "unit") or (
            last == "scale" and words[i] == "and" and _kind(words, i + 1, limit) in ("unit", "teen", "ten")
        ):
            i += 1
            continue
        else:
            break
        last = kind
        i += 1
        used = i - at
    return (total + current, used) if used else None


def _kind(words: Sequence[str], i: int, limit: int) -> str:
    return _words().get(words[i], ("", 0.0))[0] if i < limit else ""


def _read_digits(words: Sequence[str], at: int, value: float) -> tuple[float, int]:
    used = 1
    rest = words[at + 1 : at + 4]
    if rest and "/" in rest[0] and (part := digits(rest[0])) is not None and part < 1:
        value, used = value + part, 2
    elif len(rest) > 1 and rest[0] in HYPHENS and "/" in rest[1] and (part := digits(rest[1])) is not None:
        value, used = value + part, 3
    elif rest and rest[0] in _GLYPHS:
        value, used = value + _GLYPHS[rest[0]], 2
    while at + used < len(words) and used < 5 and (by := scale(words[at + used])) is not None and by >= 100:
        value, used = value * by, used + 1
    if at + used + 1 < len(words) and words[at + used] in HYPHENS:
        by = scale(words[at + used + 1])
        if by is not None and by >= 1000:
            value, used = value * by, used + 2
    return value, used


def spoken_year(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A year in words, as pairs: "nineteen ninety-six" -> (1996, words used); None when it is none."""
    table = _words()
    kind, first = table.get(words[at], ("", 0.0))
    if kind not in ("teen", "ten") or not 13 <= first <= 20:
        return None
    i = at + 1
    if i < len(words) and words[i] in HYPHENS:
        i += 1
    if i >= len(words):
        return None
    kind, value = table.get(words[i], ("", 0.0))
    if kind == "scale" and value == 100:
        return int(first) * 100, i + 1 - at
    if kind == "teen":
        return int(first * 100 + value), i + 1 - at
    if kind != "ten":
        return None
    i += 1
    if i + 1 < len(words) and words[i] in HYPHENS and table.get(words[i + 1], ("",))[0] == "unit":
        return int(first * 100 + value + table[words[i + 1]][1]), i + 2 - at
    if i < len(words) and table.get(words[i], ("",))[0] == "unit":
        return int(first * 100 + value + table[words[i]][1]), i + 1 - at
    return int(first * 100 + value), i - at
