"""What wears which colour: the named styles of words, made from the colours of the theme.

They are plain styles and not component classes of Textual, because forty classes on thirty widgets would be matched
again at every change: more than half of the time to the first picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App

# name: (colour, background, attributes); colours are the variables of themes/__init__.py without "nd-"
_INKS: dict[str, tuple[str, str, str]] = {
    # what a mention is
    "person": ("person", "", ""),
    "org": ("org", "", ""),
    "group": ("group", "", ""),
    "place": ("place", "", ""),
    "thing": ("thing", "", ""),
    "event": ("event", "", ""),
    "time": ("time", "", ""),
    "date": ("time", "", "underline"),  # a time expression in the text
    "pronoun": ("", "", "italic dim"),
    # positions
    "for": ("for", "", ""),
    "against": ("against", "", ""),
    "neutral": ("neutral", "", ""),
    "high": ("accent", "", ""),
    "medium": ("dim", "", ""),
    "low": ("faint", "", ""),
    # dates
    "exact": ("", "", "bold"),
    "approximate": ("time", "", ""),
    "range": ("time", "", ""),
    "unresolved": ("dim", "", "italic"),
    # how things are said
    "dim": ("dim", "", ""),
    "faint": ("faint", "", ""),
    "bold": ("", "", "bold"),
    "italic": ("", "", "italic"),
    "heading": ("", "", "bold"),
    "accent": ("accent", "", ""),
    "warn": ("against", "", ""),
    "good": ("for", "", ""),
    "quote": ("quote", "", ""),
    "key": ("accent", "", "bold"),
    # where one is
    "cursor": ("", "cursor", ""),
    "cursor-blur": ("", "cursor-blur", ""),
    "hover": ("", "hover", ""),
    "chosen": ("", "chosen", "bold"),
    "evidence": ("", "evidence", ""),
    "match": ("", "match", "bold"),
    "match-now": ("now-text", "now", "bold"),
    "gutter": ("accent", "", ""),
}
# Where there are no shades to choose from (the terminal's own colours, or none at all) marks are drawn by attribute.
_PLAIN: dict[str, tuple[str, str, str]] = {
    "cursor": ("", "", "reverse"),
    "cursor-blur": ("", "", ""),
    "hover": ("", "", ""),
    "chosen": ("", "", "bold reverse"),
    "evidence": ("", "", "underline"),
    "match": ("", "", "bold underline"),
    "match-now": ("", "", "bold reverse"),
    "dim": ("", "", "dim"),
    "faint": ("", "", "dim"),
    "unresolved": ("", "", "italic dim"),
    "medium": ("", "", ""),
    "low": ("", "", "dim"),
}
# Without any colour names are bold in the text; of which type they are is said by the signs of the entities pane.
_BARE = dict.fromkeys(("person", "org", "group", "place", "thing", "event"), ("", "", "bold"))


class Inks:
    """The styles of one theme; several names with blanks between are laid over each other."""

    def __init__(self, variables: Mapping[str, str], *, plain: bool, bare: bool) -> None:
        self._styles: dict[str, Style] = {"": Style.null()}
        for name, given in _INKS.items():
            if bare:
                given = _BARE.get(name, given)
            colour, ground, attributes = _PLAIN.get(name, given) if plain else given
            colours = Style(
                color=_colour(variables.get(f"nd-{colour}")), bgcolor=_colour(variables.get(f"nd-{ground}"))
            )
            self._styles[name] = colours + Style.parse(attributes)

    def __getitem__(self, names: str) -> Style:
        style = self._styles.get(names)
        if style is None:
            style = Style.null()
            for name in names.split():
                style += self._styles[name]
            self._styles[names] = style
        return style


_MADE: dict[tuple[str, bool], Inks] = {}


def inks_of(app: App[object]) -> Inks:
    """The styles for the theme that the app wears now."""
    key = (app.theme, app.no_color)
    if key not in _MADE:
        plain = app.no_color or app.current_theme.ansi
        _MADE[key] = Inks(app.get_css_variables(), plain=plain, bare=app.no_color)
    return _MADE[key]


@lru_cache(maxsize=64)
def _colour(value: str | None) -> RichColor | None:
    return Color.parse(value).rich_color if value else None
