"""The order of the parts: values, entities, times, quotes, events, stances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsdash.core.extraction.entities import find_entities
from newsdash.core.extraction.events import find_events
from newsdash.core.extraction.quotes import find_quotes
from newsdash.core.extraction.stances import find_stances
from newsdash.core.extraction.times import find_times
from newsdash.core.extraction.values import find_values
from newsdash.core.records import Analysis, Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 64  # articles parsed together: enough for full batches of the encoder, little memory


def read(doc: Doc, article: Article) -> Analysis:
    """All records of one parsed article. ``doc.text`` must be ``article.text``."""
    values = find_values(doc)
    entities = find_entities(doc)
    times = find_times(doc, article.published)
    quotes = find_quotes(doc, entities)
    events = find_events(doc, article.published, entities, times, quotes)
    stances = find_stances(doc, entities, quotes)
    return Analysis(
        article=article,
        entities=entities,
        times=times,
        values=values,
        events=events,
        quotes=quotes,
        stances=stances,
    )


def analyse(article: Article, nlp: Language) -> Analysis:
    """Parse one article and read it."""
    return read(nlp(article.text), article)


def analyse_many(articles: Iterable[Article], nlp: Language) -> Iterator[Analysis]:
    """The same for many articles, in order, parsed in batches."""
    pairs = ((article.text, article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=_BATCH):
        yield read(doc, article)
