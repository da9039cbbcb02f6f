"""When: events in the order in which they happened, each with how precisely and how surely that is known."""

from __future__ import annotations

from typing import NamedTuple

from newsdash.core.library import Correction
from newsdash.core.records import Analysis, Certainty, Event, Status
from newsdash.tui import signs
from newsdash.tui.actions import bindings
from newsdash.tui.panes.base import Correct, Explained, ListPane, ShowEvidence
from newsdash.tui.panes.order import Told, days, tell
from newsdash.tui.panes.scale import Days, Scale, chart
from newsdash.tui.widgets.painted import Painted
from newsdash.tui.widgets.pieces import Line, Piece, cells, fit, join, one_line, spread
from newsdash.tui.widgets.rows import AnyRow, Row, heading
from newsdash.tui.words import dated, day, when_long, when_short
from textual import work
from textual.app import ComposeResult
from textual.strip import Strip

CERTAINTIES: tuple[tuple[str, frozenset[Certainty]], ...] = (
    ("", frozenset(("exact", "approximate", "range", "unresolved"))),
    ("dated", frozenset(("exact", "approximate", "range"))),
    ("certain dates", frozenset(("exact",))),
    ("undated", frozenset(("unresolved",))),
)
_NAMES = 14  # cells from which the names of the actors are begun after the words
_BAR = 30  # cells for the interval of an event, where there is room for it
_PUBLISHED = "published"  # key of the row that offers a publication date; events have ids of their own
STATUSES: tuple[Status | None, ...] = (None, "happened", "ongoing", "planned", "possible", "denied")


class Strips(Painted):
    """The strip chart: where on the calendar the events lie, with gaps and intervals."""

    def __init__(self) -> None:
        super().__init__(id="chart")
        self.spans: list[Days] = []
        self.chosen: Days | None = None
        self._lines: list[list[Piece]] = []
        self._drawn_at = 0  # width of the lines; 0: not drawn

    def show(self, spans: list[Days], chosen: Days | None) -> None:
        """Draw these intervals."""
        self.spans = spans
        self.chosen = chosen
        self._drawn_at = 0
        self.display = len(set(spans)) > 1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the two lines."""
        width = self.size.width
        if self._drawn_at != width:
            self._drawn_at, self._lines = width, chart(self.spans, width - 3, self.chosen)
        return self.strip([("  ", ""), *(self._lines[y] if y < len(self._lines) else ())], width)


class TimelinePane(ListPane):
    """The timeline."""

    PLACE = "timeline"
    PART = "events"
    SEEKS = "dates and events"
    TITLE = "Timeline"
    ABOUT = (
        "What happened, goes on, is planned, possible or denied, in order. A blank before the words means a certain "
        "date, ~ about then, ↔ some time within, ? unknown; ↳ is told relative to the line above, ↱ to the one below. "
        "The chart shows where on the calendar events lie; long quiet times are squeezed to ┄. Enter shows the words, "
        "] and [ step through with the text following."
    )
    BINDINGS = bindings("timeline")

    def __init__(self) -> None:
        super().__init__()
        self.chart = Strips()
        self.certainty = 0
        self.status = 0
        self.with_background = True
        self._whole: tuple[Analysis | None, list[Told]] = None, []  # in order: in a book that takes a while
        self._told: dict[str, Told] = {}
        self._spans: list[Days] = []
        self._labels = 0  # cells for the dates

    def compose(self) -> ComposeResult:
        """Chart, rows, detail."""
        yield self.chart
        yield from super().compose()

    def nothing(self) -> str:
        """Said when there are no events."""
        if self.entity is not None or self._filters():
            return "No event fits the filter: Esc shows all."
        return "No event with a place on a timeline."

    def _filters(self) -> str:
        names = (
            CERTAINTIES[self.certainty][0],
            STATUSES[self.status] or "",
            "" if self.with_background else "no background",
        )
        return join(names)

    def build(self, analysis: Analysis) -> tuple[list[AnyRow], str, str]:
        """Rows under a heading for each month, undated ones last."""
        allowed = CERTAINTIES[self.certainty][1]
        status = STATUSES[self.status]
        ids = with_joint(analysis, self.entity)
        events = [
            e
            for e in analysis.events
            if e.when.certainty in allowed
            and (status is None or e.status == status)
            and (self.with_background or not e.background)
            and (ids is None or ids & set(e.actors))
        ]
        told = self._in_order(analysis) if len(events) == len(analysis.events) else tell(events)
        self._told = {t.event.id: t for t in told}
        self._spans = [span for t in told if (span := days(t.event))]
        self._labels = max((2 * _depth(t) + len(label) + 1 for t in told if (label := _label(t))), default=0)
        names = {e.id: one_line(e.name) for e in analysis.entities}
        rows: list[AnyRow] = [self._published(analysis)] if analysis.article.published is None else []
        if rows and not told:
            rows.append(heading([(self.nothing(), "dim italic")]))
        before = ""
        for item in told:
            title = _heading(item)
            if title and title != before:
                rows.append(heading([(title, "heading")]))
                before = title
            rows.append(_EventRow(item.event.id, self, item, names))
        self.chart.show(self._spans, None)
        total = len(analysis.events)
        count = str(total) if len(events) == total else f"{len(events)} of {total}"
        return rows, count, self._filters()

    def _in_order(self, analysis: Analysis) -> list[Told]:
        """All events, put in order once."""
        if self._whole[0] is not analysis:
            self._whole = analysis, tell(analysis.events)
        return self._whole[1]

    def _published(self, analysis: Analysis) -> Row:
        """What stands first in an article without a publication date: that it has none, and the one its text gives."""
        suggested = analysis.suggested
        words = "no publication date: d sets it"
        line: list[Piece] = [("? ", "warn"), (words, "dim")]
        if suggested is None:
            return heading(line)
        offer = f"{day(suggested.published)}?"
        line = [("? ", "warn"), ("published ", "dim"), (offer, "bold"), ("  d takes it", "dim")]
        words = f"published {offer} {one_line(suggested.reason)}"
        return Row(_PUBLISHED, lambda width: [fit(line, width)], note=lambda: words)

    def draw(self, item: Told, names: dict[str, str], width: int) -> list[Line]:
        """An event: status, date, certainty, what happens; who and an interval where there is room."""
        event = item.event
        who = _who(event, names)
        certainty = event.when.certainty
        label = _label(item)
        depth = _depth(item)
        left: list[Piece] = [(signs.STATUS[event.status], certainty), (" ", "")]
        if depth:
            left.append(("  " * (depth - 1) + ("↱ " if event.when.relation == "before" else "↳ "), "faint"))
        if label:
            left.append((f"{label:<{self._labels - 2 * depth}}", certainty))
        left.append((f"{signs.CERTAINTY[certainty]} ", certainty))
        quiet = "dim" if event.status in ("possible", "denied") or event.background else ""
        left.append((one_line(event.what), "italic dim" if event.status == "possible" else quiet))
        if width < 96:
            return [fit(left, width)]
        span = days(event)
        room = width - _BAR - 2 if span else width
        if who and room - cells(left) >= _NAMES:
            left.append((f"  {who}", "dim"))
        return [spread(fit(left, room), self._bar(event, span, _BAR) if span else (), width)]

    def _bar(self, event: Event, span: Days, cells: int) -> list[Piece]:
        """The interval of one event on the scale of all."""
        covered = Scale(self._spans, cells).cells(span)
        sign = "█" if event.when.certainty == "exact" else "▒"
        return [
            ("·" * covered.start, "faint"),
            (sign * len(covered), event.when.certainty),
            ("·" * (cells - covered.stop), "faint"),
        ]

    def explain(self, key: str) -> Explained:
        """When in full, how sure, why; status and actors."""
        suggested = self.analysis.suggested if self.analysis else None
        if key == _PUBLISHED and suggested is not None:
            return [(f"Perhaps published {day(suggested.published)}", "bold")], [(one_line(suggested.reason), "dim")]
        item = self._told.get(key)
        if item is None or self.analysis is None:
            return (), ()
        event = item.event
        when = event.when
        sure = "" if when.certainty == "unresolved" else f" · {when.certainty}"
        first: list[Piece] = [(when_long(when), "bold"), (sure, when.certainty)]
        if event.status != "happened":
            first.append((f" · {event.status}", "accent"))
        if event.background:
            first.append((" · background", "dim"))
        why = one_line(when.reason)
        if item.anchor is not None:
            why = join((why, f"{when.relation or 'beside'}: {one_line(item.anchor.what)}"))
        who = ", ".join(one_line(e.name) for e in self.analysis.entities if e.id in event.actors)
        body: list[Piece] = [(one_line(event.what), ""), (f" · {who}" if who else "", "dim")]
        return first, [(f"{why} · " if why else "", "dim italic"), *body]

    def moved(self, key: str | None) -> None:
        """The chart shows the interval of the row."""
        item = self._told.get(key or "")
        self.chart.show(self._spans, days(item.event) if item else None)

    def picked(self, key: str) -> None:
        """Go to the words."""
        suggested = self.analysis.suggested if self.analysis else None
        if key == _PUBLISHED and suggested is not None:
            self.post_message(ShowEvidence([(suggested.start, suggested.end)]))
            return
        event = self._told[key].event
        self.post_message(ShowEvidence([(event.start, event.end), *event.also]))

    def clear_filter(self) -> bool:
        """Lift the filters; whether there were any."""
        there = bool(self._filters())
        if there:
            self.certainty, self.status, self.with_background = 0, 0, True
            self.rebuild()
        return super().clear_filter() or there

    def action_certainty(self) -> None:
        """The next filter by certainty."""
        self.certainty = (self.certainty + 1) % len(CERTAINTIES)
        self.rebuild()

    def action_status(self) -> None:
        """The next filter by status that leaves a row."""
        there = {e.status for e in self.analysis.events} if self.analysis else set()
        for _ in STATUSES:
            self.status = (self.status + 1) % len(STATUSES)
            if STATUSES[self.status] is None or STATUSES[self.status] in there:
                break
        self.rebuild()

    def action_background(self) -> None:
        """With or without background."""
        self.with_background = not self.with_background
        self.rebuild()

    @work
    async def action_redate(self) -> None:
        """Ask for the date of the event; without a publication date that one comes first."""
        item = self._told.get(self.rows.key or "")
        if self.analysis is None or self.analysis.article.published is None or item is None:
            await self.screen.run_action("date")
            return
        from newsdash.tui.screens.ask import Ask, is_interval

        event = item.event
        # An undated event has no date to begin with: its days are only where the article files it.
        start, end = (event.when.start or "", event.when.end or "") if dated(event.when) else ("", "")
        now = start if start == end else f"{start}/{end}".strip("/")
        answer = await self.app.push_screen_wait(
            Ask(
                "Date",
                f"When is “{one_line(event.what)}”? (2026, 2026-03, 2026-03-05 or from/to)",
                now,
                check=is_interval,
            )
        )
        if answer:
            correction = Correction(action="redate", span=(event.start, event.end), value=answer)
            self.post_message(Correct(correction, f"Dated {answer}"))


def _who(event: Event, names: dict[str, str]) -> str:
    return ", ".join(names[a] for a in event.actors if a in names)


class _EventRow(NamedTuple):
    """The row of an event."""

    key: str
    pane: TimelinePane
    item: Told
    names: dict[str, str]  # of the entities
    height: int = 1

    def draw(self, width: int, /) -> list[Line]:
        """Its line."""
        return self.pane.draw(self.item, self.names, width)

    def note(self) -> str:
        """When, what and who."""
        event = self.item.event
        return f"{when_long(event.when)}: {one_line(event.what)} {_who(event, self.names)}"


def _depth(item: Told) -> int:
    """How far a row is indented."""
    return min(item.depth, 2)


def _label(item: Told) -> str:
    """When it is, in few words: the date, or how it lies to the event that it is told beside."""
    when = item.event.when
    if item.anchor is None:
        return when_short(when)
    relation = {"before": "before", "after": "after", "during": "during", "same": "same time"}
    return when_short(when) or relation.get(when.relation or "", "then")


def _heading(item: Told) -> str:
    """What a row stands under; nothing for one that hangs on the row before it."""
    if item.depth:
        return ""
    when = item.event.when
    start = when.start or when.end
    if start is None or not dated(when):
        return "No date"
    if len(start) == 4 or when.granularity in ("year", "decade", "quarter"):
        return start[:4]
    return day(start[:7])


def with_joint(analysis: Analysis, entity: str | None) -> set[str] | None:
    """The entity and the joint actors ("the two sides") it belongs to; None when nothing is filtered."""
    if entity is None:
        return None
    return {entity, *(e.id for e in analysis.entities if entity in e.members)}
