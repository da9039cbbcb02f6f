"""The line at the top: what is open, and what is going on."""

from __future__ import annotations

from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Piece, spread
from textual.strip import Strip


class Header(Painted):
    """One line: the program, the title, the state of the analysis."""

    def __init__(self) -> None:
        super().__init__(id="header")
        self._title = ""
        self._state: list[Piece] = []

    def title(self, words: str) -> None:
        """Say what is open."""
        self._title = words
        self.refresh()

    def state(self, line: list[Piece]) -> None:
        """Say what is going on."""
        self._state = line
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        left: list[Piece] = [("newsdash", "accent bold"), ("  ", ""), (self._title, "bold")]
        return self.strip([(" ", ""), *spread(left, self._state, self.size.width - 2)], self.size.width)
