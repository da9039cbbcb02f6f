"""Help for the focused pane: what it is for, its keys, the signs; then all other keys."""

from __future__ import annotations

from newsdash.tui import signs
from newsdash.tui.actions import PLACES, Place, actions, key_name
from newsdash.tui.widgets.page import Page, Paragraph
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

_BLANK = Paragraph([(" ", "")])


class Help(ModalScreen[None]):
    """The help."""

    BINDINGS = [Binding("escape,q,question_mark,f1", "close", "close", show=False)]  # noqa: RUF012

    def __init__(self, place: Place, about: str) -> None:
        super().__init__()
        self._place = place
        self._about = about

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical(id="help") as box:
            box.border_title = Content(f"Help · {PLACES[self._place]}")
            box.border_subtitle = Content("j k scroll · Esc closes")
            yield Page(page(self._place, self._about))

    def on_mount(self) -> None:
        """Keys scroll the page."""
        self.query_one(Page).focus()

    def action_close(self) -> None:
        """Back to reading."""
        self.dismiss(None)


def page(place: Place, about: str) -> list[Paragraph]:
    """What the help of a pane says."""
    first: list[Place] = [place] if place == "text" else [place, "list"]
    paragraphs = [Paragraph([(about, "")]), _BLANK]
    for where in first:
        paragraphs += _keys(where)
    paragraphs += [Paragraph([("Signs", "heading accent")])]
    for name, entries in signs.LEGEND:
        words = "   ".join(f"{sign}\u00a0{words.replace(' ', chr(160))}" for sign, words in entries)
        paragraphs.append(Paragraph([(words, "")], [(name, "bold")]))
    paragraphs.append(_BLANK)
    for where in PLACES:
        if where not in first:
            paragraphs += _keys(where)
    return paragraphs


def _keys(place: Place) -> list[Paragraph]:
    """The keys of a place, under its name."""
    rows = [
        Paragraph([(action.help, "")], [("  ".join(key_name(key) for key in action.keys), "key")])
        for action in actions(place)
    ]
    return [Paragraph([(PLACES[place], "heading accent")]), *rows, _BLANK]
