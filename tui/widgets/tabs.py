"""The line of pane names that stands over the lower pane when the terminal is narrow."""

from __future__ import annotations

from newsdash.tui.actions import Place
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Piece, cells, fit, spread
from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

NAMES: tuple[tuple[Place, str], ...] = (
    ("sources", "1 Sources"),
    ("entities", "3 Entities"),
    ("timeline", "4 Timeline"),
    ("stances", "5 Stances"),
)


class PaneTabs(Painted):
    """Which of the list panes is shown."""

    class Picked(Message):
        """A name was clicked."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self.active: Place = "entities"
        self._words = ""
        self._states: dict[Place, str] = {}

    def show(self, active: Place) -> None:
        """Another pane is shown."""
        self.active = active
        self.refresh()

    def state(self, place: Place, words: str) -> None:
        """What a pane says about its rows."""
        self._states[place] = words
        self.refresh()

    def say(self, words: str) -> None:
        """What stands at the right end: where in the text one is."""
        self._words = words
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        line: list[Piece] = []
        for place, name in NAMES:
            here = place == self.active
            line += [("▎" if here else " ", "accent"), (f"{name} ", "bold accent" if here else "dim"), (" ", "")]
        width = self.size.width
        where: list[Piece] = [(f"  {self._words} ", "dim")]
        state = fit([(self._states.get(self.active, ""), "accent")], width - cells(line) - cells(where))
        return self.strip(spread(line, [*state, *where], width), width)

    def on_click(self, event: events.Click) -> None:
        """Show the pane whose name was clicked."""
        left = 0
        for place, name in NAMES:
            right = left + cell_len(name) + 3
            if left <= event.x < right:
                self.post_message(self.Picked(place))
            left = right
