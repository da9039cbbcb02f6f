"""What lies on the desk: the articles, what was found in each, and the reader's corrections. No screen in here."""

from __future__ import annotations

from typing import Literal

import msgspec
from newsdash.core import library
from newsdash.core.library import Correction, corrected_date
from newsdash.core.records import Analysis, Article

State = Literal["waiting", "reading", "done", "failed"]


class Desk:
    """Articles in the order in which they came, and their analyses as corrected."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.opened: str | None = None
        self.reading: str | None = None
        self.failed: set[str] = set()
        self._found: dict[str, Analysis] = {}
        self._analyses: dict[str, Analysis] = {}
        self._corrections: dict[str, tuple[Correction, ...]] = {}

    def add(self, article: Article) -> bool:
        """Put an article on the desk, dated as the reader dated it before; False when it is there already.

        Raises LibraryError when its corrections cannot be read (the article is on the desk all the same).
        """
        if article.id in self.articles:
            return False
        self.articles[article.id] = article
        self._corrections[article.id] = library.corrections(article.id)
        self._date(article.id)
        return True

    def state(self, article: str) -> State:
        """How far it is."""
        if article in self._found:
            return "done"
        if article in self.failed:
            return "failed"
        return "reading" if article == self.reading else "waiting"

    def next_waiting(self) -> Article | None:
        """The article to analyse next: the opened one, then those after it, then those before."""
        ids = list(self.articles)
        start = ids.index(self.opened) if self.opened in self.articles else 0
        for identity in ids[start:] + ids[:start]:
            if identity not in self._found and identity not in self.failed:
                return self.articles[identity]
        return None

    def found(self, analysis: Analysis) -> bool:
        """Keep an analysis; False when the article was dated otherwise meanwhile, so that it is of no use."""
        article = self.articles.get(analysis.article.id)
        if article is None or article.published != analysis.article.published:
            return False
        self._found[article.id] = analysis
        self._analyses[article.id] = library.apply(analysis, self._corrections.get(article.id, ()))
        return True

    def analysis(self, article: str | None) -> Analysis | None:
        """What was found, as corrected; None while it is not analysed."""
        return self._analyses.get(article or "")

    @property
    def items(self) -> list[Analysis | Article]:
        """Everything that can be searched."""
        return [self._analyses.get(identity, article) for identity, article in self.articles.items()]

    @property
    def done(self) -> int:
        """How many articles are analysed."""
        return len(self._found)

    # -- corrections

    def correct(self, article: str, correction: Correction) -> bool:
        """Keep a correction; whether the article must be analysed again. Raises LibraryError."""
        self._corrections[article] = library.add(article, correction)
        return self._again(article, correction)

    def undo(self, article: str) -> tuple[Correction | None, bool]:
        """Take the last correction back; it, and whether the article must be analysed again. Raises LibraryError."""
        taken = library.undo(article)
        if taken is None:
            return None, False
        self._corrections[article] = library.corrections(article)
        return taken, self._again(article, taken)

    def _again(self, article: str, correction: Correction) -> bool:
        if correction.action == "published":
            self._date(article)
            self._found.pop(article, None)
            return True
        if article in self._found:
            self._analyses[article] = library.apply(self._found[article], self._corrections[article])
        return False

    def _date(self, identity: str) -> None:
        """Give the article the date the reader set last, or the one it came with."""
        article = self.articles[identity]
        found = dict(article.found)
        came_with = found.pop("published as given", None) or article.published
        own = corrected_date(self._corrections[identity])
        if own is not None:
            if came_with:
                found["published as given"] = came_with
            found["published"] = "you"
            self.articles[identity] = msgspec.structs.replace(article, published=own, found=found)
        elif article.found.get("published") == "you":
            found.pop("published", None)
            came = article.found.get("published as given")
            self.articles[identity] = msgspec.structs.replace(article, published=came, found=found)
