"""Time expressions: what the words say, the day they are counted from, how sure that is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsdash.core.extraction import analyse
from newsdash.core.records import Article

if TYPE_CHECKING:
    from spacy.language import Language

# The publication date that a text gives


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("Apple launches new phone\nJune 9, 2009\nApple announced it today.", "2009-06-09", "June 9, 2009"),
        ("GENEVA, March 4, 2026 — The talks began today.", "2026-03-04", "March 4, 2026"),
        ("The talks failed, both sides said.\n\nPublished: 5 March 2026, 10:15 GMT\n", "2026-03-05", "5 March 2026"),
        (
            "Brandt left office on Monday, March 2, 2026. She spoke on Wednesday, March 4, 2026.",
            "2026-03-04",
            "Wednesday, March 4, 2026",
        ),
    ],
)
def test_a_text_may_suggest_its_publication_date(nlp: Language, text: str, published: str, words: str) -> None:
    found = analyse(Article(id="x", text=text), nlp)
    assert found.suggested is not None
    assert found.suggested.published == published
    assert words in found.suggested.reason
    assert text[found.suggested.start : found.suggested.end] == found.suggested.text
    assert found.notes == (f"Publication date not known; {found.suggested.reason}.",)


@pytest.mark.parametrize(
    "text", ["The war began on March 4, 1990, and ended in 1994.", "They met last Friday.", "Prices rose in May 2011."]
)
def test_a_text_that_tells_of_the_past_suggests_nothing(nlp: Language, text: str) -> None:
    assert analyse(Article(id="x", text=text), nlp).suggested is None


def test_a_suggestion_dates_nothing_until_the_reader_takes_it(nlp: Language) -> None:
    text = "Apple launches new phone\nJune 9, 2009\nApple announced it on Monday."
    offered = analyse(Article(id="x", text=text), nlp)
    monday = offered.times[-1]
    assert (monday.text, monday.interval, monday.certainty) == ("Monday", None, "unresolved")
    assert offered.suggested is not None
    taken = analyse(Article(id="x", text=text, published=offered.suggested.published), nlp)
    assert taken.times[-1].interval == ("2009-06-08", "2009-06-08")
    assert taken.suggested is None


# Texts about the past: dates hang on one another

HISTORY = (
    "The war began on 4 August 1941. The army crossed the river in November 1941 and took the city on 2 December 1941. "
    "It lost the city in January. Files that were opened in 2005 show why. The army withdrew on 9 March. "
    "A peace was signed on 3 May 1943."
)


def test_in_a_history_a_month_without_its_year_follows_the_date_before_it(nlp: Language) -> None:
    times = {t.text: t for t in analyse(Article(id="x", text=HISTORY, published="2026-03-05"), nlp).times}
    assert times["January"].value == "1942-01"
    assert times["January"].certainty == "approximate"
    assert "2 December 1941" in times["January"].reason
    assert times["9 March"].value == "1942-03-09", "2005 is an aside"


def test_in_the_news_of_the_day_it_is_the_one_nearest_to_publication(nlp: Language) -> None:
    text = "The company said on Tuesday that it lost money in January. It was founded in 1941."
    times = {t.text: t for t in analyse(Article(id="x", text=text, published="2026-03-05"), nlp).times}
    assert times["January"].value == "2026-01"
