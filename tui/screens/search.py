"""Search across all loaded articles: hits as you type, a preview of the chosen one, Enter goes there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from newsdash.core.records import Analysis, Article, Span
from newsdash.core.search import Hit, search
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Line, Piece, fit, join, one_line, spread, visible
from newsdash.tui.widgets.rows import Row, Rows
from newsdash.tui.widgets.wrap import wrap
from newsdash.tui.words import counted, day, outlet, title
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

_SIGNS = {
    "title": ("¶", "heading"),
    "entity": ("■", "org"),
    "event": ("●", "time"),
    "quote": ("❝", "quote"),
    "stance": ("±", "accent"),
    "text": ("≡", "dim"),
}
_WAIT = 0.06  # seconds without another key before searching
_LIMIT = 80
_BEFORE, _AFTER = 400, 2000  # characters previewed around a hit


class Preview(Painted):
    """The text around a hit."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self.article: Article | None = None
        self.span: Span = (0, 0)

    def show(self, article: Article | None, span: Span) -> None:
        """Show other words."""
        self.article, self.span = article, span
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        if self.article is None:
            return self.strip((), self.size.width)
        width = self.size.width - 2
        if y == 0:
            return self.strip([(" ", ""), *fit([(one_line(title(self.article)), "bold")], width)], self.size.width)
        if y == 1:
            about = join(
                (one_line(outlet(self.article)), day(self.article.published) if self.article.published else "")
            )
            return self.strip([(" ", ""), *fit([(about, "dim")], width)], self.size.width)
        start = max(0, self.article.text.rfind("\n", 0, max(0, self.span[0] - _BEFORE)) + 1)
        if self.span[0] - start > 2 * _BEFORE:
            start = self.span[0] - _BEFORE  # a very long paragraph
        text = self.article.text[start : self.span[1] + _AFTER]
        mark = (self.span[0] - start, self.span[1] - start)
        lines = wrap(text, visible(text), width)
        first = next((n for n, (_, stop) in enumerate(lines) if stop > mark[0]), 0)
        room = self.size.height - 3
        top = max(0, min(first - room // 3, len(lines) - room))
        place = top + y - 3
        if y < 3 or place >= len(lines):
            return self.strip((), self.size.width)
        return self.strip([(" ", ""), *marked(text, lines[place], [mark], "evidence")], self.size.width)


def marked(text: str, span: Span, marks: Sequence[Span], style: str) -> list[Piece]:
    """A stretch of text with some parts in another style."""
    line: list[Piece] = []
    place = span[0]
    for start, end in sorted(marks):
        start, end = max(start, place), min(end, span[1])
        if start < end:
            line += [(text[place:start], ""), (text[start:end], style)]
            place = end
    return [*line, (text[place : span[1]], "")]


class Search(ModalScreen[tuple[str, Span] | None]):
    """The search; its answer is an article and the span to go to."""

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("escape", "escape", "close", show=False),
        Binding("down,ctrl+n", "move(1)", "down", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "up", show=False, priority=True),
        Binding("pagedown", "move(8)", "page down", show=False, priority=True),
        Binding("pageup", "move(-8)", "page up", show=False, priority=True),
    ]

    def __init__(self, items: Sequence[Analysis | Article], query: str = "") -> None:
        super().__init__()
        self._items = items
        self._articles = {a.id: a for a in (i.article if isinstance(i, Analysis) else i for i in items)}
        self._query = query
        self._hits: list[Hit] = []
        self._box = Vertical(id="search")
        self._rows = Rows(id="hits", driven=True)
        self._preview = Preview()

    def compose(self) -> ComposeResult:
        """Input, hits, preview."""
        with self._box as box:
            box.border_title = Content(f"Search {counted(len(self._articles), 'article')}")
            box.border_subtitle = Content("↑↓ choose   Enter go there   Esc close")
            yield Input(
                self._query,
                placeholder="a name, a word, a position, a headline … spelling does not matter",
                compact=True,
            )
            with Horizontal():
                yield self._rows
                yield self._preview

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()
        self._rows.show([], [[("Type to search titles, names, events, positions, quotes and text.", "dim")]])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search with every letter."""
        self._search(event.value)

    @work(exclusive=True, group="search")
    async def _search(self, query: str) -> None:
        await asyncio.sleep(_WAIT)  # a newer key cancels this one
        hits = await asyncio.to_thread(search, self._items, query, limit=_LIMIT)
        self._hits = hits
        rows = [Row(str(n), self._drawn(hit), height=2) for n, hit in enumerate(hits)]
        said = "No hit, not even a near one." if query.strip() else ""
        self._rows.show(rows, [[(said, "dim")]], first=True)
        more = "+" if len(hits) == _LIMIT else ""
        words = f"{len(hits)}{more} hits in {counted(len({h.article for h in hits}), 'article')}" if hits else ""
        self._box.border_title = Content(join((f"Search {counted(len(self._articles), 'article')}", words)))

    def _drawn(self, hit: Hit) -> Callable[[int], list[Line]]:
        article = self._articles[hit.article]
        sign, style = _SIGNS[hit.kind]

        def draw(width: int) -> list[Line]:
            words = visible(hit.text).replace("\n", " ")
            start = max(0, hit.marks[0][0] - max(0, width - 30)) if hit.marks else 0
            start = words.find(" ", start, hit.marks[0][0]) + 1 or start if start else 0  # a whole word
            line = marked(words, (start, len(words)), hit.marks, "match")
            head: list[Piece] = [(f"{sign} ", style), ("… " if start else "", "dim"), *line]
            when = day(article.published) if article.published else ""
            return [
                fit(head, width),
                spread([("  ", ""), (one_line(title(article)), "dim")], [(f"{hit.kind} {when}", "faint")], width),
            ]

        return draw

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        if event.key is None:
            return
        hit = self._hits[int(event.key)]
        self._preview.show(self._articles[hit.article], hit.span)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the chosen hit."""
        key = self._rows.key
        if key is not None:
            self._go(key)

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        self._go(event.key)

    def _go(self, key: str) -> None:
        hit = self._hits[int(key)]
        self.dismiss((hit.article, hit.span))

    def action_move(self, by: int) -> None:
        """Move in the hits."""
        self._rows.step(by)

    def action_escape(self) -> None:
        """Nothing."""
        self.dismiss(None)
