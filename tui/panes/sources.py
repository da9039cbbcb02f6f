"""The articles that are loaded, with how far each is analysed."""

from __future__ import annotations

from newsdash.core.records import Analysis
from newsdash.tui.actions import bindings
from newsdash.tui.desk import Desk, State
from newsdash.tui.panes.base import Explained, ListPane, OpenArticle
from newsdash.tui.widgets.pieces import Line, fit, join, one_line, spread, wrapped
from newsdash.tui.widgets.rows import AnyRow, Row
from newsdash.tui.words import counted, day, file_name, name_of, outlet, title

_SIGNS: dict[State, tuple[str, str]] = {
    "waiting": ("·", "faint"),
    "reading": ("◌", "accent"),
    "partly": ("◑", "warn"),
    "done": ("✓", "good"),
    "failed": ("!", "warn"),
}
_UNREAD = "unread "  # begins the key of a source that could not be read; the others are ids of articles


class SourcesPane(ListPane):
    """The sources."""

    PLACE = "sources"
    TITLE = "Sources"
    ABOUT = (
        "The articles that are loaded: · waits, ◌ is being analysed, ◑ was stopped half-way, ✓ done, ! could not be "
        "read or analysed. Enter opens one. 1 folds and unfolds this pane."
    )
    BINDINGS = bindings("sources")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def rebuild(self, *, first: bool = False) -> None:
        """The rows come from the desk, whether analysed or not."""
        if not self.is_attached:
            return
        from newsdash.tui.panes.base import matching

        years = {article.published[:4] for article in self.desk.articles.values() if article.published}
        rows: list[AnyRow] = [self._row(article, year=len(years) > 1) for article in self.desk.articles]
        rows += [_unread(number, path) for number, (path, _) in enumerate(self.desk.unreadable)]
        if self.needle:
            rows = matching(rows, self.needle)
        self._frame(str(len(self.desk.articles) or ""), f"& {self.needle}" if self.needle else "")
        waiting = "No row has these letters." if self.needle else "Nothing loaded."
        self.rows.show(rows, [[(waiting, "dim italic")]], first=first)

    def build(self, analysis: Analysis) -> tuple[list[AnyRow], str, str]:
        """Not used: the rows are not about one analysis."""
        return [], "", ""

    def _row(self, identity: str, *, year: bool) -> Row:
        article = self.desk.articles[identity]
        words = one_line(title(article))
        where = one_line(outlet(article))
        when = day(article.published, year=year) if article.published else "no date"

        def draw(width: int) -> list[Line]:
            sign, style = _SIGNS[self.desk.state(identity)]
            opened = identity == self.desk.opened
            lines = [
                *wrapped([(words, "bold accent" if opened else "")], width - 2, 2),
                spread([(where, "dim")], [(when, "dim")], width - 2),
            ]
            return [[(f"{' ' if n else sign} ", style), *line] for n, line in enumerate(lines)]

        return Row(identity, draw, height=3, note=lambda: f"{words} {where} {when} {file_name(article)}")

    def explain(self, key: str) -> Explained:
        """Where it is from and where that was found."""
        if key.startswith(_UNREAD):
            path, _ = self.desk.unreadable[int(key.removeprefix(_UNREAD))]
            return (), [(self._why(key).replace(one_line(path), one_line(name_of(path))), "dim")]
        article = self.desk.articles.get(key)
        if article is None:
            return (), ()
        size = counted(len(article.text.split()), "word")
        found = article.found.get("published")
        when = f"dated by {found}" if found else "date not known" if article.published is None else ""
        line = join((one_line(article.author or ""), size, when, one_line(file_name(article))))
        return (), [(line, "dim")]

    def picked(self, key: str) -> None:
        """Open it, or say why it cannot be read."""
        if key.startswith(_UNREAD):
            self.notify(self._why(key), severity="warning", markup=False)
        else:
            self.post_message(OpenArticle(key))

    def _why(self, key: str) -> str:
        return one_line(self.desk.unreadable[int(key.removeprefix(_UNREAD))][1])


def _unread(number: int, path: str) -> Row:
    """A source that could not be read."""
    name = one_line(name_of(path))
    return Row(
        f"{_UNREAD}{number}",
        lambda width: [fit([("! ", "warn"), (name, "dim")], width), [("  ", ""), ("could not be read", "dim italic")]],
        height=2,
        note=lambda: name,
    )
