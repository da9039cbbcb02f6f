"""The find bar at the foot of the text."""

from __future__ import annotations

from newsdash.core.search import MOST
from newsdash.tui.widgets.painted import Painted
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input


class Count(Painted):
    """How many hits, and whether finding is fuzzy."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.total = 0
        self.fuzzy = False
        self.asked = False
        self.seeking = False

    def render_line(self, y: int) -> Strip:
        """The line."""
        if self.seeking:
            hits = "finding …"
        elif self.total:
            hits = f"{self.now}/{self.total}{'+' if self.total == MOST else ''}"
        else:
            hits = "no hit" if self.asked else ""
        style = "dim" if self.seeking else "accent" if self.total else "warn"
        mode, other = ("~ ", "exact") if self.fuzzy else ("", "fuzzy")  # the sign says what is, Tab what it does
        line = [(f"{hits:>9}", style), ("  ", ""), (mode, "bold"), ("Tab", "key"), (f" {other}", "dim")]
        return self.strip(line, self.size.width)


class _Query(Input):
    """The input; Tab changes between exact and fuzzy."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            bar = self.parent
            if isinstance(bar, FindBar):
                bar.turn()


class FindBar(Horizontal):
    """Input and counter."""

    class Changed(Message):
        """Another query or another mode."""

        def __init__(self, query: str, fuzzy: bool) -> None:
            super().__init__()
            self.query = query
            self.fuzzy = fuzzy

    class Accepted(Message):
        """Enter: keep the hits and read on."""

    def __init__(self) -> None:
        super().__init__(id="find")
        self._input = _Query(placeholder="find in this article", compact=True, select_on_focus=True)
        self._count = Count()

    def compose(self) -> ComposeResult:
        """Input, counter."""
        yield self._input
        yield self._count

    def begin(self) -> None:
        """Take the keys."""
        self.screen.set_focus(self._input)
        if self._input.value:
            self._say()

    def turn(self) -> None:
        """Exact or fuzzy."""
        self._count.fuzzy = not self._count.fuzzy
        self._say()

    def count(self, now: int, total: int) -> None:
        """Say how many hits there are."""
        self._count.now, self._count.total = now, total
        self._count.asked = bool(self._input.value.strip())
        self._count.seeking = False
        self._count.refresh()

    def seek(self) -> None:
        """Say that finding takes a moment."""
        self._count.seeking = True
        self._count.refresh()

    def _say(self) -> None:
        self.post_message(self.Changed(self._input.value, self._count.fuzzy))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find with every letter."""
        event.stop()
        self._say()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read on."""
        event.stop()
        self.post_message(self.Accepted())
