"""What every widget that draws its own lines shares: the named styles, and pieces turned into strips."""

from __future__ import annotations

from typing import ClassVar

from newsdash.tui.widgets.pieces import Line, shown, visible
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

# Each is a component class `nd--NAME`, coloured in themes/newsdash.tcss.
STYLES = (
    "person org group place thing event time "  # what a mention is
    "for against neutral high medium low "  # positions
    "exact approximate range unresolved "  # dates
    "dim faint bold heading accent warn good italic "  # how things are said
    "cursor cursor-blur hover "  # where one is
    "chosen chosen-dim evidence match match-now pronoun gutter key quote"
).split()


class Painted(Widget):
    """A widget that draws lines of pieces."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"nd--{name}" for name in STYLES}

    def paint(self, name: str) -> Style:
        """The style of that name, laid over whatever is below; several names with blanks between."""
        if not name:
            return Style.null()
        style = Style.null()
        for part in name.split():
            style += self.get_component_rich_style(f"nd--{part}", partial=True)
        return style

    def strip(self, line: Line, width: int, under: str = "") -> Strip:
        """A line of pieces as a strip of exactly that width, over an optional style for the whole row."""
        base = self.rich_style + self.paint(under)
        segments = [Segment(shown(visible(words)), base + self.paint(name)) for words, name in line]
        return Strip(segments).adjust_cell_length(width, base)
