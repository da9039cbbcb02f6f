"""The analyst: one thread that loads the language model once and analyses one article after the other.

It reports how far it is and every part as it is found, so that the panes fill one after the other. A daemon thread,
and no pool: leaving the app never waits for a long article. It touches no widget, it only posts messages.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsdash.core.records import Analysis, Article
from textual.message import Message

if TYPE_CHECKING:
    from newsdash.core.extraction import Part
    from spacy.language import Language
    from textual.message_pump import MessagePump


class Report(Message):
    """Something the analyst says; it goes on when ``handled`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.handled = threading.Event()


class Begun(Report):
    """An article is being analysed now."""

    def __init__(self, article: str) -> None:
        super().__init__()
        self.article = article


class Parsed(Message):
    """How much of an article is parsed, 0..1; nobody waits for the answer."""

    def __init__(self, article: str, part: float) -> None:
        super().__init__()
        self.article = article
        self.part = part


class Found(Report):
    """A part of an article is done: everything found in it so far. The last part is "stances"."""

    def __init__(self, part: Part, analysis: Analysis) -> None:
        super().__init__()
        self.part = part
        self.analysis = analysis


class Failed(Report):
    """An article (None: the language model) could not be done; ``why`` is a short phrase."""

    def __init__(self, article: str | None, why: str) -> None:
        super().__init__()
        self.article = article
        self.why = why


class Ended(Report):
    """Nothing more is waiting, or the analysis was cancelled."""


class _StoppedError(Exception):
    """The reader stopped the analysis."""


def collect_seldom() -> None:
    """The model, and most of what is found with it, stays: looking through it all for garbage would hold up keys."""
    gc.freeze()
    gc.set_threshold(700, 10, 1000)  # the young as always, the old a hundred times less often


class Analyst:
    """Analyses what waits, in a thread of its own."""

    def __init__(self, post: MessagePump, waiting: Callable[[], Article | None]) -> None:
        self._post = post
        self._waiting = waiting
        self._nlp: Language | None = None
        self._round = 0  # a thread whose number is not this one any more has been cancelled
        self._lock = threading.Lock()
        self._reading = threading.Lock()  # one article at a time, also while a cancelled thread has not ended yet
        self._running = False

    @property
    def running(self) -> bool:
        """Whether there is work going on."""
        return self._running

    @property
    def awake(self) -> bool:
        """Whether the language model is loaded."""
        return self._nlp is not None

    def start(self) -> None:
        """Begin, or go on when more is waiting."""
        with self._lock:
            if self._running:
                return
            self._running = True
            self._round += 1
            number = self._round
        threading.Thread(target=self._work, args=(number,), name="analyst", daemon=True).start()

    def cancel(self) -> bool:
        """Stop after the part that is being done now, whose result is dropped; whether anything was going on."""
        with self._lock:
            was = self._running
            self._running = False
            self._round += 1
        return was

    def _cancelled(self, number: int) -> bool:
        return number != self._round

    def _work(self, number: int) -> None:
        try:
            nlp = self._load()
        except Exception as error:  # whatever a broken model raises, the reader is told
            self._finish(number, Failed(None, f"{type(error).__name__}: {error}"))
            return
        while not self._cancelled(number) and (article := self._waiting()) is not None:
            self._say(number, Begun(article.id))
            try:
                self._read(number, article, nlp)
            except _StoppedError:
                return
            except Exception as error:  # one article that cannot be analysed does not stop the others
                self._say(number, Failed(article.id, f"{type(error).__name__}: {error}"))
        self._finish(number, Ended())

    def _read(self, number: int, article: Article, nlp: Language) -> None:
        from newsdash.core.extraction import read_in_parts
        from newsdash.core.language import follow

        def tell(part: float) -> None:
            if self._cancelled(number):
                raise _StoppedError
            self._post.post_message(Parsed(article.id, part))

        with self._reading:
            follow(nlp, tell)
            try:
                doc = nlp(article.text)
            finally:
                follow(nlp, None)
        for part, analysis in read_in_parts(doc, article):
            if self._cancelled(number):
                raise _StoppedError
            self._say(number, Found(part, analysis))

    def _load(self) -> Language:
        if self._nlp is None:
            from newsdash.core.language import load

            self._nlp = load()
            collect_seldom()
        return self._nlp

    def _say(self, number: int, report: Report) -> None:
        """Report, and wait until that was taken in, so that what waits next is known."""
        if not self._cancelled(number):
            self._post.post_message(report)
            report.handled.wait(timeout=30)

    def _finish(self, number: int, report: Report) -> None:
        with self._lock:
            if number != self._round:
                return
            self._running = False
        self._post.post_message(report)
