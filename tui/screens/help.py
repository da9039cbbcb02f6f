"""Help for the focused pane: what it is for, its keys, the signs; then all other keys."""

from __future__ import annotations

from newsdash.tui import signs
from newsdash.tui.actions import PLACES, Place, actions, key_name
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class Help(ModalScreen[None]):
    """The help."""

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("escape,q,question_mark,f1", "dismiss", "close", show=False),
        Binding("j", "scroll(1)", "down", show=False),
        Binding("k", "scroll(-1)", "up", show=False),
    ]

    def __init__(self, place: Place, about: str) -> None:
        super().__init__()
        self._place = place
        self._about = about

    def compose(self) -> ComposeResult:
        """About, keys, signs."""
        with Vertical(id="help") as box:
            box.border_title = Content(f"Help · {PLACES[self._place]}")  # type: ignore[assignment]
            box.border_subtitle = Content("Esc closes")  # type: ignore[assignment]
            with VerticalScroll():
                yield Static(Content(self._about), classes="about")
                first: list[Place] = [self._place]
                if self._place != "text":
                    first.append("list")
                for place in [*first, *(p for p in PLACES if p not in first)]:
                    yield Static(Content(PLACES[place]), classes="section")
                    yield Static(keys(place), classes="keys")
                    if place == self._place:
                        yield Static(Content("Signs"), classes="section")
                        yield Static(legend(), classes="keys")

    def on_mount(self) -> None:
        """Keys scroll the text."""
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


def keys(place: Place) -> Content:
    """The keys of a place, one a line."""
    lines = []
    for action in actions(place):
        names = "  ".join(key_name(key) for key in action.keys)
        lines.append(Content.assemble((f"{names:<16}", "$accent bold"), f" {action.help}"))
    return Content("\n").join(lines)


def legend() -> Content:
    """All signs, a line for each kind."""
    return Content("\n").join(
        Content.assemble(
            (f"{name:<16}", "bold"),
            " ",
            "   ".join(f"{sign if sign.strip() else '␣'} {words}" for sign, words in entries),
        )
        for name, entries in signs.LEGEND
    )
