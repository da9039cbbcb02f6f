"""The command palette: every action of the registry where it can be done, every article, every theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from newsdash.tui.actions import ACTIONS, PLACES, Action, key_name
from newsdash.tui.panes.base import ListPane
from newsdash.tui.widgets.pieces import one_line
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.markup import escape

if TYPE_CHECKING:
    from newsdash.tui.app import NewsdashApp


class Commands(Provider):
    """What newsdash offers in the palette."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for name, run, about in self._all():
            yield DiscoveryHit(Content(name), run, text=name, help=escape(about))

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for name, run, about in self._all():
            score = matcher.match(name)
            if score > 0:
                shown = Content(name) if "[" in name else matcher.highlight(name)  # which would read it as markup
                yield Hit(score, shown, run, text=name, help=escape(about))

    @property
    def _newsdash(self) -> NewsdashApp:
        return cast("NewsdashApp", self.app)

    def _all(self) -> Iterator[tuple[str, partial[None], str]]:
        yield from self._actions()
        yield from self._articles()
        for theme in self._newsdash.available_themes:
            yield f"theme: {theme}", partial(self._newsdash.wear, theme), "Wear this theme."
        yield "picture: save", partial(self._picture), "Save what is on the screen as an SVG file."

    def _actions(self) -> Iterator[tuple[str, partial[None], str]]:
        for action in sorted(ACTIONS, key=lambda action: action.place == "app"):  # Enter at once must not leave
            if action.name != "command_palette":
                where = "" if action.place in ("reading", "app") else f"{PLACES[action.place].lower()}: "
                name = f"{where}{action.label}  {key_name(action.keys[0])}"
                yield name, partial(self._run, action), action.help

    def _articles(self) -> Iterator[tuple[str, partial[None], str]]:
        from newsdash.tui.words import outlet, title

        reading = self._newsdash.reading
        for identity, article in self._newsdash.desk.articles.items():
            yield f"open: {one_line(title(article))}", partial(reading.open, identity), one_line(outlet(article))

    def _picture(self) -> None:
        """Save the screen, once the palette is gone from it."""
        self._newsdash.set_timer(0.1, self._newsdash.deliver_screenshot)

    def _run(self, action: Action) -> None:
        """Do it, in the pane it belongs to."""
        reading = self._newsdash.reading
        target: DOMNode = self._newsdash if action.place == "app" else reading
        pane = reading.lists.get(action.place)
        if isinstance(pane, ListPane):
            reading.go(action.place)
            target = pane
        elif action.place == "list":
            target = reading.current_list.rows
        elif action.place == "text":
            target = reading.document.view
        self._newsdash.call_later(self._newsdash.run_action, action.call, default_namespace=target)
