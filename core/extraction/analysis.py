"""The order of the parts: entities, times, values, quotes, events, stances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import find_events
from newsdash.core.extraction.quotes import find_said
from newsdash.core.extraction.stances import find_stances
from newsdash.core.extraction.times import find_times, suggest_published
from newsdash.core.extraction.values import find_values
from newsdash.core.records import Analysis, Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Part = Literal["entities", "times", "quotes", "events", "stances"]
_BATCH = 64  # articles parsed together: enough for full batches of the encoder, little memory


def read(doc: Doc, article: Article) -> Analysis:
    """All records of one parsed article. ``doc.text`` must be ``article.text``.

    When the article has no publication date, relative expressions stay unresolved, and ``suggested`` of the analysis
    holds the date that the text itself gives, if it gives one: ``published`` (an ISO date), the span of the words and
    the ``reason`` for the reader. To accept it, read the article again with that date as its ``published``.
    """
    *_, (_, whole) = read_in_parts(doc, article)
    return whole


def read_in_parts(doc: Doc, article: Article) -> Iterator[tuple[Part, Analysis]]:
    """The same while it is found: after each part its name, and everything found so far; the last is the whole."""
    entities = find_entities(doc)
    found = Analysis(article=article, entities=entities)
    yield "entities", found
    times = find_times(doc, article.published)
    suggested = suggest_published(article.text, times) if article.published is None else None
    found = replace(
        found,
        times=times,
        values=find_values(doc, times),
        notes=(f"Publication date not known; {suggested.reason}.",) if suggested else (),
        suggested=suggested,
    )
    yield "times", found
    attributed, said = find_said(doc, entities)
    found = replace(found, quotes=said)
    yield "quotes", found
    found = replace(found, events=find_events(doc, article.published, entities, times, attributed))
    yield "events", found
    yield "stances", replace(found, stances=find_stances(doc, entities, attributed))


def analyse(article: Article, nlp: Language) -> Analysis:
    """Parse one article and read it."""
    return read(nlp(article.text), article)


def analyse_many(articles: Iterable[Article], nlp: Language) -> Iterator[Analysis]:
    """The same for many articles, in order, parsed in batches."""
    pairs = ((article.text, article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=_BATCH):
        yield read(doc, article)
