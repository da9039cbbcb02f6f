"""One question: some words, or one of several choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from newsdash.tui.panes.base import matching
from newsdash.tui.widgets.pieces import fit, one_line
from newsdash.tui.widgets.rows import Row, Rows
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def is_date(value: str) -> str | None:
    """What is wrong with a day (YYYY-MM-DD), None when nothing is."""
    match = _DATE.match(value)
    if not match or not match[3] or not _exists(value):
        return f"“{value}” is no date: write it as 2026-03-05."
    return None


def is_interval(value: str) -> str | None:
    """What is wrong with a date of any precision, or with two of them and a slash between."""
    parts = value.split("/")
    if len(parts) > 2 or not all(_DATE.match(part) and _exists(part) for part in parts):
        return f"“{value}” is no date: write 2026, 2026-03, 2026-03-05 or from/to."
    if len(parts) == 2 and parts[0][: len(parts[1])] > parts[1][: len(parts[0])]:
        return "The interval ends before it begins."
    return None


def _exists(value: str) -> bool:
    from newsdash.tui.words import last_day

    try:
        last_day(value)
    except (ValueError, IndexError):
        return False
    return True


class Ask(ModalScreen[str | None]):
    """Asks; the answer is None when the reader escapes.

    ``value`` is the answer to begin with. ``check`` says what is wrong with words that were typed; ``seen`` is told
    the choice under the cursor.
    """

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("escape", "escape", "cancel", show=False),
        Binding("down,ctrl+n", "move(1)", "down", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "up", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        question: str,
        value: str = "",
        choices: Sequence[tuple[str, str]] = (),
        *,
        check: Callable[[str], str | None] | None = None,
        seen: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._question = question
        self._value = value
        self._choices = [Row(key, _drawn(words), note=partial(str, words)) for key, words in choices]
        self._check = check
        self._seen = seen

    def compose(self) -> ComposeResult:
        """Question, input, choices."""
        with Vertical(id="ask") as box:
            box.border_title = Content(self._title)  # never markup
            box.border_subtitle = Content("Enter takes it   Esc leaves it")
            yield Static(Content(one_line(self._question)), id="question")
            hint = "type to narrow down" if self._choices else ""
            yield Input("" if self._choices else self._value, placeholder=hint, compact=True)
            if self._choices:
                yield Rows(id="choices", driven=True)
            yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Show the choices."""
        if self._choices:
            self.query_one(Rows).show(self._choices)
            self.query_one(Rows).go(self._value)
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the choices."""
        self.query_one("#wrong", Static).update("")
        if self._choices:
            self.query_one(Rows).show(matching(self._choices, event.value), [[("nothing like it", "dim")]], first=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        if self._choices:
            key = self.query_one(Rows).key
            if key is not None:
                self.dismiss(key)
            return
        value = event.value.strip()
        wrong = self._check(value) if self._check and value else None
        if wrong:
            self.query_one("#wrong", Static).update(Content(wrong))
        else:
            self.dismiss(value or None)

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        if self._seen is not None and event.key is not None:
            self._seen(event.key)

    @on(Rows.Picked)
    def _picked(self, event: Rows.Picked) -> None:
        self.dismiss(event.key)

    def action_move(self, by: int) -> None:
        """Move in the choices."""
        if self._choices:
            self.query_one(Rows).step(by)

    def action_escape(self) -> None:
        """No answer."""
        self.dismiss(None)


def _drawn(words: str) -> Callable[[int], Sequence[Sequence[tuple[str, str]]]]:
    return lambda width: [fit([(one_line(words), "")], width)]
