"""The one registry of actions. Bindings, palette, footer, help and the README's key table all come from it.

An action belongs to a place: the whole app, the reading screen, every list, or one pane. The widget of that place
takes its bindings with ``bindings(place)`` and has a method ``action_NAME`` for each; a test holds both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Place = Literal["app", "reading", "list", "text", "sources", "entities", "timeline", "stances"]


@dataclass(frozen=True)
class Action:
    """Something a key does.

    ``keys`` are Textual's names, the first is shown; ``label`` stands in the footer (``footer`` orders it there,
    0 = not shown), ``help`` in the help, the palette and the README. ``argument`` is handed to the method.
    """

    place: Place
    name: str
    keys: tuple[str, ...]
    label: str
    help: str
    footer: int = 0
    argument: str = ""

    @property
    def id(self) -> str:
        """Stable name, for keymaps."""
        return f"{self.place}.{self.name}{'.' + self.argument if self.argument else ''}"

    @property
    def call(self) -> str:
        """The action as Textual calls it."""
        return f"{self.name}({self.argument!r})" if self.argument else self.name


def _a(place: Place, name: str, keys: str, label: str, help: str, footer: int = 0, argument: str = "") -> Action:  # noqa: A002
    return Action(place, name, tuple(keys.split()), label, help, footer, argument)


ACTIONS: tuple[Action, ...] = (
    # the app
    _a("app", "quit", "q ctrl+q", "quit", "Leave newsdash.", 90),
    _a("app", "command_palette", "ctrl+p colon", "palette", "Every command, article and theme by name.", 60),
    _a("app", "next_theme", "t", "theme", "The next theme: dark, light, high contrast, the terminal's own colours."),
    _a("app", "choose_theme", "T", "themes", "Choose a theme: each is shown while the cursor is on it."),
    # reading
    _a("reading", "find", "slash", "find", "Find in this article as you type; Tab makes it fuzzy.", 20),
    _a("reading", "search", "ctrl+f s", "search", "Search fuzzily across all loaded articles and jump there.", 25),
    _a(
        "reading",
        "jump",
        "apostrophe ctrl+o",
        "jump",
        "Show letters on all facts and names in sight; type them to go there.",
        45,
    ),
    _a("reading", "next_mark", "n", "next hit", "The next hit, mention or piece of evidence."),
    _a("reading", "previous_mark", "N", "hit before", "The hit, mention or piece of evidence before."),
    _a("reading", "step_on", "right_square_bracket", "step on", "The next row of the list; the text follows."),
    _a("reading", "step_back", "left_square_bracket", "step back", "The row before; the text follows."),
    _a("reading", "clear", "escape", "clear", "Clear hits, marks and filters; then cancel the analysis.", 50),
    _a("reading", "zoom", "z", "zoom", "The focused pane takes the whole screen, or gives it back.", 40),
    _a("reading", "help", "question_mark f1", "help", "The keys and signs of the focused pane.", 80),
    _a("reading", "date", "d D", "date", "Set or correct the publication date: everything is dated anew.", 0),
    _a("reading", "undo", "u", "undo", "Take back your last correction of this article."),
    _a("reading", "write", "w", "write", "Write what was found, as you corrected it, to a .md, .txt or .json file."),
    _a("reading", "next_article", "right_curly_bracket", "next article", "Open the next article."),
    _a("reading", "previous_article", "left_curly_bracket", "article before", "Open the article before."),
    _a("reading", "analyse", "A", "analyse", "Start the analysis again after it was cancelled."),
    _a("reading", "pane", "1", "sources", "Unfold the sources and go there; again: fold them.", 0, "sources"),
    _a("reading", "pane", "2", "text", "Go to the text.", 0, "text"),
    _a("reading", "pane", "3", "entities", "Go to the entities.", 0, "entities"),
    _a("reading", "pane", "4", "timeline", "Go to the timeline.", 0, "timeline"),
    _a("reading", "pane", "5", "stances", "Go to the stances.", 0, "stances"),
    # every list
    _a("list", "pick", "enter", "show", "Show where the text says so (sources: open).", 1),
    _a("list", "down", "j down", "down", "One row down."),
    _a("list", "up", "k up", "up", "One row up."),
    _a("list", "top", "g home", "top", "The first row."),
    _a("list", "bottom", "G end", "bottom", "The last row."),
    _a("list", "half_down", "ctrl+d", "half down", "Half a page down."),
    _a("list", "half_up", "ctrl+u", "half up", "Half a page up."),
    _a("list", "page_down", "pagedown", "page down", "A page down."),
    _a("list", "page_up", "pageup", "page up", "A page up."),
    _a("list", "copy", "y", "copy", "Copy the row."),
    # the text
    _a("text", "line_down", "j down", "down", "One line down."),
    _a("text", "line_up", "k up", "up", "One line up."),
    _a("text", "top", "g home", "top", "The start of the text."),
    _a("text", "bottom", "G end", "end", "The end of the text."),
    _a("text", "half_down", "ctrl+d", "half down", "Half a page down."),
    _a("text", "half_up", "ctrl+u", "half up", "Half a page up."),
    _a("text", "page_down", "space pagedown", "page", "A page down.", 5),
    _a("text", "page_up", "b pageup", "page up", "A page up."),
    _a("text", "copy", "y ctrl+c", "copy", "Copy what the mouse selected, else the words that are marked as evidence."),
    # panes
    _a("sources", "filter", "ampersand", "filter", "Only the rows with these letters.", 8),
    _a("entities", "aliases", "a", "aliases", "All names of the entity, and why each was joined; again: fold them.", 2),
    _a("entities", "order", "o", "order", "By weight in the article, by name, or as they appear.", 3),
    _a("entities", "filter", "ampersand", "filter", "Only the rows with these letters.", 8),
    _a("entities", "merge", "m", "merge", "Merge the entity into another one.", 10),
    _a("entities", "split", "s", "split", "Split one of its names off as an entity of its own.", 11),
    _a("entities", "rename", "r", "rename", "Give the entity another name."),
    _a("entities", "retype", "t", "type", "Change the type of the entity."),
    _a("entities", "hide", "x", "hide", "Hide an entity that is none.", 12),
    _a("timeline", "certainty", "c", "certainty", "Only dated events, only certain dates, only undated, or all.", 3),
    _a("timeline", "status", "f", "status", "Only what happened, goes on, is planned, possible or denied, or all.", 4),
    _a("timeline", "background", "b", "background", "With or without the background of the news.", 6),
    _a("timeline", "filter", "ampersand", "filter", "Only the rows with these letters.", 8),
    _a(
        "timeline",
        "redate",
        "d",
        "date",
        "Correct the date of the event (without a publication date: set that one).",
        2,
    ),
    _a("stances", "view", "v", "view", "By holder, by issue, by target, as a matrix, or the quotes by speaker.", 2),
    _a("stances", "contrast", "c", "contrast", "The words of the stance and of those that stand against it (⇄).", 9),
    _a("stances", "reject", "x", "reject", "There is no such stance.", 10),
    _a("stances", "flip", "f", "flip", "It is the other way round: for and against change places.", 11),
    _a("stances", "edit", "e", "edit", "Change act, polarity, target or issue.", 12),
    _a("stances", "filter", "ampersand", "filter", "Only the rows with these letters.", 8),
    _a("stances", "left", "h left", "issue left", "Matrix: the column to the left."),
    _a("stances", "right", "l right", "issue right", "Matrix: the column to the right."),
)

PLACES: dict[Place, str] = {
    "reading": "Everywhere",
    "text": "Text",
    "list": "Every list",
    "sources": "Sources",
    "entities": "Entities",
    "timeline": "Timeline",
    "stances": "Stances",
    "app": "The app",
}
_SHOWN = {
    "slash": "/",
    "apostrophe": "'",
    "question_mark": "?",
    "colon": ":",
    "ampersand": "&",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "f1": "F1",
}


def key_name(key: str) -> str:
    """A key as people write it."""
    return _SHOWN.get(key, key)


def actions(place: Place) -> tuple[Action, ...]:
    """The actions of a place, in the order of the registry."""
    return tuple(action for action in ACTIONS if action.place == place)


def bindings(place: Place) -> list[BindingType]:
    """The bindings of a place's widget."""
    return [
        Binding(
            ",".join(action.keys),
            action.call,
            action.label,
            show=False,
            key_display=key_name(action.keys[0]),
            tooltip=action.help,
            id=action.id,
        )
        for action in actions(place)
    ]


def footer(focused: Place | None) -> list[Action]:
    """What the footer shows while a pane has the focus: its own actions first, the most wanted first."""
    places: list[Place] = ["reading", "app"]
    if focused == "text":
        places.append("text")
    elif focused:
        places += [focused, "list"]
    return sorted((a for place in places for a in actions(place) if a.footer), key=lambda a: a.footer)


def key_table() -> str:
    """The key table of the README, in Markdown."""
    lines = ["| key | what it does |", "|---|---|"]
    for place, name in PLACES.items():
        lines.append(f"| **{name}** | |")
        for action in actions(place):
            keys = " ".join(f"`{key_name(key)}`" for key in action.keys)
            lines.append(f"| {keys} | {action.help} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":  # prints what stands in the README
    print(key_table(), end="")
