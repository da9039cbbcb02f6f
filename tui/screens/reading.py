"""The reading screen: sources, text, entities, timeline and stances, and how they are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdash.core.library import Correction
from newsdash.core.records import Analysis, Span
from newsdash.tui.actions import Place, bindings
from newsdash.tui.desk import Desk
from newsdash.tui.panes.base import Correct, EntityPicked, Framed, ListPane, OpenArticle, ShowEvidence
from newsdash.tui.panes.document import DocumentPane
from newsdash.tui.panes.entities import EntitiesPane
from newsdash.tui.panes.sources import SourcesPane
from newsdash.tui.panes.stances import StancesPane
from newsdash.tui.panes.timeline import TimelinePane
from newsdash.tui.widgets.header import Header
from newsdash.tui.widgets.keybar import KeyBar
from newsdash.tui.widgets.pieces import Piece, one_line
from newsdash.tui.widgets.tabs import PaneTabs
from newsdash.tui.widgets.textview import TextView
from newsdash.tui.words import file_name, title
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen

if TYPE_CHECKING:
    from newsdash.tui.app import NewsdashApp
    from newsdash.tui.widgets.findbar import FindBar

_LISTS: tuple[Place, ...] = ("sources", "entities", "timeline", "stances")


class ReadingScreen(Screen[None]):
    """Where one reads."""

    app: NewsdashApp
    BINDINGS = bindings("reading")

    class Wanted(Message):
        """The reader wants the analysis to go on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.header = Header()
        self.document = DocumentPane()
        self.sources = SourcesPane(desk)
        self.entities = EntitiesPane()
        self.timeline = TimelinePane()
        self.stances = StancesPane()
        self.tabs = PaneTabs()
        self.keys = KeyBar()
        self._entity: str | None = None
        self._last_list: Place = "timeline"
        self._told_fold = False

    def compose(self) -> ComposeResult:
        """Header, body, keys. In the body the styles decide who stands where."""
        yield self.header
        with Container(id="body"):
            yield self.document
            yield self.tabs
            yield self.sources
            yield self.entities
            yield self.timeline
            yield self.stances
        yield self.keys

    def on_mount(self) -> None:
        """Start with the text."""
        self._front("entities")
        self.set_focus(self.document.view)

    def on_resize(self, event: events.Resize) -> None:
        """The classes of the new size, before Textual lays the panes out by the old ones: a long text is wrapped once.

        (Textual sets them as well, after its layout.)
        """
        for size, steps in (
            (event.size.width, self.app.HORIZONTAL_BREAKPOINTS),
            (event.size.height, self.app.VERTICAL_BREAKPOINTS),
        ):
            now = max(step for step in steps if step[0] <= size)
            self.update_classes({name: (least, name) == now for least, name in steps}, animate=False)

    @property
    def lists(self) -> dict[Place, ListPane]:
        """The list panes by place."""
        return {
            "sources": self.sources,
            "entities": self.entities,
            "timeline": self.timeline,
            "stances": self.stances,
        }

    @property
    def place(self) -> Place:
        """The pane that has the focus."""
        node = self.focused
        while node is not None:
            if isinstance(node, ListPane | DocumentPane):
                return node.PLACE
            node = node.parent  # type: ignore[assignment]
        return "text"

    # -- showing

    def open(self, identity: str, span: Span | None = None) -> None:
        """Open an article, at a span where one is given."""
        article = self.desk.articles[identity]
        if self.desk.opened != identity:
            self.desk.opened = identity
            self._entity = None
            self.document.open(article)
        self.header.title(one_line(title(article)))
        self.show_analysis(first=True)
        self.sources.rebuild()
        self.sources.rows.go(identity)
        if span is not None and span != (0, 0):
            self.document.mark([span])
        self.post_message(self.Wanted())

    def show_analysis(self, *, first: bool = False) -> None:
        """Show what is known of the opened article, in each pane whose part of the analysis is done."""
        if self.desk.opened is None:
            return
        analysis = self.desk.analysis(self.desk.opened)
        if analysis is not None:
            self.document.show(analysis)
        for pane in (self.entities, self.timeline, self.stances):
            done = self.desk.has(self.desk.opened, pane.PART)
            pane.show(analysis if done else None, pane.waiting, first=first)
        if analysis is not None and self._entity is not None and not first:
            self._choose(analysis, self._entity, go=False)

    def progress(self, line: list[Piece], waiting: str, parsed: float = 0.0) -> None:
        """Say what is going on, in the header and in panes that are still empty.

        Without ``waiting`` the opened article is being read: ``parsed`` of it is parsed, 0..1.
        """
        self.header.state(line)
        for pane in (self.entities, self.timeline, self.stances):
            if pane.analysis is None:
                pane.show(None, waiting or reading_words(pane.SEEKS, parsed))
        self.sources.rebuild()

    def fold_sources(self, folded: bool) -> None:
        """Fold or unfold the sources."""
        self.set_class(folded, "-folded")

    def _front(self, place: Place) -> None:
        """Where there is room for one list only, show this one."""
        if place == "text":
            return
        for name, pane in self.lists.items():
            pane.set_class(name == place, "-front")
        self.tabs.show(place)

    # -- focus

    def on_descendant_focus(self) -> None:
        """The footer and the tabs follow the focus."""
        place = self.place
        self.keys.show(place)
        for name in _LISTS:
            self.set_class(name == place, f"-at-{name}")
        if place != "text":
            self._front(place)
            if place != "sources":
                self._last_list = place
        if self.has_class("-zoomed"):
            self._zoom(place)

    @on(DocumentPane.Where)
    def _where(self, event: DocumentPane.Where) -> None:
        self.tabs.say(event.words)

    @on(Framed)
    def _framed(self, event: Framed) -> None:
        self.tabs.state(event.place, event.words)

    @on(PaneTabs.Picked)
    def _tab(self, event: PaneTabs.Picked) -> None:
        self.action_pane(event.place)

    def action_pane(self, place: Place) -> None:
        """Go to a pane."""
        if place == "text":
            self.set_focus(self.document.view)
            return
        if place == "sources" and self.place == "sources" and not self.has_class("-folded"):
            self.fold_sources(True)
            self.set_focus(self.document.view)
            return
        self.go(place)

    def go(self, place: Place) -> None:
        """Go to a list, unfolded when it was folded."""
        if place == "sources":
            self.fold_sources(False)
        self._front(place)
        self.set_focus(self.lists[place].rows)  # at once: the next key may be there already

    def action_zoom(self) -> None:
        """The focused pane takes everything, or gives it back."""
        zoomed = not self.has_class("-zoomed")
        self.set_class(zoomed, "-zoomed")
        self._zoom(self.place if zoomed else None)

    def _zoom(self, place: Place | None) -> None:
        for name, pane in (*self.lists.items(), ("text", self.document)):
            pane.set_class(name == place, "-zoom")

    def _unzoom(self) -> None:
        if self.has_class("-zoomed") and self.place != "text":
            self.action_zoom()

    # -- links between the panes

    @on(EntityPicked)
    def _entity_picked(self, event: EntityPicked) -> None:
        analysis = self.desk.analysis(self.desk.opened)
        if analysis is None:
            return
        if event.entity is not None and event.entity == self._entity:
            self._unzoom()
            self.document.step(1)
        else:
            self._choose(analysis, event.entity)

    def _choose(self, analysis: Analysis, identity: str | None, *, go: bool = True) -> None:
        entity = next((e for e in analysis.entities if e.id == identity), None)
        self._entity = entity.id if entity else None
        if go or entity is None:
            self.document.choose(entity)
        for pane in (self.entities, self.timeline, self.stances):
            pane.only(self._entity)

    @on(ShowEvidence)
    def _show_evidence(self, event: ShowEvidence) -> None:
        self._unzoom()
        self.document.mark(event.spans, follow=event.follow)

    @on(OpenArticle)
    def _open_article(self, event: OpenArticle) -> None:
        self.open(event.article, event.span)
        if self.has_class("-medium") and self.place == "sources":
            self.set_focus(self.document.view)  # the drawer lies over the text

    @on(TextView.Clicked)
    def _text_clicked(self, event: TextView.Clicked) -> None:
        entity = self.document.entity_at(event.offset)
        if entity is not None:
            self.post_message(EntityPicked(entity.id))

    # -- find and search

    async def action_find(self) -> None:
        """Find in the article."""
        self._unzoom()
        await self.document.open_find()

    def on_find_bar_changed(self, event: FindBar.Changed) -> None:
        """Another query."""
        self.document.find(event.query, event.fuzzy)

    def on_find_bar_accepted(self) -> None:
        """Read on."""
        self.set_focus(self.document.view)

    def action_search(self) -> None:
        """Search across all articles."""
        from newsdash.tui.screens.search import Search

        self.app.push_screen(Search(self.desk.items), self._found)

    def _found(self, answer: tuple[str, Span] | None) -> None:
        """Go to the hit."""
        if answer is not None:
            self.open(*answer)
            self.set_focus(self.document.view)

    @work
    async def action_jump(self) -> None:
        """Show letters on everything that can be chosen, in the focused pane first, and go where the typed ones are."""
        from newsdash.tui.screens.jump import Jump, codes

        here = self.place
        order = sorted(_LISTS, key=lambda place: place != here)
        rows = [(place, key) for place in order for key in self.lists[place].rows.seen]
        mentions = self.document.seen()
        if here == "text":
            letters = codes(len(mentions) + len(rows))
            in_text, in_rows = letters[: len(mentions)], letters[len(mentions) :]
        else:
            letters = codes(len(rows) + len(mentions))
            in_rows, in_text = letters[: len(rows)], letters[len(rows) :]
        row_of = dict(zip(in_rows, rows, strict=False))
        mention_of = dict(zip(in_text, mentions, strict=False))
        if not letters:
            self._say("There is nothing to jump to yet.", "warning")
            return
        for place, pane in self.lists.items():
            pane.rows.label({key: code for code, (where, key) in row_of.items() if where == place})
        self.document.view.label((start, code) for code, (start, _) in mention_of.items())
        code = await self.app.push_screen_wait(Jump(letters))
        for pane in self.lists.values():
            pane.rows.label({})
        self.document.view.label(())
        if code in row_of:
            place, key = row_of[code]
            self._pick(place, key)
        elif code in mention_of:
            self.post_message(EntityPicked(mention_of[code][1].id))

    def _pick(self, place: Place, key: str) -> None:
        """Go to a row and choose it."""
        self.go(place)
        self.lists[place].rows.go(key)
        self.lists[place].picked(key)

    def action_next_mark(self) -> None:
        """The next hit or mark."""
        if not self.document.step(1):
            self._say("Nothing is marked: / finds, Enter on a row marks.", "warning")

    def action_previous_mark(self) -> None:
        """The one before."""
        if not self.document.step(-1):
            self._say("Nothing is marked: / finds, Enter on a row marks.", "warning")

    def action_step_on(self) -> None:
        """The next row of the list."""
        self._step(1)

    def action_step_back(self) -> None:
        """The row before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self._front(self.current_list.PLACE)
        self.current_list.step(by)

    @property
    def current_list(self) -> ListPane:
        """The list one is in, or was in last."""
        return self.lists[self.place if self.place in _LISTS else self._last_list]

    def action_clear(self) -> None:
        """Clear the nearest thing there is to clear; then cancel the analysis; then give the screen back."""
        pane = self.lists.get(self.place)
        if pane is not None and pane.clear_filter():
            return
        if self.document.clear():
            if self._entity is not None and not self.document.hits:
                self._lift()
            return
        if self._entity is not None:
            self._lift()
        elif any(other.clear_filter() for other in self.lists.values()):
            return
        elif self.has_class("-zoomed"):
            self.action_zoom()
        else:
            self.app.cancel_analysis()

    def _lift(self) -> None:
        """No entity is marked any more."""
        self._entity = None
        self.document.choose(None)
        for pane in (self.entities, self.timeline, self.stances):
            pane.only(None)

    # -- articles

    def action_next_article(self) -> None:
        """The next article."""
        self._turn(1)

    def action_previous_article(self) -> None:
        """The article before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        ids = list(self.desk.articles)
        if self.desk.opened in ids and len(ids) > 1:
            self.open(ids[(ids.index(self.desk.opened) + by) % len(ids)])

    def action_analyse(self) -> None:
        """Go on with the analysis."""
        self.desk.failed.clear()
        self.post_message(self.Wanted())

    # -- corrections

    @on(Correct)
    def _correct(self, event: Correct) -> None:
        self.app.correct(event.correction, event.said)

    def action_undo(self) -> None:
        """Take the last correction back."""
        self.app.undo()

    @work
    async def action_date(self) -> None:
        """Ask for the publication date."""
        if self.desk.opened is None:
            return
        from newsdash.tui.screens.ask import Ask, is_date

        article = self.desk.articles[self.desk.opened]
        analysis = self.desk.analysis(self.desk.opened)
        suggested = analysis.suggested if analysis and article.published is None else None
        question = "When was this article published? (2026-03-05)"
        if suggested is not None:
            question = f"When was this article published? The text suggests: {one_line(suggested.reason)}."
        value = article.published or (suggested.published if suggested else "")
        answer = await self.app.push_screen_wait(Ask("Publication date", question, value, check=is_date))
        if answer:
            self.app.correct(Correction(action="published", span=(0, 0), value=answer), f"Published {answer}")

    @work
    async def action_write(self) -> None:
        """Ask for a file and write what was found, as corrected."""
        analysis = self.desk.analysis(self.desk.opened)
        if analysis is None or not self.desk.has(self.desk.opened, "stances"):
            self._say("The article is not analysed yet.", "warning")
            return
        from newsdash.core.export import cannot_write, write
        from newsdash.tui.screens.ask import Ask

        stem = file_name(analysis.article).rpartition(".")[0] or "article"
        question = "To which file? .md and .txt are for people, .json for programs."
        answer = await self.app.push_screen_wait(Ask("Write", question, f"{stem}-newsdash.md", check=cannot_write))
        if answer:
            try:
                self._say(f"Written: {one_line(str(write(analysis, answer)))}")
            except OSError as error:
                self._say(f"{one_line(answer)} cannot be written ({error.strerror}).", "error")

    # -- help

    def action_help(self) -> None:
        """Help for the focused pane."""
        from newsdash.tui.screens.help import Help

        pane = self.lists.get(self.place, self.document)
        self.app.push_screen(Help(self.place, pane.ABOUT))

    def _say(self, words: str, severity: str = "information") -> None:
        self.notify(words, severity=severity, markup=False)  # type: ignore[arg-type]


def reading_words(what: str, parsed: float) -> str:
    """What a pane says while its article is read: a bar while the sentences are parsed, then what it looks for."""
    if parsed >= 1:
        return f"looking for {what} …"
    if not parsed:
        return "reading the sentences …"
    full = round(parsed * 10)
    return f"{'▰' * full}{'▱' * (10 - full)} reading the sentences, {parsed:.0%}"
