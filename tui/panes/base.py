"""What the list panes share: a frame with a title, rows, the detail of the chosen row, a filter as you type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsdash.core.library import Correction
from newsdash.core.records import Analysis, Span
from newsdash.tui.actions import Place
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Line, fit, join, wrapped
from newsdash.tui.widgets.rows import AnyRow, Rows
from newsdash.tui.words import counted
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip

if TYPE_CHECKING:
    from newsdash.core.extraction import Part
    from textual.widgets import Input


class ShowEvidence(Message):
    """Mark these spans of the opened article and go to the first."""

    def __init__(self, spans: Sequence[Span], *, follow: bool = True) -> None:
        super().__init__()
        self.spans = tuple(spans)
        self.follow = follow


class EntityPicked(Message):
    """Mark this entity everywhere (None: no entity)."""

    def __init__(self, entity: str | None) -> None:
        super().__init__()
        self.entity = entity


class OpenArticle(Message):
    """Open this article, at a span where one is given."""

    def __init__(self, article: str, span: Span | None = None) -> None:
        super().__init__()
        self.article = article
        self.span = span


class Framed(Message):
    """What a pane says about its rows, for where it has no frame."""

    def __init__(self, place: Place, words: str) -> None:
        super().__init__()
        self.place = place
        self.words = words


class Correct(Message):
    """The reader decided otherwise."""

    def __init__(self, correction: Correction, said: str) -> None:
        super().__init__()
        self.correction = correction
        self.said = said


Explained = tuple[Line, Line]
"""About a row: what stands on a line of its own, and what is wrapped below."""


class Detail(Painted):
    """A few lines about the row under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._explain: Callable[[], Explained] = lambda: ((), ())

    def show(self, explain: Callable[[], Explained]) -> None:
        """Show something else."""
        self._explain = explain
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line: the first words on the first, the others wrapped on those that are left."""
        width = self.size.width
        first, more = self._explain()
        room = self.size.height - (1 if first else 0)
        lines = [fit(first, width - 2)] if first else []
        if room > 0:
            lines += wrapped(more, width - 2, room)
        return self.strip([(" ", ""), *(lines[y] if y < len(lines) else ())], width)


class ListPane(Vertical):
    """A pane with rows. Subclasses say what the rows are (``build``) and what the chosen one means (``explain``)."""

    PLACE: Place = "sources"
    TITLE = ""
    ABOUT = ""  # what the pane is for, for the help
    PART: Part = "entities"  # what of the analysis it waits for
    SEEKS = ""  # what it waits for, in words

    def __init__(self) -> None:
        super().__init__(id=self.PLACE)
        self.rows = Rows()
        self.detail = Detail()
        self.analysis: Analysis | None = None
        self.entity: str | None = None  # what the pane is filtered to
        self.needle = ""
        self.waiting = ""  # said while there is nothing to show yet
        self._input: Input | None = None

    def compose(self) -> ComposeResult:
        """Rows above, detail below."""
        yield self.rows
        yield self.detail

    def on_mount(self) -> None:
        """Show what is known so far."""
        self.rebuild()

    # -- for subclasses

    def build(self, analysis: Analysis) -> tuple[list[AnyRow], str, str]:
        """The rows, what the title says after the name, what stands at the lower edge."""
        raise NotImplementedError

    def explain(self, key: str) -> Explained:
        """What is said about a row."""
        return (), ()

    def nothing(self) -> str:
        """What is said when there are no rows."""
        return "Nothing found."

    # -- showing

    def show(self, analysis: Analysis | None, waiting: str = "", *, first: bool = False) -> None:
        """Show another analysis, or while there is none what is going on."""
        self.analysis = analysis
        self.waiting = waiting
        if first:
            self.entity = None
        self.rebuild(first=first)

    def only(self, entity: str | None) -> None:
        """Filter to an entity, or lift that filter."""
        first = entity is not None and entity != self.entity
        self.entity = entity
        self.call_later(
            self.rebuild, first=first
        )  # each pane in a turn of its own: in a book all at once would hold up the keys

    def rebuild(self, *, first: bool = False) -> None:
        """Draw the rows anew."""
        if not self.is_attached:
            return
        if self.analysis is None:
            self._frame("", "")
            self.rows.show([], [[(self.waiting, "dim italic")]], first=first)
            return
        rows, title, edge = self.build(self.analysis)
        if self.needle:
            rows = matching(rows, self.needle)
            edge = f"& {self.needle} · {counted(sum(row.key is not None for row in rows), 'row')}"
        self._frame(title, edge)
        self.rows.show(
            rows, [[(self.nothing() if not self.needle else "No row has these letters.", "dim italic")]], first=first
        )

    def _frame(self, title: str, edge: str) -> None:
        from textual.content import Content

        number = {"sources": "1", "text": "2", "entities": "3", "timeline": "4", "stances": "5"}[self.PLACE]
        words = f"{number} {self.TITLE}" + (f"  {title}" if title else "")
        self.border_title = Content(words)  # a Content is never markup
        self.border_subtitle = Content(edge)
        self.post_message(Framed(self.PLACE, join((title, edge))))

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        key = event.key
        self.detail.show((lambda: self.explain(key)) if key is not None else lambda: ((), ()))
        self.moved(key)

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        event.stop()
        if event.cell is not None:
            self.clicked(event.cell)
        self.picked(event.key)

    def clicked(self, cell: int) -> None:
        """The chosen row was clicked at that cell."""

    def moved(self, key: str | None) -> None:
        """The cursor is on another row."""

    def picked(self, key: str) -> None:
        """A row was chosen."""

    def step(self, by: int) -> None:
        """Choose the next or the previous row."""
        key = self.rows.step(by)
        if key is not None:
            self.picked(key)

    # -- filter as you type

    async def action_filter(self) -> None:
        """Open the filter."""
        from textual.widgets import Input

        if self._input is None:
            self._input = Input(placeholder="only rows with these letters", id=f"filter-{self.PLACE}", compact=True)
            self._input.add_class("filter")
            await self.mount(self._input, before=self.rows)
        self._input.display = True
        self._input.value = self.needle
        self.screen.set_focus(self._input)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter with every letter."""
        event.stop()
        self.needle = event.value
        self.rebuild(first=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter and go to the rows."""
        event.stop()
        self._close_input()

    def _close_input(self) -> None:
        if self._input is not None:
            self._input.display = False
        self.screen.set_focus(self.rows)

    def clear_filter(self) -> bool:
        """Lift the filter; whether there was one."""
        there = bool(self.needle) or (self._input is not None and self._input.has_focus)
        if there:
            self.needle = ""
            self._close_input()
            self.rebuild()
        return there


def matching(rows: Sequence[AnyRow], needle: str) -> list[AnyRow]:
    """The rows whose words have all the letters groups of the needle, with their headings."""
    wanted = needle.casefold().split()
    kept: list[AnyRow] = []
    title: AnyRow | None = None
    for row in rows:
        if row.key is None:
            title = row
        elif all(word in words for words in (row.note().casefold(),) for word in wanted):
            if title is not None:
                kept.append(title)
                title = None
            kept.append(row)
    return kept
