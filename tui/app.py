"""The app: loads articles, runs the analyst, keeps corrections and the theme; the reading screen shows it all."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from time import monotonic

from newsdash.core import library
from newsdash.core.library import Correction, LibraryError, Session
from newsdash.core.records import Article
from newsdash.tui import themes
from newsdash.tui.actions import bindings
from newsdash.tui.desk import Desk
from newsdash.tui.jobs import Analyst, Begun, Ended, Failed, Found, Parsed
from newsdash.tui.screens.palette import Commands
from newsdash.tui.screens.reading import ReadingScreen
from newsdash.tui.widgets.pieces import Piece, one_line
from newsdash.tui.words import counted, title
from textual import events, on, work
from textual.app import App
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

_TAKEN: dict[str, str] = {  # a correction that is taken back, in words
    "published": "the publication date {}",
    "merge": "the merge",
    "split": "the split of {}",
    "rename": "the name {}",
    "retype": "the type {}",
    "hide": "the hiding",
    "redate": "the date {}",
    "reject": "the rejection",
    "flip": "the flip",
    "edit": "the edit",
}
_CLOSING = 0.5  # seconds that keys after an Enter wait at most for the dialog or the input to close
_LOOKS_UP = 2.0  # seconds between looks whether the terminal is still there
_TOLD = 2  # unreadable files that are told of one by one


class Loaded(Message):
    """An article was read."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article


class Unreadable(Message):
    """A source could not be read."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__()
        self.path = path
        self.sentence = sentence


class AllLoaded(Message):
    """There is nothing more to read."""


class NewsdashApp(App[int]):
    """The app."""

    TITLE = "newsdash"
    CSS_PATH = Path(__file__).parent / "themes" / "newsdash.tcss"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (96, "-medium"), (120, "-wide")]  # noqa: RUF012 - Textual's own form
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-low"), (28, "-middle"), (36, "-high"), (50, "-tall")]  # noqa: RUF012
    COMMANDS = {Commands}  # noqa: RUF012 - Textual's own form

    def __init__(
        self,
        paths: Sequence[str],
        published: str | None = None,
        *,
        given: Iterable[Article] = (),
        analyse: bool = True,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self._paths = tuple(paths)
        self._published = published
        self._given = tuple(given)
        self._wanted = analyse
        self.desk = Desk()
        self.analyst = Analyst(self, self.desk.next_waiting)
        self.reading = ReadingScreen(self.desk)
        self._session = Session()
        self._first_theme = themes.DEFAULT
        self._painted = threading.Event()  # the first article can be read
        self._trying = False  # themes are only looked at
        self._early: list[events.Key] = []  # keys that wait
        self._handed: events.Key | None = None  # the last one that has waited
        self._settling = False  # a dialog or an input may be about to close
        self._parsed = 0.0  # how much of the article that is being read
        for theme in themes.THEMES:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, for themes that do not name them."""
        return themes.fallback(self.current_theme.dark)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """NO_COLOR turns colours grey; the terminal's own have no grey and are left out (they would be all black)."""
        filters = super().get_line_filters()
        if self.no_color and self.current_theme.ansi:
            return [NoColor() if isinstance(each, Monochrome) else each for each in filters]
        return filters

    def get_default_screen(self) -> Screen[None]:
        """The reading screen."""
        return self.reading

    def on_load(self) -> None:
        """The theme of the last time; at first one that the terminal has the colours for."""
        try:
            self._session = library.load_session()
        except LibraryError as error:
            self.call_after_refresh(self._tell, str(error))
        known = self._session.theme in self.available_themes
        few = self.console.color_system == "standard"  # sixteen, in which our shades are all the same
        self._first_theme = themes.FEW_COLOURS if few else themes.DEFAULT
        self.theme = self._session.theme if known and self._session.theme else self._first_theme

    def on_mount(self) -> None:
        """Read the sources; everything slow comes after the first picture."""
        self.theme_changed_signal.subscribe(self, lambda _: self._keep_theme())
        if not self.is_headless:
            self.set_interval(_LOOKS_UP, self._leave_with_terminal)
        several = len(self._paths) + len(self._given) > 1 or any(Path(path).is_dir() for path in self._paths)
        self.reading.fold_sources(not several)
        for article in self._given:
            self._take(article)
        if self._paths:
            self._load()
        else:
            self.post_message(AllLoaded())

    def _leave_with_terminal(self) -> None:
        """End when the terminal is gone: nobody could end the app any more, and waiting for its keys never rests.

        A window that closes says so to what runs in it, but ``make`` keeps that to itself and waits.
        """
        if not os.isatty(0):
            self.exit()

    # Keys come in bursts from slow lines, pastes and scripts. Those after the one that opens a dialog must reach that
    # dialog, whether they were on their way to the widget that had the focus before (they come up here, `on_key`) or
    # come while the dialog is being built (`on_event`); and those after the Enter that closes it must not. They are
    # held until it is clear who gets them.

    async def on_event(self, event: events.Event) -> None:
        """A key from the terminal waits while others wait, or while a dialog opens or closes."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._early or self._opening or self._settling:
            self._hold(event)
        else:
            await self._send(event)

    async def on_key(self, event: events.Key) -> None:
        """A key that nothing has used so far, before its binding is looked for."""
        await asyncio.sleep(0)  # what the key before it has started opens its dialog
        if self._opening or self._missed(event) or (self._early and event is not self._handed):
            event.stop()
            event.prevent_default()
            self._hold(event)

    @property
    def _opening(self) -> bool:
        """Whether a dialog is there that cannot take keys yet."""
        return self.screen.is_modal and self.focused is None and self.screen.AUTO_FOCUS != ""

    @property
    def _typing(self) -> bool:
        """Whether letters go into an input."""
        from textual.widgets import Input

        return isinstance(self.focused, Input)

    def _missed(self, event: events.Key) -> bool:
        """Whether what has the keys now would have used this one, had it been there when the key was sent."""
        if self.screen.is_modal and self.screen.AUTO_FOCUS == "":
            return True
        return event.is_printable and self._typing

    async def _send(self, event: events.Key) -> None:
        """Give a key to what has the keys."""
        await super().on_event(event)
        if event.key in ("enter", "escape") and self._typing:
            self._settling = True
            self._settle(self.focused, monotonic() + _CLOSING)

    def _settle(self, left: Widget | None, latest: float) -> None:
        """Let keys go on once they are typed into something else, or nothing closes."""
        if not self.screen_stack:
            return  # the app is being left
        if self.focused is left and monotonic() < latest:
            self.set_timer(0.01, partial(self._settle, left, latest))
        else:
            self._settling = False
            self.call_later(self._hand_over)

    def _hold(self, event: events.Key) -> None:
        self._early.append(event)
        if len(self._early) == 1:
            self.call_later(self._hand_over)

    async def _hand_over(self) -> None:
        """Give the keys that wait to what has the keys now, in the order in which they were typed."""
        self._early.sort(key=lambda event: event.time)
        while self._early and not self._settling and self.screen_stack:
            if self._opening:
                self.set_timer(0.01, self._hand_over)
                return
            event = self._early.pop(0)
            self._handed = events.Key(event.key, event.character)
            await self._send(self._handed)

    # -- loading

    @work(thread=True, group="loading", exit_on_error=False)
    def _load(self) -> None:
        from newsdash.core.sources import Problem, collect

        for item in collect(self._paths, self._published):
            self.post_message(Unreadable(item.path, item.sentence) if isinstance(item, Problem) else Loaded(item))
            if isinstance(item, Article):
                self._painted.wait(timeout=2)  # reading on would take time from the first picture
        self.post_message(AllLoaded())
        import_module("newsdash.tui.widgets.findbar")  # here, and not when / is pressed

    @on(Loaded)
    def _article_loaded(self, event: Loaded) -> None:
        self._take(event.article)

    def _take(self, article: Article) -> None:
        try:
            new = self.desk.add(article)
        except LibraryError as error:
            new = True
            self._tell(str(error))
        if not new:
            return
        if self.desk.opened is None:
            self.reading.open(article.id)
            self.reading.call_after_refresh(self._painted.set)
        else:
            self.reading.sources.rebuild()
        self._fold()
        if self.analyst.running:
            self._show_progress()

    @on(Unreadable)
    def _article_unreadable(self, event: Unreadable) -> None:
        self.desk.unreadable.append((event.path, event.sentence))
        self.reading.sources.rebuild()
        self._fold()
        if len(self.desk.unreadable) <= _TOLD:
            self._tell(event.sentence)

    def _fold(self) -> None:
        self.reading.fold_sources(len(self.desk.articles) + len(self.desk.unreadable) < 2)

    @on(AllLoaded)
    def _all_loaded(self) -> None:
        if len(self.desk.unreadable) > _TOLD:
            self._tell(f"{len(self.desk.unreadable)} files could not be read: the sources (1) list them.")
        if not self.desk.articles:
            self.reading.header.title("nothing to read")
            way = "No article could be read: start newsdash with files or folders of .txt, .md or .html."
            self.reading.document.say("\n\n".join([*(why for _, why in self.desk.unreadable), way]))
            self._tell(way)
        elif self._paths and "-" not in self._paths:
            self._keep_session(paths=tuple(str(Path(path).resolve()) for path in self._paths))
        self._go_on()

    def _keep_session(self, **changes: object) -> None:
        import msgspec

        self._session = msgspec.structs.replace(self._session, **changes)
        try:
            library.save_session(self._session)
        except LibraryError as error:
            self._tell(str(error))

    def _keep_theme(self) -> None:
        if not self._trying and self.theme != (self._session.theme or self._first_theme):
            self._keep_session(theme=self.theme)

    # -- analysing

    @on(ReadingScreen.Wanted)
    def _analysis_wanted(self) -> None:
        self.reading.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        """Analyse what waits, once the first picture has been shown."""
        if self._wanted and not self.analyst.running and self.desk.next_waiting() is not None:
            self._show_progress()
            self.analyst.start()

    def _show_progress(self) -> None:
        waiting = "" if self.analyst.awake else "waking the language model …"
        total = len(self.desk.articles)
        done = self.desk.done
        line: list[Piece] = [("◌ ", "accent"), (waiting or f"analysing {min(done + 1, total)} of {total}", "dim")]
        line += [("  Esc ", "key"), ("stops ", "dim")]
        if not waiting and self.desk.opened != self.desk.reading:
            waiting = "waits for its turn …"
        self.reading.progress(line, waiting, self._parsed)

    @on(Begun)
    def _begun(self, event: Begun) -> None:
        self.desk.reading = event.article
        self._parsed = 0.0
        self._show_progress()
        event.handled.set()

    @on(Parsed)
    def _part_parsed(self, event: Parsed) -> None:
        if event.article == self.desk.reading:
            self._parsed = event.part
            self._show_progress()

    @on(Found)
    def _found(self, event: Found) -> None:
        useful = self.desk.found(event.analysis, event.part)
        if not useful or event.part == "stances":
            self.desk.reading = None
        event.handled.set()
        if useful and event.analysis.article.id == self.desk.opened:
            self.reading.show_analysis()
        if self.analyst.running:
            self._show_progress()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if event.article is None:
            event.handled.set()
            self._tell(f"The language model cannot be loaded ({event.why}).", "error")
            self.reading.progress(
                [("! no language model ", "warn")], "No analysis: the language model cannot be loaded."
            )
            return
        self.desk.failed.add(event.article)
        self.desk.reading = None
        event.handled.set()
        name = title(self.desk.articles[event.article])
        self._tell(f"“{one_line(name)}” could not be analysed ({event.why}).", "error")
        self._show_progress()

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        event.handled.set()
        self.desk.reading = None
        done, total, failed = self.desk.done, len(self.desk.articles), len(self.desk.failed)
        words = "analysed" if total == 1 else f"{counted(done, 'article')} analysed"
        line: list[Piece] = [("✓ ", "good"), (f"{words} ", "dim")] if done else []
        if failed:
            line += [("! ", "warn"), (f"{failed} could not be ", "dim") if done else ("could not be analysed ", "dim")]
        lost = self.desk.opened in self.desk.failed
        self.reading.progress(line, f"{'Could not be' if lost else 'Not'} analysed: A tries again.")
        self._go_on()  # an article that came, or was dated anew, in between

    def cancel_analysis(self) -> None:
        """Stop analysing; what is done stays."""
        if self.analyst.cancel():
            self.desk.reading = None
            done, total = self.desk.done, len(self.desk.articles)
            self.reading.progress(
                [("■ ", "warn"), (f"stopped at {done} of {total} ", "dim")], "Not analysed: A starts again."
            )
            self._tell(
                f"Stopped at {done} of {counted(total, 'article')}: what was found is kept, A goes on.", "warning"
            )

    # -- corrections

    def correct(self, correction: Correction, said: str) -> None:
        """Keep a correction of the opened article and show its effect."""
        if self.desk.opened is None:
            return
        try:
            again = self.desk.correct(self.desk.opened, correction)
        except LibraryError as error:
            self._tell(str(error), "error")
            return
        self._after_correction(again, f"{one_line(said)}. u takes it back.")

    def undo(self) -> None:
        """Take the last correction of the opened article back."""
        if self.desk.opened is None:
            return
        try:
            taken, again = self.desk.undo(self.desk.opened)
        except LibraryError as error:
            self._tell(str(error), "error")
            return
        if taken is None:
            self._tell("There is no correction of this article to take back.", "warning")
        else:
            self._after_correction(again, f"Taken back: {one_line(_TAKEN[taken.action].format(taken.value))}.")

    def _after_correction(self, again: bool, said: str) -> None:
        self.clear_notifications()  # that a correction was made is no news once it is taken back
        self._tell(said, "information")
        if again and self.desk.opened:
            self.reading.document.article = self.desk.articles[self.desk.opened]
            self.analyst.cancel()
            self._go_on()
            self.reading.sources.rebuild()
        else:
            self.reading.show_analysis()

    # -- the rest

    def action_next_theme(self) -> None:
        """The next of our themes."""
        names = [theme.name for theme in themes.THEMES]
        now = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(now + 1) % len(names)]
        self._tell(f"Theme: {self.theme}", "information")

    @work
    async def action_choose_theme(self) -> None:
        """Choose a theme, each shown while the cursor is on it."""
        from newsdash.tui.screens.ask import Ask

        ours = [theme.name for theme in themes.THEMES]
        others = sorted(set(self.available_themes) - set(ours))
        before = self.theme
        self._trying = True
        chosen = await self.push_screen_wait(
            Ask("Theme", "How shall newsdash look?", before, [(n, n) for n in ours + others], seen=self.wear)
        )
        self._trying = False
        self.theme = chosen or before
        self._keep_theme()

    def wear(self, theme: str) -> None:
        """Take a theme, and keep it unless it is only tried on."""
        self.theme = theme

    def _tell(self, sentence: str, severity: str = "warning") -> None:
        self.notify(sentence, severity=severity, markup=False, timeout=6)  # type: ignore[arg-type]


def run(paths: list[str], published: str | None) -> int:
    """Open the app on these files, folders or "-" (standard input, already read); returns the exit status."""
    app = NewsdashApp(paths, published)
    app.run()
    return app.return_code or 0
