"""A page of short paragraphs, some with words at their side, that scrolls: the help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdash.tui.actions import bindings
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Line, cells, fit, wrapped
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_SIDE = 15  # cells for the words at the side


@dataclass(frozen=True)
class Paragraph:
    """Words, and at their left side others."""

    words: Line
    side: Line | None = None


class Page(Painted, ScrollView, can_focus=True):
    """The page."""

    BINDINGS = [binding for binding in bindings("text") if "copy" not in str(binding)]  # noqa: RUF012

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__()
        self._paragraphs = paragraphs
        self._lines: list[Line] = []

    def on_resize(self) -> None:
        """Break the lines anew."""
        width = self.scrollable_content_region.width - 2
        self._lines = []
        for paragraph in self._paragraphs:
            if paragraph.side is None:
                self._lines += wrapped(paragraph.words, width, 99)
                continue
            side = fit(paragraph.side, _SIDE - 1)
            for line in wrapped(paragraph.words, width - _SIDE, 99):
                self._lines.append([*side, (" " * (_SIDE - cells(side)), ""), *line])
                side = []
        self.virtual_size = Size(0, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line."""
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else ()
        return self.strip(line, self.scrollable_content_region.width)

    def _by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_target_y + lines, animate=False)

    def action_line_down(self) -> None:
        """One line down."""
        self._by(1)

    def action_line_up(self) -> None:
        """One line up."""
        self._by(-1)

    def action_top(self) -> None:
        """To the start."""
        self.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """To the end."""
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._by(self.size.height // 2)

    def action_half_up(self) -> None:
        """Half a page up."""
        self._by(-self.size.height // 2)

    def action_page_down(self) -> None:
        """A page down."""
        self._by(self.size.height - 1)

    def action_page_up(self) -> None:
        """A page up."""
        self._by(1 - self.size.height)
