"""What every widget that draws its own lines shares: pieces turned into strips, with the styles of the theme."""

from __future__ import annotations

from newsdash.tui.themes.inks import inks_of
from newsdash.tui.widgets.pieces import Line, shown, visible
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget


class Painted(Widget):
    """A widget that draws lines of pieces."""

    def paint(self, names: str) -> Style:
        """The style of that name (several with blanks between), to be laid over what is below."""
        return inks_of(self.app)[names]

    def strip(self, line: Line, width: int, under: str = "") -> Strip:
        """A line of pieces as a strip of exactly that width, over an optional style for the whole row."""
        inks = inks_of(self.app)
        base = self.rich_style + inks[under]
        segments = [Segment(shown(visible(words)), base + inks[name]) for words, name in line]
        return Strip(segments).adjust_cell_length(width, base)
