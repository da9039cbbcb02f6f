"""What lies on the desk: the articles, what was found in each, and the reader's corrections. No screen in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from newsdash.core import library
from newsdash.core.library import Correction
from newsdash.core.records import Analysis, Article

if TYPE_CHECKING:
    from newsdash.core.extraction import Part

State = Literal["waiting", "reading", "partly", "done", "failed"]
_FIRST: Part = "entities"
_LAST: Part = "stances"


class Desk:
    """Articles in the order in which they came, and their analyses as corrected."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.opened: str | None = None
        self.reading: str | None = None
        self.failed: set[str] = set()
        self.unreadable: list[tuple[str, str]] = []  # a source that could not be read, and the sentence that says why
        self._found: dict[str, Analysis] = {}
        self._parts: dict[str, set[Part]] = {}  # what of it was looked for
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
        if self.has(article, _LAST):
            return "done"
        if article in self.failed:
            return "failed"
        if article == self.reading:
            return "reading"
        return "partly" if article in self._parts else "waiting"

    def has(self, article: str | None, part: Part) -> bool:
        """Whether that part of the analysis is done."""
        return part in self._parts.get(article or "", ())

    def next_waiting(self) -> Article | None:
        """The article to analyse next: the opened one, then those after it, then those before."""
        ids = list(self.articles)
        start = ids.index(self.opened) if self.opened in self.articles else 0
        for identity in ids[start:] + ids[:start]:
            if not self.has(identity, _LAST) and identity not in self.failed:
                return self.articles[identity]
        return None

    def found(self, analysis: Analysis, part: Part | None = None) -> bool:
        """Keep an analysis, as far as that part (None: the whole).

        False when the article was dated otherwise meanwhile, so that it is of no use.
        """
        article = self.articles.get(analysis.article.id)
        if article is None or article.published != analysis.article.published:
            return False
        self._found[article.id] = analysis
        if part is None:
            self._parts[article.id] = {"entities", "times", "quotes", "events", "stances"}
        elif part == _FIRST:
            self._parts[article.id] = {part}  # begun anew, whatever was there before
        else:
            self._parts[article.id].add(part)
        self._analyses[article.id] = library.apply(analysis, self._corrections.get(article.id, ()))
        return True

    def analysis(self, article: str | None) -> Analysis | None:
        """What was found so far, as corrected; None while there is nothing."""
        return self._analyses.get(article or "")

    @property
    def items(self) -> list[Analysis | Article]:
        """Everything that can be searched."""
        return [self._analyses.get(identity, article) for identity, article in self.articles.items()]

    @property
    def done(self) -> int:
        """How many articles are analysed."""
        return sum(self.has(article, _LAST) for article in self._parts)

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
            self._parts.pop(article, None)
            return True
        if article in self._found:
            self._analyses[article] = library.apply(self._found[article], self._corrections[article])
        return False

    def _date(self, identity: str) -> None:
        """Give the article the date the reader set last, or the one it came with."""
        self.articles[identity] = library.dated(self.articles[identity], self._corrections[identity])
