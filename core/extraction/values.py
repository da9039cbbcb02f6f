"""Typed numbers: money, percentages, quantities with a unit, ordinals, counts.

Method: at each word that can begin a number, the number is read (``numerals``), and what stands before and after it
(currency sign, per cent, unit) says its type. Tables: ``data/value_currencies.tsv``, ``data/value_units.tsv``,
``data/value_numbers.tsv``. Every word is looked at a bounded number of times, so the layer is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsdash.core.extraction import lexicon, numerals
from newsdash.core.records import TimeExpression, Value, ValueType
from spacy.tokens import Doc

_ORDINAL = re.compile(r"(\d{1,6})(?:st|nd|rd|th)", re.IGNORECASE)
_GLUED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(k|m|mn|bn|b|tn|trn)", re.IGNORECASE)
_GLUED_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}
_PERCENT = {
    ("%",): "%",
    ("percent",): "%",
    ("per", "cent"): "%",
    ("pct",): "%",
    ("pc",): "%",
    ("percentage", "point"): "pp",
    ("percentage", "points"): "pp",
    ("point",): "",
    ("points",): "",
    ("-", "percent"): "%",
    ("-", "percentage", "-", "point"): "pp",
    ("-", "point"): "",
    ("basis", "point"): "bp",
    ("basis", "points"): "bp",
    ("per", "cents"): "%",
}
_RANGE = frozenset({"-", "–", "—", "‑", "to", "and", "or"})
_TIME_UNITS = frozenset(
    {
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "decade",
        "decades",
        "century",
        "centuries",
        "a.m.",
        "p.m.",
        "am",
        "pm",
        "o'clock",
        "quarter",
        "quarters",
    }
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number on tokens first..last (without sign and unit)."""

    value: float
    first: int
    last: int


@cache
def _signs() -> dict[str, str]:
    return {sign: row[0] for row in lexicon.table("value_currencies") for sign in row[1].split(", ") if sign}


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], ValueType, str, float], ...]]:
    """Words after a number that give it a type, by their first word, longest first: words, type, unit, factor."""
    found: dict[str, list[tuple[tuple[str, ...], ValueType, str, float]]] = {}
    rows: list[tuple[str, ValueType, str, float]] = []
    for code, signs, words, share in lexicon.table("value_currencies"):
        rows += [(w, "MONEY", code, float(share)) for w in [*words.split(", "), *signs.split(", ")] if w]
    for unit, words in lexicon.table("value_units"):
        rows += [(w, "QUANTITY", unit, 1.0) for w in words.split(", ")]
    for phrase, kind, unit, factor in rows:
        parts = tuple(re.findall(r"[^\s-]+|-", phrase))
        found.setdefault(parts[0], []).append((parts, kind, unit, factor))
    for words_, unit in _PERCENT.items():
        if unit:
            found.setdefault(words_[0], []).append((words_, "PERCENT", unit, 1.0))
    return {k: tuple(sorted(v, key=lambda row: -len(row[0]))) for k, v in found.items()}


@cache
def _ordinals() -> dict[str, int]:
    return {word: int(value) for value, word in lexicon.table("time_ordinals")} | {"second": 2}


def find_values(doc: Doc, times: Sequence[TimeExpression] = ()) -> tuple[Value, ...]:
    """All typed numbers in text order. Numbers inside a time expression are none."""
    taken = _covered(doc, times)
    words = [t.lower_ for t in doc]
    found: list[Value] = []
    i = used = 0  # the words before `used` belong to the values found
    while i < len(words):
        if taken[i] or not _can_begin(words[i]):
            i += 1
            continue
        value, after = _ordinal(doc, words, i)
        if value is None:
            number = _number(words, i)
            if number is None:
                i += 1
                continue
            several, after = _typed(doc, words, _fraction(words, number), used)
            if any(taken[k] for k in range(i, min(after, len(words)))):
                i = number.last + 1
                continue
            found.extend(several)
        else:
            found.append(value)
        i = used = max(after, i + 1)
    return tuple(found)


def _covered(doc: Doc, times: Sequence[TimeExpression]) -> bytearray:
    """For each token, whether a time expression covers it."""
    taken = bytearray(len(doc))
    at = 0
    for time in times:
        while at < len(doc) and doc[at].idx < time.start:
            at += 1
        while at < len(doc) and doc[at].idx < time.end:
            taken[at] = 1
            at += 1
    return taken


def _can_begin(word: str) -> bool:
    first = word[0]
    return (
        first.isdigit()
        or first == "."
        or numerals.is_word(word)
        or word in _ordinals()
        or word in ("a", "½", "¼", "¾", "half")
    )


def _number(words: Sequence[str], i: int) -> _Number | None:
    if len(words[i]) > 25:
        return None
    if (
        words[i] == "half"
        and words[i + 1 : i + 2] == ["a"]
        and (by := numerals.scale(words[i + 2] if i + 2 < len(words) else ""))
    ):
        return _Number(0.5 * by, i, i + 2)
    if glued := _GLUED.fullmatch(words[i]):
        base = numerals.digits(glued[1])
        return _Number(base * _GLUED_SCALE[glued[2].lower()], i, i) if base is not None else None
    window = words[i : i + 16]
    found = numerals.read(window, 0)
    if found is None:
        return None
    value, used = found
    short = words[i + used].removesuffix(".") if i + used < len(words) else ""  # "£1.5bn." at the end of a sentence
    if short in ("bn", "mn", "tn", "trn") or (short in ("m", "k", "b") and i and words[i - 1] in _signs()):
        return _Number(value * _GLUED_SCALE[short], i, i + used)
    if window[used : used + 3] == ["and", "a", "half"] and used < 3:
        by = 1.0
        if used == 1 and (later := numerals.scale(words[i + 4] if i + 4 < len(words) else "")):
            return _Number((value + 0.5) * later, i, i + 4)
        return _Number(value + 0.5 * by, i, i + used + 2)
    return _Number(value, i, i + used - 1)


_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "eighth": 8,
    "eighths": 8,
    "tenth": 10,
    "tenths": 10,
}


def _fraction(words: Sequence[str], number: _Number) -> _Number:
    """ "two thirds", "three-quarters of": the number with its denominator; else the number as it is."""
    k = number.last + 1
    if k < len(words) and words[k] in numerals.HYPHENS:
        k += 1
    parts = _PARTS.get(words[k]) if k < len(words) else None
    if parts is None or not 1 <= number.value < parts or number.value != int(number.value):
        return number
    plural = words[k].endswith("s")
    if plural != (number.value > 1) or (words[k] in ("quarter", "quarters") and words[k + 1 : k + 2] != ["of"]):
        return number
    return _Number(number.value / parts, number.first, k)


def _ordinal(doc: Doc, words: Sequence[str], i: int) -> tuple[Value | None, int]:
    """ "third", "21st", "twenty-first"; "second" only where it is no unit of time."""
    if m := _ORDINAL.fullmatch(words[i]):
        return _value(doc, i, i, "ORDINAL", float(m[1]), None), i + 1
    tens = numerals.read(words[i : i + 1], 0) if numerals.is_word(words[i]) else None
    if tens and tens[0] in (20, 30, 40, 50, 60, 70, 80, 90):
        k = i + 2 if words[i + 1 : i + 2] == ["-"] else i + 1
        unit = _ordinals().get(words[k]) if k < len(words) else None
        if unit and unit < 10:
            return _value(doc, i, k, "ORDINAL", tens[0] + unit, None), k + 1
    number = _ordinals().get(words[i])
    if number is None or (words[i] == "second" and i and numerals.digits(words[i - 1]) is not None):
        return None, i
    return _value(doc, i, i, "ORDINAL", float(number), None), i + 1


def _typed(doc: Doc, words: Sequence[str], number: _Number, used: int) -> tuple[list[Value], int]:
    """The value of a number, with the second one of a range; and the token after them.

    The words before ``used`` belong to the value before: "1 $ a dozen" has one sign.
    """
    numbers = [number]
    after = number.last + 1
    if after + 1 < len(words) and words[after] in _RANGE:
        k = after + 1
        sign = words[k] in _signs()
        second = _number(words, k + sign) if k + sign < len(words) and _can_begin(words[k + sign]) else None
        if second is not None and words[k + sign] != "a":
            numbers.append(second)
    code = _sign_before(words, number.first) if number.first > used else None
    kind, unit, factor, end = _type_after(words, numbers[-1].last + 1)
    if len(numbers) > 1:
        own = _type_after(words, number.last + 1)
        own_sign = _sign_before(words, numbers[1].first)
        joined = own[0] is None and (kind is not None or code is not None or own_sign is not None)
        joined = joined and (code is None or code in (own_sign, unit) or (kind is None and own_sign is None))
        if not joined:
            numbers.pop()
            kind, unit, factor, end = own
    if kind is None and code is not None:
        kind, unit, factor, end = "MONEY", code, 1.0, numbers[-1].last + 1
    elif code is not None and kind == "MONEY" and unit is not None:
        unit, factor = (unit if factor == 1.0 and unit != "USD" else code), 1.0
    elif code is not None:
        kind, unit, factor, end = "MONEY", code, 1.0, numbers[-1].last + 1
    if kind is None:
        if not _counts(doc, words, number):
            return [], number.last + 1
        return [_value(doc, number.first, number.last, "CARDINAL", number.value, None)], number.last + 1
    out = []
    for n, one in enumerate(numbers):
        value = one.value
        if n == 0 and len(numbers) > 1 and value < 1000 <= numbers[1].value and numbers[1].last > numbers[1].first:
            scale = numerals.scale(words[numbers[1].last])
            value = value * scale if scale else value
        first = one.first - (1 if one.first > used and _sign_before(words, one.first) else 0)
        last = end - 1 if n == len(numbers) - 1 else one.last
        out.append(_value(doc, first, last, kind, value * factor, unit))
    return out, end


def _sign_before(words: Sequence[str], i: int) -> str | None:
    return _signs().get(words[i - 1]) if i else None


def _type_after(words: Sequence[str], i: int) -> tuple[ValueType | None, str | None, float, int]:
    """What the words after a number make of it: type, unit, factor, token after; a hyphen may stand between."""
    for skip in (0, 1):
        if skip and (i >= len(words) or words[i] not in numerals.HYPHENS):
            break
        k = i + skip
        for parts, kind, unit, factor in _phrases().get(words[k], ()) if k < len(words) else ():
            ahead = words[k + len(parts)] if k + len(parts) < len(words) else ""
            if parts[0] in _signs() and ahead not in ("", "a") and _can_begin(ahead):
                continue  # the sign belongs to the number after it
            if tuple(words[k : k + len(parts)]) == parts:
                return kind, unit, factor, k + len(parts)
    return None, None, 1.0, i


def _counts(doc: Doc, words: Sequence[str], number: _Number) -> bool:
    """Whether a bare number is a count worth showing: no part of a name, a time or a code."""
    token = doc[number.first]
    after = words[number.last + 1] if number.last + 1 < len(words) else ""
    before = words[number.first - 1] if number.first else ""
    if after in _TIME_UNITS or (
        after in numerals.HYPHENS and words[number.last + 2 : number.last + 3] and words[number.last + 2] in _TIME_UNITS
    ):
        return False
    if before in numerals.HYPHENS and not doc[number.first - 1].whitespace_ and number.first > 1:
        return False
    if token.ent_type_ in (
        "PERSON",
        "ORG",
        "GPE",
        "LOC",
        "FAC",
        "PRODUCT",
        "WORK_OF_ART",
        "LAW",
        "EVENT",
        "DATE",
        "TIME",
    ):
        return False
    score = after in numerals.HYPHENS and not doc[number.last].whitespace_ and not doc[number.last + 1].whitespace_
    if score and words[number.last + 2 : number.last + 3] and words[number.last + 2][0].isdigit():
        return False  # "won 3-2"
    if token.lower_ in ("a", "one", "half", ".") and number.last == number.first:
        return bool(token.dep_ == "nummod")
    return True


def _value(doc: Doc, first: int, last: int, kind: ValueType, value: float, unit: str | None) -> Value:
    span = doc[first : last + 1]  # not doc.text: that puts the whole text together each time
    text = str(span.text)
    stop = text.endswith(".") and doc[last].lower_.removesuffix(".") in _GLUED_SCALE  # it ends the sentence
    return Value(
        start=span.start_char,
        end=span.end_char - stop,
        text=text.removesuffix(".") if stop else text,
        type=kind,
        value=float(f"{value:.12g}"),
        unit=unit,
    )
