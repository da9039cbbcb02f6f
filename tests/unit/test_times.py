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
