"""A list of rows on the line API: any number of rows, each drawn when it is seen, at the width there is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from newsdash.tui.actions import bindings
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Line, wrapped
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip


class AnyRow(Protocol):
    """A row: ``draw(width)`` gives its lines, ``note()`` its words, which `y` copies and a filter looks at.

    A row without a key is a heading and cannot be chosen. A book has thousands of rows: those are one small object
    each, and what only the ones in sight need is left to ``draw``.
    """

    @property
    def key(self) -> str | None:
        """What it is about."""

    @property
    def height(self) -> int:
        """How many lines it takes."""

    def draw(self, width: int, /) -> Sequence[Line]:
        """Its lines."""

    def note(self) -> str:
        """Its words."""


class Row(NamedTuple):
    """A row that is made of functions."""

    key: str | None
    draw: Callable[[int], Sequence[Line]]
    height: int = 1
    note: Callable[[], str] = str


def heading(line: Line) -> Row:
    """A heading."""
    return Row(None, lambda _: [line])


class Rows(Painted, ScrollView, can_focus=True):
    """Rows with a cursor."""

    BINDINGS = bindings("list")
    cursor: reactive[int] = reactive(-1, repaint=False)
    hover: reactive[int] = reactive(-1, repaint=False)

    class Moved(Message):
        """The cursor stands on another row (None: on none)."""

        def __init__(self, rows: Rows, key: str | None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Picked(Message):
        """A row was chosen with Enter, or with the mouse at a cell of it."""

        def __init__(self, rows: Rows, key: str, cell: int | None = None) -> None:
            super().__init__()
            self.rows = rows
            self.key = key
            self.cell = cell

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None, driven: bool = False) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self._driven = driven  # by the keys of an input, which has the focus
        self.rows: list[AnyRow] = []
        self.empty: Sequence[Line] = ()
        self._tops: list[int] = [0]
        self._codes: Mapping[str, str] = {}

    # -- what is in it

    def show(self, rows: Sequence[AnyRow], empty: Sequence[Line] = (), *, first: bool = False) -> None:
        """Show other rows; the cursor stays on its key or goes to the next one left (``first``: to the top)."""
        place = 0 if first else max(0, self.cursor)
        order = [] if first else [*self.rows[place:], *reversed(self.rows[:place])]
        self.rows = list(rows)
        self.empty = empty
        self._tops = [0]
        for row in self.rows:
            self._tops.append(self._tops[-1] + row.height)
        self.virtual_size = Size(0, self._tops[-1])
        places = {row.key: n for n, row in enumerate(self.rows) if row.key is not None}
        again = next((places[row.key] for row in order if row.key in places), None)
        self.set_reactive(Rows.cursor, again if again is not None else self._free(place))
        self.set_reactive(Rows.hover, -1)
        self.refresh()
        self.post_message(self.Moved(self, self.key))
        self.call_after_refresh(self._keep_in_view)

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        return self.rows[self.cursor].key if 0 <= self.cursor < len(self.rows) else None

    def go(self, key: str) -> bool:
        """Put the cursor on a key; False when it is not there."""
        for place, row in enumerate(self.rows):
            if row.key == key:
                self.cursor = place
                return True
        return False

    def step(self, by: int) -> str | None:
        """Move the cursor by so many rows that can be chosen; the key it then stands on."""
        place: int = self.cursor
        for _ in range(abs(by)):
            place = self._free(place + (1 if by > 0 else -1), 1 if by > 0 else -1)
        self.cursor = place
        return self.key

    def _free(self, place: int, way: int = 1) -> int:
        """The row nearest to a place that can be chosen, looking that way first; -1 when there is none."""
        count = len(self.rows)
        place = max(0, min(place, count - 1))
        onward, back = range(place, count), range(min(place, count - 1), -1, -1)
        order = chain(onward, back) if way > 0 else chain(back, onward)
        return next((n for n in order if self.rows[n].key is not None), -1)

    # -- drawing

    @property
    def room(self) -> int:
        """Cells there are for a row."""
        return self.scrollable_content_region.width - 2

    @property
    def seen(self) -> list[str]:
        """The keys of the rows that are on the screen."""
        if not self.is_on_screen:
            return []
        top = self.scroll_offset.y
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_left(self._tops, top + self.size.height)
        return [row.key for row in self.rows[first:last] if row.key is not None]

    def label(self, codes: Mapping[str, str]) -> None:
        """Show letters in front of these rows, none when there are none."""
        self._codes = codes
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if not self.rows:
            said = [part for words in self.empty for part in wrapped(words, width - 2, 9)]
            return self.strip([(" ", ""), *said[line]] if line < len(said) else (), width)
        place = bisect_right(self._tops, line) - 1
        if place >= len(self.rows):
            return self.strip((), width)
        row = self.rows[place]
        here = place == self.cursor
        lit = self.has_focus or self._driven
        under = ("cursor" if lit else "cursor-blur") if here else "hover" if place == self.hover else ""
        sign = ("▌" if lit else "▏", "accent") if here else (" ", "")
        code = self._codes.get(row.key or "", "") if line == self._tops[place] else ""
        lines = row.draw(self.room)
        nth = line - self._tops[place]
        drawn = self.strip([sign, *(lines[nth] if nth < len(lines) else ())], width, under)
        if not code:
            return drawn
        return Strip.join([self.strip([(code, "match-now")], len(code)), drawn.crop(len(code))])

    def notify_style_update(self) -> None:
        """Styles changed (another theme): draw anew."""
        super().notify_style_update()
        self.refresh()

    # -- moving

    def watch_cursor(self, old: int, new: int) -> None:
        """The cursor moved."""
        if old == new:
            return
        self._draw_row(old)
        self._draw_row(new)
        self._keep_in_view()
        self.post_message(self.Moved(self, self.key))

    def watch_hover(self, old: int, new: int) -> None:
        """The mouse is over another row."""
        self._draw_row(old)
        self._draw_row(new)

    def _draw_row(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.refresh_lines(self._tops[place], self.rows[place].height)

    def _keep_in_view(self) -> None:
        if not 0 <= self.cursor < len(self.rows):
            return
        above = self.cursor
        while above > 0 and self.rows[above - 1].key is None:
            above -= 1  # its heading comes along
        top, bottom = self._tops[above], self._tops[self.cursor + 1]
        self.scroll_to_region(Region(0, top, 1, bottom - top), animate=False, force=True)

    def action_down(self) -> None:
        """One row down."""
        self.step(1)

    def action_up(self) -> None:
        """One row up."""
        self.step(-1)

    def action_top(self) -> None:
        """To the first row."""
        self.cursor = self._free(0)
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """To the last row."""
        self.cursor = self._free(len(self.rows) - 1, -1)
        self.scroll_to(y=self.max_scroll_y, animate=False)  # to what stands below it, too

    def action_half_down(self) -> None:
        """Half a page down."""
        self.cursor = self._free(self.cursor + max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Half a page up."""
        self.cursor = self._free(self.cursor - max(1, self.size.height // 2), -1)

    def action_page_down(self) -> None:
        """A page down."""
        self.cursor = self._free(self.cursor + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A page up."""
        self.cursor = self._free(self.cursor - max(1, self.size.height - 1), -1)

    def action_pick(self) -> None:
        """Choose the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Picked(self, self.key))

    def action_copy(self) -> None:
        """Copy the row's words."""
        if 0 <= self.cursor < len(self.rows):
            words = self.rows[self.cursor].note()
            if words:
                self.app.copy_to_clipboard(words)
                self.notify("Copied.", markup=False)

    # -- the mouse

    def _at(self, event: events.MouseEvent) -> int:
        place = bisect_right(self._tops, event.y + self.scroll_offset.y) - 1
        return place if 0 <= place < len(self.rows) and self.rows[place].key is not None else -1

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        self.hover = self._at(event)

    def on_leave(self) -> None:
        """The mouse left."""
        self.hover = -1

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The mouse chooses: at once, since the pane may grow when it gets the focus, and the row with it move away."""
        place = self._at(event)
        if place >= 0:
            self.cursor = place
            if self.key is not None:
                self.post_message(self.Picked(self, self.key, event.x - 1))

    def on_resize(self) -> None:
        """Another size: the cursor stays in sight."""
        self._keep_in_view()

    def on_focus(self) -> None:
        """The cursor shows that keys go here."""
        self._draw_row(self.cursor)

    def on_blur(self) -> None:
        """Keys go elsewhere."""
        self._draw_row(self.cursor)
