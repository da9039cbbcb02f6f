"""Typed numbers: money, per cent, quantities, ordinals and counts, each with its value and unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from newsdash.core.extraction.times import find_times
from newsdash.core.extraction.values import find_values

if TYPE_CHECKING:
    from spacy.language import Language


def values(nlp: Language, text: str) -> list[tuple[str, str, float | None, str | None]]:
    """Words, type, value and unit of each typed number of a text."""
    doc = nlp(text)
    return [(v.text, v.type, v.value, v.unit) for v in find_values(doc, find_times(doc, "2026-03-05"))]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("The contract is worth $200 million.", "$200 million", 2e8, "USD"),
        ("The contract is worth up to £1.5bn.", "£1.5bn", 1.5e9, "GBP"),
        ("The bank paid 3.2 billion euros.", "3.2 billion euros", 3.2e9, "EUR"),
        ("The firm lost C$18.1 million.", "C$18.1 million", 1.81e7, "CAD"),
        ("It cost a hundred dollars.", "a hundred dollars", 100, "USD"),
        ("The shares cost 50 cents.", "50 cents", 0.5, "USD"),
        ("He paid EUR 5 million.", "EUR 5 million", 5e6, "EUR"),
    ],
)
def test_money(nlp: Language, text: str, words: str, value: float, unit: str) -> None:
    assert values(nlp, text) == [(words, "MONEY", value, unit)]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("Profits fell 2.5%.", "2.5%", 2.5, "%"),
        ("Profits fell by 25 percent.", "25 percent", 25, "%"),
        ("Rates rose 0.25 percentage points.", "0.25 percentage points", 0.25, "pp"),
        ("Rates rose 25 basis points.", "25 basis points", 25, "bp"),
    ],
)
def test_per_cent(nlp: Language, text: str, words: str, value: float, unit: str) -> None:
    assert values(nlp, text) == [(words, "PERCENT", value, unit)]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("The road is 5,000 km long.", "5,000 km", 5000, "km"),
        ("The 10-mile road was closed.", "10-mile", 10, "mi"),
        ("It weighed three and a half tonnes.", "three and a half tonnes", 3.5, "t"),
        ("Temperatures hit 40 degrees Celsius.", "40 degrees Celsius", 40, "°C"),
        ("The plant makes 2 million barrels per day.", "2 million barrels per day", 2e6, "bbl/d"),
    ],
)
def test_quantities(nlp: Language, text: str, words: str, value: float, unit: str) -> None:
    assert values(nlp, text) == [(words, "QUANTITY", value, unit)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He came third.", "third", 3),
        ("He came in the 21st place.", "21st", 21),
        ("It was the twenty-first attempt.", "twenty-first", 21),
        ("She had a second look.", "second", 2),
    ],
)
def test_ordinals(nlp: Language, text: str, words: str, value: float) -> None:
    assert values(nlp, text) == [(words, "ORDINAL", value, None)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Twelve people died.", "Twelve", 12),
        ("About 3,000 workers lost their jobs.", "3,000", 3000),
        ("Half a million people fled.", "Half a million", 5e5),
        ("A hundred thousand people marched.", "A hundred thousand", 1e5),
        ("The building has one floor.", "one", 1),
    ],
)
def test_counts(nlp: Language, text: str, words: str, value: float) -> None:
    assert values(nlp, text) == [(words, "CARDINAL", value, None)]


def test_two_thirds_are_a_share(nlp: Language) -> None:
    ((words, _, value, _),) = values(nlp, "Two thirds of the voters stayed at home.")
    assert words == "Two thirds"
    assert value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The deal cost between $5 and $7 million.", ("$5", 5e6, "USD"), ("$7 million", 7e6, "USD")),
        ("The fine was $5-7 million.", ("$5", 5e6, "USD"), ("7 million", 7e6, "USD")),
        ("The price fell from $12.50 to $9.", ("$12.50", 12.5, "USD"), ("$9", 9.0, "USD")),
        (
            "He paid EUR 5 million and 500 million yuan.",
            ("EUR 5 million", 5e6, "EUR"),
            ("500 million yuan", 5e8, "CNY"),
        ),
    ],
)
def test_the_ends_of_a_range_share_scale_and_unit_unless_they_have_their_own(
    nlp: Language, text: str, first: tuple[str, float, str], second: tuple[str, float, str]
) -> None:
    assert [(words, value, unit) for words, _, value, unit in values(nlp, text)] == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "The meeting took place on March 5, 2026.",
        "It took thirty seconds.",
        "F-16 jets flew over the city.",
        "They won 3-2.",
        "A man left.",
    ],
)
def test_dates_times_names_and_scores_are_no_values(nlp: Language, text: str) -> None:
    assert values(nlp, text) == []


WORDS = (
    *("$", "€", "EUR", "1", "1.5", "1,000", "1e999", "3-2", "half", "a", "million", "bn", "bn.", "%", "per", "cent"),
    *("twenty", "-", "first", "thirds", "km", "to", "and", "½", "9" * 30, "point", "basis", ".", "dozen", "hundred"),
)


@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.text(max_size=40)))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@example("1 $ a dozen")
@example("$1e999 percent minus one million billion trillion 0/0")
def test_any_text_gives_finite_values_on_its_own_words(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    found = find_values(doc)
    assert found == find_values(doc)
    end = 0
    for v in found:
        assert end <= v.start < v.end <= len(text)
        assert text[v.start : v.end] == v.text
        assert v.value is None or math.isfinite(v.value)
        end = v.end
