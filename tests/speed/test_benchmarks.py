"""Benchmarks of the parts: ``make bench`` runs them, a test run skips them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newsdash.core.export import to_report
from newsdash.core.extraction.analysis import read
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import find_events
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.stances import find_stances
from newsdash.core.extraction.times import find_times
from newsdash.core.extraction.values import find_values
from newsdash.core.records import Article
from newsdash.core.search import find, search

from tests.conftest import SEED
from tests.made import STORY, from_gold

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture
    from spacy.language import Language
    from spacy.tokens import Doc

TEXT = SEED.read_text("utf-8")
DAY = "2026-03-05"


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    """The parsed seed article."""
    return nlp(TEXT)


def test_parse(benchmark: BenchmarkFixture, nlp: Language) -> None:
    benchmark(nlp, TEXT)


@pytest.mark.parametrize("part", ["values", "entities", "times", "quotes", "events", "stances", "all"])
def test_extraction(benchmark: BenchmarkFixture, doc: Doc, part: str) -> None:
    entities, times = find_entities(doc), find_times(doc, DAY)
    quotes = find_quotes(doc, entities)
    parts = {
        "values": lambda: find_values(doc),
        "entities": lambda: find_entities(doc),
        "times": lambda: find_times(doc, DAY),
        "quotes": lambda: find_quotes(doc, entities),
        "events": lambda: find_events(doc, DAY, entities, times, quotes),
        "stances": lambda: find_stances(doc, entities, quotes),
        "all": lambda: read(doc, Article(id="a", text=TEXT, published=DAY)),
    }
    benchmark(parts[part])


def test_find_in_a_long_article(benchmark: BenchmarkFixture) -> None:
    benchmark(find, TEXT * 200, "supply chain")


def test_fuzzy_find_in_a_long_article(benchmark: BenchmarkFixture) -> None:
    benchmark(find, TEXT * 20, "suply chian", fuzzy=True)


def test_search_across_a_thousand_articles(benchmark: BenchmarkFixture) -> None:
    story = [from_gold(path) for path in STORY] * 125
    benchmark(search, story, "Brenholt threat")


def test_report(benchmark: BenchmarkFixture) -> None:
    benchmark(to_report, from_gold())


def test_twenty_megabytes(benchmark: BenchmarkFixture, nlp: Language) -> None:
    """Twenty megabytes of text without words; prose of that size takes minutes (see words/s)."""
    article = Article(id="a", text="1234567890" * 2_000_000)
    benchmark.pedantic(lambda: read(nlp(article.text), article), rounds=1)
