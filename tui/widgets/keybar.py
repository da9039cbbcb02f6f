"""The line at the bottom: the keys that matter where one is. A click on a key presses it."""

from __future__ import annotations

from newsdash.tui.actions import Place, footer, key_name
from newsdash.tui.widgets.painted import Painted
from rich.cells import cell_len
from textual import events
from textual.strip import Strip


class KeyBar(Painted):
    """Keys and what they do, the most wanted first, as many as fit."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._place: Place | None = "text"
        self._spots: list[tuple[int, int, str]] = []  # from cell, to cell, key

    def show(self, place: Place | None) -> None:
        """Another pane has the focus."""
        if place != self._place:
            self._place = place
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width - 2
        wanted = footer(self._place)
        entries = [(a, key_name(a.keys[0])) for a in wanted]
        must = {"reading.help", "app.quit", "reading.find"}
        room = width
        kept = []
        reserve = sum(cell_len(k) + cell_len(a.label) + 3 for a, k in entries if a.id in must)
        for action, key in entries:
            size = cell_len(key) + cell_len(action.label) + 3
            if action.id in must:
                reserve -= size
            elif size > room - reserve:
                continue
            kept.append((action, key))
            room -= size
        line = [(" ", "")]
        self._spots = []
        place = 1
        for action, key in kept:
            size = cell_len(key) + 1 + cell_len(action.label)
            self._spots.append((place, place + size, action.keys[0]))
            line += [(key, "key"), (f" {action.label}", "dim"), ("  ", "")]
            place += size + 2
        return self.strip(line, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._spots:
            if start <= event.x < end:
                self.app.simulate_key(key)
