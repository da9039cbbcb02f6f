"""The text of the opened article, with what was found in it marked, and the find bar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsdash.core.export.ledger import occurrences
from newsdash.core.records import Analysis, Article, Entity, Span
from newsdash.tui import signs
from newsdash.tui.actions import Place
from newsdash.tui.widgets.pieces import join, one_line
from newsdash.tui.widgets.textview import Layer, TextView
from newsdash.tui.words import day, outlet
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

if TYPE_CHECKING:
    from newsdash.tui.widgets.findbar import FindBar

_LONG = 300_000  # characters from which finding is done beside the screen
_WAIT = 0.1  # seconds without another key before that


class DocumentPane(Vertical):
    """The document."""

    PLACE: Place = "text"
    ABOUT = (
        "The article. Names are coloured by type, dates underlined; ▍ at the edge marks evidence and the current hit. "
        "Click a name to mark its entity, drag to select, y copies."
    )

    class Where(Message):
        """Where in the text, or among the hits or marks, one is."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self) -> None:
        super().__init__(id="text")
        self.view = TextView(id="view")
        self.article: Article | None = None
        self.analysis: Analysis | None = None
        self.hits: list[Span] = []
        self.hit = -1
        self._marks: list[Span] = []  # evidence or mentions that n and N step through
        self._mark = -1
        self._marked = "evidence"  # what the marks are
        self._bar: FindBar | None = None
        self._from = 0  # where the reader was when finding began
        self._owners: list[tuple[int, int, Entity]] = []
        self._under = ""

    def compose(self) -> ComposeResult:
        """The text; the find bar comes when it is asked for."""
        yield self.view

    # -- what is in it

    def open(self, article: Article) -> None:
        """Show an article."""
        self.article = article
        self.analysis = None
        self._owners = []
        self.workers.cancel_group(self, "find")
        self.hits, self.hit, self._marks, self._mark = [], -1, [], -1
        self.view.set_text(article.text)
        self._frame()

    def say(self, words: str) -> None:
        """Show words of the program, where there is no article."""
        self.border_title = Content("2 Text")
        self.view.set_text(words)

    def show(self, analysis: Analysis) -> None:
        """Mark what was found in the opened article."""
        self.analysis = analysis
        self.article = analysis.article
        self._owners = sorted(
            ((m.start, m.end, e) for e in analysis.entities for m in e.mentions), key=lambda o: (o[0], -o[1])
        )
        self.view.set_layer(
            "mentions",
            [
                (m.start, m.end, "pronoun" if m.kind == "pronoun" else signs.TYPES[e.type][0])
                for e in analysis.entities
                for m in e.mentions
            ],
        )
        self.view.set_layer("times", [(t.start, t.end, "date") for t in analysis.times])
        self._frame()

    def _frame(self) -> None:
        """Title and lower edge."""
        if self.article is None:
            return
        about = [one_line(outlet(self.article))]
        if self.article.published:
            given = " (your date)" if self.article.found.get("published") == "you" else ""
            about.append(day(self.article.published) + given)
        else:
            about.append("no date")
        if self.article.author:
            about.append(one_line(self.article.author))
        self.border_title = Content(f"2 Text  {join(about)}")  # never markup
        self._edge()

    def _edge(self) -> None:
        if self.hits:
            words = f"hit {self.hit + 1} of {len(self.hits)}"
        elif self._marks:
            words = f"{self._marked} {self._mark + 1} of {len(self._marks)}"
        elif self._under:
            words = self._under
        else:
            words = f"{self.view.progress:.0%}"
        self.border_subtitle = Content(words)
        self.post_message(self.Where(words))

    @on(TextView.Scrolled)
    def _scrolled(self) -> None:
        self._edge()

    # -- marks

    def mark(self, spans: Sequence[Span], *, follow: bool = True) -> None:
        """Mark evidence and go to the first."""
        self.view.set_layer("evidence", [(*span, "evidence") for span in spans])
        self._marks, self._mark, self._marked = list(spans), 0 if spans else -1, "evidence"
        if spans and follow:
            self.view.show_offset(*spans[0])
        self._edge()

    def choose(self, entity: Entity | None) -> None:
        """Mark all mentions of an entity."""
        spans = sorted((m.start, m.end) for m in entity.mentions) if entity else []
        self.view.set_layer("chosen", [(*span, "chosen") for span in spans])
        self.view.set_layer("evidence", ())
        spans = [(m.start, m.end) for m in occurrences(entity)] if entity else []  # those that the entities count
        self._marks, self._mark, self._marked = spans, -1, "mention"
        if spans:
            # the first one that is still to be read
            self._mark = min(bisect_left(spans, (self.view.top_offset, 0)), len(spans) - 1)
            self.view.show_offset(*spans[self._mark])
        self._edge()

    def step(self, by: int) -> bool:
        """Go to the next hit, mention or piece of evidence; False when nothing is marked."""
        if self.hits:
            self.hit = (self.hit + by) % len(self.hits)
            self._show_hit()
            return True
        if self._marks:
            self._mark = (self._mark + by) % len(self._marks)
            self.view.set_layer("now", [(*self._marks[self._mark], "gutter")])
            self.view.show_offset(*self._marks[self._mark])
            self._edge()
            return True
        return False

    def clear(self) -> bool:
        """Take hits and marks away, hits first; whether there were any."""
        if self.hits or (self._bar is not None and self._bar.display):
            self.workers.cancel_group(self, "find")
            self.hits, self.hit = [], -1
            self.view.set_layer("matches", ())
            self.view.set_layer("now", ())
            if self._bar is not None:
                self._bar.display = False
                self.screen.set_focus(self.view)
            self._edge()
            return True
        if self._marks:
            self._marks, self._mark = [], -1
            for name in ("evidence", "chosen", "now"):
                self.view.set_layer(name, ())
            self._edge()
            return True
        return False

    # -- whom the mouse is over

    def entity_at(self, offset: int) -> Entity | None:
        """The entity mentioned at a character, the shortest mention when they nest."""
        place = bisect_right(self._owners, offset, key=lambda o: o[0])
        around = [o for o in self._owners[max(0, place - 8) : place] if o[0] <= offset < o[1]]
        return min(around, key=lambda o: o[1] - o[0])[2] if around else None

    def seen(self) -> list[tuple[int, Entity]]:
        """The entities on the screen, each with the first character of its first mention there; no pronouns."""
        first, last = self.view.seen
        seen: list[tuple[int, Entity]] = []
        for entity in self.analysis.entities if self.analysis else ():
            here = [m.start for m in entity.mentions if first <= m.start < last and m.kind != "pronoun"]
            mine = [start for start in here if self.entity_at(start) is entity]
            if mine:
                seen.append((mine[0], entity))
        return sorted(seen, key=lambda s: s[0])

    @on(TextView.Hovered)
    def _hovered(self, event: TextView.Hovered) -> None:
        entity = self.entity_at(event.offset) if event.offset >= 0 else None
        self._under = ""
        if entity:
            self._under = join((one_line(entity.name), signs.TYPE_WORD[entity.type], one_line(entity.role or "")))
        self._edge()

    # -- finding

    async def open_find(self) -> None:
        """Open the find bar; it has the focus when this is done, so that no key goes elsewhere."""
        from newsdash.tui.widgets.findbar import FindBar

        self._from = self.view.top_offset
        if self._bar is None:
            self._bar = FindBar()
            await self.mount(self._bar)
        self._bar.display = True
        self._bar.begin()

    def find(self, query: str, fuzzy: bool) -> None:
        """Mark all hits of a query and go to the first one from here on."""
        self._find(query, fuzzy)

    @work(exclusive=True, group="find")
    async def _find(self, query: str, fuzzy: bool) -> None:
        import asyncio

        from newsdash.core.search import find

        if self.article is None or self._bar is None:
            return
        text = self.article.text
        worker = get_current_worker()

        def look() -> tuple[list[Span], Layer]:
            hits = find(text, query, fuzzy=fuzzy, stopped=lambda: worker.is_cancelled)
            return hits, Layer((*hit, "match") for hit in hits)

        if len(text) < _LONG and not fuzzy:
            hits, layer = look()
        else:
            self._bar.seek()
            await asyncio.sleep(_WAIT)  # a newer key cancels this one
            hits, layer = await asyncio.to_thread(look)
        self.hits = hits
        self.view.set_layer("matches", layer)
        place = bisect_left(hits, (self._from, 0))
        self.hit = place if place < len(hits) else 0 if hits else -1
        self._show_hit()
        if not hits:
            self.view.show_offset(self._from)

    def _show_hit(self) -> None:
        now = self.hits[self.hit : self.hit + 1] if self.hit >= 0 else []
        self.view.set_layer("now", [(*hit, "match-now") for hit in now])
        if now:
            self.view.show_offset(*now[0])
        if self._bar is not None:
            self._bar.count(self.hit + 1, len(self.hits))
        self._edge()
